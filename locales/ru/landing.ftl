### The first page for guests.

landing-title = Исследуем уроки вместе
landing-lede = Учителя соседних школ задают один вопрос, вместе планируют урок, вместе наблюдают и делятся тем, что нашли.
landing-join = Присоединиться к сети
landing-networks = Посмотреть сети

# The label of an exercise book: an example.
landing-label-school = Школа
landing-label-school-text = Средняя школа № 2, Капшагай
landing-label-subject = Предмет
landing-label-subject-text = Математика, 5 класс
landing-label-question = Вопрос
landing-label-question-text = Как ученики объясняют решение, а не только называют ответ?

landing-how-margin = Одно исследование
landing-how = Четыре шага, три урока
landing-step1 = Задаём вопрос
landing-step1-text = Группа выбирает один точный вопрос о том, как учатся дети.
landing-step2 = Планируем вместе
landing-step2-text = Карандашом пишем, чего ждём от трёх учеников.
landing-step3 = Наблюдаем на уроке
landing-step3-text = Ручкой пишем, что увидели. Потом меняем план и повторяем.
landing-step4 = Делимся
landing-step4-text = Выводы остаются в сети. Соседняя школа берёт их и приспосабливает к себе.

landing-network-margin = Сеть
landing-network = Не один учитель, а целая сеть
landing-network-text = Ведущая школа объединяет соседние магнитные школы. Партнёрства, соглашения и история хранятся в одном месте, поэтому время координатора уходит на уроки, а не на бумаги.
landing-count-networks = { $count ->
    [one] сетевое сообщество уже здесь
    [few] сетевых сообщества уже здесь
    [many] сетевых сообществ уже здесь
   *[other] сетевого сообщества уже здесь
}
landing-count-partnerships = { $count ->
    [one] действующее партнёрство двух школ
    [few] действующих партнёрства двух школ
    [many] действующих партнёрств двух школ
   *[other] действующего партнёрства двух школ
}

landing-survey-margin = Исследование 2020 года
landing-survey = Lesson Study в Казахстане
landing-survey-do = из ответивших школ проводят Lesson Study
landing-survey-base = школ ответили: это { $share } из { $whole } школ страны

landing-teacher = Вы учитель?
landing-teacher-text = Попросите приглашение у координатора своей школы: ему хватит минуты.
