### For administrators of the platform.

admin-persons = Люди
admin-audit = Журнал событий
admin-imports = Загрузки
