### What people keep about themselves, and invitations.

settings-title = Профиль
settings-name = Аты-жөні
settings-language = Тілі
settings-email = Электрондық поштаңызды кім көреді
settings-email-nobody = ешкім
settings-email-signed-in = кіргендердің бәрі
settings-more = Кіру және хабарламалар

password-title = Құпиясөзді ауыстыру
password-current = Қазіргі құпиясөз
password-current-hint = Құпиясөзіңіз әлі болмаса, бос қалдырыңыз.

sessions-title = Қай жерде кіргенсіз
sessions-unknown = Белгісіз құрылғы
sessions-current = Осы құрылғы
sessions-end = Аяқтау
sessions-end-all = Барлық құрылғыдан шығу

tokens-title = Қолжетімділік токендері
tokens-text = Сіздің атыңыздан жұмыс істейтін бағдарламаларға арналған.
tokens-none = Токен жоқ.
tokens-new = Жаңа токен
tokens-name = Атауы
tokens-scope = Оған не істеуге болады
tokens-read = тек оқу
tokens-write = оқу және өзгерту
tokens-expires = Соңғы күні
tokens-expires-hint = Бір жылдан кеш болмауы керек.
tokens-create = Токен жасау
tokens-revoke = Қайтарып алу
tokens-made = Токенді көшіріп алыңыз: ол енді көрсетілмейді.

invite-title = Сізді шақырады
invite-claim = Мектептің үйлестірушісі болыңыз
invite-role = Рөлі
invite-has-account = Бұл мекенжаймен тіркелгі бар. Шақыруды қабылдау үшін кіріңіз.
invite-password-hint = Кемінде 10 таңба. Бос қалдырып, хаттағы сілтемемен кіруге де болады.
invite-button = Шақыруды қабылдау
invite-claim-button = Үйлестіруші болу
invite-until = Шақыру мына уақытқа дейін жарамды: { $date }
