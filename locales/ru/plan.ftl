### Совместные планы партнёрств: мероприятия, отчёты, календари.

# $kind is lesson-study, open-lesson, seminar, master-class, mentoring, visit, conference or other.
activity-kind = { $kind ->
    [lesson-study] Lesson Study
    [open-lesson] Открытый урок
    [seminar] Семинар
    [master-class] Мастер-класс
    [mentoring] Наставничество
    [visit] Визит по обмену опытом
    [conference] Конференция
   *[other] Мероприятие
}
# As calendars show it.
activity-called = { $kind }: { $title }

notice-plan-changed = «{ $by }» меняет план на { $year } с «{ $other }». Прочитайте и примите его заново
notice-plan-accepted = «{ $by }» принимает план на { $year } с «{ $other }»
notice-plan-agreed = План «{ $leading }» и «{ $magnetic }» на { $year } согласован
notice-activity-cancelled = «{ $title }» не состоится («{ $leading }» и «{ $magnetic }»)
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
