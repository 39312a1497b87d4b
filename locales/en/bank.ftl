### The methodological piggy bank: works that teachers share.

nav-bank = Bank
flash-shared = Shared. It can be found in the bank now.
flash-copied = This is your copy. Change what has to be different.

bank-search = What are you looking for?
bank-meant = Nothing has that word. This is what was found for: { $words }
bank-feed = Feed of new works
bank-title = Resource bank
bank-margin = What teachers made, tried in class and pass on
bank-mine = My works
bank-count = { $count ->
    [one] { $count } work
   *[other] { $count } works
}
bank-none = No work meets all of these conditions.
bank-empty = There is nothing here yet.
bank-filter = Narrow down
bank-filter-show = Show
bank-drop = Drop the condition:
bank-any = any
bank-kind = What it is
bank-language = Language
bank-subject = Subject
bank-subject-any = All subjects
bank-class = Grade
bank-order = Order
bank-order-newest = The newest first
bank-order-used = The most used in class first
bank-order-copied = The most copied first
bank-of-school = Of one school
bank-of-network = Of one network
bank-grade = grade { $grade }
bank-grades = grades { $from }–{ $to }
bank-uses = { $count ->
    [one] Used in { $count } lesson
   *[other] Used in { $count } lessons
}
bank-copies = { $count ->
    [one] { $count } copy taken
   *[other] { $count } copies taken
}
bank-endorsements = { $count ->
    [one] { $count } endorsement
   *[other] { $count } endorsements
}
bank-rating = { $count ->
    [one] { $stars } of 5, { $count } rating
   *[other] { $stars } of 5, { $count } ratings
}
bank-invite = Do you have something for the bank?
bank-invite-text = One sentence on the lesson it helped in is enough.
bank-add = Share a work

kind-lesson-plan = Lesson plan
kind-worksheet = Worksheet
kind-slides = Slides
kind-assessment = Assessment
kind-video = Video
kind-link = Link
kind-article = Article
kind-toolkit-step = Step of a method

state-resource-draft = Draft
state-resource-shared = Shared
state-resource-hidden = Hidden by a moderator
state-resource-withdrawn = Withdrawn

audience-author = Only its authors
audience-school = One school
audience-partnership = Two partner schools
audience-network = The network
audience-signed-in = Everybody who is signed in
audience-public = Everybody, also without signing in

kinship-origin = It was made from this
kinship-adaptation = Adaptation
kinship-translation = Translation

bank-author-margin = Works of one author
bank-others = Not in the bank
bank-others-margin = Only you see these here
bank-go-on = Go on writing
bank-shared = In the bank
bank-shared-none = No work is shared yet.

bank-by = By
bank-for = For
bank-version = Version
bank-version-number = Version { $number }
bank-licence = Licence
bank-network = Network
bank-audience = Who may see it
bank-tags = Words
bank-links = Pages elsewhere
bank-files = Files
bank-kilobytes = { $count } KB
bank-megabytes = { $count } MB
bank-came = What came of it
bank-from-study = From a lesson study
bank-family = Where it came from, where it went
bank-versions = Versions
bank-versions-more = The newest 20 versions are shown.
bank-change = What changed
bank-when = When
bank-compare = Compare with the one before
bank-draft-text = Nobody but its authors sees it until it is shared.
bank-reason = Reason: { $reason }
bank-gone = Its authors took the work back. What was copied before stays with those who copied it.
bank-cite = Cite
bank-copy = Adapt or translate
bank-edit = Edit
bank-share = Share
bank-withdraw = Withdraw

bank-version-old = This is an older version.
bank-version-newest = To the newest version
bank-compare-newest = What has changed since
bank-compare-title = What changed
bank-compare-same = The words are the same.
bank-gone-words = removed
bank-new-words = added

