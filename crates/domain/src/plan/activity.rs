//! The activities of a plan: planned, changed, done or cancelled, and reminders of them.

use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::commands::{about, changed, held, worked};
use super::entity::{activity, activity_person};
use super::policy::{CarryOut, Change, Remind};
use super::{
    Activity, ActivityState, Kind, MOST_ACTIVITIES, MOST_RESPONSIBLE, Plan, REMIND_DAYS,
    Responsible, Step, Term, evidence,
};
use crate::authz::{Job, Permit};
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::plan::PlanFact;
use crate::id::Id;
use crate::membership::{self, ScopeKind};
use crate::partnership::{Partnership, Side};
use crate::person::Person;
use crate::pupil_text;
use crate::text;

/// What an activity is to be.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What sort.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day, where it takes several.
    pub ends_on: Option<NaiveDate>,
    /// At which school.
    pub host: Side,
    /// What is expected to come of it.
    pub expected: String,
    /// Who answers for it, of either school.
    pub responsible: Vec<Id<Person>>,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let title = missteps.check("title", text::line(&self.title, 200));
        let expected = missteps.check("expected", pupil_text::needed(&self.expected, 2000));
        let ends_on = self.ends_on.filter(|day| *day != self.starts_on);
        if ends_on.is_some_and(|day| day < self.starts_on) {
            missteps.add("endsOn", Refusal::DateOrder);
        }
        let mut responsible = self.responsible.clone();
        responsible.sort();
        responsible.dedup();
        if responsible.len() > MOST_RESPONSIBLE {
            missteps.add(
                "responsibleIds",
                Refusal::TooMany {
                    max: MOST_RESPONSIBLE,
                },
            );
        }
        missteps.finish()?;
        Ok(Self {
            title: title.unwrap_or_default(),
            expected: expected.unwrap_or_default(),
            ends_on,
            responsible,
            ..self.clone()
        })
    }

    /// Its days lie in the plan's school year, and each who answers for it belongs to one of the two schools.
    async fn fits(&self, tx: &Tx, plan: &Plan, partnership: &Partnership) -> Result<()> {
        let mut missteps = Missteps::default();
        let (first, last) = Term::Year.days(plan.year);
        for (field, day) in [("startsOn", Some(self.starts_on)), ("endsOn", self.ends_on)] {
            if day.is_some_and(|day| !(first..=last).contains(&day)) {
                missteps.add(field, Refusal::OutsideYear);
            }
        }
        if !self.responsible.is_empty() {
            use membership::entity::{Column, Entity};
            let schools = [
                partnership.leading_id.uuid(),
                partnership.magnetic_id.uuid(),
            ];
            let there = tx
                .find_as::<Entity>(Job::Calendar)
                .filter(membership::queries::live())
                .filter(Column::ScopeKind.eq(ScopeKind::School))
                .filter(Column::ScopeId.is_in(schools))
                .filter(Column::PersonId.is_in(self.responsible.iter().copied()))
                .all()
                .await?;
            let belongs = |person| there.iter().any(|member| member.person_id == person);
            if !self.responsible.iter().all(|person| belongs(*person)) {
                missteps.add("responsibleIds", Refusal::NotFound);
            }
        }
        missteps.finish()
    }

    fn responsible(&self, activity: &Activity) -> Vec<Responsible> {
        let row = |person: &Id<Person>| Responsible {
            activity_id: activity.id,
            person_id: *person,
            plan_id: activity.plan_id,
        };
        self.responsible.iter().map(row).collect()
    }
}

/// A side adds an activity.
pub async fn add(
    access: &Access,
    plan: Id<Plan>,
    card: &Card,
    key: Option<&str>,
) -> Result<Activity> {
    let checked = card.checked()?;
    let tx = match access
        .begin_once(key, &("activity.add", plan, card))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (plan, partnership) = held(&tx, plan, "planId").await?;
    let permit = tx.permit(Change {
        plan: &plan,
        partnership: &partnership,
    })?;
    checked.fits(&tx, &plan, &partnership).await?;
    if usize::try_from(plan.activities).unwrap_or(MOST_ACTIVITIES) >= MOST_ACTIVITIES {
        return Err(Refusal::TooMany {
            max: MOST_ACTIVITIES,
        }
        .into());
    }
    let activity = Activity {
        id: Id::fresh(),
        plan_id: plan.id,
        kind: checked.kind,
        title: checked.title.clone(),
        starts_on: checked.starts_on,
        ends_on: checked.ends_on,
        host: checked.host,
        expected: checked.expected.clone(),
        state: ActivityState::Planned,
        reason: None,
        agreed: false,
        reminded_days: None,
        version: 1,
        created_at: tx.now(),
    };
    let activity = tx.insert(&permit, activity).await?;
    tx.insert_all(&permit, checked.responsible(&activity))
        .await?;
    changed(&tx, &permit, &plan, &partnership, 1).await?;
    tx.commit_as(activity.id).await?;
    Ok(activity)
}

