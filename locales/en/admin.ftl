### For administrators of the platform.

admin-persons = People
admin-audit = Event log
admin-imports = Imports
