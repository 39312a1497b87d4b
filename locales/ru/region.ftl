### Regions.

regions-title = Регионы
regions-none = Регионов пока нет.
region-districts = Районы и города
region-no-schools = Школ здесь пока нет.

regions-finding = { $count ->
    [0] Действующих партнёрств в регионах нет
    [one] В регионах работает { $count } партнёрство
    [few] В регионах работают { $count } партнёрства
    [many] В регионах работают { $count } партнёрств
   *[other] В регионах работает { $count } партнёрства
}
regions-base = Из { $all } школ реестра регион известен у { $known } ({ $percent }); цифры — о них.
regions-on = Состав регионов на этот день
regions-on-hint = Цифры сегодняшние; школа считается в том регионе, где была в этот день.
regions-show = Показать
regions-csv = Скачать CSV
regions-map = Один регион — одна плитка
regions-map-hint = Число на плитке — действующие партнёрства
regions-table = Регионы таблицей
regions-region = Регион
region-numbers = В цифрах
region-history = Прежние названия и подчинение
region-add-school = Добавить школу
