### Studies: the list, one with its stages, its group, notes, case pupils, consents, report, and the templates.

# The list.
studies-title = Studies
studies-finding = { $count ->
    [0] Nothing in your studies waits for you
    [one] { $count } study waits for you
   *[other] { $count } studies wait for you
}
studies-margin = Those you take part in or are asked to
studies-mine = My studies
studies-none = You take part in no study yet. Begin one, or wait for an invitation from colleagues.
study-teachers = { $count ->
    [one] { $count } teacher
   *[other] { $count } teachers
}

# Beginning one, and its card.
study-new = Begin a study
study-new-text = Teachers of one or several schools study lessons together. You lead the group; invite the others afterwards.
study-new-no-school = Only people who belong to a school begin a study. Ask the coordinator of your school for an invitation.
study-begin = Begin
study-edit = Change the question and the card
study-template = How it goes
study-for-school = For which school
study-theme = Theme
study-theme-hint = In a few words: explaining a solution.
study-question = What do you want to learn?
study-question-hint = “We want to learn how to improve …”. It may come later; before the first lesson it has to stand.
study-network = Network
study-network-hint = Its schools may read the report if you share it with them. Others see nothing of the study.
study-no-network = none
study-because = Reason: { $reason }

# What it waits for.
study-next = What comes next
study-next-answer = Answer the invitation
study-next-accept = Accept the group protocol
study-next-discuss = Discuss research lesson { $number }
study-next-until = Until { $moment }
study-next-invite = Invite teachers into the group
study-next-accepting = Wait until everybody accepts the protocol
study-next-form = The group stands
study-next-question = Write the question of the group
study-next-pupils = Choose the case pupils
study-next-focus = Question and case pupils stand
study-next-plan = Plan research lesson { $number }
study-next-teach = Teach and observe research lesson { $number }
study-next-close = Close the discussion of research lesson { $number }
study-next-conclude = The research lessons are over
study-next-progress = Write down how far each case pupil came
study-next-report = Write the report
study-next-share = Share the report
study-next-resume = Go on with the study
study-lead-takes = Whoever leads the group takes this step.
study-rest = Pause or give up
study-reason-hint = Needed for both. The group sees it.
study-pause = Pause
study-abandon = Give up the study

# Stages.
study-stages = Stages of the study
study-guide = What to do
study-stop-done = done
study-stop-now = now
study-stop-todo = not begun
study-lessons = Research lessons
study-lessons-none = None yet. They begin when question and case pupils stand.
study-lesson = Research lesson { $number }
study-lesson-add = Plan the next lesson
study-lesson-planning = being planned
study-lesson-frozen = plan stands
study-lesson-taught = taught, to be discussed
study-lesson-discussed = discussed
study-lesson-closed = closed
study-state-draft = Group is coming together
study-state-formed = Group stands
study-state-focused = Question stands
study-state-cycling = Research lessons
study-state-concluding = Conclusions
study-state-reported = Report stands
study-state-shared = Report shared
study-state-paused = Paused
study-state-abandoned = Given up

# The group.
study-group = Group
study-group-finding = { $count ->
    [0] Nobody has joined yet
    [one] { $count } teacher in the group
   *[other] { $count } teachers in the group
}
study-who = Who takes part
study-role-lead = leads the group
study-role-member = member
study-role-moderator = moderator
study-role-facilitator = facilitator
study-role-expert = knowledgeable other
study-member-invited = invited, no answer yet
study-member-joined = takes part
study-member-declined = said no
study-member-left = left
study-until = until { $date }
study-asked = You are invited
study-asked-text = Your part in the group: { $role }.
study-join = Join
study-decline = Say no
study-leave = Leave the group
study-take-out = Take out of the group
study-invite = Invite somebody
study-invite-school = In which school?
study-invite-page = By the address of their page
study-invite-nobody = You see nobody here who could be invited. Ask a coordinator of that school to join, or take the address of the teacher’s page.
study-invite-whom = Whom
study-invite-seen = You see the people of your own schools, and the coordinators of others.
study-invite-address = Address of the person’s page
study-invite-address-hint = Everybody finds it in the bank under their own works: …/bank/by/…
study-invite-role = As what
study-invite-until = Last day, for a knowledgeable other
study-invite-until-hint = After it they see nothing of the study. At most a year ahead.
study-invite-send = Send the invitation
study-invite-name = By name, in the schools of the network
study-invite-name-label = How the first or last name begins
study-invite-name-hint = At least three letters. You see the name and the school, and at most twenty people at once.
study-invite-name-none = Nobody whose name begins so was found in the schools of the network, or they take part already.
study-invite-found = Found by name
study-lead-asked = You are asked to lead this study
study-lead-nobody = Nobody leads this study
study-lead-text = Whoever leads changes the card, invites knowledgeable others and takes the steps of the study. Whoever led before stays in the group.
study-lead-take = Take the lead
study-lead-decline = I do not want to lead
study-lead-offer = Ask to lead
study-lead-waits = Asked to lead, has not answered yet.
study-lead-withdraw = Ask no more

