### Studies: the list, one with its stages, its group, notes, case pupils, consents, report, and the templates.

# The list.
studies-title = Зерттеулер
studies-finding = { $count ->
    [0] Зерттеулеріңізде қазір сізді күтіп тұрған іс жоқ
    [one] Сізді { $count } зерттеу күтіп тұр
   *[other] Сізді { $count } зерттеу күтіп тұр
}
studies-margin = Сіз қатысатын немесе шақырылған зерттеулер
studies-mine = Менің зерттеулерім
studies-none = Сіз әзірге бірде-бір зерттеуге қатыспайсыз. Өзіңіз бастаңыз немесе әріптестеріңіздің шақыруын күтіңіз.
study-teachers = { $count ->
    [one] { $count } мұғалім
   *[other] { $count } мұғалім
}

# Beginning one, and its card.
study-new = Зерттеу бастау
study-new-text = Бір немесе бірнеше мектептің мұғалімдері сабақтарды бірге зерттейді. Топты сіз басқарасыз, басқаларын кейін шақырасыз.
study-new-no-school = Зерттеуді мектепке тіркелген адам ғана бастай алады. Мектебіңіздің координаторынан шақыру сұраңыз.
study-begin = Бастау
study-edit = Сұрақ пен карточканы өзгерту
study-template = Қалай өтеді
study-for-school = Қай мектептен
study-theme = Тақырып
study-theme-hint = Бірнеше сөзбен: есептің шешімін түсіндіру.
study-question = Нені білгіңіз келеді?
study-question-hint = «Біз … қалай жақсартуға болатынын білгіміз келеді». Кейін жазуға болады, бірақ бірінші сабаққа дейін сұрақ дайын болуы керек.
study-network = Желілік қоғамдастық
study-network-hint = Есеппен бөліссеңіз, оны қоғамдастықтың мектептері оқи алады. Оған дейін зерттеуді тек топ көреді.
study-no-network = ешқандай
study-because = Себебі: { $reason }

# What it waits for.
study-next = Енді не істейміз
study-next-answer = Шақыруға жауап беру
study-next-accept = Топ хаттамасын қабылдау
study-next-discuss = { $number }-зерттеу сабағын талқылау
study-next-until = Мерзімі: { $moment }
study-next-invite = Топқа мұғалімдерді шақыру
study-next-accepting = Бәрі хаттаманы қабылдағанша күту
study-next-form = Топ жиналды
study-next-question = Топтың сұрағын жазу
study-next-pupils = Зерттелетін оқушыларды таңдау
study-next-focus = Сұрақ пен зерттелетін оқушылар дайын
study-next-plan = { $number }-зерттеу сабағын жоспарлау
study-next-teach = { $number }-зерттеу сабағын өткізіп, бақылау
study-next-close = { $number }-зерттеу сабағының талқылауын аяқтау
study-next-conclude = Зерттеу сабақтары аяқталды
study-next-progress = Әр зерттелетін оқушының ілгерілеуін жазу
study-next-report = Есепті жазу
study-next-share = Есеппен бөлісу
study-next-resume = Зерттеуді жалғастыру
study-lead-takes = Бұл қадамды топ жетекшісі жасайды.
study-rest = Үзіліс жасау немесе тоқтату
study-reason-hint = Екеуіне де керек. Оны топ көреді.
study-pause = Кідірту
study-abandon = Зерттеуді тоқтату

