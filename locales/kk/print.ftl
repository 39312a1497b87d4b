# Қағазда.
print-page = { $pages } беттің { $page }-беті
print-schools = Мектептер
print-network = Желілік қоғамдастық
print-method = Жұмыс тәсілі
print-class = Сынып
print-period = Сабақтар өткен күндер
print-days = { $from } – { $to }
print-shared = Бөлісілген күні
print-number = №
print-topic = Тақырыбы
print-taught = Өткізілген күні
