### One partnership.

partnership-title = Партнёрство
partnership-finding-invited = Одна школа пригласила другую
partnership-finding-accepted = Школы договорились; соглашение подписывается
partnership-finding-declined = Приглашение отклонено
partnership-finding-lapsed = На приглашение не ответили вовремя
partnership-finding-active = Две школы работают вместе
partnership-finding-suspended = Школы сделали перерыв
partnership-finding-ended = Партнёрство завершено

partnership-story-margin = История
partnership-story = Как это было
partnership-proposed = Предложено
partnership-signed = Соглашение подписано
partnership-lapses = Без ответа приглашение потеряет силу

partnership-agreement-margin = Видят две школы и тренеры их регионов
partnership-agreement = Соглашение
partnership-written-by = Текст: { $name }
partnership-aims = Цели
partnership-leading-gives = Что даёт ведущая школа
partnership-magnetic-gives = Что даёт магнитная школа
partnership-media-rules = Правила фото- и видеосъёмки

partnership-steps = Ваш шаг
partnership-reason = Причина
partnership-reason-hint = Нужна, чтобы приостановить или завершить партнёрство; при отказе — по желанию. Её увидит другая школа.
partnership-accept = Принять приглашение
partnership-decline = Отклонить
partnership-sign = Подписать соглашение
partnership-suspend = Приостановить
partnership-resume = Возобновить
partnership-end = Завершить
partnership-write = Написать соглашение
partnership-rewrite = Изменить соглашение
partnership-rewrite-hint = После изменения обеим школам нужно подписать соглашение заново.
partnership-agreement-title = О чём договорились школы
partnership-starts = Первый день
partnership-ends = Последний день
partnership-history = Все события

propose-invite = Какую школу пригласить?
propose-invite-text = Найдите школу и отправьте приглашение. На ответ у её координатора есть 30 дней.
propose-invite-button = Пригласить
propose-join = Попроситься в сетевое сообщество
propose-join-text = Ведущая школа сообщества получит вашу просьбу и ответит.
propose-join-button = Отправить просьбу
