### Coming in and going out.

sign-in-title = Вход
sign-in-email = Электронная почта
sign-in-password = Пароль
sign-in-password-hint = Можно вставить из менеджера паролей.
sign-in-shared = Это общий компьютер, не запоминать меня
sign-in-button = Войти
sign-in-link-button = Прислать ссылку
sign-in-link-hint = Ссылка придёт на почту и действует 15 минут. Пароль для неё не нужен.
sign-in-link-text = Вы открыли ссылку из письма. Нажмите кнопку, чтобы войти: ссылка срабатывает один раз.
sign-in-other = Войти другим способом
sign-in-none = Ещё нет учётной записи?
sign-in-none-text = Координатор вашей школы пришлёт приглашение.
sign-in-none-find = Найти свою школу

forgotten-title = Забыли пароль?
forgotten-hint = Мы пришлём письмо со ссылкой, по которой можно задать новый.
forgotten-button = Прислать ссылку

reset-title = Новый пароль
reset-password = Новый пароль
reset-hint = Не менее 10 знаков. Несколько не связанных между собой слов легче запомнить и труднее подобрать.
reset-button = Сохранить и войти
reset-ends = На всех устройствах, где вы сейчас вошли, придётся войти заново.
