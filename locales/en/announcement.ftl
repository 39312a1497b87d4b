### Announcements: short texts to everybody or to a region.

announcements-title = Announcements
announcements-none = Nothing has been announced yet.

announcement-new = New announcement
announcement-new-text = It comes into the inbox of everybody it is for and can’t be taken back. Write it in all three languages.
announcement-audience = For whom
announcement-everybody = Everybody
announcement-title-kk = Title in Kazakh
announcement-title-ru = Title in Russian
announcement-title-en = Title in English
announcement-text-kk = Text in Kazakh
announcement-text-ru = Text in Russian
announcement-text-en = Text in English
announcement-publish = Announce
