### The states of things. In Russian each agrees with the gender of its thing.

state-school-unclaimed = Тіркелмеген
state-school-verified = Расталған
state-school-closed = Жабылған
state-school-merged = Басқа мектепке біріктірілген

state-designation-nominated = Ұсынылған
state-designation-awarded = Берілген
state-designation-expired = Мерзімі өткен
state-designation-withdrawn = Қайтарып алынған

state-network-forming = Құрылып жатыр
state-network-active = Белсенді
state-network-dormant = Белсенді емес
state-network-closed = Жабылған

state-partnership-invited = Шақыру жіберілген
state-partnership-accepted = Шақыру қабылданған
state-partnership-declined = Шақырудан бас тартылған
state-partnership-lapsed = Шақыру жауапсыз қалған
state-partnership-active = Күшінде
state-partnership-suspended = Уақытша тоқтатылған
state-partnership-ended = Аяқталған

state-person-active = Белсенді
state-person-suspended = Уақытша тоқтатылған
state-person-erased = Өшірілген
