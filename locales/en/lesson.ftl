### One research lesson: the sheet, observations, the discussion.

lesson-headline-planning = Lesson { $number } is being planned
lesson-headline-frozen = The plan of lesson { $number } stands: it can be taught
lesson-headline-taught = Lesson { $number } was taught and waits for its discussion
lesson-headline-discussing = Lesson { $number } is being discussed
lesson-headline-discussed = Lesson { $number } is discussed
lesson-headline-closed = Lesson { $number } is closed
lesson-numbered = Research lesson { $number }

lesson-new = Plan the next research lesson
lesson-edit = Class, time and teacher
lesson-class-label = Class
lesson-class-label-hint = For example 5 “A”. Names of pupils are written nowhere.
lesson-topic = Topic
lesson-starts = Begins
lesson-teacher = Who teaches
lesson-school = School
lesson-open = not settled yet
lesson-taught-by = Teaches: { $name }
lesson-malformed-time = This is not a time. Write day and time, for example 2026-11-16T09:30.

lesson-sheet = What we expect, what we saw
lesson-in-pencil = In pencil: what the group expects
lesson-in-pen = In pen: what was seen
lesson-pupil-shown = Case pupil to show
lesson-stage = Part of the lesson
lesson-minutes = { $from }–{ $until } min
lesson-minute-count = { $count } min
lesson-watched-by = watched by { $names }
lesson-present = Here now: { $names }
lesson-no-stages = The lesson has no parts yet.
lesson-opens-margin = From the discussion before
lesson-opens = What was decided after lesson { $number }

lesson-activity = What teacher and pupils do
lesson-resources = Resources
lesson-criterion = Success criterion
lesson-predicted = Expected
lesson-observed = Seen
lesson-enjoyed = What did you enjoy?
lesson-learned = What did you learn?
lesson-can-do = What can you do now that you could not do before?
lesson-helped = What helped you?
lesson-would-change = What should be different next time?
lesson-discussed = The pupil against what was expected
lesson-class = The class
lesson-teaching = The teaching
lesson-next = Decisions for the next lesson
lesson-closing = The closing word

lesson-write = Write
lesson-change = Change
lesson-comment = Comment
lesson-comments = Comments
lesson-comment-yours = Your comment
lesson-comment-count = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
lesson-text = Text
lesson-edited-by = Written by { $name }
lesson-no-names = Case pupils are letters: write no names, numbers or addresses.
lesson-cell-shut = This cannot be written as the lesson stands.
lesson-met = Somebody else wrote here while you did. Nothing is lost: both texts stand below. Choose what shall stay.
lesson-theirs = Their text
lesson-keep-both = Keep both, mine below
lesson-keep-mine = Mine instead of theirs
lesson-keep-theirs = Leave theirs

lesson-stages = Parts of the lesson
lesson-stages-total = { $count ->
    [one] { $count } part, { $minutes } minutes
   *[other] { $count } parts, { $minutes } minutes
}
lesson-stages-shut = The plan stands. Go back to the plan to change the parts.
lesson-duration = Minutes
lesson-stage-add = Add a part
lesson-stage-remove = Remove
lesson-stage-up = Up
lesson-stage-down = Down
lesson-to-sheet = To the sheet

lesson-observers = Observers
lesson-all-watched = Every case pupil is watched
lesson-unwatched = Nobody watches { $letters } yet
lesson-observer-of = Observer of { $letter }
lesson-assign = Assign
lesson-release = Release

lesson-observe = Take notes
lesson-observe-title = What do you see?
lesson-whom = Whom
lesson-whole-class = class
lesson-everybody = everybody
lesson-no-stage = at no certain part
lesson-fact = Fact
lesson-fact-hint = What the pupil did or said, as a camera would show it.
lesson-interpretation = Interpretation
lesson-interpretation-hint = What you think it means. You can leave it out.
lesson-taken = When
lesson-note = Note it
lesson-takes-none = No notes are taken as the lesson stands: they are from when the plan stands until the lesson is closed.
lesson-offline = No connection. Notes stay on this device and are sent when it is back.
lesson-expired = Your sign-in has run out. Notes stay on this device and are sent after you sign in.
lesson-unkept = This device could not keep the note. Leave the page open and try again.
lesson-outbox = On this device, not sent yet:
lesson-outbox-text = Each note is sent once, in the order taken. You can close the page: nothing is lost.
lesson-mend = Correct
lesson-drop = Throw away
lesson-sent = { $count ->
    [0] None of your notes has arrived yet
    [one] { $count } note of yours has arrived
   *[other] { $count } notes of yours have arrived
}
lesson-sign-out-notes = There are notes on this device that were not sent yet. If you sign out they are lost. Sign out all the same?
lesson-observations = { $count ->
    [0] No observations yet
    [one] { $count } observation
   *[other] { $count } observations
}
lesson-observations-all = Observations
lesson-loose = Notes without a part or of the class
lesson-mend-title = Correct a note

lesson-photo = Photo
lesson-photo-add = Add a photo
lesson-photo-title = A photo with the note
lesson-photo-hint = Only what families allowed. Where and with what it was taken is removed from the file.
lesson-photo-of = Photo: { $fact }
lesson-photo-waits = With a photo, which is sent after the note.
lesson-photo-remove = Remove the photo
lesson-photo-remove-text = The file is deleted for good. The note stays.
lesson-photo-hidden = The photo is hidden: no consent for photos and video holds today.
lesson-photo-not-allowed = No consent for photos and video holds today. When the group has recorded one, photos can be added.
lesson-photo-closed = The lesson is closed: no photos are added to its notes any more.

lesson-interview-margin = Five minutes at most
lesson-interview = What case pupils say
lesson-question = Question

lesson-discussion-margin = Within 24 hours
lesson-discussion = Discussion
lesson-discussion-since = Since { $moment }. The order is fixed: the pupils, the class, the teaching, the next lesson, the closing word.
lesson-missed = Nothing is written yet of: { $letters }

lesson-steps = Next step
lesson-freeze = The plan stands
lesson-freeze-text = Plan and predictions are finished. From then on notes can be taken, and predictions do not change. You can go back until the lesson is taught.
lesson-thaw = Back to the plan
lesson-thaw-text = Opens plan and predictions again.
lesson-teach = The lesson was taught
lesson-teach-text = When the lesson was taught. A consent to watch the pupils, of the kind “monitoring”, must hold that day.
lesson-open-discussion = Begin the discussion
lesson-open-discussion-text = Observations stay as they are from then on. Begin within 24 hours after the lesson.
lesson-discuss = The discussion is over
lesson-discuss-text = Every case pupil must have been spoken of. Then the group may add to its record until it closes the lesson.
lesson-close = Close the lesson
lesson-close-text = Nothing of it changes any more. Then the next lesson can be planned, and opens with what was decided.

lesson-others = Other lessons of the study
lesson-compare = compare with lesson { $number }
lesson-compare-title = Lessons { $one } and { $other } side by side
lesson-compare-plan = The plan
lesson-part = Part
