### Joint plans of partnerships: activities, reports, calendar feeds.

# $kind is lesson-study, open-lesson, seminar, master-class, mentoring, visit, conference or meeting.
activity-kind = { $kind ->
    [open-lesson] Open lesson
    [lesson-study] Lesson Study
    [seminar] Seminar
    [master-class] Master class
    [mentoring] Mentoring
    [visit] Exchange visit
    [conference] Conference
   *[meeting] Meeting
}
# As calendars show it.
pattern-activity-called = { $kind }: { $title }

notice-plan-changed = “{ $by }” has changed the plan for { $year } with “{ $other }”. Read it and accept it anew
notice-plan-accepted = “{ $by }” has accepted the plan for { $year } with “{ $other }”
notice-plan-agreed = The plan of “{ $leading }” and “{ $magnetic }” for { $year } is agreed
notice-activity-cancelled = “{ $title }” will not take place (“{ $leading }” and “{ $magnetic }”)
notice-activity-reopened = “{ $title }” is to be done after all (“{ $leading }” and “{ $magnetic }”)
notice-activity-due = { $date }: “{ $title }” (“{ $leading }” and “{ $magnetic }”)
# $term is half or year.
notice-report-sent = { $term ->
    [half] “{ $leading }” and “{ $magnetic }” have sent their report on the first half of { $year }. Acknowledge or return it
   *[year] “{ $leading }” and “{ $magnetic }” have sent their report on { $year }. Acknowledge or return it
}
notice-report-acknowledged = { $term ->
    [half] The report of “{ $leading }” and “{ $magnetic }” on the first half of { $year } has been acknowledged
   *[year] The report of “{ $leading }” and “{ $magnetic }” on { $year } has been acknowledged
}
notice-report-returned = { $term ->
    [half] The report of “{ $leading }” and “{ $magnetic }” on the first half of { $year } has been returned. Change it and send it again
   *[year] The report of “{ $leading }” and “{ $magnetic }” on { $year } has been returned. Change it and send it again
}

report-summary = From { $from } to { $until } “{ $leading }” and “{ $magnetic }” agreed on activities: { $planned }. Done: { $done }. Cancelled: { $cancelled }. Not done yet: { $open }.
report-activity = { $date }. { $kind } “{ $title }”, { $host }
report-expected = Expected: { $text }
report-by-word = – { $text }
report-by-study = – { $text } Study: “{ $title }”
report-by-lesson = – { $text } Research lesson: “{ $title }”
report-by-resource = – { $text } Work in the piggy bank: “{ $title }”
report-nothing-done = No activity has been done yet.
report-all-done = Everything agreed on has been done.
report-cancelled = { $activity }. Cancelled: { $reason }
report-ahead = { $activity }. Still ahead
report-open = { $activity }. Not done

state-plan-draft = Draft
state-plan-agreed = Agreed
state-plan-running = Running
state-plan-reported = Reported
state-plan-acknowledged = Acknowledged
state-plan-returned = Report returned
state-activity-proposed = Proposed
state-activity-planned = Planned
state-activity-done = Done
state-activity-cancelled = Cancelled
state-plan-report-draft = Draft
state-plan-report-sent = Sent
state-plan-report-acknowledged = Acknowledged
state-plan-report-returned = Returned

plans-title = Joint plans
plans-none = The two schools have no joint plan yet.
plans-year = School year
plans-begin = Begin the plan
plan-title = Joint plan { $years }
plan-years = School year { $years }
plan-finding-draft = The plan waits for both schools to accept it
plan-finding-agreed = Both schools have accepted the plan
plan-finding-running = The plan is running
plan-finding-reported = The report on the year has been sent
plan-finding-acknowledged = The year is reported and acknowledged
plan-finding-returned = The report on the year has come back
plan-done = Done: { $done } of { $all }
plan-accept = Accept the plan
plan-add = Add an activity
plan-change-hint = After a change both schools accept the plan anew. What was agreed before and did not change stays agreed.
plan-activities = The year in order
plan-empty = No activities yet.
plan-accepted = Accepted
plan-reports = Reports
plan-report-none = Not begun
plan-term-half = Report on the first half-year
plan-term-year = Report on the year
plan-link-unknown = This address leads to no study, research lesson or work. Paste the address of one from this site.

network-plan = The plan of the year
network-plan-title = The network's year { $years }
network-plan-none = No partnership of this network has a plan for this year that you may see.

activity-what = What is planned
activity-change = Change it
activity-title = Name
activity-sort = Kind
activity-starts = First day
activity-ends = Last day
activity-ends-hint = Only when it takes several days.
activity-host = Held at
activity-expected = Expected result
activity-responsible = Responsible
activity-steps = What became of it
activity-reason-hint = Needed to cancel. The other school will see it.
activity-finish = It has been done
activity-cancel = Cancel it
activity-reopen = It is still to be done
activity-remove = Remove from the plan
activity-evidence = Evidence
activity-no-evidence = No evidence yet.
activity-body = What shows that it was done
activity-link = Address of a study, research lesson or work
activity-link-hint = From this site; may be left empty.
activity-show = Add evidence
activity-withdraw = Take back

plan-report-half = Report on the first half of { $years }
plan-report-year = Report on the school year { $years }
plan-report-summary = In figures
plan-report-done = What was done
plan-report-open = What was not done
plan-report-findings = What we learned
plan-report-next = What comes next
plan-report-returned = Returned to be changed
plan-report-begin = Begin the report
plan-report-begin-hint = It begins with the agreed activities and their evidence. Then you edit it.
plan-report-write = Write the report
plan-report-send = Send to the trainer of the region
plan-report-send-hint = Save first. All five parts must be filled in.
plan-report-again = Write it anew from the evidence
plan-report-again-hint = What the report says now will be lost.
plan-report-answer = Your answer
plan-report-acknowledge = Acknowledge
plan-report-return = Return
plan-report-reason-hint = Needed to return the report.

calendar-title = Calendar
calendar-ahead = What is planned
calendar-none = Nothing is planned at your schools.
calendar-feeds = In your own calendar
calendar-feeds-text = A calendar program reads what is planned under a secret address. Whoever knows the address sees it, so keep it to yourself.
calendar-own = My schools
calendar-which = What to show
calendar-create = Make an address
calendar-made = Copy the address now: it is shown only once.
calendar-revoke = Take back

flash-accepted = You accepted the plan.
flash-report-sent = The report has been sent.

home-plan-accept = Accept the joint plan
home-plan-accept-why = The other school has accepted it. Read and accept it, or change it.
home-report-returned = Change the report and send it again
home-report-returned-why = The trainer of the region has returned it.
home-report-answer = Acknowledge or return a report
home-report-answer-why = Two schools of your region have sent it.
