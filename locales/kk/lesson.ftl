### Бір зерттеу сабағы: сабақ парағы, бақылаулар, талқылау.

lesson-headline-planning = { $number }-сабақ жоспарланып жатыр
lesson-headline-frozen = { $number }-сабақтың жоспары бекітілді: өткізуге болады
lesson-headline-taught = { $number }-сабақ өтті, талқылауды күтіп тұр
lesson-headline-discussing = { $number }-сабақ талқыланып жатыр
lesson-headline-discussed = { $number }-сабақ талқыланды
lesson-headline-closed = { $number }-сабақ жабылды
lesson-numbered = { $number }-зерттеу сабағы

lesson-new = Келесі зерттеу сабағын жоспарлау
lesson-edit = Сынып, уақыт және мұғалім
lesson-class-label = Сынып
lesson-class-label-hint = Мысалы, 5 «А». Оқушылардың аты-жөні еш жерде жазылмайды.
lesson-topic = Тақырып
lesson-starts = Басталуы
lesson-teacher = Кім өткізеді
lesson-school = Мектеп
lesson-open = әлі шешілген жоқ
lesson-taught-by = Өткізетін: { $name }
lesson-malformed-time = Бұл уақыт емес. Күні мен уақытын жазыңыз, мысалы 2026-11-16T09:30.

lesson-sheet = Не күтеміз, не көрдік
lesson-in-pencil = Қарындашпен: топтың күткені
lesson-in-pen = Қаламмен: көргеніміз
lesson-pupil-shown = Қай зерттелетін оқушыны көрсету керек
lesson-stage = Сабақ кезеңі
lesson-minutes = { $from }–{ $until } мин
lesson-minute-count = { $count } мин
lesson-watched-by = бақылайтын: { $names }
lesson-present = Қазір осында: { $names }
lesson-no-stages = Сабақтың кезеңдері әлі жоқ.
lesson-opens-margin = Алдыңғы талқылаудан
lesson-opens = { $number }-сабақтан кейін не шештік

lesson-activity = Мұғалім мен оқушылар не істейді
lesson-resources = Ресурстар
lesson-criterion = Табыс критерийі
lesson-predicted = Күтілгені
lesson-observed = Көргеніміз
lesson-enjoyed = Саған не ұнады?
lesson-learned = Сен не үйрендің?
lesson-can-do = Бұрын қолыңнан келмеген нені енді істей аласың?
lesson-helped = Саған не көмектесті?
lesson-would-change = Келесі жолы нені басқаша жасаған жөн?
lesson-discussed = Оқушы және біздің күткеніміз
lesson-class = Сынып
lesson-teaching = Оқыту
lesson-next = Келесі сабаққа арналған шешімдер
lesson-closing = Қорытынды сөз

lesson-write = Жазу
lesson-change = Өзгерту
lesson-comment = Пікір жазу
lesson-comments = Пікірлер
lesson-comment-yours = Сіздің пікіріңіз
lesson-comment-count = { $count ->
   *[other] { $count } пікір
}
lesson-text = Мәтін
lesson-edited-by = Жазған: { $name }
lesson-no-names = Зерттелетін оқушылар әріппен белгіленеді: аты-жөнін, нөмірін, мекенжайын жазбаңыз.
lesson-cell-shut = Сабақтың осы кезінде бұл жерге жазуға болмайды.
lesson-met = Сіз жазып жатқанда мұнда басқа біреу жазды. Ештеңе жоғалған жоқ: төменде екі мәтін де тұр. Қайсысы қалатынын таңдаңыз.
lesson-theirs = Әріптестің мәтіні
lesson-keep-both = Екеуі де қалсын, менікі төменде
lesson-keep-mine = Оның орнына менікі
lesson-keep-theirs = Әріптестікін қалдыру

lesson-stages = Сабақ кезеңдері
lesson-stages-total = { $count ->
   *[other] { $count } кезең, { $minutes } минут
}
lesson-stages-shut = Жоспар бекітілді. Кезеңдерді өзгерту үшін жоспарға оралыңыз.
lesson-duration = Минут
lesson-stage-add = Кезең қосу
lesson-stage-remove = Алып тастау
lesson-stage-up = Жоғары
lesson-stage-down = Төмен
lesson-to-sheet = Сабақ парағына

lesson-observers = Бақылаушылар
lesson-all-watched = Әр зерттелетін оқушының бақылаушысы бар
lesson-unwatched = Әзірге ешкім бақыламайды: { $letters }
lesson-observer-of = { $letter } оқушысының бақылаушысы
lesson-assign = Тағайындау
lesson-release = Босату

