### Networks: the list, and one with its diagram.

search-button = Іздеу
search-drop = Бәрін көрсету

networks-title = Желілік қоғамдастықтар
networks-margin = Жетекші мектеп және оның айналасындағы магнитті мектептер
networks-search = Қоғамдастықтың тақырыбы
networks-count = { $count } желілік қоғамдастық
networks-partners = Күшінде { $count } серіктестік
networks-none = Мұндай тақырыпты қоғамдастық жоқ.

network-since = Құрылған күні:
network-diagram = Желі сызбасы
network-diagram-hint = Кестедегі жолын көру үшін мектепті таңдаңыз
network-table-hint = Сызбадағының өзі, жол-жолымен
network-key-active = бірге жұмыс істейді
network-key-planned = келіскен немесе шақырылған
network-key-resting = тоқтатылған немесе аяқталған
network-schools = Желі мектептері
network-school = Мектеп
network-role = Рөлі
network-state = Серіктестік
network-leading = Жетекші
network-magnetic = Магнитті
network-alone = Әзірге бірде-бір мектеп қосылған жоқ.
network-more = Алғашқы 50 серіктестік көрсетілген.

network-new = Желілік қоғамдастық құру