/// A side changes an activity that is still to be done, in the version it saw.
pub async fn change(
    access: &Access,
    id: Id<Activity>,
    version: i32,
    card: &Card,
) -> Result<Activity> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, "id").await?;
    let permit = tx.permit(Change {
        plan: &plan,
        partnership: &partnership,
    })?;
    seen(&before, version)?;
    card.fits(&tx, &plan, &partnership).await?;
    let moved = before.starts_on != card.starts_on;
    let after = Activity {
        kind: card.kind,
        title: card.title.clone(),
        starts_on: card.starts_on,
        ends_on: card.ends_on,
        host: card.host,
        expected: card.expected.clone(),
        agreed: false,
        reminded_days: before.reminded_days.filter(|_| !moved),
        version: version + 1,
        ..before
    };
    let after = tx.update(&permit, after).await?;
    release(&tx, &permit, id).await?;
    tx.insert_all(&permit, card.responsible(&after)).await?;
    changed(&tx, &permit, &plan, &partnership, 0).await?;
    tx.commit().await?;
    Ok(after)
}

/// A side takes out an activity that was never agreed on as it is and that nothing shows; others are cancelled.
pub async fn remove(access: &Access, id: Id<Activity>, version: i32) -> Result<Activity> {
    let tx = access.begin().await?;
    let (activity, plan, partnership) = within(&tx, id, "id").await?;
    let permit = tx.permit(Change {
        plan: &plan,
        partnership: &partnership,
    })?;
    seen(&activity, version)?;
    if activity.agreed || evidence::shown(&tx, id).await? > 0 {
        return Err(activity.state.wrong().into());
    }
    release(&tx, &permit, id).await?;
    tx.delete(&permit, activity.clone()).await?;
    changed(&tx, &permit, &plan, &partnership, -1).await?;
    tx.commit().await?;
    Ok(activity)
}

/// An activity that was agreed on is done. The first one sets the plan running.
pub async fn finish(access: &Access, id: Id<Activity>, version: i32) -> Result<Activity> {
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, "id").await?;
    let permit = tx.permit(CarryOut {
        plan: &plan,
        partnership: &partnership,
    })?;
    seen(&before, version)?;
    if !before.agreed {
        return Err(plan.state.wrong().into());
    }
    let after = Activity {
        state: ActivityState::Done,
        version: version + 1,
        ..before
    };
    let after = tx.update(&permit, after).await?;
    let running = Plan {
        done: plan.done + 1,
        ..plan.clone().after(Step::Begin)?
    };
    tx.update(&permit, running).await?;
    worked(&tx, &permit, &plan, &partnership).await?;
    tx.commit().await?;
    Ok(after)
}

