### The inbox, and how people want to be told.

notifications-title = { $count ->
    [0] No new notifications
    [one] { $count } new notification
   *[other] { $count } new notifications
}
notifications-all = Show all
notifications-unread = Unread only
notifications-none = There are no unread notifications.
notifications-read = Mark as read
notifications-read-all = Mark all as read

preferences-title = How you are told
preferences-quiet = Quiet hours
preferences-quiet-hint = We send no e-mail in these hours. Leave both empty if any time will do.
preferences-from = From
preferences-until = Until
preferences-time = Give hours and minutes, such as 22:30.

reason-partnership-waits = A partnership waits for your school
reason-partnership-changed = Your school’s partnerships change
reason-network-changed = Your network changes
reason-school-changed = Your school’s entry changes
reason-designation-changed = Your school’s designation changes
reason-membership-changed = Roles and invitations
reason-resource-shared = A work is shared with your network
reason-resource-answered = Somebody uses your work or writes to you about one
reason-resource-moderated = A work is reported, hidden or withdrawn
reason-plan-waits = A joint plan waits for you
reason-plan-changed = Changes to your school's joint plan
reason-study-waits = A study waits for you
reason-study-changed = Your studies change
reason-security = Security of your account
reason-announcement = Announcements

channel-email = By e-mail at once
channel-digest = In a daily digest
channel-in-app = Here only
channel-none = Not at all