# The protocol.
study-protocol = Group protocol
study-protocol-finding = { $count ->
    [0] Everybody accepted the protocol
    [one] { $count } teacher has yet to accept the protocol
   *[other] { $count } teachers have yet to accept the protocol
}
study-rule-risk = Risks are welcome
study-rule-risk-text = We try what we have not tried before. A lesson that fails teaches us as much.
study-rule-ours = The lesson is ours
study-rule-ours-text = All of us plan it, so all of us answer for it. We watch pupils, not the colleague who teaches.
study-rule-equal = Every voice counts the same
study-rule-equal-text = Experience and office give nobody the last word.
study-rule-quiet = What is said stays here
study-rule-quiet-text = Nothing about a pupil or a colleague leaves the group. Pupils are letters; we write no names.
study-protocol-accept = I accept the protocol
study-protocol-each = Who accepted it
study-protocol-accepted = accepted
study-protocol-open = not yet

# Notes.
study-notes = Notes on what is known
study-notes-finding = { $count ->
    [0] Nothing noted yet
    [one] { $count } note on what is known
   *[other] { $count } notes on what is known
}
study-note-body = What did you find, and why does it help?
study-note-url = Link
study-note-url-hint = To a work of the bank or another page: https://…
study-note-add = Add the note
study-note-remove = Take back

# Case pupils.
study-pupils = Case pupils
study-pupils-finding = { $count ->
    [0] No case pupil chosen yet
    [one] { $count } case pupil chosen
   *[other] { $count } case pupils chosen
}
study-pupils-hint = Three, or six, or nine. They are letters here: write no name, number or phone anywhere.
study-pupil-one = Pupil { $letter }
study-pupil-typifies = Which learners is this pupil typical of?
study-pupil-typifies-hint = For example: those who explain only when asked.
study-pupil-level = Working level
study-pupil-level-is = Level: { $level }
study-pupil-pseudonym = What the group calls this pupil
study-pupil-pseudonym-hint = If you like; never the real name.
study-pupil-add = Choose this pupil
study-pupil-edit = Describe anew
study-pupil-remove = Take off the list

# Consents.
study-consents = Consents of families
study-consents-hold = Consent to watch pupils holds today
study-consents-missing = No consent to watch pupils holds today
study-consents-hint = Without a consent of the kind “watching” no lesson counts as taught. Once withdrawn, a consent allows nothing any more, and photos are hidden at once. Write no names.
study-consent-monitoring = Watching pupils and writing it down
study-consent-media = Photos and video
study-consent-publication = Publishing them
study-consent-holds = holds
study-consent-over = over
study-consent-withdrawn = withdrawn
study-consent-families = { $count ->
    [one] { $count } family
   *[other] { $count } families
}
study-consent-withdraw = Record a withdrawal
study-consent-record = Record a consent
study-consent-kind = What it allows
study-consent-scope = For whom
study-consent-scope-hint = A class or a lesson: 5 “A”.
study-consent-count = How many families gave it
study-consent-paper = Where the papers are
study-consent-paper-hint = Instead of a number, or beside it: folder 7, head’s office.
study-consent-given = Since
study-consent-expires = Last day, if it ends
study-consent-number = This is not a number. Write how many, for example 24.

# Findings and the report.
study-findings = Progress of the pupils
study-findings-finding = { $count ->
    [0] The progress of each pupil is written
    [one] { $count } pupil’s progress is still to be written
   *[other] The progress of { $count } pupils is still to be written
}
study-progress = How far did this pupil come?
study-progress-hint = Seen only by the group and its experts. It never goes into the report.
study-progress-none = Not written yet.
study-report = Report
study-report-later = The report begins when the lessons are over
study-report-writing = The group writes the report
study-report-stands = The report stands and can be shared
study-report-shared = The report is shared
study-report-none = There is no report yet. It begins with what the group wrote in its lessons and discussions.
study-report-hint = It began with what the group wrote. Others will read it: write nothing about a pupil.
study-report-context = Context
study-report-aims = Aims
study-report-methods = Methods
study-report-findings = Findings
study-report-changes = Changes of practice
study-report-finish = The report stands
study-report-finish-text = All five parts and the progress of each pupil have to be written. Then it can be shared.
study-report-read = Read as others do
study-report-print = Print or save (PDF)
study-retell = Make a draft for the bank
study-retell-text = The text of the report becomes a draft that all teachers of the group write on. Only you see it until one of you shares it.
study-retell-language = The report is written in
study-report-of = Report of a Lesson Study
study-report-unshared = not shared yet
study-share = Share the report
study-share-text = This cannot be taken back. Nothing about case pupils goes with it. Lesson plans and discussions are for schools alone, those of the network at the farthest.
study-rung-school = The schools of the group
study-rung-network = The schools of the network
study-workspace = The study

# Templates.
study-templates = How studies go
study-templates-text = A study goes by a template: ordered stages, each with what to do and how long it takes.
study-template-new = Add a template
study-template-edit = Change the template
study-template-edit-text = Studies that run keep to the new stages from now on.
study-template-lessons = { $count ->
    [one] { $count } research lesson
   *[other] { $count } research lessons
}
study-template-name = Name, { $language }
study-template-about = What it is for, { $language }
study-template-guide = What to do and how long, { $language }
study-template-count = Research lessons, at least
study-template-stage = Stage { $number }
study-template-kind = What is done
study-template-kind-hint = A stage without it is left out.
study-stage-none = no stage
study-stage-group = Group
study-stage-protocol = Protocol
study-stage-study = Study what is known
study-stage-proposal = Proposal
study-stage-pupils = Case pupils
study-stage-plan = Plan
study-stage-teach = Teach and observe
study-stage-interview = Interview
study-stage-discuss = Discussion
study-stage-conclude = Conclusions
study-stage-share = Sharing
