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
