### For administrators of the platform.

admin-persons = Адамдар
admin-audit = Оқиғалар журналы
admin-imports = Жүктемелер
