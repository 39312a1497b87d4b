### Studies: the list, one with its stages, its group, notes, case pupils, consents, report, and the templates.

# The list.
studies-title = Исследования
studies-finding = { $count ->
    [0] В исследованиях вас сейчас ничего не ждёт
    [one] Вас ждёт { $count } исследование
    [few] Вас ждут { $count } исследования
    [many] Вас ждут { $count } исследований
   *[other] Вас ждут { $count } исследования
}
studies-margin = Где вы участвуете или куда приглашены
studies-mine = Мои исследования
studies-none = Вы пока не участвуете ни в одном исследовании. Начните своё или дождитесь приглашения коллег.
study-teachers = { $count ->
    [one] { $count } учитель
    [few] { $count } учителя
    [many] { $count } учителей
   *[other] { $count } учителя
}

# Beginning one, and its card.
study-new = Начать исследование
study-new-text = Учителя одной или нескольких школ вместе исследуют уроки. Вы ведёте группу, остальных пригласите потом.
study-new-no-school = Исследование начинают те, кто состоит в школе. Попросите приглашение у координатора вашей школы.
study-begin = Начать
study-edit = Изменить вопрос и карточку
study-template = Как оно пойдёт
study-for-school = От какой школы
study-theme = Тема
study-theme-hint = В нескольких словах: объяснение решения.
study-question = Что вы хотите понять?
study-question-hint = «Мы хотим понять, как улучшить …». Можно позже, но до первого урока вопрос должен быть.
study-network = Сетевое сообщество
study-network-hint = Школы сообщества прочитают отчёт, если вы им поделитесь. До этого исследование видит только группа.
study-no-network = никакое
study-because = Причина: { $reason }

# What it waits for.
study-next = Что дальше
study-next-answer = Ответить на приглашение
study-next-accept = Принять протокол группы
study-next-discuss = Обсудить исследовательский урок { $number }
study-next-until = Не позже: { $moment }
study-next-invite = Пригласить учителей в группу
study-next-accepting = Дождаться, пока все примут протокол
study-next-form = Группа собрана
study-next-question = Записать вопрос группы
study-next-pupils = Выбрать исследуемых учеников
study-next-focus = Вопрос и исследуемые ученики выбраны
study-next-plan = Спланировать исследовательский урок { $number }
study-next-teach = Провести исследовательский урок { $number } и наблюдать
study-next-close = Завершить обсуждение исследовательского урока { $number }
study-next-conclude = Исследовательские уроки закончены
study-next-progress = Записать продвижение каждого исследуемого ученика
study-next-report = Написать отчёт
study-next-share = Поделиться отчётом
study-next-resume = Возобновить исследование
study-lead-takes = Этот шаг делает руководитель группы.
study-rest = Сделать перерыв или прекратить
study-reason-hint = Нужна в обоих случаях. Её увидит группа.
study-pause = Приостановить
study-abandon = Прекратить исследование

# Stages.
study-stages = Этапы исследования
study-guide = Что делать
study-stop-done = сделано
study-stop-now = сейчас
study-stop-todo = не начато
study-lessons = Исследовательские уроки
study-lessons-none = Пока нет. Они начнутся, когда будут вопрос и исследуемые ученики.
study-lesson = Исследовательский урок { $number }
study-lesson-add = Спланировать следующий урок
study-lesson-planning = планируется
study-lesson-frozen = план готов
study-lesson-taught = проведён, ждёт обсуждения
study-lesson-discussed = обсуждён
study-lesson-closed = завершён
study-state-draft = Группа собирается
study-state-formed = Группа собрана
study-state-focused = Вопрос есть
study-state-cycling = Идут уроки
study-state-concluding = Подводятся итоги
study-state-reported = Отчёт готов
study-state-shared = Отчёт опубликован
study-state-paused = Приостановлено
study-state-abandoned = Прекращено