/// An activity that was agreed on will not be done, and why.
pub async fn cancel(
    access: &Access,
    id: Id<Activity>,
    version: i32,
    reason: &str,
) -> Result<Activity> {
    let reason = text::reason(reason)?;
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, "id").await?;
    let permit = tx.permit(CarryOut {
        plan: &plan,
        partnership: &partnership,
    })?;
    seen(&before, version)?;
    let fact = PlanFact::ActivityCancelled {
        plan: about(&tx, &plan, &partnership).await?,
        activity: id,
        title: before.title.clone(),
        reason: reason.clone(),
    };
    let after = Activity {
        state: ActivityState::Cancelled,
        reason: Some(reason),
        version: version + 1,
        ..before
    };
    let after = tx.update(&permit, after).await?;
    tx.record(&permit, Fact::Plan(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

/// An activity that was called done or cancelled is to be done again: that was a mistake, or things turned out otherwise.
/// The plan goes on as it is.
pub async fn reopen(access: &Access, id: Id<Activity>, version: i32) -> Result<Activity> {
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, "id").await?;
    let permit = tx.permit(CarryOut {
        plan: &plan,
        partnership: &partnership,
    })?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    if before.state == ActivityState::Planned {
        return Err(before.state.wrong().into());
    }
    if before.state == ActivityState::Done {
        let undone = Plan {
            done: plan.done - 1,
            ..plan.clone()
        };
        tx.update(&permit, undone).await?;
    }
    let fact = PlanFact::ActivityReopened {
        plan: about(&tx, &plan, &partnership).await?,
        activity: id,
        title: before.title.clone(),
    };
    let after = Activity {
        state: ActivityState::Planned,
        reason: None,
        version: version + 1,
        ..before
    };
    let after = tx.update(&permit, after).await?;
    tx.record(&permit, Fact::Plan(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

/// Reminds of the agreed activities that are a week or a day ahead, at most `batch` of them; tells how many it looked
/// after. An activity that is agreed on late is reminded of once for each of the two.
pub async fn remind_due(access: &Access, batch: u64) -> Result<u64> {
    let today = access.today();
    let due = access
        .find::<activity::Entity>()
        .filter(due(today))
        .limit(batch)
        .all()
        .await?;
    let mut reminded = 0;
    for row in due {
        let tx = access.begin().await?;
        let (plan, partnership) = held(&tx, row.plan_id, "").await?;
        let Some(activity) = tx.find::<activity::Entity>().by_id(row.id).one().await? else {
            continue;
        };
        // Another node, or a change in the last second, was here first.
        if activity.reminded_days != row.reminded_days || activity.version != row.version {
            continue;
        }
        let [_, last] = REMIND_DAYS;
        let days = REMIND_DAYS
            .into_iter()
            .rfind(|days| activity.starts_on <= ahead(today, *days))
            .unwrap_or(last);
        let permit = tx.permit(Remind {
            activity: &activity,
        })?;
        let fact = PlanFact::ActivityDue {
            plan: about(&tx, &plan, &partnership).await?,
            activity: activity.id,
            title: activity.title.clone(),
            starts_on: activity.starts_on,
        };
        let told = Activity {
            reminded_days: Some(days),
            ..activity.clone()
        };
        tx.update(&permit, told).await?;
        tx.record(&permit, Fact::Plan(fact)).await?;
        tx.commit().await?;
        reminded += 1;
    }
    Ok(reminded)
}

fn ahead(today: NaiveDate, days: i32) -> NaiveDate {
    let days = Days::new(days.unsigned_abs().into());
    today.checked_add_days(days).unwrap_or(today)
}

/// Holds for activities of which people are to be reminded today.
fn due(today: NaiveDate) -> Condition {
    use activity::Column::{Agreed, RemindedDays, StartsOn, State};
    let [week, day] = REMIND_DAYS;
    let again = Condition::all()
        .add(StartsOn.lte(ahead(today, day)))
        .add(RemindedDays.ne(day));
    Condition::all()
        .add(State.eq(ActivityState::Planned))
        .add(Agreed.eq(true))
        .add(StartsOn.gte(today))
        .add(StartsOn.lte(ahead(today, week)))
        .add(Condition::any().add(RemindedDays.is_null()).add(again))
}

/// The activity with its plan, which is held, and its partnership.
pub(super) async fn within(
    tx: &Tx,
    id: Id<Activity>,
    field: &'static str,
) -> Result<(Activity, Plan, Partnership)> {
    let known: Activity = tx.get(id, field).await?;
    let (plan, partnership) = held(tx, known.plan_id, field).await?;
    Ok((tx.lock(id, field).await?, plan, partnership))
}

fn seen(activity: &Activity, version: i32) -> Result<()> {
    if activity.version != version {
        Err(Refusal::Conflict.of("version"))
    } else if activity.state != ActivityState::Planned {
        Err(activity.state.wrong().into())
    } else {
        Ok(())
    }
}

async fn release(tx: &Tx, permit: &Permit<Change<'_>>, id: Id<Activity>) -> Result<()> {
    let before = tx
        .find::<activity_person::Entity>()
        .filter(activity_person::Column::ActivityId.eq(id))
        .all()
        .await?;
    for row in before {
        tx.delete(permit, row).await?;
    }
    Ok(())
}
