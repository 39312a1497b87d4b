### Серіктестіктердің бірлескен жоспарлары: іс-шаралар, есептер, күнтізбелер.

# $kind is lesson-study, open-lesson, seminar, master-class, mentoring, visit, conference or meeting.
activity-kind = { $kind ->
    [open-lesson] Ашық сабақ
    [lesson-study] Сабақты зерттеу
    [seminar] Семинар
    [master-class] Шеберлік сыныбы
    [mentoring] Тәлімгерлік
    [visit] Тәжірибе алмасу сапары
    [conference] Конференция
   *[meeting] Кездесу
}
# As calendars show it.
pattern-activity-called = { $kind }: { $title }

notice-plan-changed = «{ $by }» мектебі «{ $other }» мектебімен { $year } оқу жылына арналған жоспарды өзгертті. Оқып шығып, қайта қабылдаңыз
notice-plan-accepted = «{ $by }» мектебі «{ $other }» мектебімен { $year } оқу жылына арналған жоспарды қабылдады
notice-plan-agreed = «{ $leading }» және «{ $magnetic }» мектептерінің { $year } оқу жылына арналған жоспары келісілді
notice-activity-cancelled = «{ $title }» өтпейді («{ $leading }» және «{ $magnetic }»)
notice-activity-reopened = «{ $title }» қайтадан жоспарда («{ $leading }» және «{ $magnetic }»)
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

state-plan-draft = Жоба
state-plan-agreed = Келісілді
state-plan-running = Орындалып жатыр
state-plan-reported = Есеп жіберілді
state-plan-acknowledged = Есеп назарға алынды
state-plan-returned = Есеп қайтарылды
state-activity-proposed = Ұсынылды
state-activity-planned = Жоспарланды
state-activity-done = Өткізілді
state-activity-cancelled = Болмайды
state-plan-report-draft = Жоба
state-plan-report-sent = Жіберілді
state-plan-report-acknowledged = Назарға алынды
state-plan-report-returned = Қайтарылды

plans-title = Бірлескен жоспарлар
plans-none = Екі мектептің бірлескен жоспары әзірге жоқ.
plans-year = Оқу жылы
plans-begin = Жоспарды бастау
plan-title = { $years } бірлескен жоспары
plan-years = { $years } оқу жылы
plan-finding-draft = Жоспар екі мектептің де келісімін күтіп тұр
plan-finding-agreed = Екі мектеп те жоспарды қабылдады
plan-finding-running = Жоспар орындалып жатыр
plan-finding-reported = Жылдық есеп жіберілді
plan-finding-acknowledged = Жылдық есеп назарға алынды
plan-finding-returned = Жылдық есеп қайтарылды
plan-done = Өткізілгені: { $all } іс-шараның { $done }
plan-accept = Жоспарды қабылдау
plan-add = Іс-шара қосу
plan-change-hint = Өзгерістен кейін екі мектеп те жоспарды қайта қабылдайды. Бұрын келісілген және өзгермегені күшінде қалады.
plan-activities = Жыл реті бойынша
plan-empty = Әзірге іс-шара жоқ.
plan-accepted = Қабылдағандар
plan-reports = Есептер
plan-report-none = Басталған жоқ
plan-term-half = Бірінші жартыжылдық есебі
plan-term-year = Жылдық есеп
plan-link-unknown = Бұл мекенжай зерттеуге, зерттеу сабағына немесе жұмысқа апармайды. Осы сайттағы мекенжайды қойыңыз.

network-plan = Жылдық жоспар
network-plan-title = Желілік қоғамдастықтың { $years } жылы
network-plan-none = Осы қоғамдастық серіктестіктерінің бұл жылға сізге көрінетін жоспары жоқ.

activity-what = Не жоспарланды
activity-change = Өзгерту
activity-title = Атауы
activity-sort = Түрі
activity-starts = Бірінші күні
activity-ends = Соңғы күні
activity-ends-hint = Бірнеше күнге созылса ғана.
activity-host = Өтетін жері
activity-expected = Күтілетін нәтиже
activity-responsible = Жауаптылар
activity-steps = Қалай өтті
activity-reason-hint = Болмайтынын айту үшін керек. Оны екінші мектеп көреді.
activity-finish = Өткізілді
activity-cancel = Болмайды
activity-reopen = Әлі өткізіледі
activity-remove = Жоспардан алып тастау
activity-evidence = Дәлелдер
activity-no-evidence = Әзірге дәлел жоқ.
activity-body = Өткізілгенін не көрсетеді
activity-link = Зерттеудің, зерттеу сабағының немесе жұмыстың мекенжайы
activity-link-hint = Осы сайттан; бос қалдыруға болады.
activity-show = Дәлел қосу
activity-withdraw = Алып тастау

plan-report-half = { $years } оқу жылының бірінші жартыжылдық есебі
plan-report-year = { $years } оқу жылының есебі
plan-report-summary = Сандармен
plan-report-done = Не өткізілді
plan-report-open = Не өткізілмеді
plan-report-findings = Не үйрендік
plan-report-next = Әрі қарай не істейміз
plan-report-returned = Түзетуге қайтарылды
plan-report-begin = Есепті бастау
plan-report-begin-hint = Есеп келісілген іс-шаралар мен дәлелдерден басталады. Содан кейін оны өңдейсіз.
plan-report-write = Есеп жазу
plan-report-send = Өңір тренеріне жіберу
plan-report-send-hint = Алдымен сақтаңыз. Бес бөлігі де толтырылуы керек.
plan-report-again = Дәлелдер бойынша қайта құрастыру
plan-report-again-hint = Есепте қазір жазылғаны жоғалады.
plan-report-answer = Сіздің жауабыңыз
plan-report-acknowledge = Назарға алу
plan-report-return = Қайтару
plan-report-reason-hint = Есепті қайтару үшін керек.

calendar-title = Күнтізбе
calendar-ahead = Не жоспарланды
calendar-none = Мектептеріңізде ештеңе жоспарланбаған.
calendar-feeds = Өз күнтізбеңізде
calendar-feeds-text = Күнтізбе бағдарламасы жоспарланғанды құпия мекенжай бойынша оқиды. Мекенжайды білген адам күнтізбені көреді, сондықтан оны ешкімге бермеңіз.
calendar-own = Менің мектептерім
calendar-which = Нені көрсету керек
calendar-create = Мекенжай алу
calendar-made = Мекенжайды қазір көшіріп алыңыз: ол бір рет қана көрсетіледі.
calendar-revoke = Қайтарып алу

flash-accepted = Сіз жоспарды қабылдадыңыз.
flash-report-sent = Есеп жіберілді.

home-plan-accept = Бірлескен жоспарды қабылдаңыз
home-plan-accept-why = Екінші мектеп оны қабылдады. Оқып, қабылдаңыз немесе өзгертіңіз.
home-report-returned = Есепті түзетіп, қайта жіберіңіз
home-report-returned-why = Өңір тренері оны қайтарды.
home-report-answer = Есепті назарға алыңыз немесе қайтарыңыз
home-report-answer-why = Оны өңіріңіздегі екі мектеп жіберді.
