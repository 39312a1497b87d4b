### What stands on every page, faults, forms, and what was just done.

site-name = Сабақтас
language-own = Русский
language-short = Рус

page-skip = К содержанию
page-error-prefix = Ошибка:

nav-main = Основные разделы
nav-all = Все разделы
nav-language = Язык
nav-home = Главная
nav-networks = Сети
nav-schools = Школы
nav-more = Ещё
nav-sign-in = Войти
nav-sign-out = Выйти
nav-notifications = { $count ->
    [0] Уведомления
    [one] Уведомления, новых: { $count }
    [few] Уведомления, новых: { $count }
    [many] Уведомления, новых: { $count }
   *[other] Уведомления, новых: { $count }
}
# The script puts the number in the place of 0.
nav-notifications-new = Уведомления, новых: 0
nav-profile = { $name }: профиль

theme-legend = Вид
theme-auto = как в телефоне
theme-day = тетрадь
theme-night = доска

pager-label = Страницы списка
pager-previous = Назад
pager-next = Дальше

form-summary = Исправьте, пожалуйста

flash-saved = Сохранено.
flash-signed-in = Вы вошли.
flash-signed-out = Вы вышли.
flash-link-sent = Если этот адрес нам известен, письмо со ссылкой уже в пути.
flash-theme-kept = Вид сохранён на этом устройстве.

fault-home = На главную
fault-not-found-title = Такой страницы нет
fault-not-found-text = Её перенесли, удалили или она вам не открыта. Если вы пришли по ссылке, войдите и попробуйте снова.
fault-form-title = Форма не принята
fault-form-text = Она слишком долго оставалась открытой, или за это время вы вошли или вышли. Ничего не изменилось. Вернитесь назад, обновите страницу и отправьте форму ещё раз.
fault-throttled-title = Слишком много запросов
fault-throttled-text = Подождите минуту и попробуйте снова. Ничего не потеряно.
fault-internal-title = Сбой на нашей стороне
fault-internal-text = Запись о нём уже в журнале. Всё сохранённое вами цело. Попробуйте через несколько минут.

offline-title = Чтение без интернета
offline-lede = Если вместо другой страницы вы видите эту, связи нет.
offline-text = Страницы, которые вы открывали на этом устройстве, можно открыть и без связи: на них написано, что это сохранённая копия. Чтобы отправить что-либо, нужна связь.
offline-copy = Связи нет. Это копия, сохранённая на устройстве.

flash-invited = Приглашение отправлено.
flash-proposed = Приглашение к партнёрству отправлено. Ответ придёт в уведомления.
flash-signed = Ваша подпись поставлена.
flash-read = Отмечено как прочитанное.

form-save = Сохранить
