//! What two schools do with a plan: begin it, agree on it, change it.

use sea_orm::ColumnTrait;

use super::entity::{acceptance, activity};
use super::policy::{Accept, Change, Create};
use super::{Acceptance, Activity, Plan, Step, school_year};
use crate::authz::{Action, Permit};
use crate::db::{Access, Once, Tx};
use crate::error::{OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::fact::plan::{AboutPlan, PlanFact};
use crate::id::Id;
use crate::partnership::{Partnership, Side, commands::link, policy::side_of};

/// A side begins the plan of a school year: the last, this or the next one, by the calendar year in which it begins.
pub async fn create(
    access: &Access,
    partnership: Id<Partnership>,
    year: i32,
    key: Option<&str>,
) -> Result<Plan> {
    let now = school_year(access.today());
    if !(now - 1..=now + 1).contains(&year) {
        return Err(Refusal::YearTooFar.of("year"));
    }
    let tx = match access
        .begin_once(key, &("plan.create", partnership, year))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let partnership = tx.lock(partnership, "partnershipId").await?;
    let permit = tx.permit(Create {
        partnership: &partnership,
    })?;
    let plan = Plan::empty(&partnership, year, tx.now());
    let about = about(&tx, &plan, &partnership).await?;
    let plan = tx
        .insert(&permit, plan)
        .await
        .on_duplicate(Refusal::AlreadyExists.of("year"))?;
    tx.record(&permit, Fact::Plan(PlanFact::Begun { plan: about }))
        .await?;
    tx.commit_as(plan.id).await?;
    Ok(plan)
}

/// A side accepts the plan in the version it saw. With the second acceptance the plan is agreed, and each of its
/// activities with it. Whoever accepted already has done so.
pub async fn accept(access: &Access, id: Id<Plan>, version: i32) -> Result<Plan> {
    let tx = access.begin().await?;
    let (plan, partnership) = held(&tx, id, "id").await?;
    let accepted = acceptances(&tx, id).await?;
    let open = |side: &Side| !accepted.iter().any(|acceptance| acceptance.side == *side);
    let mine = [Side::Leading, Side::Magnetic]
        .into_iter()
        .filter(|side| access.viewer().coordinates(partnership.school(*side)));
    // Who speaks for both sides accepts for one after the other.
    let side = mine.clone().find(open).or_else(|| mine.clone().next());
    let permit = tx.permit(Accept {
        plan: &plan,
        partnership: &partnership,
        side: side.unwrap_or(Side::Leading),
    })?;
    let (Some(side), Some(person)) = (side, access.viewer().id()) else {
        return Err(access.viewer().refusal().into());
    };
    if plan.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    if plan.activities == 0 {
        return Err(Refusal::ActivitiesMissing.into());
    }
    if !open(&side) {
        return Ok(plan);
    }
    let acceptance = Acceptance {
        plan_id: id,
        side,
        person_id: person,
        plan_version: version,
        accepted_at: tx.now(),
    };
    tx.insert(&permit, acceptance).await?;
    let about = about(&tx, &plan, &partnership).await?;
    let accepted = PlanFact::Accepted {
        plan: about.clone(),
        by: side,
    };
    let plan = if open(&side.other()) {
        tx.record(&permit, Fact::Plan(accepted)).await?;
        plan.clone()
    } else {
        let agreed = agree(&tx, &permit, &plan).await?;
        tx.record(&permit, Fact::Plan(PlanFact::Agreed { plan: about }))
            .await?;
        agreed
    };
    tx.commit().await?;
    Ok(plan)
}

async fn agree(tx: &Tx, permit: &Permit<Accept<'_>>, plan: &Plan) -> Result<Plan> {
    let mut agreed = Plan {
        agreed_at: plan.agreed_at.or(Some(tx.now())),
        ..plan.clone().after(Step::Agree)?
    };
    if agreed.done > 0 {
        agreed = agreed.after(Step::Begin)?;
    }
    let open = tx
        .find::<activity::Entity>()
        .filter(activity::Column::PlanId.eq(plan.id))
        .filter(activity::Column::Agreed.eq(false));
    for activity in open.all().await? {
        let activity = Activity {
            agreed: true,
            ..activity
        };
        tx.update(permit, activity).await?;
    }
    tx.update(permit, agreed).await
}

/// The plan, held until the end of the transaction, and its partnership. Everything of a plan changes under this lock.
pub(super) async fn held(
    tx: &Tx,
    id: Id<Plan>,
    field: &'static str,
) -> Result<(Plan, Partnership)> {
    let plan = tx.lock(id, field).await?;
    let partnership = tx.get(plan.partnership_id, field).await?;
    Ok((plan, partnership))
}

pub(super) async fn about(tx: &Tx, plan: &Plan, partnership: &Partnership) -> Result<AboutPlan> {
    Ok(plan.about(link(tx, partnership).await?))
}

/// The plan with another number of activities, a version further: who accepted the one before accepts anew.
pub(super) async fn changed(
    tx: &Tx,
    permit: &Permit<Change<'_>>,
    plan: &Plan,
    partnership: &Partnership,
    more: i32,
) -> Result<Plan> {
    let by = side_of(tx.access().viewer(), partnership).unwrap_or(Side::Leading);
    let accepted = acceptances(tx, plan.id).await?;
    let withdrew = !accepted.is_empty();
    for acceptance in accepted {
        tx.delete(permit, acceptance).await?;
    }
    let after = Plan {
        version: plan.version + 1,
        activities: plan.activities + more,
        ..plan.clone().after(Step::Change)?
    };
    let after = tx.update(permit, after).await?;
    let plan = about(tx, plan, partnership).await?;
    tx.record(permit, Fact::Plan(PlanFact::Changed { plan, by, withdrew }))
        .await?;
    Ok(after)
}

async fn acceptances(tx: &Tx, id: Id<Plan>) -> Result<Vec<Acceptance>> {
    tx.find::<acceptance::Entity>()
        .filter(acceptance::Column::PlanId.eq(id))
        .all()
        .await
}

/// Records that the two schools worked on the plan, which nobody is told of.
pub(super) async fn worked<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    plan: &Plan,
    partnership: &Partnership,
) -> Result<()> {
    let plan = about(tx, plan, partnership).await?;
    tx.record(permit, Fact::Plan(PlanFact::Worked { plan }))
        .await
}
