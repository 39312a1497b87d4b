//! What two schools do with the activities of their plan.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::plan::{self as model, activity};

use crate::activity::{Activity, ActivityKind};
use crate::errors::{UserError, outcome};
use crate::ids::given;
use crate::partnership::PartnershipSide;
use crate::rows::asking;
use crate::scalar::Date;

/// An activity to add.
#[derive(InputObject)]
pub struct ActivityAddInput {
    /// The plan.
    plan_id: ID,
    /// What sort.
    kind: ActivityKind,
    /// What it is called, at most 200 characters.
    title: String,
    /// Its first day, in the school year of the plan.
    starts_on: Date,
    /// Its last day, where it takes several.
    ends_on: Option<Date>,
    /// The side that hosts it.
    host: PartnershipSide,
    /// What is expected to come of it, at most 2,000 characters.
    expected: String,
    /// Who answers for it, members of the two schools, at most 10.
    #[graphql(default, validator(max_items = 50))]
    responsible_ids: Vec<ID>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// An activity as it is to be.
#[derive(InputObject)]
pub struct ActivityChangeInput {
    /// The activity.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// What sort.
    kind: ActivityKind,
    /// What it is called, at most 200 characters.
    title: String,
    /// Its first day, in the school year of the plan.
    starts_on: Date,
    /// Its last day, where it takes several.
    ends_on: Option<Date>,
    /// The side that hosts it.
    host: PartnershipSide,
    /// What is expected to come of it, at most 2,000 characters.
    expected: String,
    /// Who answers for it, members of the two schools, at most 10.
    #[graphql(default, validator(max_items = 50))]
    responsible_ids: Vec<ID>,
}

/// An activity in the version the viewer saw.
#[derive(InputObject)]
pub struct ActivityStepInput {
    /// The activity.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why: needed to cancel, at most 1,000 characters.
    reason: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ActivityPayload {
    /// The activity as it is now, or as it was when it was taken out; null when nothing was done.
    activity: Option<Activity>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with activities.
#[derive(Default)]
pub struct ActivityMutation;

#[Object]
impl ActivityMutation {
    /// Adds an activity; both sides then accept the plan anew. Coordinators of the two schools.
    async fn activity_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity.")] input: ActivityAddInput,
    ) -> Result<ActivityPayload> {
        payload(ctx, async {
            let plan = given(&input.plan_id, "planId")?;
            let card = activity::Card {
                kind: input.kind.into(),
                title: input.title,
                starts_on: input.starts_on.0,
                ends_on: input.ends_on.map(|day| day.0),
                host: input.host.into(),
                expected: input.expected,
                responsible: people(&input.responsible_ids)?,
            };
            let key = input.idempotency_key.as_deref();
            activity::add(asking(ctx)?, plan, &card, key).await
        })
        .await
    }

    /// Changes an activity that is still to be done; both sides then accept the plan anew. Coordinators of the two schools.
    async fn activity_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity as it is to be.")] input: ActivityChangeInput,
    ) -> Result<ActivityPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            let card = activity::Card {
                kind: input.kind.into(),
                title: input.title,
                starts_on: input.starts_on.0,
                ends_on: input.ends_on.map(|day| day.0),
                host: input.host.into(),
                expected: input.expected,
                responsible: people(&input.responsible_ids)?,
            };
            activity::change(asking(ctx)?, id, input.version, &card).await
        })
        .await
    }

    /// Takes out an activity on which the two sides have not agreed as it is. Coordinators of the two schools.
    async fn activity_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ActivityStepInput,
    ) -> Result<ActivityPayload> {
        payload(ctx, async {
            activity::remove(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// An activity on which both sides agreed was done. Coordinators of the two schools.
    async fn activity_finish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ActivityStepInput,
    ) -> Result<ActivityPayload> {
        payload(ctx, async {
            activity::finish(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// An activity that was called done or cancelled is to be done again. Coordinators of the two schools.
    async fn activity_reopen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ActivityStepInput,
    ) -> Result<ActivityPayload> {
        payload(ctx, async {
            activity::reopen(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// An activity will not be done, with a reason. Coordinators of the two schools.
    async fn activity_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: ActivityStepInput,
    ) -> Result<ActivityPayload> {
        let reason = input.reason.as_deref().unwrap_or_default();
        payload(ctx, async {
            activity::cancel(asking(ctx)?, given(&input.id, "id")?, input.version, reason).await
        })
        .await
    }
}

fn people(ids: &[ID]) -> domain::error::Result<Vec<domain::id::Id<domain::person::Person>>> {
    ids.iter().map(|id| given(id, "responsibleIds")).collect()
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Activity>>,
) -> Result<ActivityPayload> {
    let (activity, user_errors) = outcome(ctx, command.await)?;
    Ok(ActivityPayload {
        activity: activity.map(Activity),
        user_errors,
    })
}
