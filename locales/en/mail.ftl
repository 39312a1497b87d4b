### Letters. A body is plain text. Links stand on a line of their own, and so do dates, whose full stop
### ("2026 г.") would meet that of the sentence.

# $scope is the name of the school, network, association or region.
mail-invitation-subject = Invitation to { $scope }
mail-invitation-body =
    Hello!

    { $inviter } invites you to Sabaqtas.
    Where: { $scope }
    Your role: { $role }

    To accept the invitation, open this link:
    { $link }

    Valid until: { $expiry }

    The invitation is only for the address this letter was sent to. If you did not expect it, simply ignore it.

# Who invites when no person does.
mail-invitation-from-platform = The administration of the platform

mail-sign-in-subject = Sign in to Sabaqtas
mail-sign-in-body =
    Hello!

    To sign in to Sabaqtas, open this link:
    { $link }

    { $minutes ->
        [one] The link is valid for { $minutes } minute and works once.
       *[other] The link is valid for { $minutes } minutes and works once.
    }

    If it was not you who asked for it, ignore this letter: nobody can sign in without the link.

mail-password-reset-subject = Reset your Sabaqtas password
mail-password-reset-body =
    Hello!

    To choose a new password for Sabaqtas, open this link:
    { $link }

    { $minutes ->
        [one] The link is valid for { $minutes } minute and works once.
       *[other] The link is valid for { $minutes } minutes and works once.
    }

    If it was not you who asked for it, ignore this letter: your password stays as it is.

mail-digest-subject = { $count ->
    [one] Sabaqtas: { $count } new notification
   *[other] Sabaqtas: { $count } new notifications
}
mail-digest-intro =
    Hello, { $name }!

    This is what has happened since the previous digest.
mail-digest-more = … and { $count } more
mail-digest-footer =
    You receive this digest because it is switched on in your settings. Change how often it comes, or switch it off:
    { $link }

mail-notification-footer =
    You receive this letter because it concerns you on Sabaqtas. Choose which letters you get:
    { $link }
