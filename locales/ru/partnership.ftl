### One partnership.

partnership-title = Партнёрство
partnership-finding-invited = Одна школа пригласила другую
partnership-finding-accepted = Школы договорились; соглашение подписывается
partnership-finding-declined = Приглашение отклонено
partnership-finding-lapsed = На приглашение не ответили вовремя
partnership-finding-active = Две школы работают вместе
partnership-finding-suspended = Школы сделали перерыв
partnership-finding-ended = Партнёрство завершено

partnership-side-leading = Ведущая школа
partnership-side-magnetic = Магнитная школа

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
