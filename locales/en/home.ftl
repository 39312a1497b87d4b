### The first page of who is signed in.

home-title = { $count ->
    [0] Nothing waits for you now
    [1] One thing waits for you
    [2] Two things wait for you
    [3] Three things wait for you
    [4] Four things wait for you
    [one] { $count } thing waits for you
   *[other] { $count } things wait for you
}
home-nothing = When your answer or signature is needed, it appears here.
home-tasks = Waits for you
home-answer = Answer the invitation to partner
home-answer-why = Without an answer the invitation lapses: { $date }
home-sign = Sign the agreement
home-sign-why = The text is ready. Read it and sign, or propose changes.
home-write = Write the agreement
home-write-why = The invitation is accepted. Agree on aims and dates.
home-open = Open
home-news = New notifications
home-all-news = All notifications
home-places = Where you work
