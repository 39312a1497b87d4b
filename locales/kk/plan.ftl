### Серіктестіктердің бірлескен жоспарлары: іс-шаралар, есептер, күнтізбелер.

# $kind is lesson-study, open-lesson, seminar, master-class, mentoring, visit, conference or other.
activity-kind = { $kind ->
    [lesson-study] Сабақты зерттеу
    [open-lesson] Ашық сабақ
    [seminar] Семинар
    [master-class] Шеберлік сыныбы
    [mentoring] Тәлімгерлік
    [visit] Тәжірибе алмасу сапары
    [conference] Конференция
   *[other] Іс-шара
}
# As calendars show it.
activity-called = { $kind }: { $title }

notice-plan-changed = «{ $by }» мектебі «{ $other }» мектебімен { $year } оқу жылына арналған жоспарды өзгертті. Оқып шығып, қайта қабылдаңыз
notice-plan-accepted = «{ $by }» мектебі «{ $other }» мектебімен { $year } оқу жылына арналған жоспарды қабылдады
notice-plan-agreed = «{ $leading }» және «{ $magnetic }» мектептерінің { $year } оқу жылына арналған жоспары келісілді
notice-activity-cancelled = «{ $title }» өтпейді («{ $leading }» және «{ $magnetic }»)
notice-activity-due = { $date }: «{ $title }» («{ $leading }» және «{ $magnetic }»)
# $term is half or year.
notice-report-sent = { $term ->
    [half] «{ $leading }» және «{ $magnetic }» мектептері { $year } оқу жылының бірінші жартыжылдығы бойынша есеп жіберді. Оны назарға алыңыз немесе қайтарыңыз
   *[year] «{ $leading }» және «{ $magnetic }» мектептері { $year } оқу жылы бойынша есеп жіберді. Оны назарға алыңыз немесе қайтарыңыз
}
notice-report-acknowledged = { $term ->
    [half] «{ $leading }» және «{ $magnetic }» мектептерінің { $year } оқу жылының бірінші жартыжылдығы бойынша есебі назарға алынды
   *[year] «{ $leading }» және «{ $magnetic }» мектептерінің { $year } оқу жылы бойынша есебі назарға алынды
}
notice-report-returned = { $term ->
    [half] «{ $leading }» және «{ $magnetic }» мектептерінің { $year } оқу жылының бірінші жартыжылдығы бойынша есебі қайтарылды. Түзетіп, қайта жіберіңіз
   *[year] «{ $leading }» және «{ $magnetic }» мектептерінің { $year } оқу жылы бойынша есебі қайтарылды. Түзетіп, қайта жіберіңіз
}

report-summary = Есеп кезеңі: { $from } – { $until }. «{ $leading }» және «{ $magnetic }» мектептері келіскен іс-шаралар: { $planned }. Өткізілгені: { $done }. Болмай қалғаны: { $cancelled }. Әлі өткізілмегені: { $open }.
report-activity = { $date } { $kind } «{ $title }», { $host }
report-expected = Күтілетін нәтиже: { $text }
report-by-word = – { $text }
report-by-study = – { $text } Зерттеу: «{ $title }»
report-by-lesson = – { $text } Зерттеу сабағы: «{ $title }»
report-by-resource = – { $text } Қоржындағы жұмыс: «{ $title }»
report-nothing-done = Әзірге іс-шара өткізілген жоқ.
report-all-done = Келісілгеннің бәрі өткізілді.
report-cancelled = { $activity }. Болмайды: { $reason }
report-ahead = { $activity }. Әлі алда
report-open = { $activity }. Өткізілмеді
