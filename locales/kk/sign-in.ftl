### Coming in and going out.

sign-in-title = Кіру
sign-in-email = Электрондық пошта
sign-in-password = Құпиясөз
sign-in-password-hint = Құпиясөз менеджерінен қоюға болады.
sign-in-shared = Бұл — ортақ компьютер, мені есте сақтамаңыз
sign-in-button = Кіру
sign-in-link-button = Сілтеме жіберу
sign-in-link-hint = Сілтеме поштаға келеді және 15 минут жарамды. Оған құпиясөз керек емес.
sign-in-link-text = Сіз хаттағы сілтемені аштыңыз. Кіру үшін батырманы басыңыз: сілтеме бір рет қана жұмыс істейді.
sign-in-other = Басқаша кіру
sign-in-none = Тіркелгіңіз әлі жоқ па?
sign-in-none-text = Мектебіңіздің үйлестірушісі шақыру жібереді.
sign-in-none-find = Мектебіңізді табу

forgotten-title = Құпиясөзді ұмыттыңыз ба?
forgotten-hint = Жаңасын қоюға арналған сілтемесі бар хат жібереміз.
forgotten-button = Сілтеме жіберу

reset-title = Жаңа құпиясөз
reset-password = Жаңа құпиясөз
reset-hint = Кемінде 10 таңба. Бір-біріне қатысы жоқ бірнеше сөзді есте сақтау оңай, ал табу қиын.
reset-button = Сақтап, кіру
reset-ends = Қазір кіріп тұрған құрылғылардың бәрінде қайта кіру керек болады.
