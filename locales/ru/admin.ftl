### For administrators of the platform.

admin-persons = Люди
admin-audit = Журнал событий
admin-imports = Загрузки

admin-persons-search = Имя или адрес
admin-persons-none = Никого не найдено.
admin-suspend = Приостановить
admin-restore = Восстановить
admin-action = Действие, например partnership
admin-audit-none = Таких событий нет.
admin-imports-none = Загрузок ещё не было.

import-file = Файл
import-started = Начало
import-open = не завершена
import-added = Новых
import-changed = Изменено
import-unchanged = Без изменений
import-rejected = Не принято
import-all-taken = Приняты все строки.
import-line = Строка
import-why = Почему
import-detail = Что в ней
import-resources = Работы копилки
