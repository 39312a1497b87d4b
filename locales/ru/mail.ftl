### Letters. A body is plain text. Links stand on a line of their own, and so do dates, whose full stop
### ("2026 г.") would meet that of the sentence.

# $scope is the name of the school, network, association or region.
mail-invitation-subject = Приглашение: { $scope }
mail-invitation-body =
    Здравствуйте!

    { $inviter } приглашает вас в Sabaqtas.
    Куда: { $scope }
    Ваша роль: { $role }

    Чтобы принять приглашение, откройте ссылку:
    { $link }

    Действует до: { $expiry }

    Приглашение предназначено только для адреса, на который отправлено это письмо. Если вы его не ждали, просто не обращайте на него внимания.

# Who invites when no person does.
mail-invitation-from-platform = Администрация платформы

mail-sign-in-subject = Вход в Sabaqtas
mail-sign-in-body =
    Здравствуйте!

    Чтобы войти в Sabaqtas, откройте ссылку:
    { $link }

    { $minutes ->
        [one] Ссылка действует { $minutes } минуту и срабатывает один раз.
        [few] Ссылка действует { $minutes } минуты и срабатывает один раз.
        [many] Ссылка действует { $minutes } минут и срабатывает один раз.
       *[other] Ссылка действует { $minutes } минуты и срабатывает один раз.
    }

    Если вы не запрашивали вход, не обращайте внимания на это письмо: без ссылки никто войти не сможет.

mail-password-reset-subject = Восстановление пароля в Sabaqtas
mail-password-reset-body =
    Здравствуйте!

    Чтобы задать новый пароль для Sabaqtas, откройте ссылку:
    { $link }

    { $minutes ->
        [one] Ссылка действует { $minutes } минуту и срабатывает один раз.
        [few] Ссылка действует { $minutes } минуты и срабатывает один раз.
        [many] Ссылка действует { $minutes } минут и срабатывает один раз.
       *[other] Ссылка действует { $minutes } минуты и срабатывает один раз.
    }

    Если вы этого не запрашивали, не обращайте внимания на это письмо: ваш пароль останется прежним.

mail-digest-subject = { $count ->
    [one] Sabaqtas: { $count } новое уведомление
    [few] Sabaqtas: { $count } новых уведомления
    [many] Sabaqtas: { $count } новых уведомлений
   *[other] Sabaqtas: { $count } нового уведомления
}
mail-digest-intro =
    Здравствуйте, { $name }!

    Вот что произошло после предыдущего обзора.
mail-digest-more = … и ещё { $count }
mail-digest-footer =
    Вы получаете этот обзор, потому что он включён в ваших настройках. Изменить его частоту или отключить:
    { $link }

mail-notification-footer =
    Вы получаете это письмо, потому что событие в Sabaqtas касается вас. Выбрать, какие письма получать:
    { $link }
