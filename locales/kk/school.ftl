### Schools.

school-partners = Серіктестіктер
school-partners-none = Бұл мектептің әзірге серіктестігі жоқ.
school-network = Желілік қоғамдастық
