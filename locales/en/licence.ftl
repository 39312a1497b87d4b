### Licences in plain words. The abbreviations in brackets are the same in all languages.

licence-cc0 = No conditions (CC0)
licence-cc0-meaning = Anyone may use, change and share the work, even without naming you.
licence-cc-by = Name the authors (CC BY)
licence-cc-by-meaning = Anyone may use, change and share the work as long as they name you.
licence-cc-by-sa = Name the authors, share alike (CC BY-SA)
licence-cc-by-sa-meaning = Anyone may use and change the work, naming you; whatever is made of it must carry the same licence.
licence-cc-by-nc = Name the authors, not for money (CC BY-NC)
licence-cc-by-nc-meaning = Anyone may use and change the work, naming you, but may not earn money with it.
licence-cc-by-nc-sa = Name the authors, not for money, share alike (CC BY-NC-SA)
licence-cc-by-nc-sa-meaning = Anyone may use and change the work, naming you and not for money; whatever is made of it must carry the same licence.
licence-cc-by-nd = Name the authors, no changes (CC BY-ND)
licence-cc-by-nd-meaning = Anyone may share the work as it is, naming you, but may not share a changed or translated one.
licence-cc-by-nc-nd = Name the authors, not for money, no changes (CC BY-NC-ND)
licence-cc-by-nc-nd-meaning = Anyone may share the work as it is, naming you and not for money, but may not share a changed or translated one.
licence-all-rights = All rights reserved
licence-all-rights-meaning = Others may read the work and use it in class. For anything else they must ask you.
