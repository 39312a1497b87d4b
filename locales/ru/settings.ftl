### What people keep about themselves, and invitations.

settings-title = Профиль
settings-name = Имя
settings-language = Язык
settings-email = Кто видит вашу электронную почту
settings-email-nobody = никто
settings-email-signed-in = все, кто вошёл
settings-more = Вход и уведомления

password-title = Смена пароля
password-current = Нынешний пароль
password-current-hint = Оставьте пустым, если пароля у вас ещё нет.

sessions-title = Где вы вошли
sessions-unknown = Неизвестное устройство
sessions-current = Это устройство
sessions-end = Завершить
sessions-end-all = Выйти на всех устройствах

tokens-title = Токены доступа
tokens-text = Для программ, которые работают от вашего имени.
tokens-none = Токенов нет.
tokens-new = Новый токен
tokens-name = Название
tokens-scope = Что ему можно
tokens-read = только читать
tokens-write = читать и изменять
tokens-expires = Последний день
tokens-expires-hint = Не позже чем через год.
tokens-create = Создать токен
tokens-revoke = Отозвать
tokens-made = Скопируйте токен: больше он не будет показан.

invite-title = Вас приглашают
invite-claim = Станьте координатором школы
invite-role = Роль
invite-has-account = С этим адресом уже есть учётная запись. Войдите, чтобы принять приглашение.
invite-password-hint = Не менее 10 знаков. Можно оставить пустым и входить по ссылке из письма.
invite-button = Принять приглашение
invite-claim-button = Стать координатором
invite-until = Приглашение действует до: { $date }
