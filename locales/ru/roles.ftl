### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Администратор платформы
role-trainer = Тренер / методист
role-coordinator = Координатор школы
role-teacher = Учитель

school-leading = Ведущая школа
school-magnetic = Магнитная школа

membership-since = с { $date }
membership-end = Завершить роль
membership-end-text = Человек теряет эту роль и выходит на всех устройствах. Его можно пригласить снова.
settings-roles = Ваши роли
