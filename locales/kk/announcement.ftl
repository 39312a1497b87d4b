### Announcements: short texts to everybody or to a region.

announcements-title = Хабарландырулар
announcements-none = Хабарландыру әлі болған жоқ.

announcement-new = Жаңа хабарландыру
announcement-new-text = Ол арналған адамдардың бәрінің хабарламаларына түседі, оны қайтарып алуға болмайды. Үш тілде де жазыңыз.
announcement-audience = Кімге
announcement-everybody = Барлығына
announcement-title-kk = Қазақша тақырыбы
announcement-title-ru = Орысша тақырыбы
announcement-title-en = Ағылшынша тақырыбы
announcement-text-kk = Қазақша мәтіні
announcement-text-ru = Орысша мәтіні
announcement-text-en = Ағылшынша мәтіні
announcement-publish = Жариялау
