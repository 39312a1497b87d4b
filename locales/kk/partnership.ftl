### One partnership.

partnership-title = Серіктестік
partnership-finding-invited = Бір мектеп екіншісін шақырды
partnership-finding-accepted = Мектептер келісті; келісімге қол қойылып жатыр
partnership-finding-declined = Шақырудан бас тартылды
partnership-finding-lapsed = Шақыруға уақытында жауап берілмеді
partnership-finding-active = Екі мектеп бірге жұмыс істейді
partnership-finding-suspended = Мектептер үзіліс жасады
partnership-finding-ended = Серіктестік аяқталды

partnership-story-margin = Тарихы
partnership-story = Қалай болды
partnership-proposed = Ұсынылды
partnership-signed = Келісімге қол қойылды
partnership-lapses = Жауап берілмесе, шақыру күшін жояды

partnership-agreement-margin = Екі мектеп пен олардың өңір тренерлері көреді
partnership-agreement = Келісім
partnership-written-by = Жазған: { $name }
partnership-aims = Мақсаттары
partnership-leading-gives = Жетекші мектеп не береді
partnership-magnetic-gives = Магнитті мектеп не береді
partnership-media-rules = Фото және бейне түсіру ережелері

partnership-steps = Сіздің қадамыңыз
partnership-reason = Себебі
partnership-reason-hint = Серіктестікті тоқтата тұру не аяқтау үшін қажет; бас тартқанда — қалауыңызша. Оны екінші мектеп көреді.
partnership-accept = Шақыруды қабылдау
partnership-decline = Бас тарту
partnership-sign = Келісімге қол қою
partnership-suspend = Тоқтата тұру
partnership-resume = Жалғастыру
partnership-end = Аяқтау
partnership-write = Келісім жазу
partnership-rewrite = Келісімді өзгерту
partnership-rewrite-hint = Өзгерткеннен кейін екі мектеп те келісімге қайта қол қоюы керек.
partnership-agreement-title = Мектептер не туралы келісті
partnership-starts = Бірінші күні
partnership-ends = Соңғы күні
partnership-history = Барлық оқиға

propose-invite = Қай мектепті шақырасыз?
propose-invite-text = Мектепті тауып, шақыру жіберіңіз. Үйлестірушісінің жауап беруіне 30 күн бар.
propose-invite-button = Шақыру
propose-join = Желілік қоғамдастыққа қосылуды сұрау
propose-join-text = Қоғамдастықтың жетекші мектебі өтінішіңізді алып, жауап береді.
propose-join-button = Өтініш жіберу
