### What people keep about themselves, and invitations.

settings-title = Profile
settings-name = Name
settings-language = Language
settings-email = Who sees your e-mail address
settings-email-nobody = nobody
settings-email-signed-in = everybody who is signed in
settings-more = Signing in and notifications

password-title = Change the password
password-current = Present password
password-current-hint = Leave it empty if you have none yet.

sessions-title = Where you are signed in
sessions-unknown = Unknown device
sessions-current = This device
sessions-end = End
sessions-end-all = Sign out everywhere

tokens-title = Access tokens
tokens-text = For programs that act for you.
tokens-none = There are no tokens.
tokens-new = A new token
tokens-name = Name
tokens-scope = What it may
tokens-read = read only
tokens-write = read and change
tokens-expires = Last day
tokens-expires-hint = Within a year.
tokens-create = Make the token
tokens-revoke = Revoke
tokens-made = Copy the token: it is not shown again.

invite-title = You are invited
invite-claim = Become the school’s coordinator
invite-role = Role
invite-has-account = There is an account with this address. Sign in to accept the invitation.
invite-password-hint = At least 10 characters. You may leave it empty and sign in by links in e-mails.
invite-button = Accept the invitation
invite-claim-button = Become the coordinator
invite-until = The invitation is good until { $date }
