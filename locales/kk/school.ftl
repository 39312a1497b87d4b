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
