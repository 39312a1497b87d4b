### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Платформа әкімшісі
role-trainer = Тренер / әдіскер
role-coordinator = Мектеп үйлестірушісі
role-teacher = Мұғалім

school-leading = Жетекші мектеп
school-magnetic = Магнитті мектеп

membership-since = { $date } бастап
membership-end = Рөлді аяқтау
membership-end-text = Адам осы рөлінен айырылады және барлық құрылғыдан шығады. Оны қайта шақыруға болады.
settings-roles = Рөлдеріңіз
