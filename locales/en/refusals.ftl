### What a person did wrong, and what would be right.

refusal-required = This field is empty. Fill it in.
refusal-not-needed = This field is not needed here. Leave it empty.
refusal-too-long = { $max ->
    [one] The text is too long. Write at most { $max } character.
   *[other] The text is too long. Write at most { $max } characters.
}
refusal-too-short = { $min ->
    [one] The text is too short. Write at least { $min } character.
   *[other] The text is too short. Write at least { $min } characters.
}
refusal-too-many = There are too many items. Give at most { $max }.
refusal-malformed-email = This is not an e-mail address. It should look like name@example.kz.
refusal-malformed-date = This is not a date. Write the year, month and day, for example 2026-11-16.
refusal-malformed-url = This is not a web address. It should begin with https://.
refusal-malformed-text = The text contains invisible control characters. Remove them, or type the text instead of pasting it.
refusal-not-found = This does not exist or is not open to you. Check the link, or sign in with another account.
refusal-not-permitted = Your role does not allow this. Ask a coordinator or an administrator to do it.
refusal-sign-in-required = You are not signed in. Sign in and try again.
refusal-conflict = Someone has changed this meanwhile. Reload the page and make your change again.
refusal-key-reused = This idempotency key was already used with other content. Take a new key for a new request.

refusal-already-linked = These two schools already have a partnership. Open it instead of sending another invitation.
refusal-same-school = A school cannot be its own partner. Choose another school.
refusal-not-leading = This school does not currently hold the designation of a Leading school. Ask the trainer of your region to award or renew it.
refusal-wrong-state = This cannot be done now, because the state is “{ $state }”. Reload the page to see what is possible.
refusal-already-signed = Your school has already signed this agreement. Wait for the other school to sign.
refusal-agreement-missing = There is no agreement yet. Write the agreement before signing it.
refusal-reason-required = The reason is missing. Write why you are doing this.
refusal-network-closed = This network is closed. Choose one that is forming or active.

refusal-date-order = The end is before the start. Choose an end date that is not earlier than the start date.
refusal-date-past = This date has passed. Choose today or a later date.
refusal-date-too-far = This date is too far ahead. Choose a day at most { $days } days from now.

refusal-expired = This is no longer valid: its time has run out. Ask for a new link or invitation.
refusal-used = This link has already been used. Ask for a new one.
refusal-wrong-person = This invitation was sent to another e-mail address. Sign in with that address, or ask for an invitation to yours.
refusal-common-password = This password is among the most common ones and easy to guess. Choose another, for example several unrelated words.
refusal-wrong-credentials = The e-mail address or the password is wrong. Check both, or reset the password.
refusal-throttled = { $minutes ->
    [one] Too many attempts. Try again in { $minutes } minute.
   *[other] Too many attempts. Try again in { $minutes } minutes.
}

refusal-already-member = This person already has this role here. Choose another role or another person.
refusal-last-admin = This is the last administrator. Appoint another one first.
refusal-lead-stays = Whoever leads a study stays in it. Ask a teacher of the group to lead first; when they have agreed, you can leave.
refusal-role-scope = This role cannot be given here. Choose a role that fits the school, network, association or region.
refusal-already-claimed = This school is already registered by its coordinator. Ask the coordinator for an invitation.
refusal-already-merged = This school has been merged into another one. Open the school it was merged into.
refusal-already-exists = Such a record already exists. Open it, or choose another name.

refusal-page-size = A page holds from 1 to { $max } items. Ask for the first or for the last of them within this limit, not for both.
refusal-cursor = This cursor does not belong to this list in this order. Start again from the first page.

refusal-out-of-range = This number does not fit. Give one from { $min } to { $max }.
refusal-activities-missing = The plan has no activities yet. Add at least one, then accept the plan.
refusal-outside-year = This day is not in the school year of the plan. Choose one from 1 September to 31 August of that school year.
refusal-year-too-far = A plan is for the last, this or the next school year. Choose one of them.
refusal-grade-order = The last grade comes before the first. Choose a last grade that is not lower than the first.
refusal-no-adaptations = The licence of this work allows no adaptations or translations. Ask its authors for permission, or give a link to it.
refusal-licence-mismatch = The licence of the original does not allow this one. For an adaptation or translation choose: { $licences }.
refusal-file-held = A work holds this file. Take it out of the work first; versions that were shared keep theirs.

refusal-personal-number = This looks like an identity number or a phone number. Studies hold nothing that tells who a pupil is: take the number out.
refusal-group-size = A group has { $min } to { $max } teachers who have joined. Invite more, or wait until they join.
refusal-protocol-missing = Not everybody in the group has accepted the protocol yet. Remind them, then go on.
refusal-question-missing = The study has no question yet. Write what the group wants to learn, then go on.
refusal-pupils-missing = A study needs three case pupils, or six, or nine. Add those that are missing, then go on.
refusal-lessons-missing = { $count ->
    [one] { $count } research lesson must be closed first. Finish it, then go on.
   *[other] { $count } research lessons must be closed first. Finish them, then go on.
}
refusal-consent-missing = No consent to watch the pupils is recorded, or it has ended. Record one of the kind “monitoring”, then go on.
refusal-media-consent-missing = No consent for photos and video is recorded, or it was withdrawn or has ended. Record one of the kind “photo and video”, or leave the photo out: the note itself is kept.
refusal-not-a-picture = This file is no picture. Choose a photo: JPEG, PNG or WebP.
refusal-pupil-missed = { $count ->
    [one] Nobody has spoken of { $count } case pupil yet. Write what was seen against the predictions, then go on.
   *[other] Nobody has spoken of { $count } case pupils yet. Write what was seen against the predictions, then go on.
}
refusal-discussion-order = The discussion keeps its order: the pupils, the class, the teaching, the next lesson, the closing word. Write the part before this one first.
refusal-progress-missing = The progress of some case pupil is not written yet. Write it for each of them, then go on.
refusal-report-missing = Some part of the report is empty. Write all five parts, then go on.
