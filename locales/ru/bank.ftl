### The methodological piggy bank: works that teachers share.

nav-bank = Копилка
flash-shared = Опубликовано. Теперь работу можно найти в копилке.
flash-copied = Это ваша копия. Измените в ней то, что нужно.

bank-search = Что вы ищете?
bank-meant = Такого слова нет нигде. Вот что нашлось по запросу: { $words }
bank-feed = Лента новых работ
bank-title = Копилка
bank-margin = То, что учителя сделали, проверили на уроках и передают дальше
bank-mine = Мои работы
bank-count = { $count ->
    [one] { $count } работа
    [few] { $count } работы
    [many] { $count } работ
   *[other] { $count } работы
}
bank-none = Нет работ, которые отвечают всем этим условиям.
bank-empty = Здесь пока ничего нет.
bank-filter = Уточнить
bank-filter-show = Показать
bank-drop = Убрать условие:
bank-any = любой
bank-kind = Что это
bank-language = Язык
bank-subject = Предмет
bank-subject-any = Все предметы
bank-class = Класс
bank-order = Порядок
bank-order-newest = Сначала новые
bank-order-used = Сначала то, что чаще берут на уроки
bank-order-copied = Сначала то, что чаще копируют
bank-of-school = Одной школы
bank-of-network = Одного сообщества
bank-grade = { $grade } класс
bank-grades = { $from }–{ $to } классы
bank-uses = { $count ->
    [one] Взяли на { $count } урок
    [few] Взяли на { $count } урока
    [many] Взяли на { $count } уроков
   *[other] Взяли на { $count } урока
}
bank-copies = { $count ->
    [one] { $count } копия
    [few] { $count } копии
    [many] { $count } копий
   *[other] { $count } копии
}
bank-endorsements = { $count ->
    [one] { $count } рекомендация
    [few] { $count } рекомендации
    [many] { $count } рекомендаций
   *[other] { $count } рекомендации
}
bank-rating = { $count ->
    [one] { $stars } из 5, { $count } оценка
    [few] { $stars } из 5, { $count } оценки
    [many] { $stars } из 5, { $count } оценок
   *[other] { $stars } из 5, { $count } оценки
}
bank-invite = Есть что положить в копилку?
bank-invite-text = Достаточно одной фразы о том, на каком уроке это пригодилось.
bank-add = Поделиться работой

kind-lesson-plan = План урока
kind-worksheet = Лист заданий
kind-slides = Презентация
kind-assessment = Оценивание
kind-video = Видео
kind-link = Ссылка
kind-article = Статья
kind-toolkit-step = Шаг методики

state-resource-draft = Черновик
state-resource-shared = В копилке
state-resource-hidden = Скрыта модератором
state-resource-withdrawn = Отозвана

audience-author = Только авторы
audience-school = Одна школа
audience-partnership = Две школы-партнёра
audience-network = Сетевое сообщество
audience-signed-in = Все, кто вошёл на сайт
audience-public = Все, в том числе без входа

kinship-origin = Сделано на основе этой работы
kinship-adaptation = Адаптация
kinship-translation = Перевод

bank-author-margin = Работы одного автора
bank-others = Не в копилке
bank-others-margin = Здесь их видите только вы
bank-go-on = Продолжить
bank-shared = В копилке
bank-shared-none = Пока ничего не опубликовано.

bank-by = Кто сделал
bank-for = Для кого
bank-version = Версия
bank-version-number = Версия { $number }
bank-licence = Лицензия
bank-network = Сеть
bank-audience = Кто может видеть
bank-tags = Слова
bank-links = Ссылки
bank-files = Файлы
bank-kilobytes = { $count } КБ
bank-megabytes = { $count } МБ
bank-came = Что из этого вышло
bank-from-study = Из исследования урока
bank-family = Откуда пришло и куда пошло
bank-versions = Версии
bank-versions-more = Показаны последние 20 версий.
bank-change = Что изменилось
bank-when = Когда
bank-compare = Сравнить с предыдущей
bank-draft-text = Пока вы не поделитесь работой, её видят только авторы.
bank-reason = Причина: { $reason }
bank-gone = Авторы отозвали работу. Сделанные раньше копии остаются у тех, кто их взял.
bank-cite = Сослаться
bank-copy = Адаптировать или перевести
bank-edit = Изменить
bank-share = Поделиться
bank-withdraw = Отозвать

bank-version-old = Это старая версия.
bank-version-newest = К последней версии
bank-compare-newest = Что изменилось с тех пор
bank-compare-title = Что изменилось
bank-compare-same = Слова те же.
bank-gone-words = убрано
bank-new-words = добавлено

