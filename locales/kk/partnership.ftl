### One partnership.

partnership-title = Серіктестік
partnership-finding-invited = Бір мектеп екіншісін шақырды
partnership-finding-accepted = Мектептер келісті; келісімге қол қойылып жатыр
partnership-finding-declined = Шақырудан бас тартылды
partnership-finding-lapsed = Шақыруға уақытында жауап берілмеді
partnership-finding-active = Екі мектеп бірге жұмыс істейді
partnership-finding-suspended = Мектептер үзіліс жасады
partnership-finding-ended = Серіктестік аяқталды

partnership-side-leading = Жетекші мектеп
partnership-side-magnetic = Магнитті мектеп

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
