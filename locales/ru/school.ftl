### Schools.

school-partners = Партнёрства
school-partners-none = У этой школы пока нет партнёрств.
school-network = Сетевое сообщество

schools-title = Школы
schools-margin = По любому названию школы или места, нынешнему и прежнему
schools-search = Школа, город или село
schools-leading = Только ведущие школы
schools-none = Ничего не найдено. Попробуйте часть названия или название места.

school-card = Карточка
school-place = Место
school-address = Адрес
school-kind = Вид
school-languages = Языки обучения
school-names = Названия
school-until = до { $date }
school-coordinators = Координаторы
school-networks = Сетевые сообщества
school-designations = Статусы
school-merged-into = Вошла в состав:
