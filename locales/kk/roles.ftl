### What a person is in a school, network, association, region or on the platform.

role-platform-admin = Платформа әкімшісі
role-association-officer = Қауымдастық басқармасының өкілі
role-editor = Редактор
role-trainer = Тренер / әдіскер
role-coordinator = Мектеп үйлестірушісі
role-leading-coordinator = Жетекші мектептің үйлестірушісі
role-magnetic-coordinator = Магнитті мектептің үйлестірушісі
role-teacher = Мұғалім
role-knowledgeable-other = Білікті кеңесші

school-leading = Жетекші мектеп
school-magnetic = Магнитті мектеп
