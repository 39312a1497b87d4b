### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Администратор платформы
role-trainer = Тренер / методист
role-coordinator = Координатор школы
role-teacher = Учитель

school-leading = Ведущая школа
school-magnetic = Магнитная школа
