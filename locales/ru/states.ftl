### The states of things. In Russian each agrees with the gender of its thing.

# Школа
state-school-unclaimed = Не зарегистрирована
state-school-verified = Подтверждена
state-school-closed = Закрыта
state-school-merged = Объединена с другой

# Статус
state-designation-nominated = Предложен
state-designation-awarded = Присвоен
state-designation-expired = Истёк
state-designation-withdrawn = Отозван

# Сообщество
state-network-forming = Формируется
state-network-active = Действует
state-network-dormant = Неактивно
state-network-closed = Закрыто

# Партнёрство
state-partnership-invited = Приглашение отправлено
state-partnership-accepted = Приглашение принято
state-partnership-declined = Приглашение отклонено
state-partnership-lapsed = Приглашение осталось без ответа
state-partnership-active = Действует
state-partnership-suspended = Приостановлено
state-partnership-ended = Завершено

# Учётная запись
state-person-active = Действует
state-person-suspended = Приостановлена
state-person-erased = Удалена
