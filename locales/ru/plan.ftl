### Совместные планы партнёрств: мероприятия, отчёты, календари.

# $kind is lesson-study, open-lesson, seminar, master-class, mentoring, visit, conference or meeting.
activity-kind = { $kind ->
    [open-lesson] Открытый урок
    [lesson-study] Lesson Study
    [seminar] Семинар
    [master-class] Мастер-класс
    [mentoring] Наставничество
    [visit] Визит по обмену опытом
    [conference] Конференция
   *[meeting] Встреча
}
# As calendars show it.
pattern-activity-called = { $kind }: { $title }

notice-plan-changed = «{ $by }» меняет план на { $year } с «{ $other }». Прочитайте и примите его заново
notice-plan-accepted = «{ $by }» принимает план на { $year } с «{ $other }»
notice-plan-agreed = План «{ $leading }» и «{ $magnetic }» на { $year } согласован
notice-activity-cancelled = «{ $title }» не состоится («{ $leading }» и «{ $magnetic }»)
notice-activity-reopened = «{ $title }» снова в плане («{ $leading }» и «{ $magnetic }»)
notice-activity-due = { $date }: «{ $title }» («{ $leading }» и «{ $magnetic }»)
# $term is half or year.
notice-report-sent = { $term ->
    [half] «{ $leading }» и «{ $magnetic }» прислали отчёт за первое полугодие { $year }. Примите его к сведению или верните
   *[year] «{ $leading }» и «{ $magnetic }» прислали отчёт за { $year } учебный год. Примите его к сведению или верните
}
notice-report-acknowledged = { $term ->
    [half] Отчёт «{ $leading }» и «{ $magnetic }» за первое полугодие { $year } принят к сведению
   *[year] Отчёт «{ $leading }» и «{ $magnetic }» за { $year } учебный год принят к сведению
}
notice-report-returned = { $term ->
    [half] Отчёт «{ $leading }» и «{ $magnetic }» за первое полугодие { $year } возвращён. Исправьте и отправьте его снова
   *[year] Отчёт «{ $leading }» и «{ $magnetic }» за { $year } учебный год возвращён. Исправьте и отправьте его снова
}

report-summary = За период с { $from } по { $until } «{ $leading }» и «{ $magnetic }» согласовали мероприятий: { $planned }. Проведено: { $done }. Отменено: { $cancelled }. Ещё не проведено: { $open }.
report-activity = { $date } { $kind } «{ $title }», { $host }
report-expected = Ожидаемый результат: { $text }
report-by-word = – { $text }
report-by-study = – { $text } Исследование: «{ $title }»
report-by-lesson = – { $text } Исследовательский урок: «{ $title }»
report-by-resource = – { $text } Работа из копилки: «{ $title }»
report-nothing-done = Мероприятия пока не проводились.
report-all-done = Всё согласованное проведено.
report-cancelled = { $activity }. Отменено: { $reason }
report-ahead = { $activity }. Ещё предстоит
report-open = { $activity }. Не проведено

state-plan-draft = Черновик
state-plan-agreed = Согласован
state-plan-running = Выполняется
state-plan-reported = Отчёт отправлен
state-plan-acknowledged = Отчёт принят
state-plan-returned = Отчёт возвращён
state-activity-proposed = Предложено
state-activity-planned = Запланировано
state-activity-done = Проведено
state-activity-cancelled = Отменено
state-plan-report-draft = Черновик
state-plan-report-sent = Отправлен
state-plan-report-acknowledged = Принят к сведению
state-plan-report-returned = Возвращён

plans-title = Совместные планы
plans-none = У двух школ пока нет совместного плана.
plans-year = Учебный год
plans-begin = Начать план
plan-title = Совместный план { $years }
plan-years = Учебный год { $years }
plan-finding-draft = План ждёт согласия обеих школ
plan-finding-agreed = Обе школы приняли план
plan-finding-running = План выполняется
plan-finding-reported = Отчёт за год отправлен
plan-finding-acknowledged = Отчёт за год принят к сведению
plan-finding-returned = Отчёт за год возвращён
plan-done = Проведено: { $done } из { $all }
plan-accept = Принять план
plan-add = Добавить мероприятие
plan-change-hint = После изменения обе школы принимают план заново. Что согласовано раньше и не менялось, остаётся согласованным.
plan-activities = Год по порядку
plan-empty = Мероприятий пока нет.
plan-accepted = Приняли
plan-reports = Отчёты
plan-report-none = Не начат
plan-term-half = Отчёт за первое полугодие
plan-term-year = Отчёт за год
plan-link-unknown = Этот адрес не ведёт к исследованию, исследовательскому уроку или работе. Вставьте адрес с этого сайта.

network-plan = План на год
network-plan-title = Год сетевого сообщества { $years }
network-plan-none = Нет планов партнёрств этого сообщества на этот год, которые вам видны.

activity-what = Что запланировано
activity-change = Изменить
activity-title = Название
activity-sort = Вид
activity-starts = Первый день
activity-ends = Последний день
activity-ends-hint = Только если мероприятие длится несколько дней.
activity-host = Где проходит
activity-expected = Ожидаемый результат
activity-responsible = Ответственные
activity-steps = Что с ним стало
activity-reason-hint = Нужна, чтобы отменить. Её увидит другая школа.
activity-finish = Проведено
activity-cancel = Отменить
activity-reopen = Ещё предстоит
activity-remove = Убрать из плана
activity-evidence = Подтверждения
activity-no-evidence = Подтверждений пока нет.
activity-body = Что показывает, что это сделано
activity-link = Адрес исследования, исследовательского урока или работы
activity-link-hint = С этого сайта; можно не заполнять.
activity-show = Добавить подтверждение
activity-withdraw = Убрать

plan-report-half = Отчёт за первое полугодие { $years }
plan-report-year = Отчёт за { $years } учебный год
plan-report-summary = В цифрах
plan-report-done = Что проведено
plan-report-open = Что не проведено
plan-report-findings = Чему мы научились
plan-report-next = Что дальше
plan-report-returned = Возвращён на исправление
plan-report-begin = Начать отчёт
plan-report-begin-hint = Он начнётся с согласованных мероприятий и подтверждений. Затем вы его отредактируете.
plan-report-write = Написать отчёт
plan-report-send = Отправить тренеру региона
plan-report-send-hint = Сначала сохраните. Все пять частей должны быть заполнены.
plan-report-again = Составить заново по подтверждениям
plan-report-again-hint = То, что сейчас написано в отчёте, пропадёт.
plan-report-answer = Ваш ответ
plan-report-acknowledge = Принять к сведению
plan-report-return = Вернуть
plan-report-reason-hint = Нужна, чтобы вернуть отчёт.

calendar-title = Календарь
calendar-ahead = Что запланировано
calendar-none = В ваших школах ничего не запланировано.
calendar-feeds = В вашем календаре
calendar-feeds-text = Программа-календарь читает запланированное по секретному адресу. Кто знает адрес, тот видит календарь, поэтому никому его не передавайте.
calendar-own = Мои школы
calendar-which = Что показывать
calendar-create = Получить адрес
calendar-made = Скопируйте адрес сейчас: он показывается один раз.
calendar-revoke = Отозвать

flash-accepted = Вы приняли план.
flash-report-sent = Отчёт отправлен.

home-plan-accept = Примите совместный план
home-plan-accept-why = Другая школа его приняла. Прочитайте и примите или измените.
home-report-returned = Исправьте отчёт и отправьте его снова
home-report-returned-why = Тренер региона вернул его.
home-report-answer = Примите отчёт к сведению или верните
home-report-answer-why = Его прислали две школы вашего региона.
