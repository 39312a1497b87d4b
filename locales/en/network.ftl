### Networks: the list, and one with its diagram.

search-button = Search
search-drop = Show all

networks-title = Networks
networks-margin = A Leading school and the Magnetic schools around it
networks-search = Theme of the network
networks-count = { $count ->
    [one] { $count } network
   *[other] { $count } networks
}
networks-partners = { $count ->
    [one] { $count } active partnership
   *[other] { $count } active partnerships
}
networks-none = No network has such a theme.

network-since = Founded
network-diagram = Diagram of the network
network-diagram-hint = Choose a school to see its row in the table
network-table-hint = The same as in the diagram, in rows
network-key-active = works together
network-key-planned = agreed or invited
network-key-resting = paused or over
network-schools = Schools of the network
network-school = School
network-role = Role
network-state = Partnership
network-alone = No school has joined yet.
network-more = The first 50 partnerships are shown.

network-new = Start a network
network-new-text = A Leading school starts a network. Then you invite other schools into it.
network-edit = Change the card
network-name-kk = Name in Kazakh
network-name-ru = Name in Russian
network-name-en = Name in English
network-theme = Theme
network-theme-hint = What the schools work on. A question is best.
network-close = Close the network
network-close-text = A closed network stays in the history, but gets no new partnerships.
network-close-button = Close
network-studies = What its studies found