bank-steps = Steps
bank-step-card = What it is
bank-step-text = What it says
bank-step-files = Files
bank-step-share = Who may see it
bank-step-card-title = What do you share?
bank-step-text-title = What does it say?
bank-step-files-title = Which files go with it?
bank-step-share-title = Who may see it, and what may they do?
bank-next = Next
bank-field-title = Title
bank-field-title-hint = So that a colleague knows whether it helps, in the language of the work.
bank-field-summary = In short
bank-field-summary-hint = One or two sentences: what it is for and how it helped.
bank-field-body = Text
bank-field-body-hint = Markdown works: # heading, **bold**, 1. list. No names of pupils, please.
bank-links-hint = One a line: a title, then the address.
bank-files-none = No file goes with it yet. A work can do without.
bank-file = File
bank-file-hint = At most { $size }. Pictures lose the place where they were taken.
bank-file-add = Add the file
bank-file-remove = Remove
bank-file-remove-named = Remove { $name }
bank-upload = Sending the file:
bank-upload-going = “{ $name }” is being sent. It can be gone on with after a break.
bank-upload-waiting = The line is broken. It goes on by itself as soon as there is one; what has been sent is kept.
bank-upload-paused = “{ $name }” is paused; what has been sent is kept.
bank-upload-again = “{ $name }” was sent in part. Choose the same file and add it: it goes on where it stopped.
bank-upload-other = This is another file. Choose “{ $name }” to go on with it, or cancel it first.
bank-upload-whole = “{ $name }” is there and is being added.
bank-upload-pause = Pause
bank-upload-on = Go on
bank-upload-cancel = Cancel
bank-mention = Speak to somebody by name
bank-mention-hint = Whoever is ticked is told of the comment; at most 10.
bank-authors = Who writes this work?
bank-authors-change = Change the authors
bank-author-leave = Take me off
bank-author-school = From which school is the new author?
bank-author-page = Or by the address of their page
bank-author-whom = New author
bank-author-address = Address of the person’s page
bank-author-address-hint = Open the page with their works and copy its address here.
bank-author-add = Add the author
bank-field-tags = Words to find it by
bank-field-tags-hint = Separated by commas.
bank-field-goals = Goals of the curriculum
bank-field-goals-hint = Codes such as 7.2.1.3, separated by commas.
bank-grade-from = From
bank-grade-to = To
bank-audience-hint = Nobody has to approve it. You can change this later.
bank-audience-change = Change only who may see it
bank-audience-school = Everybody of the school “{ $school }”
bank-audience-network = Everybody of the network “{ $network }”
bank-licence-question = What may others do with it?
bank-licence-bound = It was made from a work under the licence “{ $licence }”, so these are left to choose from.
bank-change-hint = One sentence for those who know the version before.
bank-share-version = Share as version { $number }

bank-copy-title = Make your own version of it
bank-copy-text = You get a copy to change. It says where it comes from, and its authors hear of it.
bank-copy-language = Language of your version
bank-copy-language-hint = Another language makes it a translation.
bank-copy-licence = Licence of your version
bank-copy-licence-hint = Only what the licence of the original permits.
bank-copy-never = Its licence does not permit changed or translated versions. Ask its authors.

bank-withdraw-text = It leaves the bank. Whoever saw it sees that it was there, and why it is gone.
bank-withdraw-reason = Why

bank-use = I used it in class
bank-use-text = A sentence on how it went helps the next teacher more than a rating.
bank-use-note = How did it go?
bank-use-day = Day of the lesson
bank-use-rating = Rating, 1 to 5
bank-rating-none = without
bank-endorse = Endorse
bank-endorse-text = Your name stands by this version for those who look for something that works.
bank-endorse-note = What is good about it
bank-endorsed = Endorsed
bank-unendorse = Take the endorsement back
bank-report = Report a problem
bank-report-text = Moderators read it: trainers of the region and administrators.
bank-report-ground = What is wrong
bank-report-note = In your words
bank-appeal = Ask for it to be shown again
bank-appeal-text = Say what you have changed or why it is right as it is.
bank-hide = Hide
bank-hide-text = Only its authors and moderators will see it. Its authors read the reason and may appeal.
bank-restore = Show again
bank-restore-text = Whoever it was shared with sees it again.
bank-dismiss = Nothing to do
bank-reports = Reports
bank-reports-margin = Who waits longest stands first
bank-reports-none = No report waits.
bank-comments = Notes in the margin
bank-comment = Add a note
bank-comment-hint = How did it work in your class? No names of pupils, please.
bank-comment-add = Add the note
bank-comment-remove = Remove
bank-comment-removed = This note was removed.

ground-copyright = It is somebody else's work
ground-privacy = It shows or names a pupil or another person
ground-harm = It hurts or endangers somebody
ground-mistake = It teaches something wrong
ground-spam = It is no work at all
ground-other = Something else
ground-appeal = Its authors ask to show it again

credit-title = Record of works
credit-text = A record for attestation says what came of your works until today. It has an address where anybody can check it.
credit-issue = Issue a record
credit-works = Works shared
credit-uses = Used in class by others
credit-copies = Copies taken by others
credit-endorsements = Endorsements
credit-issued = Issued
credit-check = Check it at

bank-collections = Collections
bank-collections-none = There are no collections yet.
bank-collection-new = Begin a collection
bank-collection-about = What it is for
bank-collection-zip = Download all as a ZIP
bank-collection-empty = Nothing is in it yet. Open a work and put it into this collection.
bank-collection-drop = Take out
bank-collection-delete = Delete the collection
bank-collect = Put into a collection
bank-collect-none = You have no collection yet.
