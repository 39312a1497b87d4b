### One partnership.

partnership-title = Partnership
partnership-finding-invited = One school invited the other
partnership-finding-accepted = Both schools agreed; the agreement is being signed
partnership-finding-declined = The invitation was declined
partnership-finding-lapsed = The invitation was not answered in time
partnership-finding-active = The two schools work together
partnership-finding-suspended = The schools are taking a break
partnership-finding-ended = The partnership is over

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

partnership-steps = Your step
partnership-reason = Reason
partnership-reason-hint = Needed to pause or end the partnership; when declining, if you like. The other school sees it.
partnership-accept = Accept the invitation
partnership-decline = Decline
partnership-sign = Sign the agreement
partnership-suspend = Pause
partnership-resume = Resume
partnership-end = End
partnership-write = Write the agreement
partnership-rewrite = Change the agreement
partnership-rewrite-hint = After a change both schools have to sign again.
partnership-agreement-title = What the schools agree on
partnership-starts = First day
partnership-ends = Last day
partnership-history = All that happened

propose-invite = Which school to invite?
propose-invite-text = Find a school and send an invitation. Its coordinator has 30 days to answer.
propose-invite-button = Invite
propose-join = Ask to join the network
propose-join-text = The network’s Leading school gets your request and answers.
propose-join-button = Send the request