# Stages.
study-stages = Зерттеу кезеңдері
study-guide = Не істеу керек
study-stop-done = орындалды
study-stop-now = қазір
study-stop-todo = басталмаған
study-lessons = Зерттеу сабақтары
study-lessons-none = Әзірге жоқ. Сұрақ пен зерттелетін оқушылар дайын болғанда басталады.
study-lesson = { $number }-зерттеу сабағы
study-lesson-add = Келесі сабақты жоспарлау
study-lesson-planning = жоспарлануда
study-lesson-frozen = жоспар дайын
study-lesson-taught = өткізілді, талқылау керек
study-lesson-discussed = талқыланды
study-lesson-closed = аяқталды
study-state-draft = Топ жиналуда
study-state-formed = Топ жиналды
study-state-focused = Сұрақ дайын
study-state-cycling = Сабақтар өтуде
study-state-concluding = Қорытындылануда
study-state-reported = Есеп дайын
study-state-shared = Есеппен бөлісілді
study-state-paused = Кідіртілді
study-state-abandoned = Тоқтатылды

# The group.
study-group = Топ
study-group-finding = { $count ->
    [0] Әзірге ешкім қосылған жоқ
    [one] Топта { $count } мұғалім
   *[other] Топта { $count } мұғалім
}
study-who = Кім қатысады
study-role-lead = топ жетекшісі
study-role-member = мүше
study-role-moderator = модератор
study-role-facilitator = фасилитатор
study-role-expert = білікті кеңесші
study-member-invited = шақырылды, жауабы жоқ
study-member-joined = қатысады
study-member-declined = бас тартты
study-member-left = топтан шықты
study-until = { $date } дейін
study-asked = Сізді шақырады
study-asked-text = Топтағы рөліңіз: { $role }.
study-join = Қосылу
study-decline = Бас тарту
study-leave = Топтан шығу
study-take-out = Топтан шығару
study-invite = Шақыру
study-invite-school = Қай мектепте?
study-invite-page = Бетінің мекенжайы бойынша
study-invite-nobody = Мұнда шақыруға болатын ешкім көрінбейді. Сол мектептің координаторын шақырыңыз немесе мұғалім бетінің мекенжайын алыңыз.
study-invite-whom = Кімді
study-invite-seen = Өз мектептеріңіздің адамдарын, ал басқа мектептерден координаторларды көресіз.
study-invite-address = Адам бетінің мекенжайы
study-invite-address-hint = Әркім оны қоржындағы өз жұмыстарынан табады: …/bank/by/…
study-invite-role = Қандай рөлде
study-invite-until = Соңғы күн, білікті кеңесші үшін
study-invite-until-hint = Одан кейін кеңесші зерттеуді көрмейді. Ең көбі бір жыл.
study-invite-send = Шақыру жіберу
study-invite-name = Аты бойынша, желі мектептерінен
study-invite-name-label = Атының немесе тегінің басы
study-invite-name-hint = Кемінде үш әріп. Аты мен мектебі көрінеді, бір жолы ең көбі жиырма адам.
study-invite-name-none = Желі мектептерінен аты осылай басталатын ешкім табылмады немесе олар топта бар.
study-invite-found = Аты бойынша табылғандар
study-lead-asked = Сізден осы зерттеуді жүргізуді сұрайды
study-lead-nobody = Бұл зерттеуді ешкім жүргізбейді
study-lead-text = Зерттеуді жүргізуші карточканы өзгертеді, білікті кеңесшілерді шақырады, зерттеуді келесі кезеңге өткізеді. Бұрынғы жүргізуші топта қалады.
study-lead-take = Жүргізуді қабылдау
study-lead-decline = Жүргізгім келмейді
study-lead-offer = Жүргізуді ұсыну
study-lead-waits = Жүргізу ұсынылды, әлі жауап жоқ.
study-lead-withdraw = Ұсынысты қайтару

