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
