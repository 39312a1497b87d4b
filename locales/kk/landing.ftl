### The first page for guests.

landing-title = Сабақты бірге зерттейміз
landing-lede = Көрші мектептердің мұғалімдері бір сұрақ қояды, сабақты бірге жоспарлап, бірге бақылайды, тапқанымен бөліседі.
landing-join = Желіге қосылу
landing-networks = Желілерді көру

# The label of an exercise book: an example.
landing-label-school = Мектеп
landing-label-school-text = № 2 орта мектеп, Қапшағай
landing-label-subject = Пән
landing-label-subject-text = Математика, 5-сынып
landing-label-question = Сұрақ
landing-label-question-text = Оқушы жауабын ғана емес, шешімін де қалай түсіндіреді?

landing-how-margin = Бір зерттеу
landing-how = Төрт қадам, үш сабақ
landing-step1 = Сұрақ қоямыз
landing-step1-text = Топ оқушының оқуы туралы бір нақты сұрақ таңдайды.
landing-step2 = Бірге жоспарлаймыз
landing-step2-text = Үш оқушыдан не күтетінімізді қарындашпен жазамыз.
landing-step3 = Сабақта бақылаймыз
landing-step3-text = Не көргенімізді қаламмен жазамыз. Сосын жоспарды өзгертіп, қайталаймыз.
landing-step4 = Бөлісеміз
landing-step4-text = Қорытынды желіде қалады. Көрші мектеп оны алып, өзіне бейімдейді.

landing-network-margin = Желі
landing-network = Жалғыз мұғалім емес, тұтас желі
landing-network-text = Жетекші мектеп көрші магнитті мектептерді біріктіреді. Серіктестік, келісім мен тарих бір жерде тұрады, сондықтан үйлестіруші уақытын қағазға емес, сабаққа жұмсайды.
landing-count-networks = { $count ->
   *[other] желілік қоғамдастық осында
}
landing-count-partnerships = { $count ->
   *[other] екі мектептің күшіндегі серіктестігі
}

landing-survey-margin = 2020 жылғы зерттеу
landing-survey = Қазақстандағы Lesson Study
landing-survey-do = жауап берген мектептердің осыншасы Lesson Study жүргізеді
landing-survey-base = мектеп жауап берді: бұл — еліміздегі { $whole } мектептің { $share }

landing-teacher = Мұғалімсіз бе?
landing-teacher-text = Мектебіңіздің үйлестірушісінен шақыру сұраңыз: оған бір минут жеткілікті.
