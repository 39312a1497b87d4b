//! What shows that an activity was done.

use sea_orm::ColumnTrait;
use serde::Serialize;

use super::activity::within;
use super::commands::{held, worked};
use super::entity::evidence;
use super::policy::CarryOut;
use super::{Activity, ActivityState, Evidence, MOST_EVIDENCE};
use crate::db::{Access, Once, Tx};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::pupil_text;
use crate::research_lesson::ResearchLesson;
use crate::resource::Resource;
use crate::study::Study;

/// What evidence points to.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Link {
    /// A study.
    Study(Id<Study>),
    /// A research lesson.
    Lesson(Id<ResearchLesson>),
    /// A work of the piggy bank.
    Resource(Id<Resource>),
}

/// A side shows that an agreed activity was done: a sentence, and something that is there and the person may see.
pub async fn show(
    access: &Access,
    id: Id<Activity>,
    body: &str,
    link: Option<Link>,
    key: Option<&str>,
) -> Result<Evidence> {
    let asked = ("evidence.add", id, body, link);
    let body = pupil_text::needed(body, 1000).map_err(|refusal| refusal.of("body"))?;
    let tx = match access.begin_once(key, &asked).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (activity, plan, partnership) = within(&tx, id, "activityId").await?;
    let permit = tx.permit(CarryOut {
        plan: &plan,
        partnership: &partnership,
    })?;
    if !activity.agreed || activity.state == ActivityState::Cancelled {
        return Err(activity.state.wrong().into());
    }
    let (mut study_id, mut lesson_id, mut resource_id) = (None, None, None);
    match link {
        Some(Link::Study(id)) => study_id = Some(tx.get(id, "link.studyId").await?.id),
        Some(Link::Lesson(id)) => lesson_id = Some(tx.get(id, "link.lessonId").await?.id),
        Some(Link::Resource(id)) => resource_id = Some(tx.get(id, "link.resourceId").await?.id),
        None => {}
    }
    if shown(&tx, id).await? >= MOST_EVIDENCE as u64 {
        return Err(Refusal::TooMany { max: MOST_EVIDENCE }.into());
    }
    let evidence = Evidence {
        id: Id::fresh(),
        plan_id: plan.id,
        activity_id: id,
        body,
        study_id,
        lesson_id,
        resource_id,
        added_by_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        created_at: tx.now(),
    };
    let evidence = tx.insert(&permit, evidence).await?;
    worked(&tx, &permit, &plan, &partnership).await?;
    tx.commit_as(evidence.id).await?;
    Ok(evidence)
}

/// A side takes a piece of evidence back.
pub async fn withdraw(access: &Access, id: Id<Evidence>) -> Result<Evidence> {
    let tx = access.begin().await?;
    let evidence: Evidence = tx.get(id, "id").await?;
    let (plan, partnership) = held(&tx, evidence.plan_id, "id").await?;
    let permit = tx.permit(CarryOut {
        plan: &plan,
        partnership: &partnership,
    })?;
    // Gone meanwhile, perhaps: whoever held the plan before was faster.
    let evidence: Evidence = tx.get(id, "id").await?;
    tx.delete(&permit, evidence.clone()).await?;
    worked(&tx, &permit, &plan, &partnership).await?;
    tx.commit().await?;
    Ok(evidence)
}

pub(super) async fn shown(tx: &Tx, id: Id<Activity>) -> Result<u64> {
    tx.find::<evidence::Entity>()
        .filter(evidence::Column::ActivityId.eq(id))
        .count()
        .await
}
