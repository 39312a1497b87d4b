### Announcements: short texts to everybody or to a region.

announcements-title = Объявления
announcements-none = Объявлений ещё не было.

announcement-new = Новое объявление
announcement-new-text = Оно придёт в уведомления всем, кому предназначено, и отозвать его нельзя. Напишите его на всех трёх языках.
announcement-audience = Кому
announcement-everybody = Всем
announcement-title-kk = Заголовок на казахском
announcement-title-ru = Заголовок на русском
announcement-title-en = Заголовок на английском
announcement-text-kk = Текст на казахском
announcement-text-ru = Текст на русском
announcement-text-en = Текст на английском
announcement-publish = Объявить