# The protocol.
study-protocol = Топ хаттамасы
study-protocol-finding = { $count ->
    [0] Хаттаманы бәрі қабылдады
    [one] Хаттаманы әлі { $count } мұғалім қабылдаған жоқ
   *[other] Хаттаманы әлі { $count } мұғалім қабылдаған жоқ
}
study-rule-risk = Тәуекелге баруға болады
study-rule-risk-text = Бұрын жасап көрмегенімізді жасап көреміз. Сәтсіз сабақ та сонша нәрсе үйретеді.
study-rule-ours = Сабақ ортақ
study-rule-ours-text = Оны бірге жоспарлаймыз, ол үшін бірге жауап береміз. Әріптесті емес, оқушыларды бақылаймыз.
study-rule-equal = Бәрінің сөзі тең
study-rule-equal-text = Тәжірибе де, қызмет те ешкімге соңғы сөзді бермейді.
study-rule-quiet = Айтылған сөз топта қалады
study-rule-quiet-text = Оқушы мен әріптес туралы ештеңе топтан шықпайды. Оқушылар әріппен белгіленеді, есімін жазбаймыз.
study-protocol-accept = Хаттаманы қабылдаймын
study-protocol-each = Кім қабылдады
study-protocol-accepted = қабылдады
study-protocol-open = әлі жоқ

# Notes.
study-notes = Белгілі нәрселер туралы жазбалар
study-notes-finding = { $count ->
    [0] Әзірге жазба жоқ
    [one] Белгілі нәрселер туралы { $count } жазба
   *[other] Белгілі нәрселер туралы { $count } жазба
}
study-note-body = Не таптыңыз және оның пайдасы неде?
study-note-url = Сілтеме
study-note-url-hint = Қоржындағы жұмысқа немесе басқа бетке: https://…
study-note-add = Жазба қосу
study-note-remove = Алып тастау

# Case pupils.
study-pupils = Зерттелетін оқушылар
study-pupils-finding = { $count ->
    [0] Зерттелетін оқушылар әлі таңдалған жоқ
    [one] { $count } зерттелетін оқушы таңдалды
   *[other] { $count } зерттелетін оқушы таңдалды
}
study-pupils-hint = Үшеу, алтау немесе тоғыз. Мұнда олар әріппен белгіленеді: есім, нөмір, телефон жазбаңыз.
study-pupil-one = { $letter } оқушысы
study-pupil-typifies = Қандай оқушылардың өкілі?
study-pupil-typifies-hint = Мысалы: сұрағанда ғана түсіндіретін оқушылар.
study-pupil-level = Жұмыс деңгейі
study-pupil-level-is = Деңгейі: { $level }
study-pupil-pseudonym = Топ бұл оқушыны қалай атайды
study-pupil-pseudonym-hint = Қаласаңыз; ешқашан шын есімін жазбаңыз.
study-pupil-add = Оқушыны таңдау
study-pupil-edit = Сипаттамасын өзгерту
study-pupil-remove = Тізімнен алу

# Consents.
study-consents = Отбасылардың келісімі
study-consents-hold = Оқушыларды бақылауға келісім күшінде
study-consents-missing = Оқушыларды бақылауға күшінде тұрған келісім жоқ
study-consents-hint = Бақылауға келісімсіз сабақты өткізілді деп белгілеуге болмайды. Қайтарып алынған келісім ештеңеге рұқсат бермейді, фото бірден жасырылады. Есім жазбаңыз.
study-consent-monitoring = Оқушыларды бақылау және жазу
study-consent-media = Фото және бейне
study-consent-publication = Фото мен бейнені жариялау
study-consent-holds = күшінде
study-consent-over = мерзімі өтті
study-consent-withdrawn = қайтарып алынды
study-consent-families = { $count ->
    [one] { $count } отбасы
   *[other] { $count } отбасы
}
study-consent-withdraw = Қайтарып алынғанын белгілеу
study-consent-record = Келісімді жазу
study-consent-kind = Неге рұқсат
study-consent-scope = Кімдерге қатысты
study-consent-scope-hint = Сынып немесе сабақ: 5 «А».
study-consent-count = Қанша отбасы келісті
study-consent-paper = Қағаздар қайда тұр
study-consent-paper-hint = Санның орнына немесе онымен бірге: 7-папка, оқу ісінің меңгерушісінде.
study-consent-given = Қай күннен
study-consent-expires = Соңғы күн, егер бар болса
study-consent-number = Бұл сан емес. Қанша екенін жазыңыз, мысалы 24.

