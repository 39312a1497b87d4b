### What a notification says. Names of schools and networks stand in quotation marks. A second message, where there is
### one, stands below the first.

notice-partnership-invited = “{ $by }” invites “{ $other }” to become partners
notice-answer-before = Answer before: { $date }
notice-partnership-accepted = “{ $by }” has accepted the partnership with “{ $other }”. The next step is the agreement
notice-partnership-declined = “{ $by }” has declined the partnership with “{ $other }”
notice-partnership-lapsed = The invitation to a partnership between “{ $leading }” and “{ $magnetic }” has lapsed without an answer
notice-agreement-written = “{ $by }” has written the agreement with “{ $other }”. Read and sign it
notice-agreement-signed = “{ $by }” has signed the agreement with “{ $other }”
notice-partnership-activated = Both sides have signed: the partnership of “{ $leading }” and “{ $magnetic }” is active
notice-partnership-suspended = “{ $by }” has suspended the partnership with “{ $other }”
notice-partnership-resumed = “{ $by }” has resumed the partnership with “{ $other }”
notice-partnership-ended = “{ $by }” has ended the partnership with “{ $other }”
notice-reason = Reason: { $reason }

notice-network-closed = The network “{ $network }” is closed

# $kind is leading or magnetic.
notice-designation-awarded = { $kind ->
    [leading] “{ $school }” has been designated a Leading school
   *[magnetic] “{ $school }” has been designated a Magnetic school
}
notice-designation-expired = { $kind ->
    [leading] “{ $school }” is no longer a Leading school: the term of its designation is over
   *[magnetic] “{ $school }” is no longer a Magnetic school: the term of its designation is over
}
notice-designation-withdrawn = { $kind ->
    [leading] The designation of “{ $school }” as a Leading school has been withdrawn
   *[magnetic] The designation of “{ $school }” as a Magnetic school has been withdrawn
}
notice-valid-before = Valid before: { $date }

notice-school-changed = The entry of “{ $school }” has been changed
notice-school-claimed = “{ $school }” is registered and has a coordinator
notice-school-closed = “{ $school }” is marked as closed
notice-school-merged = “{ $school }” has been merged into “{ $into }”

notice-invitation-accepted = Your invitation to “{ $place }” has been accepted. Role: { $role }
notice-membership-ended = You no longer have a role in “{ $place }”. Role: { $role }

notice-password-changed = Your password has been changed
notice-access-token-created = The access token “{ $name }” has been created for your account
notice-not-you = If it was not you, reset your password at once.
notice-person-suspended = Your account has been suspended
notice-person-restored = Your account has been restored

notice-resource-joined = You are now named as an author of “{ $work }”
notice-resource-retold = A draft for the bank was made of your report: “{ $study }”. You are named as an author
notice-resource-shared = A work has been shared with your network: “{ $work }”
notice-resource-copied = Somebody has taken a copy of “{ $work }” to adapt it
notice-resource-translated = Somebody is translating “{ $work }”
notice-resource-withdrawn = The authors have withdrawn “{ $work }”
notice-resource-used = “{ $work }” has been used in class
notice-resource-endorsed = “{ $work }” has been endorsed
notice-endorsement-withdrawn = An endorsement of “{ $work }” has been withdrawn
notice-resource-commented = There is a new comment on “{ $work }”
notice-resource-mentioned = You are mentioned in a comment on “{ $work }”
notice-resource-reported = Somebody has reported “{ $work }”. Look at it and decide
notice-resource-hidden = A moderator has hidden “{ $work }”
notice-resource-restored = A moderator shows “{ $work }” again

notice-study-invited = You are invited into the group of a Lesson Study: “{ $study }”
notice-study-invited-expert = You are invited as a knowledgeable other: “{ $study }”
notice-study-joined = Your invitation was accepted: “{ $study }”
notice-study-declined = Your invitation was declined: “{ $study }”
notice-study-left = Somebody has left the group: “{ $study }”
notice-lead-offered = You are asked to lead the study: “{ $study }”
notice-lead-declined = The lead was not passed on: “{ $study }”
notice-lead-taken = Somebody else leads the study from now on: “{ $study }”
notice-study-further = The study has come a step further: “{ $study }”
notice-study-shared = The report is shared: “{ $study }”
notice-study-paused = The study is paused: “{ $study }”
notice-study-abandoned = The study is given up: “{ $study }”
notice-observer-assigned = You observe a case pupil in research lesson { $number }: “{ $study }”
notice-cell-commented = A comment on the sheet of research lesson { $number }: “{ $study }”
notice-lesson-taught = Research lesson { $number } was taught, discuss it within a day: “{ $study }”
notice-discussion-opened = The discussion of research lesson { $number } has begun: “{ $study }”
notice-lesson-discussed = Research lesson { $number } is discussed: “{ $study }”
notice-lesson-closed = The discussion of research lesson { $number } is closed: “{ $study }”
notice-discussion-due = Research lesson { $number } was taught a day ago and is not discussed yet: “{ $study }”
