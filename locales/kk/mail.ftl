### Letters. A body is plain text. Links stand on a line of their own, and so do dates, whose full stop
### ("2026 г.") would meet that of the sentence.

# $scope is the name of the school, network, association or region.
mail-invitation-subject = Шақыру: { $scope }
mail-invitation-body =
    Сәлеметсіз бе!

    { $inviter } сізді Sabaqtas жүйесіне шақырады.
    Қайда: { $scope }
    Сіздің рөліңіз: { $role }

    Шақыруды қабылдау үшін мына сілтемені ашыңыз:
    { $link }

    Жарамдылық мерзімі: { $expiry }

    Шақыру тек осы хат жіберілген мекенжайға арналған. Егер мұндай шақыруды күтпеген болсаңыз, хатты елемей-ақ қойыңыз.

# Who invites when no person does.
mail-invitation-from-platform = Платформа әкімшілігі

mail-sign-in-subject = Sabaqtas жүйесіне кіру
mail-sign-in-body =
    Сәлеметсіз бе!

    Sabaqtas жүйесіне кіру үшін мына сілтемені ашыңыз:
    { $link }

    Сілтеме { $minutes } минут бойы жарамды және бір рет қана ашылады.

    Егер мұны сіз сұрамаған болсаңыз, хатты елемей-ақ қойыңыз: сілтемесіз ешкім кіре алмайды.

mail-password-reset-subject = Sabaqtas құпиясөзін қалпына келтіру
mail-password-reset-body =
    Сәлеметсіз бе!

    Sabaqtas жүйесіне жаңа құпиясөз қою үшін мына сілтемені ашыңыз:
    { $link }

    Сілтеме { $minutes } минут бойы жарамды және бір рет қана ашылады.

    Егер мұны сіз сұрамаған болсаңыз, хатты елемей-ақ қойыңыз: құпиясөзіңіз өзгермейді.

mail-digest-subject = Sabaqtas: { $count } жаңа хабарлама
mail-digest-intro =
    Сәлеметсіз бе, { $name }!

    Алдыңғы шолудан кейін мынадай оқиғалар болды.
mail-digest-more = … және тағы { $count }
mail-digest-footer =
    Бұл шолу баптауларыңызда қосулы болғандықтан жіберілді. Оның жиілігін өзгерту немесе өшіру:
    { $link }

mail-notification-footer =
    Бұл хат Sabaqtas жүйесіндегі оқиға сізге қатысты болғандықтан жіберілді. Қандай хаттар алатыныңызды таңдау:
    { $link }
