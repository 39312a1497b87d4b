### What stands on every page, faults, forms, and what was just done.

site-name = Sabaqtas
language-own = English
language-short = Eng

page-skip = Skip to content
page-error-prefix = Error:

nav-main = Main sections
nav-all = All sections
nav-language = Language
nav-home = Home
nav-networks = Networks
nav-schools = Schools
nav-more = More
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-notifications = { $count ->
    [0] Notifications
    [one] Notifications: { $count } new
   *[other] Notifications: { $count } new
}
# The script puts the number in the place of 0.
nav-notifications-new = Notifications: 0 new
nav-profile = { $name }: profile

theme-legend = Appearance
theme-auto = as on the device
theme-day = exercise book
theme-night = chalkboard

pager-label = Pages of the list
pager-previous = Back
pager-next = Further

form-summary = Please correct the following

flash-saved = Saved.
flash-signed-in = You are signed in.
flash-signed-out = You are signed out.
flash-link-sent = If we know this address, a letter with a link is on its way.
flash-theme-kept = The appearance is kept on this device.

fault-home = To the first page
fault-not-found-title = There is no such page
fault-not-found-text = It was moved or removed, or it is not open to you. If you followed a link, sign in and try it again.
fault-form-title = The form was not accepted
fault-form-text = It lay open too long, or you signed in or out meanwhile. Nothing was changed. Go back, reload the page and send the form again.
fault-throttled-title = Too many requests
fault-throttled-text = Wait a minute and try again. Nothing is lost.
fault-internal-title = Something broke on our side
fault-internal-text = It is in our log already. What you had saved is safe. Try again in a few minutes.

offline-title = Reading without the internet
offline-lede = If you see this page instead of another, there is no connection.
offline-text = Pages that you have opened on this device can be opened again without a connection: they say that they are a kept copy. What you send needs a connection.
offline-copy = No connection. This is a copy kept on this device.

flash-invited = The invitation is sent.
flash-proposed = The invitation to partner is sent. The answer comes as a notification.
flash-signed = You signed.
flash-read = Marked as read.

form-save = Save
