### One partnership.

partnership-title = Partnership
partnership-finding-invited = One school invited the other
partnership-finding-accepted = Both schools agreed; the agreement is being signed
partnership-finding-declined = The invitation was declined
partnership-finding-lapsed = The invitation was not answered in time
partnership-finding-active = The two schools work together
partnership-finding-suspended = The schools are taking a break
partnership-finding-ended = The partnership is over

partnership-side-leading = Leading school
partnership-side-magnetic = Magnetic school

partnership-story-margin = History
partnership-story = How it went
partnership-proposed = Proposed
partnership-signed = Agreement signed
partnership-lapses = The invitation lapses without an answer

partnership-agreement-margin = Seen by the two schools and the trainers of their regions
partnership-agreement = Agreement
partnership-written-by = Written by { $name }
partnership-aims = Aims
partnership-leading-gives = What the Leading school gives
partnership-magnetic-gives = What the Magnetic school gives
partnership-media-rules = Rules for photo and video
