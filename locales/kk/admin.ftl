### For administrators of the platform.

admin-persons = Адамдар
admin-audit = Оқиғалар журналы
admin-imports = Жүктемелер

admin-persons-search = Аты-жөні не мекенжайы
admin-persons-none = Ешкім табылмады.
admin-suspend = Тоқтата тұру
admin-restore = Қалпына келтіру
admin-action = Әрекет, мысалы partnership
admin-audit-none = Мұндай оқиға жоқ.
admin-imports-none = Жүктеме әлі болған жоқ.

import-file = Файл
import-started = Басталуы
import-open = аяқталмаған
import-added = Жаңа
import-changed = Өзгерген
import-unchanged = Өзгермеген
import-rejected = Қабылданбаған
import-all-taken = Барлық жол қабылданды.
import-line = Жол
import-why = Себебі
import-detail = Мазмұны
import-resources = Қоржын жұмыстары
