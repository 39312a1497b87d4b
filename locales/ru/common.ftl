### What every page needs: languages, dates, counts.

# Each language under its own name, the same in all three files.
language-kk = Қазақша
language-ru = Русский
language-en = English

school-count = { $count ->
    [one] { $count } школа
    [few] { $count } школы
    [many] { $count } школ
   *[other] { $count } школы
}

month-name = { $month ->
    [1] январь
    [2] февраль
    [3] март
    [4] апрель
    [5] май
    [6] июнь
    [7] июль
    [8] август
    [9] сентябрь
    [10] октябрь
    [11] ноябрь
   *[12] декабрь
}

# $year is a text, so that it gets no separator.
pattern-date-long = { $month ->
    [1] { $day } января { $year } г.
    [2] { $day } февраля { $year } г.
    [3] { $day } марта { $year } г.
    [4] { $day } апреля { $year } г.
    [5] { $day } мая { $year } г.
    [6] { $day } июня { $year } г.
    [7] { $day } июля { $year } г.
    [8] { $day } августа { $year } г.
    [9] { $day } сентября { $year } г.
    [10] { $day } октября { $year } г.
    [11] { $day } ноября { $year } г.
   *[12] { $day } декабря { $year } г.
}
# Day and month as two figures.
pattern-date-short = { $day }.{ $month }.{ $year }
pattern-date-time = { $date }, { $time }