lesson-observe = Бақылауды жазу
lesson-observe-title = Не көріп тұрсыз?
lesson-whom = Кім
lesson-whole-class = сынып
lesson-everybody = барлығы
lesson-no-stage = кезеңсіз
lesson-fact = Факт
lesson-fact-hint = Оқушының не істегені не айтқаны, камера көрсеткендей.
lesson-interpretation = Түсіндірме
lesson-interpretation-hint = Сіздіңше, бұл нені білдіреді. Толтырмауға болады.
lesson-taken = Қашан
lesson-note = Жазып қою
lesson-takes-none = Қазір жазбалар қабылданбайды: олар жоспар бекітілгеннен бастап сабақ жабылғанға дейін жазылады.
lesson-offline = Байланыс жоқ. Жазбалар осы құрылғыда қалады, байланыс пайда болғанда жіберіледі.
lesson-expired = Кіру мерзімі бітті. Жазбалар осы құрылғыда қалады, қайта кіргеннен кейін жіберіледі.
lesson-unkept = Құрылғы жазбаны сақтай алмады. Бетті жаппай, қайтадан көріңіз.
lesson-outbox = Осы құрылғыда, әлі жіберілмеген:
lesson-outbox-text = Әр жазба бір-ақ рет, жазылған ретімен жіберіледі. Бетті жабуға болады: ештеңе жоғалмайды.
lesson-mend = Түзету
lesson-drop = Өшіру
lesson-sent = { $count ->
    [0] Сіздің жазбаларыңыз әлі келген жоқ
   *[other] Сіздің { $count } жазбаңыз келді
}
lesson-sign-out-notes = Осы құрылғыда әлі жіберілмеген жазбалар бар. Шықсаңыз, олар жоғалады. Сонда да шығасыз ба?
lesson-observations = { $count ->
    [0] Бақылаулар әлі жоқ
   *[other] { $count } бақылау
}
lesson-observations-all = Бақылаулар
lesson-loose = Кезеңсіз немесе сынып туралы жазбалар
lesson-mend-title = Жазбаны түзету

lesson-photo = Фото
lesson-photo-add = Фото қосу
lesson-photo-title = Жазбаның фотосы
lesson-photo-hint = Отбасылар рұқсат бергенін ғана түсіріңіз. Түсірілген жері мен камера туралы деректер файлдан өшіріледі.
lesson-photo-of = Фото: { $fact }
lesson-photo-waits = Фотосы бар: ол жазбадан кейін жіберіледі.
lesson-photo-remove = Фотоны өшіру
lesson-photo-remove-text = Файл біржола өшіріледі. Жазба қалады.
lesson-photo-hidden = Фото жасырылды: фото мен бейнеге келісім бүгін күшінде емес.
lesson-photo-not-allowed = Фото мен бейнеге келісім бүгін күшінде емес. Топ келісімді жазған соң фото қосуға болады.
lesson-photo-closed = Сабақ жабылды: оның жазбаларына енді фото қосылмайды.

lesson-interview-margin = Бес минуттан аспайды
lesson-interview = Зерттелетін оқушылар не дейді
lesson-question = Сұрақ

lesson-discussion-margin = 24 сағат ішінде
lesson-discussion = Талқылау
lesson-discussion-since = Басталды: { $moment }. Реті тұрақты: оқушылар, сынып, оқыту, келесі сабақ, қорытынды сөз.
lesson-missed = Бұл оқушылар туралы әлі ештеңе жазылмады: { $letters }

lesson-steps = Келесі қадам
lesson-freeze = Жоспарды бекіту
lesson-freeze-text = Жоспар мен болжамдар дайын. Осыдан бастап бақылау жазуға болады, ал болжамдар өзгермейді. Сабақ өткенше жоспарға оралуға болады.
lesson-thaw = Жоспарға оралу
lesson-thaw-text = Жоспар мен болжамдарды қайтадан өзгертуге болады.
lesson-teach = Сабақ өтті
lesson-teach-text = Сабақ өткен соң. Сол күні оқушыларды бақылауға берілген келісім («Бақылау» түріндегі) күшінде болуы керек.
lesson-open-discussion = Талқылауды бастау
lesson-open-discussion-text = Осыдан бастап бақылаулар өзгермейді. Сабақтан кейін 24 сағат ішінде бастаңыз.
lesson-discuss = Талқылау аяқталды
lesson-discuss-text = Әр зерттелетін оқушы туралы айтылуы керек. Сабақ жабылғанша талқылау жазбасын толықтыруға болады.
lesson-close = Сабақты жабу
lesson-close-text = Сабақта енді ештеңе өзгермейді. Содан кейін келесі сабақты жоспарлауға болады: ол қабылданған шешімдерден басталады.

lesson-others = Зерттеудің басқа сабақтары
lesson-compare = { $number }-сабақпен салыстыру
lesson-compare-title = { $one } және { $other }-сабақтар қатар
lesson-compare-plan = Жоспар
lesson-part = Бөлік