# The group.
study-group = Группа
study-group-finding = { $count ->
    [0] Пока никто не присоединился
    [one] В группе { $count } учитель
    [few] В группе { $count } учителя
    [many] В группе { $count } учителей
   *[other] В группе { $count } учителя
}
study-who = Кто участвует
study-role-lead = руководитель группы
study-role-member = участник
study-role-moderator = модератор
study-role-facilitator = фасилитатор
study-role-expert = приглашённый эксперт
study-member-invited = приглашение без ответа
study-member-joined = участвует
study-member-declined = отказ
study-member-left = вне группы
study-until = до { $date }
study-asked = Вас приглашают
study-asked-text = Ваша роль в группе: { $role }.
study-join = Присоединиться
study-decline = Отказаться
study-leave = Выйти из группы
study-take-out = Исключить из группы
study-invite = Пригласить
study-invite-school = В какой школе?
study-invite-page = По адресу страницы
study-invite-nobody = Здесь вам не видно никого, кого можно пригласить. Пригласите координатора этой школы или возьмите адрес страницы учителя.
study-invite-whom = Кого
study-invite-seen = Вы видите людей своих школ, а из других — координаторов.
study-invite-address = Адрес страницы человека
study-invite-address-hint = Каждый найдёт его в копилке у своих работ: …/bank/by/…
study-invite-role = В какой роли
study-invite-until = Последний день, для приглашённого эксперта
study-invite-until-hint = После него эксперт не видит исследования. Не больше года вперёд.
study-invite-send = Отправить приглашение
study-invite-name = По имени, в школах сообщества
study-invite-name-label = Начало имени или фамилии
study-invite-name-hint = Не меньше трёх букв. Вы увидите имя и школу, не больше двадцати человек за раз.
study-invite-name-none = В школах сообщества не найден никто с таким именем, или эти люди уже участвуют.
study-invite-found = Найдены по имени
study-lead-asked = Вас просят вести это исследование
study-lead-nobody = Это исследование никто не ведёт
study-lead-text = Кто ведёт исследование, меняет карточку, приглашает экспертов и переводит исследование на следующий этап. Прежний ведущий остаётся в группе.
study-lead-take = Взять ведение
study-lead-decline = Не хочу вести
study-lead-offer = Передать ведение
study-lead-waits = Ведение предложено, ответа ещё нет.
study-lead-withdraw = Отозвать предложение

# The protocol.
study-protocol = Протокол группы
study-protocol-finding = { $count ->
    [0] Протокол приняли все
    [one] Протокол ещё не принял { $count } учитель
    [few] Протокол ещё не приняли { $count } учителя
    [many] Протокол ещё не приняли { $count } учителей
   *[other] Протокол ещё не приняли { $count } учителя
}
study-rule-risk = Рисковать можно
study-rule-risk-text = Мы пробуем то, чего ещё не пробовали. Неудачный урок учит не меньше.
study-rule-ours = Урок общий
study-rule-ours-text = Мы планируем его вместе и отвечаем за него вместе. Наблюдаем за учениками, а не за коллегой.
study-rule-equal = Все голоса равны
study-rule-equal-text = Ни стаж, ни должность не дают последнего слова.
study-rule-quiet = Сказанное остаётся в группе
study-rule-quiet-text = Об учениках и коллегах не рассказываем за пределами группы. Ученики — буквы, имён не пишем.
study-protocol-accept = Принимаю протокол
study-protocol-each = Кто его принял
study-protocol-accepted = протокол принят
study-protocol-open = ещё нет

# Notes.
study-notes = Заметки об известном
study-notes-finding = { $count ->
    [0] Заметок пока нет
    [one] { $count } заметка об известном
    [few] { $count } заметки об известном
    [many] { $count } заметок об известном
   *[other] { $count } заметки об известном
}
study-note-body = Что вы нашли и чем это полезно?
study-note-url = Ссылка
study-note-url-hint = На работу из копилки или другую страницу: https://…
study-note-add = Добавить заметку
study-note-remove = Убрать

# Case pupils.
study-pupils = Исследуемые ученики
study-pupils-finding = { $count ->
    [0] Исследуемые ученики ещё не выбраны
    [one] Выбран { $count } исследуемый ученик
    [few] Выбраны { $count } исследуемых ученика
    [many] Выбраны { $count } исследуемых учеников
   *[other] Выбраны { $count } исследуемых ученика
}
study-pupils-hint = Трое, шестеро или девятеро. Здесь они буквы: не пишите имён, номеров и телефонов.
study-pupil-one = Ученик { $letter }
study-pupil-typifies = Каких учеников представляет?
study-pupil-typifies-hint = Например: те, кто объясняет, только когда спросят.
study-pupil-level = Рабочий уровень
study-pupil-level-is = Уровень: { $level }
study-pupil-pseudonym = Как группа называет ученика
study-pupil-pseudonym-hint = По желанию; никогда не настоящее имя.
study-pupil-add = Выбрать ученика
study-pupil-edit = Описать иначе
study-pupil-remove = Убрать из списка

