### Coming in and going out.

sign-in-title = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-password-hint = You can paste it from a password manager.
sign-in-shared = This is a shared computer: do not remember me
sign-in-button = Sign in
sign-in-link-button = Send me a link
sign-in-link-hint = The link comes by e-mail and works for 15 minutes. It needs no password.
sign-in-link-text = You opened the link from the letter. Press the button to come in: the link works once.
sign-in-other = Sign in another way
sign-in-none = No account yet?
sign-in-none-text = Your school's coordinator sends you an invitation.
sign-in-none-find = Find your school

forgotten-title = Forgotten your password?
forgotten-hint = We send a letter with a link to set a new one.
forgotten-button = Send the link

reset-title = A new password
reset-password = New password
reset-hint = At least 10 characters. A few unrelated words are easier to remember and harder to guess.
reset-button = Save and sign in
reset-ends = All devices that are signed in now will have to sign in again.
