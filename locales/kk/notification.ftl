### The inbox, and how people want to be told.

notifications-title = { $count ->
    [0] Жаңа хабарлама жоқ
   *[other] { $count } жаңа хабарлама
}
notifications-all = Барлығын көрсету
notifications-unread = Тек оқылмағандар
notifications-none = Оқылмаған хабарлама жоқ.
notifications-read = Оқылды
notifications-read-all = Барлығын оқылды деп белгілеу

preferences-title = Сізге қалай хабарлаймыз
preferences-quiet = Тыныш сағаттар
preferences-quiet-hint = Бұл уақытта хат жібермейміз. Кез келген уақыт қолайлы болса, екі өрісті де бос қалдырыңыз.
preferences-from = Басталуы
preferences-until = Аяқталуы
preferences-time = Сағаты мен минутын жазыңыз, мысалы 22:30.

reason-partnership-waits = Серіктестік мектебіңізді күтіп тұр
reason-partnership-changed = Мектебіңіздің серіктестіктеріндегі өзгерістер
reason-network-changed = Желілік қоғамдастығыңыздағы өзгерістер
reason-school-changed = Мектебіңіз туралы мәліметтегі өзгерістер
reason-designation-changed = Мектебіңіздің мәртебесіндегі өзгерістер
reason-membership-changed = Рөлдер мен шақырулар
reason-resource-shared = Желілік қоғамдастығыңызға жаңа жұмыс қосылды
reason-resource-answered = Жұмысыңызды біреу пайдаланды немесе сізге ол туралы жазды
reason-resource-moderated = Жұмысқа шағым түсті, ол жасырылды немесе қайтарып алынды
reason-plan-waits = Бірлескен жоспар сізді күтіп тұр
reason-plan-changed = Мектебіңіздің бірлескен жоспарындағы өзгерістер
reason-study-waits = Зерттеу сізді күтіп тұр
reason-study-changed = Зерттеулеріңіздегі өзгерістер
reason-security = Тіркелгінің қауіпсіздігі
reason-announcement = Хабарландырулар

channel-email = Бірден хатпен
channel-digest = Күніне бір рет жинақпен
channel-in-app = Тек осы жерде
channel-none = Хабарламау