# Findings and the report.
study-findings = Оқушылардың ілгерілеуі
study-findings-finding = { $count ->
    [0] Әр оқушының ілгерілеуі жазылды
    [one] { $count } оқушының ілгерілеуін жазу қалды
   *[other] { $count } оқушының ілгерілеуін жазу қалды
}
study-progress = Бұл оқушы қаншалықты ілгеріледі?
study-progress-hint = Тек топ пен оның кеңесшілері көреді. Есепке ешқашан енбейді.
study-progress-none = Әлі жазылмаған.
study-report = Есеп
study-report-later = Есеп сабақтар аяқталғанда басталады
study-report-writing = Топ есепті жазып жатыр
study-report-stands = Есеп дайын, онымен бөлісуге болады
study-report-shared = Есеппен бөлісілді
study-report-none = Есеп әзірге жоқ. Ол топтың сабақтар мен талқылауларда жазғанынан басталады.
study-report-hint = Ол топ жазғаннан басталған. Оны басқалар оқиды: оқушылар туралы ештеңе жазбаңыз.
study-report-context = Жағдай
study-report-aims = Мақсаттар
study-report-methods = Әдістер
study-report-findings = Нәтижелер
study-report-changes = Тәжірибедегі өзгерістер
study-report-finish = Есеп дайын
study-report-finish-text = Бес бөлім де, әр оқушының ілгерілеуі де жазылуы керек. Содан кейін есеппен бөлісуге болады.
study-report-read = Басқалар көретіндей оқу
study-report-print = Басып шығару не сақтау (PDF)
study-retell = Қоржынға нобай жасау
study-retell-text = Есеп мәтіні топтың барлық мұғалімі жазатын нобайға айналады. Сіздердің біреуіңіз бөліскенше, оны тек өздеріңіз көресіздер.
study-retell-language = Есеп қай тілде жазылған
study-report-of = Сабақты зерттеу туралы есеп
study-report-unshared = әлі бөлісілмеген
study-share = Есеппен бөлісу
study-share-text = Мұны кері қайтару мүмкін емес. Есепте зерттелетін оқушылар туралы дерек жоқ. Сабақ жоспарлары мен талқылауларды тек мектептер, әрі кеткенде қоғамдастықтың мектептері оқиды.
study-rung-school = Топтың мектептері
study-rung-network = Қоғамдастықтың мектептері
study-workspace = Зерттеу

# Templates.
study-templates = Зерттеу қалай өтеді
study-templates-text = Зерттеу үлгі бойынша өтеді: кезеңдер ретімен, әрқайсысында не істеу керек және қанша уақыт кетеді.
study-template-new = Үлгі қосу
study-template-edit = Үлгіні өзгерту
study-template-edit-text = Жүріп жатқан зерттеулер осы сәттен бастап жаңа кезеңдермен жүреді.
study-template-lessons = { $count ->
    [one] { $count } зерттеу сабағы
   *[other] { $count } зерттеу сабағы
}
study-template-name = Атауы, { $language }
study-template-about = Не үшін, { $language }
study-template-guide = Не істеу керек және қанша уақыт, { $language }
study-template-count = Зерттеу сабақтары, кемінде
study-template-stage = { $number }-кезең
study-template-kind = Не істеледі
study-template-kind-hint = Бұл таңдалмаған кезең сақталмайды.
study-stage-none = кезең жоқ
study-stage-group = Топ
study-stage-protocol = Хаттама
study-stage-study = Белгілі нәрсені зерделеу
study-stage-proposal = Жазбаша ұсыныс
study-stage-pupils = Зерттелетін оқушылар
study-stage-plan = Жоспарлау
study-stage-teach = Сабақ және бақылау
study-stage-interview = Сұхбат
study-stage-discuss = Талқылау
study-stage-conclude = Қорытынды
study-stage-share = Бөлісу
