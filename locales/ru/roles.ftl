### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Администратор платформы
role-association-officer = Представитель правления ассоциации
role-editor = Редактор
role-trainer = Тренер / методист
role-coordinator = Координатор школы
role-leading-coordinator = Координатор ведущей школы
role-magnetic-coordinator = Координатор магнитной школы
role-teacher = Учитель
role-knowledgeable-other = Приглашённый эксперт

school-leading = Ведущая школа
school-magnetic = Магнитная школа
