### Один исследовательский урок: лист урока, наблюдения, обсуждение.

lesson-headline-planning = Урок { $number } планируется
lesson-headline-frozen = План урока { $number } утверждён: можно проводить
lesson-headline-taught = Урок { $number } проведён и ждёт обсуждения
lesson-headline-discussing = Идёт обсуждение урока { $number }
lesson-headline-discussed = Урок { $number } обсуждён
lesson-headline-closed = Урок { $number } закрыт
lesson-numbered = Исследовательский урок { $number }

lesson-new = Запланировать следующий исследовательский урок
lesson-edit = Класс, время и учитель
lesson-class-label = Класс
lesson-class-label-hint = Например, 5 «А». Имена учеников не пишутся нигде.
lesson-topic = Тема
lesson-starts = Начало
lesson-teacher = Кто проводит
lesson-school = Школа
lesson-open = пока не решено
lesson-taught-by = Проводит: { $name }
lesson-malformed-time = Это не время. Напишите день и время, например 2026-11-16T09:30.

lesson-sheet = Чего ждём и что увидели
lesson-in-pencil = Карандашом: чего ждёт группа
lesson-in-pen = Ручкой: что увидели
lesson-pupil-shown = Какого исследуемого ученика показать
lesson-stage = Этап урока
lesson-minutes = { $from }–{ $until } мин
lesson-minute-count = { $count } мин
lesson-watched-by = наблюдает { $names }
lesson-present = Сейчас здесь: { $names }
lesson-no-stages = У урока пока нет этапов.
lesson-opens-margin = Из прошлого обсуждения
lesson-opens = Что решили после урока { $number }

lesson-activity = Что делают учитель и ученики
lesson-resources = Ресурсы
lesson-criterion = Критерий успеха
lesson-predicted = Ожидается
lesson-observed = Увидели
lesson-enjoyed = Что тебе понравилось?
lesson-learned = Чему ты научился или научилась?
lesson-can-do = Что ты теперь умеешь, чего раньше не получалось?
lesson-helped = Что тебе помогло?
lesson-would-change = Что в следующий раз сделать иначе?
lesson-discussed = Ученик и наши ожидания
lesson-class = Класс
lesson-teaching = Преподавание
lesson-next = Решения для следующего урока
lesson-closing = Заключительное слово

lesson-write = Написать
lesson-change = Изменить
lesson-comment = Комментировать
lesson-comments = Комментарии
lesson-comment-yours = Ваш комментарий
lesson-comment-count = { $count ->
    [one] { $count } комментарий
    [few] { $count } комментария
    [many] { $count } комментариев
   *[other] { $count } комментария
}
lesson-text = Текст
lesson-edited-by = Пишет { $name }
lesson-no-names = Исследуемые ученики обозначены буквами: не пишите имён, номеров и адресов.
lesson-cell-shut = Сейчас, на этом шаге урока, здесь писать нельзя.
lesson-met = Пока вы писали, здесь написал кто-то ещё. Ничего не потеряно: ниже стоят оба текста. Выберите, что останется.
lesson-theirs = Текст коллеги
lesson-keep-both = Оставить оба, мой ниже
lesson-keep-mine = Мой вместо текста коллеги
lesson-keep-theirs = Оставить текст коллеги

lesson-stages = Этапы урока
lesson-stages-total = { $count ->
    [one] { $count } этап, { $minutes } мин
    [few] { $count } этапа, { $minutes } мин
    [many] { $count } этапов, { $minutes } мин
   *[other] { $count } этапа, { $minutes } мин
}
lesson-stages-shut = План утверждён. Чтобы изменить этапы, вернитесь к плану.
lesson-duration = Минут
lesson-stage-add = Добавить этап
lesson-stage-remove = Убрать
lesson-stage-up = Выше
lesson-stage-down = Ниже
lesson-to-sheet = К листу урока

lesson-observers = Наблюдатели
lesson-all-watched = За каждым исследуемым учеником наблюдают
lesson-unwatched = Пока никто не наблюдает: { $letters }
lesson-observer-of = Наблюдатель ученика { $letter }
lesson-assign = Назначить
lesson-release = Освободить

