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
network-alone = Әзірге бірде-бір мектеп қосылған жоқ.
network-more = Алғашқы 50 серіктестік көрсетілген.

network-new = Желілік қоғамдастық құру
network-new-text = Желілік қоғамдастықты жетекші мектеп құрады. Одан кейін басқа мектептерді шақырасыз.
network-edit = Карточканы өзгерту
network-name-kk = Қазақша атауы
network-name-ru = Орысша атауы
network-name-en = Ағылшынша атауы
network-theme = Тақырыбы
network-theme-hint = Мектептер не жайында жұмыс істейді. Сұрақ түрінде болғаны жақсы.
network-close = Желілік қоғамдастықты жабу
network-close-text = Жабылған қоғамдастық тарихта қалады, бірақ онда жаңа серіктестік болмайды.
network-close-button = Жабу
network-studies = Зерттеулер нені анықтады
