### The inbox, and how people want to be told.

notifications-title = { $count ->
    [0] Новых уведомлений нет
    [one] { $count } новое уведомление
    [few] { $count } новых уведомления
    [many] { $count } новых уведомлений
   *[other] { $count } нового уведомления
}
notifications-all = Показать все
notifications-unread = Только непрочитанные
notifications-none = Непрочитанных уведомлений нет.
notifications-read = Прочитано
notifications-read-all = Отметить все прочитанными

preferences-title = Как вас уведомлять
preferences-quiet = Тихие часы
preferences-quiet-hint = В это время мы не шлём писем. Оставьте оба поля пустыми, если подходит любое время.
preferences-from = С
preferences-until = До
preferences-time = Укажите часы и минуты, например 22:30.

reason-partnership-waits = Партнёрство ждёт вашу школу
reason-partnership-changed = Изменения в партнёрствах вашей школы
reason-network-changed = Изменения в вашем сетевом сообществе
reason-school-changed = Изменения в сведениях о вашей школе
reason-designation-changed = Изменения статуса вашей школы
reason-membership-changed = Роли и приглашения
reason-resource-shared = В вашем сетевом сообществе появилась работа
reason-resource-answered = Вашей работой пользуются или вам о ней пишут
reason-resource-moderated = На работу пожаловались, её скрыли или отозвали
reason-plan-waits = Совместный план ждёт вас
reason-plan-changed = Изменения в совместном плане вашей школы
reason-study-waits = Исследование ждёт вас
reason-study-changed = Изменения в ваших исследованиях
reason-security = Безопасность учётной записи
reason-announcement = Объявления

channel-email = Письмом сразу
channel-digest = В сводке раз в день
channel-in-app = Только здесь
channel-none = Не уведомлять
