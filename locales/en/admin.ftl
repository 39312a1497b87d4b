### For administrators of the platform.

admin-persons = People
admin-audit = Event log
admin-imports = Imports

admin-persons-search = Name or address
admin-persons-none = Nobody was found.
admin-suspend = Suspend
admin-restore = Restore
admin-action = Action, such as partnership
admin-audit-none = There are no such events.
admin-imports-none = There were no imports yet.

import-file = File
import-started = Began
import-open = not finished
import-added = New
import-changed = Changed
import-unchanged = Unchanged
import-rejected = Not taken
import-all-taken = All rows were taken.
import-line = Line
import-why = Why
import-detail = What it says
import-resources = Works of the bank
