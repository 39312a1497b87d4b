### The states of things. In Russian each agrees with the gender of its thing.

state-school-unclaimed = Not registered
state-school-verified = Verified
state-school-closed = Closed
state-school-merged = Merged into another

state-designation-nominated = Nominated
state-designation-awarded = Awarded
state-designation-expired = Expired
state-designation-withdrawn = Withdrawn

state-network-forming = Forming
state-network-active = Active
state-network-dormant = Dormant
state-network-closed = Closed

state-partnership-invited = Invited
state-partnership-accepted = Accepted
state-partnership-declined = Declined
state-partnership-lapsed = Lapsed without an answer
state-partnership-active = Active
state-partnership-suspended = Suspended
state-partnership-ended = Ended

state-person-active = Active
state-person-suspended = Suspended
state-person-erased = Erased
