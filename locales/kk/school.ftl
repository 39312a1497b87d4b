### Schools.

school-partners = Серіктестіктер
school-partners-none = Бұл мектептің әзірге серіктестігі жоқ.
school-network = Желілік қоғамдастық

schools-title = Мектептер
schools-margin = Мектептің не жердің қазіргі және бұрынғы кез келген атауы бойынша
schools-search = Мектеп, қала немесе ауыл
schools-leading = Тек жетекші мектептер
schools-none = Ештеңе табылмады. Атауының бір бөлігін немесе жердің атын жазып көріңіз.

school-card = Карточка
school-place = Орны
school-address = Мекенжайы
school-kind = Түрі
school-languages = Оқыту тілдері
school-names = Атаулары
school-until = { $date } дейін
school-coordinators = Үйлестірушілер
school-networks = Желілік қоғамдастықтар
school-designations = Мәртебелері
school-merged-into = Мына мектептің құрамына кірді:

school-invite = Үйлестірушіні шақыру
school-invite-people = Мектепке шақыру
school-designate = Мәртебесін өзгерту
school-propose = Серіктестікке шақыру:
invitation-language = Хаттың тілі
invitation-send = Шақыру жіберу
invitations-open = Жауап күтілуде

designation-new = Жаңа мәртебе
designation-kind = Мәртебе
designation-evidence = Негізі
designation-evidence-hint = Бұйрық, шешім немесе веб-мекенжай.
designation-from = Бірінші күні
designation-until = Осы күнге дейін
designation-until-hint = Мерзімі шектелмесе, бос қалдырыңыз.
designation-award = Беру
designation-nominate = Ұсыну
designation-withdraw-title = Мәртебені қайтарып алу
designation-withdraw = Қайтарып алу

school-new = Жаңа мектеп
school-new-text = Тізілімде жоқ мектепті ғана қосыңыз: алдымен оны бұрынғы атауымен де іздеп көріңіз.
school-add = Қосу
school-edit = Карточканы түзету
school-name-kk = Қазақша атауы
school-name-ru = Орысша атауы
school-name-en = Ағылшынша атауы
school-renamed-on = Атауы осы күннен бастап өзгерді
school-renamed-on-hint = Бұрынғы атау тарихта қалады. Ескі атауда қате болған болса, бос қалдырыңыз.
school-alias-kk = Тағы қалай аталады, қазақша
school-alias-ru = Тағы қалай аталады, орысша
school-alias-en = Тағы қалай аталады, ағылшынша
school-alias-hint = Әр атауды жаңа жолдан жазыңыз.
school-region = Ауданы немесе өңірі
school-region-unknown = белгісіз
school-languages-hint = Екі әріпті кодтар, үтір арқылы: kk, ru.
school-close = Мектепті жабу
school-close-text = Мектеп тізілімде қалады, бірақ оның жаңа серіктестігі болмайды. Мұны қайтару мүмкін емес.
school-close-button = Жабу
school-merge = Басқа мектеппен біріктіру
school-merge-text = Мектеп екі рет жазылған болса немесе басқасының құрамына кірсе. Атаулары, адамдары, мәртебелері, желілері мен серіктестіктері қалатын мектепке көшеді.
school-merge-search = Қалатын мектеп
school-merge-choose = Таңдау
school-merge-confirm = «{ $goes }» енді «{ $stays }» құрамында болады. Мұны қайтару мүмкін емес.
school-merge-button = Біріктіру
school-people = Мектептің адамдары
school-people-none = Мұнда көрсетуге болатын адам жоқ.
