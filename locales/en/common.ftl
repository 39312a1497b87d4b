### What every page needs: languages, dates, counts.

# Each language under its own name, the same in all three files.
language-kk = Қазақша
language-ru = Русский
language-en = English

school-count = { $count ->
    [one] { $count } school
   *[other] { $count } schools
}

month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

# $year is a text, so that it gets no separator.
pattern-date-long = { $month ->
    [1] { $day } January { $year }
    [2] { $day } February { $year }
    [3] { $day } March { $year }
    [4] { $day } April { $year }
    [5] { $day } May { $year }
    [6] { $day } June { $year }
    [7] { $day } July { $year }
    [8] { $day } August { $year }
    [9] { $day } September { $year }
    [10] { $day } October { $year }
    [11] { $day } November { $year }
   *[12] { $day } December { $year }
}
# Day and month as two figures.
pattern-date-short = { $day }/{ $month }/{ $year }
pattern-date-time = { $date }, { $time }
