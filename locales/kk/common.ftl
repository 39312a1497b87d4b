### What every page needs: languages, dates, counts.

# Each language under its own name, the same in all three files.
language-kk = Қазақша
language-ru = Русский
language-en = English

# After a number a Kazakh noun stays in the singular.
school-count = { $count } мектеп

month-name = { $month ->
    [1] қаңтар
    [2] ақпан
    [3] наурыз
    [4] сәуір
    [5] мамыр
    [6] маусым
    [7] шілде
    [8] тамыз
    [9] қыркүйек
    [10] қазан
    [11] қараша
   *[12] желтоқсан
}

# $year is a text, so that it gets no separator.
pattern-date-long = { $month ->
    [1] { $day } қаңтар { $year } ж.
    [2] { $day } ақпан { $year } ж.
    [3] { $day } наурыз { $year } ж.
    [4] { $day } сәуір { $year } ж.
    [5] { $day } мамыр { $year } ж.
    [6] { $day } маусым { $year } ж.
    [7] { $day } шілде { $year } ж.
    [8] { $day } тамыз { $year } ж.
    [9] { $day } қыркүйек { $year } ж.
    [10] { $day } қазан { $year } ж.
    [11] { $day } қараша { $year } ж.
   *[12] { $day } желтоқсан { $year } ж.
}
# Day and month as two figures.
pattern-date-short = { $day }.{ $month }.{ $year }
pattern-date-time = { $date }, { $time }
