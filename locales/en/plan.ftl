### Joint plans of partnerships: activities, reports, calendar feeds.

# $kind is lesson-study, open-lesson, seminar, master-class, mentoring, visit, conference or other.
activity-kind = { $kind ->
    [lesson-study] Lesson Study
    [open-lesson] Open lesson
    [seminar] Seminar
    [master-class] Master class
    [mentoring] Mentoring
    [visit] Exchange visit
    [conference] Conference
   *[other] Activity
}
# As calendars show it.
activity-called = { $kind }: { $title }

notice-plan-changed = “{ $by }” has changed the plan for { $year } with “{ $other }”. Read it and accept it anew
notice-plan-accepted = “{ $by }” has accepted the plan for { $year } with “{ $other }”
notice-plan-agreed = The plan of “{ $leading }” and “{ $magnetic }” for { $year } is agreed
notice-activity-cancelled = “{ $title }” will not take place (“{ $leading }” and “{ $magnetic }”)
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