# Consents.
study-consents = Согласия семей
study-consents-hold = Согласие на наблюдение действует
study-consents-missing = Согласия на наблюдение сегодня нет
study-consents-hint = Без согласия на наблюдение урок нельзя отметить проведённым. Отозванное согласие больше ничего не разрешает, фото скрываются сразу. Имён не пишите.
study-consent-monitoring = Наблюдать учеников и записывать
study-consent-media = Фото и видео
study-consent-publication = Публикация фото и видео
study-consent-holds = действует
study-consent-over = срок истёк
study-consent-withdrawn = отозвано
study-consent-families = { $count ->
    [one] { $count } семья
    [few] { $count } семьи
    [many] { $count } семей
   *[other] { $count } семьи
}
study-consent-withdraw = Отметить отзыв
study-consent-record = Записать согласие
study-consent-kind = Что разрешено
study-consent-scope = На кого распространяется
study-consent-scope-hint = Класс или урок: 5 «А».
study-consent-count = Сколько семей согласились
study-consent-paper = Где лежат бумаги
study-consent-paper-hint = Вместо числа или вместе с ним: папка 7 у завуча.
study-consent-given = С какого дня
study-consent-expires = Последний день, если он есть
study-consent-number = Это не число. Напишите, сколько: например, 24.

# Findings and the report.
study-findings = Продвижение учеников
study-findings-finding = { $count ->
    [0] Продвижение каждого ученика записано
    [one] Осталось записать продвижение { $count } ученика
    [few] Осталось записать продвижение { $count } учеников
    [many] Осталось записать продвижение { $count } учеников
   *[other] Осталось записать продвижение { $count } ученика
}
study-progress = Насколько продвинулся этот ученик?
study-progress-hint = Видят только группа и её эксперты. В отчёт не попадает никогда.
study-progress-none = Пока не записано.
study-report = Отчёт
study-report-later = Отчёт начнётся, когда закончатся уроки
study-report-writing = Группа пишет отчёт
study-report-stands = Отчёт готов, им можно поделиться
study-report-shared = Отчётом поделились
study-report-none = Отчёта пока нет. Он начнётся с того, что группа записала на уроках и обсуждениях.
study-report-hint = Он начат с того, что записала группа. Его прочитают другие: об учениках в нём ничего быть не должно.
study-report-context = Контекст
study-report-aims = Цели
study-report-methods = Методы
study-report-findings = Выводы
study-report-changes = Изменения в практике
study-report-finish = Отчёт готов
study-report-finish-text = Должны быть написаны все пять частей и продвижение каждого ученика. После этого отчётом можно поделиться.
study-report-read = Прочитать, как его видят другие
study-report-print = Печать или файл (PDF)
study-retell = Сделать черновик для копилки
study-retell-text = Текст отчёта станет черновиком, который пишут все учителя группы. Пока кто-то из вас им не поделится, видите его только вы.
study-retell-language = На каком языке написан отчёт
study-report-of = Отчёт об исследовании урока
study-report-unshared = ещё не опубликован
study-share = Поделиться отчётом
study-share-text = Отменить это нельзя. Данных об исследуемых учениках в отчёте нет. Планы уроков и обсуждения прочитают только школы, самое большее — школы сообщества.
study-rung-school = Школы группы
study-rung-network = Школы сообщества
study-workspace = Исследование

# Templates.
study-templates = Как идут исследования
study-templates-text = Исследование идёт по шаблону: этапы по порядку, для каждого — что делать и сколько это длится.
study-template-new = Добавить шаблон
study-template-edit = Изменить шаблон
study-template-edit-text = Идущие исследования с этого момента пойдут по новым этапам.
study-template-lessons = { $count ->
    [one] { $count } исследовательский урок
    [few] { $count } исследовательских урока
    [many] { $count } исследовательских уроков
   *[other] { $count } исследовательского урока
}
study-template-name = Название, { $language }
study-template-about = Для чего, { $language }
study-template-guide = Что делать и сколько времени, { $language }
study-template-count = Исследовательских уроков, не меньше
study-template-stage = Этап { $number }
study-template-kind = Что делают
study-template-kind-hint = Этап, у которого это не выбрано, не сохраняется.
study-stage-none = нет этапа
study-stage-group = Группа
study-stage-protocol = Протокол
study-stage-study = Изучение известного
study-stage-proposal = Обоснование
study-stage-pupils = Исследуемые ученики
study-stage-plan = Планирование
study-stage-teach = Урок и наблюдение
study-stage-interview = Интервью
study-stage-discuss = Обсуждение
study-stage-conclude = Выводы
study-stage-share = Публикация
