### The methodological piggy bank: works that teachers share.

nav-bank = Копилка
flash-shared = Опубликовано. Теперь работу можно найти в копилке.
flash-copied = Это ваша копия. Измените в ней то, что нужно.

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
bank-audience = Кто может видеть
bank-tags = Слова
bank-links = Ссылки
bank-came = Что из этого вышло
bank-family = Откуда пришло и куда пошло
bank-versions = Версии
bank-versions-more = Показаны последние 20 версий.
bank-change = Что изменилось
bank-when = Когда
bank-compare = Сравнить с предыдущей
bank-draft-text = Пока вы не поделитесь работой, её видят только авторы.
bank-reason = Причина: { $reason }
bank-gone = Авторы отозвали работу. Сделанные раньше копии остаются у тех, кто их взял.
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
bank-step-share = Кто увидит
bank-step-card-title = Чем вы делитесь?
bank-step-text-title = Что внутри?
bank-step-share-title = Кто это увидит и что сможет с этим делать?
bank-next = Дальше
bank-field-title = Название
bank-field-title-hint = Чтобы коллега понял, пригодится ли ему это. На языке работы.
bank-field-summary = Коротко
bank-field-summary-hint = Одна-две фразы: для чего это и как помогло.
bank-field-body = Текст
bank-field-body-hint = Работает Markdown: # заголовок, **жирный**, 1. список. Пожалуйста, без имён учеников.
bank-links-hint = По одной в строке: название, затем адрес.
bank-field-tags = Слова, по которым это найдут
bank-field-tags-hint = Через запятую.
bank-field-goals = Цели обучения
bank-field-goals-hint = Коды, например 7.2.1.3, через запятую.
bank-grade-from = С
bank-grade-to = По
bank-audience-hint = Одобрять это никому не нужно. Потом можно изменить.
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
