### Schools.

school-partners = Партнёрства
school-partners-none = У этой школы пока нет партнёрств.
school-network = Сетевое сообщество