bank-steps = Шаги
bank-step-card = Что это
bank-step-text = Текст
bank-step-files = Файлы
bank-step-share = Кто увидит
bank-step-card-title = Чем вы делитесь?
bank-step-text-title = Что внутри?
bank-step-files-title = Какие файлы к этому приложить?
bank-step-share-title = Кто это увидит и что сможет с этим делать?
bank-next = Дальше
bank-field-title = Название
bank-field-title-hint = Чтобы коллега понял, пригодится ли ему это. На языке работы.
bank-field-summary = Коротко
bank-field-summary-hint = Одна-две фразы: для чего это и как помогло.
bank-field-body = Текст
bank-field-body-hint = Работает Markdown: # заголовок, **жирный**, 1. список. Пожалуйста, без имён учеников.
bank-links-hint = По одной в строке: название, затем адрес.
bank-files-none = Файлов пока нет. Можно обойтись и без них.
bank-file = Файл
bank-file-hint = Не больше { $size }. Из снимков убирается место съёмки.
bank-file-add = Приложить файл
bank-file-remove = Убрать
bank-file-remove-named = Убрать { $name }
bank-upload = Отправка файла:
bank-upload-going = Файл «{ $name }» отправляется. После обрыва связи отправку можно продолжить.
bank-upload-waiting = Связь прервалась. Отправка продолжится сама, когда связь появится; отправленное сохранено.
bank-upload-paused = Отправка файла «{ $name }» приостановлена; отправленное сохранено.
bank-upload-again = Файл «{ $name }» отправлен не до конца. Выберите тот же файл и приложите его: отправка продолжится с того же места.
bank-upload-other = Это другой файл. Чтобы продолжить, выберите «{ $name }» или сначала отмените его отправку.
bank-upload-whole = Файл «{ $name }» отправлен и прикладывается.
bank-upload-pause = Приостановить
bank-upload-on = Продолжить
bank-upload-cancel = Отменить
bank-mention = Обратиться к кому-то по имени
bank-mention-hint = Отмеченные узнают о комментарии; не больше 10.
bank-authors = Кто пишет эту работу?
bank-authors-change = Изменить авторов
bank-author-leave = Убрать меня
bank-author-school = Из какой школы новый автор?
bank-author-page = Или по адресу страницы
bank-author-whom = Новый автор
bank-author-address = Адрес страницы этого человека
bank-author-address-hint = Откройте страницу с его работами и скопируйте сюда её адрес.
bank-author-add = Добавить автора
bank-field-tags = Слова, по которым это найдут
bank-field-tags-hint = Через запятую.
bank-field-goals = Цели обучения
bank-field-goals-hint = Коды, например 7.2.1.3, через запятую.
bank-grade-from = С
bank-grade-to = По
bank-audience-hint = Одобрять это никому не нужно. Потом можно изменить.
bank-audience-change = Изменить только, кто видит
bank-audience-school = Все в школе «{ $school }»
bank-audience-network = Все в сообществе «{ $network }»
bank-licence-question = Что другим можно с этим делать?
bank-licence-bound = Исходная работа вышла под лицензией «{ $licence }», поэтому выбрать можно из этих.
bank-change-hint = Одна фраза для тех, кто знает прошлую версию.
bank-share-version = Поделиться как версией { $number }

bank-copy-title = Сделать свою версию
bank-copy-text = Вы получите копию, которую можно менять. В ней указано, откуда она, а авторы узнают о ней.
bank-copy-language = Язык вашей версии
bank-copy-language-hint = Другой язык — значит, это перевод.
bank-copy-licence = Лицензия вашей версии
bank-copy-licence-hint = Только то, что разрешает лицензия исходной работы.
bank-copy-never = Лицензия не разрешает менять или переводить работу. Спросите её авторов.

bank-withdraw-text = Работа уйдёт из копилки. Те, кто её видел, увидят, что она была и почему её больше нет.
bank-withdraw-reason = Почему

bank-use = Взял(а) на свой урок
bank-use-text = Одна фраза о том, как прошло, поможет следующему учителю больше, чем оценка.
bank-use-note = Как прошло?
bank-use-day = День урока
bank-use-rating = Оценка от 1 до 5
bank-rating-none = без оценки
bank-endorse = Рекомендовать
bank-endorse-text = Ваше имя встанет рядом с этой версией для тех, кто ищет то, что работает.
bank-endorse-note = Чем она хороша
bank-endorsed = Рекомендовано
bank-unendorse = Снять рекомендацию
bank-report = Сообщить о проблеме
bank-report-text = Это прочитают модераторы: тренеры региона и администраторы.
bank-report-ground = Что не так
bank-report-note = Своими словами
bank-appeal = Попросить вернуть
bank-appeal-text = Напишите, что вы изменили или почему всё верно.
bank-hide = Скрыть
bank-hide-text = Работу будут видеть только авторы и модераторы. Авторы прочитают причину и смогут возразить.
bank-restore = Вернуть
bank-restore-text = Работу снова увидят все, с кем ею поделились.
bank-dismiss = Меры не нужны
bank-reports = Жалобы
bank-reports-margin = Сначала те, что ждут дольше
bank-reports-none = Жалоб нет.
bank-comments = Заметки на полях
bank-comment = Добавить заметку
bank-comment-hint = Как это сработало в вашем классе? Пожалуйста, без имён учеников.
bank-comment-add = Добавить
bank-comment-remove = Убрать
bank-comment-removed = Эту заметку убрали.

ground-copyright = Это чужая работа
ground-privacy = Виден или назван ученик или другой человек
ground-harm = Это кого-то ранит или подвергает опасности
ground-mistake = Здесь учат неверному
ground-spam = Это вообще не работа
ground-other = Другое
ground-appeal = Авторы просят вернуть работу

credit-title = Справка о работах
credit-text = Справка для аттестации говорит, что вышло из ваших работ к этому дню. По адресу в ней её может проверить любой.
credit-issue = Получить справку
credit-works = Опубликовано работ
credit-uses = Взяли на уроки другие
credit-copies = Копий сняли другие
credit-endorsements = Рекомендаций
credit-issued = Выдана
credit-check = Проверить можно здесь:

bank-collections = Подборки
bank-collections-none = Подборок пока нет.
bank-collection-new = Начать подборку
bank-collection-about = Для чего она
bank-collection-zip = Скачать всё одним ZIP
bank-collection-empty = Здесь пока пусто. Откройте работу и добавьте её в эту подборку.
bank-collection-drop = Убрать
bank-collection-delete = Удалить подборку
bank-collect = Добавить в подборку
bank-collect-none = У вас пока нет подборок.