lesson-observe = Записывать наблюдения
lesson-observe-title = Что вы видите?
lesson-whom = Кто
lesson-whole-class = класс
lesson-everybody = все
lesson-no-stage = без этапа
lesson-fact = Факт
lesson-fact-hint = Что ученик сделал или сказал, как это показала бы камера.
lesson-interpretation = Толкование
lesson-interpretation-hint = Что это, по-вашему, значит. Можно не заполнять.
lesson-taken = Когда
lesson-note = Записать
lesson-takes-none = Сейчас записи не принимаются: они возможны с утверждения плана и до закрытия урока.
lesson-offline = Связи нет. Записи остаются на этом устройстве и уйдут, когда она появится.
lesson-expired = Срок входа истёк. Записи остаются на этом устройстве и уйдут, когда вы войдёте.
lesson-unkept = Устройство не смогло сохранить запись. Не закрывайте страницу и попробуйте ещё раз.
lesson-outbox = На этом устройстве, ещё не отправлено:
lesson-outbox-text = Каждая запись отправляется один раз, в порядке записи. Страницу можно закрыть: ничего не пропадёт.
lesson-mend = Исправить
lesson-drop = Выбросить
lesson-sent = { $count ->
    [0] Ваших записей пока не поступило
    [one] Поступила { $count } ваша запись
    [few] Поступили { $count } ваши записи
    [many] Поступило { $count } ваших записей
   *[other] Поступило { $count } вашей записи
}
lesson-sign-out-notes = На этом устройстве есть неотправленные записи. Если выйти, они пропадут. Всё равно выйти?
lesson-observations = { $count ->
    [0] Наблюдений пока нет
    [one] { $count } наблюдение
    [few] { $count } наблюдения
    [many] { $count } наблюдений
   *[other] { $count } наблюдения
}
lesson-observations-all = Наблюдения
lesson-loose = Записи без этапа или о классе
lesson-mend-title = Исправить запись

lesson-photo = Фото
lesson-photo-add = Добавить фото
lesson-photo-title = Фото к заметке
lesson-photo-hint = Только то, что разрешили семьи. Сведения о месте и камере из файла удаляются.
lesson-photo-of = Фото: { $fact }
lesson-photo-waits = С фото: оно отправится после заметки.
lesson-photo-remove = Удалить фото
lesson-photo-remove-text = Файл удаляется навсегда. Заметка останется.
lesson-photo-hidden = Фото скрыто: согласие на фото и видео сегодня не действует.
lesson-photo-not-allowed = Согласие на фото и видео сегодня не действует. Когда группа запишет его, фото можно будет добавить.
lesson-photo-closed = Урок закрыт: фото к его заметкам больше не добавляют.

lesson-interview-margin = Не дольше пяти минут
lesson-interview = Что говорят исследуемые ученики
lesson-question = Вопрос

lesson-discussion-margin = В течение 24 часов
lesson-discussion = Обсуждение
lesson-discussion-since = С { $moment }. Порядок постоянный: ученики, класс, преподавание, следующий урок, заключительное слово.
lesson-missed = Пока ничего не написано об учениках: { $letters }

lesson-steps = Следующий шаг
lesson-freeze = Утвердить план
lesson-freeze-text = План и ожидания готовы. С этого времени можно записывать наблюдения, а ожидания не меняются. Вернуться к плану можно, пока урок не проведён.
lesson-thaw = Вернуться к плану
lesson-thaw-text = План и ожидания снова можно менять.
lesson-teach = Урок проведён
lesson-teach-text = Когда урок прошёл. В этот день должно действовать согласие на наблюдение за учениками, вида «наблюдение».
lesson-open-discussion = Начать обсуждение
lesson-open-discussion-text = С этого времени наблюдения не меняются. Начните в течение 24 часов после урока.
lesson-discuss = Обсуждение завершено
lesson-discuss-text = О каждом исследуемом ученике должно быть сказано. Дополнять запись обсуждения можно, пока урок не закрыт.
lesson-close = Закрыть урок
lesson-close-text = В уроке больше ничего не меняется. После этого можно планировать следующий: он начнётся с принятых решений.

lesson-others = Другие уроки исследования
lesson-compare = сравнить с уроком { $number }
lesson-compare-title = Уроки { $one } и { $other } рядом
lesson-compare-plan = План
lesson-part = Часть
