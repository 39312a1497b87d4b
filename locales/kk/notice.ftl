### What a notification says. Names of schools and networks stand in quotation marks. A second message, where there is
### one, stands below the first.

notice-partnership-invited = «{ $by }» «{ $other }» мектебін серіктестікке шақырады
notice-answer-before = Осы күнге дейін жауап беріңіз: { $date }
notice-partnership-accepted = «{ $by }» «{ $other }» мектебімен серіктестікке келісті. Келесі қадам — келісім жасау
notice-partnership-declined = «{ $by }» «{ $other }» мектебімен серіктестіктен бас тартты
notice-partnership-lapsed = Серіктестікке шақыру жауапсыз қалды: «{ $leading }» және «{ $magnetic }»
notice-agreement-written = «{ $by }» «{ $other }» мектебімен жасалатын келісімнің мәтінін ұсынды. Оқып шығып, қол қойыңыз
notice-agreement-signed = «{ $by }» «{ $other }» мектебімен жасалған келісімге қол қойды
notice-partnership-activated = Екі жақ та келісімге қол қойды, серіктестік күшіне енді: «{ $leading }» және «{ $magnetic }»
notice-partnership-suspended = «{ $by }» «{ $other }» мектебімен серіктестікті уақытша тоқтатты
notice-partnership-resumed = «{ $by }» «{ $other }» мектебімен серіктестікті қайта жалғастырды
notice-partnership-ended = «{ $by }» «{ $other }» мектебімен серіктестікті аяқтады
notice-reason = Себебі: { $reason }

notice-network-closed = «{ $network }» желілік қоғамдастығы жабылды

# $kind is leading or magnetic.
notice-designation-awarded = { $kind ->
    [leading] «{ $school }» жетекші мектеп мәртебесін алды
   *[magnetic] «{ $school }» магнитті мектеп мәртебесін алды
}
notice-designation-expired = { $kind ->
    [leading] «{ $school }»: жетекші мектеп мәртебесінің мерзімі өтті
   *[magnetic] «{ $school }»: магнитті мектеп мәртебесінің мерзімі өтті
}
notice-designation-withdrawn = { $kind ->
    [leading] «{ $school }»: жетекші мектеп мәртебесі қайтарып алынды
   *[magnetic] «{ $school }»: магнитті мектеп мәртебесі қайтарып алынды
}
notice-valid-before = Осы күнге дейін жарамды: { $date }

notice-school-changed = «{ $school }» мектебі туралы мәліметтер өзгертілді
notice-school-claimed = «{ $school }» мектебі тіркелді, оның үйлестірушісі бар
notice-school-closed = «{ $school }» мектебі жабылған деп белгіленді
notice-school-merged = «{ $school }» мектебі «{ $into }» мектебіне біріктірілді

notice-invitation-accepted = «{ $place }» үшін жіберген шақыруыңыз қабылданды. Рөлі: { $role }
notice-membership-ended = «{ $place }» ішіндегі рөліңіз аяқталды. Рөліңіз: { $role }

notice-password-changed = Құпиясөзіңіз өзгертілді
notice-access-token-created = Тіркелгіңіз үшін «{ $name }» қолжетімділік токені жасалды
notice-not-you = Егер мұны сіз жасамаған болсаңыз, құпиясөзіңізді дереу ауыстырыңыз.
notice-person-suspended = Тіркелгіңіз уақытша тоқтатылды
notice-person-restored = Тіркелгіңіз қалпына келтірілді

notice-resource-joined = Сіз «{ $work }» жұмысының авторы ретінде көрсетілдіңіз
notice-resource-retold = Есебіңізден қоржынға арналған жұмыстың нобайы жасалды: «{ $study }». Сіз авторы ретінде көрсетілдіңіз
notice-resource-shared = Желілік қоғамдастығыңызға жаңа жұмыс қосылды: «{ $work }»
notice-resource-copied = Біреу «{ $work }» жұмысын бейімдеу үшін көшірмесін алды
notice-resource-translated = Біреу «{ $work }» жұмысын аударып жатыр
notice-resource-withdrawn = Авторлары «{ $work }» жұмысын қайтарып алды
notice-resource-used = «{ $work }» жұмысы сабақта пайдаланылды
notice-resource-endorsed = «{ $work }» жұмысы мақұлданды
notice-endorsement-withdrawn = «{ $work }» жұмысының мақұлдауы қайтарып алынды
notice-resource-commented = «{ $work }» жұмысына жаңа пікір жазылды
notice-resource-mentioned = «{ $work }» жұмысына жазылған пікірде сіз аталдыңыз
notice-resource-reported = «{ $work }» жұмысына шағым түсті. Қарап, шешім қабылдаңыз
notice-resource-hidden = Модератор «{ $work }» жұмысын жасырды
notice-resource-restored = Модератор «{ $work }» жұмысын қайта ашты

notice-study-invited = Сізді сабақты зерттеу тобына шақырады: «{ $study }»
notice-study-invited-expert = Сізді білікті кеңесші ретінде шақырады: «{ $study }»
notice-study-joined = Шақыруыңыз қабылданды: «{ $study }»
notice-study-declined = Шақыруыңыздан бас тартылды: «{ $study }»
notice-study-left = Топтан бір мүше шықты: «{ $study }»
notice-lead-offered = Сізден зерттеуді жүргізуді сұрайды: «{ $study }»
notice-lead-declined = Зерттеуді жүргізу берілмеді: «{ $study }»
notice-lead-taken = Зерттеуді енді басқа мүше жүргізеді: «{ $study }»
notice-study-further = Зерттеу келесі кезеңге өтті: «{ $study }»
notice-study-shared = Есеп оқуға ашылды: «{ $study }»
notice-study-paused = Зерттеу уақытша тоқтатылды: «{ $study }»
notice-study-abandoned = Зерттеу аяқталмай тоқтатылды: «{ $study }»
notice-observer-assigned = Сіз { $number }-зерттеу сабағында оқушыны бақылайсыз: «{ $study }»
notice-cell-commented = { $number }-зерттеу сабағының парағына пікір жазылды: «{ $study }»
notice-lesson-taught = { $number }-зерттеу сабағы өтті, оны бір тәулік ішінде талқылаңыз: «{ $study }»
notice-discussion-opened = { $number }-зерттеу сабағын талқылау басталды: «{ $study }»
notice-lesson-discussed = { $number }-зерттеу сабағы талқыланды: «{ $study }»
notice-lesson-closed = { $number }-зерттеу сабағын талқылау жабылды: «{ $study }»
notice-discussion-due = { $number }-зерттеу сабағы бір тәулік бұрын өтті, әлі талқыланған жоқ: «{ $study }»
