//! What happens in the piggy bank, in words.

use domain::fact::bank::BankFact;
use domain::text::Localized;
use i18n::Locale;

use super::Notice;

/// What a fact of the bank reads like; none for one that nobody is told of.
pub(super) fn notice(
    say: Locale,
    fact: &BankFact,
    read: impl Fn(&Localized) -> String,
) -> Option<Notice> {
    let title = read(&fact.work().title);
    let because = |reason: &String| say.notice_reason(reason);
    Some(match fact {
        BankFact::Begun { .. } | BankFact::Aimed { .. } => return None,
        BankFact::Written { .. } => say.notice_resource_joined(title).into(),
        BankFact::Shared { .. } => say.notice_resource_shared(title).into(),
        BankFact::Copied { translation, .. } => if *translation {
            say.notice_resource_translated(title)
        } else {
            say.notice_resource_copied(title)
        }
        .into(),
        BankFact::Withdrawn { reason, .. } => {
            Notice::from(say.notice_resource_withdrawn(title)).with(because(reason))
        }
    })
}
