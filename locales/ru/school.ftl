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

school-new = Новая школа
school-new-text = Добавляйте только школу, которой нет в реестре: сначала поищите её, в том числе под прежним названием.
school-add = Добавить
school-edit = Исправить карточку
school-name-kk = Название на казахском
school-name-ru = Название на русском
school-name-en = Название на английском
school-renamed-on = Название изменилось с этого дня
school-renamed-on-hint = Прежнее название останется в истории. Оставьте пустым, если в нём была ошибка.
school-alias-kk = Как ещё называют, на казахском
school-alias-ru = Как ещё называют, на русском
school-alias-en = Как ещё называют, на английском
school-alias-hint = Каждое название с новой строки.
school-region = Район или регион
school-region-unknown = неизвестно
school-languages-hint = Двухбуквенные коды через запятую: kk, ru.
school-close = Закрыть школу
school-close-text = Школа останется в реестре, но новых партнёрств у неё не будет. Отменить это нельзя.
school-close-button = Закрыть
school-merge = Объединить с другой школой
school-merge-text = Если школа записана дважды или вошла в состав другой. Названия, люди, статусы, сети и партнёрства перейдут к той, что остаётся.
school-merge-search = Школа, которая остаётся
school-merge-choose = Выбрать
school-merge-confirm = «{ $goes }» войдёт в состав «{ $stays }». Отменить это нельзя.
school-merge-button = Объединить
school-people = Люди школы
school-people-none = Показать здесь некого.
