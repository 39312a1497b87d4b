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
network-alone = Пока ни одна школа не присоединилась.
network-more = Показаны первые 50 партнёрств.

network-new = Создать сетевое сообщество
network-new-text = Сетевое сообщество создаёт ведущая школа. Потом вы пригласите в него другие школы.
network-edit = Изменить карточку
network-name-kk = Название на казахском
network-name-ru = Название на русском
network-name-en = Название на английском
network-theme = Тема
network-theme-hint = Над чем работают школы. Лучше всего вопросом.
network-close = Закрыть сетевое сообщество
network-close-text = Закрытое сообщество остаётся в истории, но новых партнёрств в нём уже не будет.
network-close-button = Закрыть
network-studies = Что выяснили исследования
