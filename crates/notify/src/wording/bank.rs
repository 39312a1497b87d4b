//! What happens in the piggy bank, in words.

use domain::fact::bank::{BankFact, Work};
use domain::text::Localized;
use i18n::Locale;

use super::Notice;

/// What a fact of the bank reads like; none for one that nobody is told of.
pub(super) fn notice(
    say: Locale,
    fact: &BankFact,
    read: impl Fn(&Localized) -> String,
) -> Option<Notice> {
    let title = |work: &Work| read(&work.title);
    let because = |reason: &String| say.notice_reason(reason);
    Some(match fact {
        BankFact::Retold { study, .. } => say.notice_resource_retold(study.theme.as_str()).into(),
        BankFact::Written { work, .. } => say.notice_resource_joined(title(work)).into(),
        BankFact::Shared { work, .. } => say.notice_resource_shared(title(work)).into(),
        BankFact::Copied {
            work, translation, ..
        } => if *translation {
            say.notice_resource_translated(title(work))
        } else {
            say.notice_resource_copied(title(work))
        }
        .into(),
        BankFact::Withdrawn { work, reason } => {
            Notice::from(say.notice_resource_withdrawn(title(work))).with(because(reason))
        }
        BankFact::Used { work } => say.notice_resource_used(title(work)).into(),
        BankFact::Endorsed { work, .. } => say.notice_resource_endorsed(title(work)).into(),
        BankFact::EndorsementWithdrawn { work } => {
            say.notice_endorsement_withdrawn(title(work)).into()
        }
        BankFact::Commented { work } => say.notice_resource_commented(title(work)).into(),
        BankFact::Mentioned { work, .. } => say.notice_resource_mentioned(title(work)).into(),
        BankFact::Reported { work, .. } => say.notice_resource_reported(title(work)).into(),
        BankFact::Hidden { work, reason } => {
            Notice::from(say.notice_resource_hidden(title(work))).with(because(reason))
        }
        BankFact::Restored { work } => say.notice_resource_restored(title(work)).into(),
        BankFact::Begun { .. }
        | BankFact::Aimed { .. }
        | BankFact::CommentRemoved { .. }
        | BankFact::ReportDismissed { .. }
        | BankFact::CollectionChanged { .. }
        | BankFact::CollectionDeleted { .. }
        | BankFact::CreditRecordIssued { .. } => return None,
    })
}
