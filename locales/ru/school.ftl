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

school-invite = Пригласить координатора
school-invite-people = Пригласить в школу
school-designate = Изменить статус
school-propose = Пригласить к партнёрству:
invitation-language = Язык письма
invitation-send = Отправить приглашение
invitations-open = Ждут ответа

designation-new = Новый статус
designation-kind = Статус
designation-evidence = Основание
designation-evidence-hint = Приказ, решение или веб-адрес.
designation-from = Первый день
designation-until = До этого дня
designation-until-hint = Оставьте пустым, если срок не ограничен.
designation-award = Присвоить
designation-nominate = Предложить
designation-withdraw-title = Отозвать статус
designation-withdraw = Отозвать
