//! Reporting a work, and what moderators do: dismiss, hide, show again.

use serde::Serialize;

use super::policy::{Dismiss, Report};
use super::{Ground, ResourceReport, State, queries as found};
use crate::db::{Access, Once};
use crate::error::{OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::resource::commands::{seen, turned};
use crate::resource::policy::Moderate;
use crate::resource::{Resource, Step, index, queries};
use crate::text;

/// What is wrong with a work.
#[derive(Debug, Clone, Serialize)]
pub struct NewReport {
    /// Which work.
    pub resource: Id<Resource>,
    /// What is wrong.
    pub ground: Ground,
    /// In the reporter's words.
    pub note: String,
}

/// Whoever reads a work tells its moderators what is wrong; its authors appeal when it is hidden.
pub async fn make(access: &Access, new: &NewReport, key: Option<&str>) -> Result<ResourceReport> {
    let note = text::prose(&new.note, 2000).map_err(|refusal| refusal.of("note"))?;
    if note.is_empty() {
        return Err(Refusal::Required.of("note"));
    }
    let tx = match access.begin_once(key, &("resource.report", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let made = access.get(Id::from_uuid(id)).await?;
            return made.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let resource = tx.lock(new.resource, "resourceId").await?;
    let authors = queries::authors_of(&tx, resource.id).await?;
    let report = Id::fresh();
    let permit = tx.permit(Report {
        resource: &resource,
        authors: &authors,
        ground: new.ground,
        report,
    })?;
    let row = ResourceReport {
        id: report,
        resource_id: resource.id,
        person_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        ground: new.ground,
        note,
        created_at: tx.now(),
        state: State::Open,
        decided_by_id: None,
        decision: None,
        decided_at: None,
    };
    let row = tx
        .insert(&permit, row)
        .await
        .on_duplicate(Refusal::AlreadyExists)?;
    let fact = BankFact::Reported {
        work: resource.work(),
        school: resource.school_id,
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit_as(report).await?;
    Ok(row)
}

/// A moderator finds nothing to do, and says why.
pub async fn dismiss(
    access: &Access,
    id: Id<ResourceReport>,
    reason: &str,
) -> Result<ResourceReport> {
    let reason = text::reason(reason)?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let resource = tx.get(before.resource_id, "id").await?;
    let region = queries::region_of(&tx, &resource).await?;
    let permit = tx.permit(Dismiss {
        report: &before,
        region,
    })?;
    let row = before
        .clone()
        .decided(State::Dismissed, &reason, access, tx.now());
    let row = tx.update(&permit, row).await?;
    let fact = BankFact::ReportDismissed {
        work: resource.work(),
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(row)
}

/// A moderator hides a work, and says why: its open reports are upheld.
pub async fn hide(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    reason: &str,
) -> Result<Resource> {
    moderate(access, id, version, Step::Hide, reason).await
}

/// A moderator shows a hidden work again, and says why: open appeals are upheld.
pub async fn restore(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    reason: &str,
) -> Result<Resource> {
    moderate(access, id, version, Step::Restore, reason).await
}

async fn moderate(
    access: &Access,
    id: Id<Resource>,
    version: i32,
    step: Step,
    reason: &str,
) -> Result<Resource> {
    let reason = text::reason(reason)?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let region = queries::region_of(&tx, &before).await?;
    let permit = tx.permit(Moderate {
        resource: &before,
        region,
        step,
    })?;
    let mut after = turned(seen(before.clone(), version)?, step)?;
    after.reason = (step == Step::Hide).then(|| reason.clone());
    let after = tx.update(&permit, after).await?;
    index::follow(&tx, &permit, (&before, &after), false).await?;
    for report in found::hold_open(&tx, id).await? {
        let row = report.decided(State::Upheld, &reason, access, tx.now());
        tx.update(&permit, row).await?;
    }
    let work = after.work();
    let fact = match step {
        Step::Hide => BankFact::Hidden { work, reason },
        _ => BankFact::Restored { work },
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

impl ResourceReport {
    fn decided(
        mut self,
        state: State,
        why: &str,
        by: &Access,
        at: crate::clock::Timestamp,
    ) -> Self {
        self.state = state;
        self.decided_by_id = by.viewer().id();
        self.decision = Some(why.to_owned());
        self.decided_at = Some(at);
        self
    }
}
