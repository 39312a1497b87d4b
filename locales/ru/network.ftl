### Networks: the list, and one with its diagram.

search-button = Найти
search-drop = Показать все

networks-title = Сетевые сообщества
networks-margin = Ведущая школа и магнитные школы вокруг неё
networks-search = Тема сообщества
networks-count = { $count ->
    [one] { $count } сетевое сообщество
    [few] { $count } сетевых сообщества
    [many] { $count } сетевых сообществ
   *[other] { $count } сетевого сообщества
}
networks-partners = { $count ->
    [one] { $count } действующее партнёрство
    [few] { $count } действующих партнёрства
    [many] { $count } действующих партнёрств
   *[other] { $count } действующего партнёрства
}
networks-none = Сообщества с такой темой нет.

network-since = Создано
network-diagram = Схема сети
network-diagram-hint = Выберите школу, чтобы увидеть её строку в таблице
network-table-hint = То же, что на схеме, строками
network-key-active = работают вместе
network-key-planned = договорились или приглашены
network-key-resting = приостановлено или завершено
network-schools = Школы сети
network-school = Школа
network-role = Роль
network-state = Партнёрство
network-leading = Ведущая
network-magnetic = Магнитная
network-alone = Пока ни одна школа не присоединилась.
network-more = Показаны первые 50 партнёрств.

network-new = Создать сетевое сообщество
