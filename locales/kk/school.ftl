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
