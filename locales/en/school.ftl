### Schools.

school-partners = Partnerships
school-partners-none = This school has no partnership yet.
school-network = Network
