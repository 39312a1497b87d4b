### What stands on every page, faults, forms, and what was just done.

site-name = Сабақтас
language-own = Қазақша
language-short = Қаз

page-skip = Мазмұнға өту
page-error-prefix = Қате:

nav-main = Негізгі бөлімдер
nav-all = Барлық бөлім
nav-language = Тіл
nav-home = Басты бет
nav-networks = Желілер
nav-schools = Мектептер
nav-more = Тағы
nav-sign-in = Кіру
nav-sign-out = Шығу
nav-notifications = { $count ->
    [0] Хабарламалар
   *[other] Хабарламалар, жаңасы: { $count }
}
# The script puts the number in the place of 0.
nav-notifications-new = Хабарламалар, жаңасы: 0
nav-profile = { $name }: профиль

theme-legend = Көрініс
theme-auto = құрылғыдағыдай
theme-day = дәптер
theme-night = тақта

pager-label = Тізім беттері
pager-previous = Артқа
pager-next = Әрі қарай

form-summary = Мыналарды түзетіңіз

flash-saved = Сақталды.
flash-signed-in = Сіз кірдіңіз.
flash-signed-out = Сіз шықтыңыз.
flash-link-sent = Бұл мекенжай бізге белгілі болса, сілтемесі бар хат жолға шықты.
flash-theme-kept = Көрініс осы құрылғыда сақталды.

fault-home = Басты бетке
fault-not-found-title = Мұндай бет жоқ
fault-not-found-text = Ол көшірілген, жойылған немесе сізге ашық емес. Сілтеме арқылы келсеңіз, кіріп, қайта көріңіз.
fault-form-title = Форма қабылданбады
fault-form-text = Ол тым ұзақ ашық тұрды немесе сіз осы аралықта кірдіңіз не шықтыңыз. Ештеңе өзгерген жоқ. Артқа қайтып, бетті жаңартыңыз да, форманы қайта жіберіңіз.
fault-throttled-title = Сұраныс тым көп
fault-throttled-text = Бір минут күтіп, қайта көріңіз. Ештеңе жоғалған жоқ.
fault-internal-title = Біздің тарапта ақау шықты
fault-internal-text = Ол туралы жазба журналға түсті. Сақтағаныңыздың бәрі орнында. Бірнеше минуттан кейін қайта көріңіз.

offline-title = Интернетсіз оқу
offline-lede = Басқа беттің орнына осыны көріп тұрсаңыз, байланыс жоқ.
offline-text = Осы құрылғыда ашқан беттеріңізді байланыссыз да аша аласыз: оларда сақталған көшірме екені жазылады. Бірдеңе жіберу үшін байланыс керек.
offline-copy = Байланыс жоқ. Бұл — құрылғыда сақталған көшірме.

flash-invited = Шақыру жіберілді.
flash-proposed = Серіктестікке шақыру жіберілді. Жауабы хабарламаларға келеді.
flash-signed = Қолыңыз қойылды.
flash-read = Оқылды деп белгіленді.

form-save = Сақтау
