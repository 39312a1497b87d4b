### What a notification says. Names of schools and networks stand in quotation marks. A second message, where there is
### one, stands below the first.

notice-partnership-invited = «{ $by }» приглашает «{ $other }» к партнёрству
notice-answer-before = Ответить нужно раньше этой даты: { $date }
notice-partnership-accepted = «{ $by }» принимает приглашение к партнёрству с «{ $other }». Следующий шаг — соглашение
notice-partnership-declined = «{ $by }» отклоняет приглашение к партнёрству с «{ $other }»
notice-partnership-lapsed = Приглашение к партнёрству осталось без ответа: «{ $leading }» и «{ $magnetic }»
notice-agreement-written = «{ $by }» предлагает текст соглашения с «{ $other }». Прочитайте и подпишите его
notice-agreement-signed = «{ $by }» подписывает соглашение с «{ $other }»
notice-partnership-activated = Обе стороны подписали соглашение, партнёрство действует: «{ $leading }» и «{ $magnetic }»
notice-partnership-suspended = «{ $by }» приостанавливает партнёрство с «{ $other }»
notice-partnership-resumed = «{ $by }» возобновляет партнёрство с «{ $other }»
notice-partnership-ended = «{ $by }» завершает партнёрство с «{ $other }»
notice-reason = Причина: { $reason }

notice-network-closed = Сетевое сообщество «{ $network }» закрыто

# $kind is leading or magnetic.
notice-designation-awarded = { $kind ->
    [leading] Присвоен статус ведущей школы: «{ $school }»
   *[magnetic] Присвоен статус магнитной школы: «{ $school }»
}
notice-designation-expired = { $kind ->
    [leading] Истёк срок статуса ведущей школы: «{ $school }»
   *[magnetic] Истёк срок статуса магнитной школы: «{ $school }»
}
notice-designation-withdrawn = { $kind ->
    [leading] Отозван статус ведущей школы: «{ $school }»
   *[magnetic] Отозван статус магнитной школы: «{ $school }»
}
notice-valid-before = Действует до этой даты: { $date }

notice-school-changed = Изменены сведения о школе «{ $school }»
notice-school-claimed = Школа «{ $school }» зарегистрирована, у неё есть координатор
notice-school-closed = Школа «{ $school }» отмечена как закрытая
notice-school-merged = Школа «{ $school }» объединена со школой «{ $into }»

notice-invitation-accepted = Ваше приглашение в «{ $place }» принято. Роль: { $role }
notice-membership-ended = У вас больше нет роли в «{ $place }». Роль: { $role }

notice-password-changed = Ваш пароль изменён
notice-access-token-created = Для вашей учётной записи создан токен доступа «{ $name }»
notice-not-you = Если это сделали не вы, немедленно смените пароль.
notice-person-suspended = Ваша учётная запись приостановлена
notice-person-restored = Ваша учётная запись восстановлена

notice-resource-joined = Вы указаны автором работы «{ $work }»
notice-resource-retold = Из вашего отчёта сделан черновик для копилки: «{ $study }». Вы указаны автором
notice-resource-shared = В вашем сетевом сообществе появилась работа «{ $work }»
notice-resource-copied = Кто-то взял копию работы «{ $work }», чтобы её адаптировать
notice-resource-translated = Кто-то переводит работу «{ $work }»
notice-resource-withdrawn = Авторы отозвали работу «{ $work }»
notice-resource-used = Работу «{ $work }» использовали на уроке
notice-resource-endorsed = Работа «{ $work }» одобрена
notice-endorsement-withdrawn = Одобрение работы «{ $work }» отозвано
notice-resource-commented = Новый комментарий к работе «{ $work }»
notice-resource-mentioned = Вас упомянули в комментарии к работе «{ $work }»
notice-resource-reported = На работу «{ $work }» пожаловались. Посмотрите и примите решение
notice-resource-hidden = Модератор скрыл работу «{ $work }»
notice-resource-restored = Модератор снова открыл работу «{ $work }»

notice-study-invited = Вас приглашают в группу Lesson Study: «{ $study }»
notice-study-invited-expert = Вас приглашают экспертом: «{ $study }»
notice-study-joined = Ваше приглашение принято: «{ $study }»
notice-study-declined = Ваше приглашение отклонено: «{ $study }»
notice-study-left = Группу покинул участник: «{ $study }»
notice-lead-offered = Вас просят вести исследование: «{ $study }»
notice-lead-declined = Ведение исследования не передано: «{ $study }»
notice-lead-taken = Исследование теперь ведёт другой участник: «{ $study }»
notice-study-further = Исследование перешло к следующему этапу: «{ $study }»
notice-study-shared = Отчёт открыт для чтения: «{ $study }»
notice-study-paused = Исследование приостановлено: «{ $study }»
notice-study-abandoned = Исследование прекращено: «{ $study }»
notice-observer-assigned = Вы наблюдаете за учеником на исследовательском уроке { $number }: «{ $study }»
notice-cell-commented = Комментарий к листу исследовательского урока { $number }: «{ $study }»
notice-lesson-taught = Исследовательский урок { $number } проведён, обсудите его в течение суток: «{ $study }»
notice-discussion-opened = Началось обсуждение исследовательского урока { $number }: «{ $study }»
notice-lesson-discussed = Исследовательский урок { $number } обсуждён: «{ $study }»
notice-lesson-closed = Обсуждение исследовательского урока { $number } закрыто: «{ $study }»
notice-discussion-due = Сутки назад проведён исследовательский урок { $number }, он ещё не обсуждён: «{ $study }»
