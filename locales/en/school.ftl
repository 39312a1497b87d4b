### Schools.

school-partners = Partnerships
school-partners-none = This school has no partnership yet.
school-network = Network

schools-title = Schools
schools-margin = By any name a school or its place has or had
schools-search = School, town or village
schools-leading = Leading schools only
schools-none = Nothing was found. Try part of the name, or the name of the place.

school-card = Card
school-place = Place
school-address = Address
school-kind = Kind
school-languages = Languages of teaching
school-names = Names
school-until = until { $date }
school-coordinators = Coordinators
school-networks = Networks
school-designations = Designations
school-merged-into = Became part of:

school-invite = Invite a coordinator
school-invite-people = Invite to the school
school-designate = Change the designation
school-propose = Invite to partner:
invitation-language = Language of the letter
invitation-send = Send the invitation
invitations-open = Waiting for an answer

designation-new = A new designation
designation-kind = Designation
designation-evidence = Grounds
designation-evidence-hint = An order, a decision or a web address.
designation-from = First day
designation-until = Until this day
designation-until-hint = Leave it empty for an open end.
designation-award = Award
designation-nominate = Nominate
designation-withdraw-title = Withdraw a designation
designation-withdraw = Withdraw

school-new = A new school
school-new-text = Add only a school that the register does not have: look for it first, by former names too.
school-add = Add
school-edit = Correct the card
school-name-kk = Name in Kazakh
school-name-ru = Name in Russian
school-name-en = Name in English
school-renamed-on = Renamed from this day on
school-renamed-on-hint = The former name stays in the history. Leave this empty if it was a mistake.
school-alias-kk = Also called, in Kazakh
school-alias-ru = Also called, in Russian
school-alias-en = Also called, in English
school-alias-hint = One name a line.
school-region = District or region
school-region-unknown = unknown
school-languages-hint = Two-letter codes with commas between: kk, ru.
school-close = Close the school
school-close-text = The school stays in the register, but gets no new partnerships. This can’t be undone.
school-close-button = Close
school-merge = Merge with another school
school-merge-text = When a school is entered twice, or became part of another. Names, people, designations, networks and partnerships move to the one that stays.
school-merge-search = The school that stays
school-merge-choose = Choose
school-merge-confirm = “{ $goes }” becomes part of “{ $stays }”. This can’t be undone.
school-merge-button = Merge
school-people = People of the school
school-people-none = There is nobody to show here.
