### What the platform is, what it keeps, for whom it works.

about-title = About
about-heading = Schools that study lessons together
about-lede = Sabaqtas is where Leading schools and the Magnetic schools around them do Lesson Study together.
about-who = For whom
about-who-text = For coordinators of Leading and Magnetic schools, teachers, trainers of the regions, and the associations. Guests read what is public.
about-how = How it works
about-how-text = A Leading school founds a network and invites neighbouring schools. Both sides write and sign an agreement; from then on the partnership is active and its history is kept.
about-join = How to join
about-join-text = Your school's coordinator invites you by e-mail. If your school has none yet, find it in the list of schools and say that you are its coordinator.

privacy-title = Privacy
privacy-heading = What we keep and who sees it
privacy-lede = As little as the work needs. Nothing is sold, nothing is sent to others, no outside service counts your visits.
privacy-kept = What is kept
privacy-kept-text = Your name, e-mail address, languages and roles; what you write; and who changed what and when. No page has a field for a pupil's name.
privacy-seen = Who sees it
privacy-seen-text = School cards, networks and active partnerships are public. Agreements are seen by the two schools and the trainers of their regions. Your e-mail address is not shown to guests.
privacy-cookies = Cookies
privacy-cookies-text = Only those the pages need: your sign-in, the protection of forms, language and appearance, and a message that is shown once.
privacy-rights = Your rights
privacy-rights-text = You can see and correct your data in your profile and ask an administrator to erase it. What you wrote together with others then stays without your name.

accessibility-title = Accessibility
accessibility-heading = For everybody, on any device
accessibility-lede = The pages are made to the WCAG 2.2 AA guidelines.
accessibility-works = What works
accessibility-works-text = Keyboard alone, screen readers, text twice as large, narrow screens, reduced motion, high contrast and printing. Every action works without scripts, and every diagram has a table beside it.
accessibility-limits = What we know does not
accessibility-limits-text = Documents that schools attach are theirs and may not be accessible. The Kazakh text is still to be read by an editor.
accessibility-tell = Tell us
accessibility-tell-text = If something stops you, tell your school's coordinator or the administrator of this installation: which page, which device, what happened.
