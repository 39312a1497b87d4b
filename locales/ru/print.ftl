# На бумаге.
print-page = { $page } из { $pages }
print-schools = Школы
print-network = Сетевое сообщество
print-method = Как работали
print-class = Класс
print-period = Уроки прошли
print-days = { $from } – { $to }
print-shared = Опубликован
print-number = №
print-topic = Тема
print-taught = Проведён
