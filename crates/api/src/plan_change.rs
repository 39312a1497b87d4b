//! What two schools do with a joint plan: begin it, agree on it.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::plan::commands;

use crate::errors::{UserError, outcome};
use crate::ids::given;
use crate::plan::Plan;
use crate::rows::asking;

/// A plan to begin.
#[derive(InputObject)]
pub struct PlanCreateInput {
    /// The partnership.
    partnership_id: ID,
    /// The calendar year in which the school year begins: the last, this or the next one.
    year: i32,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A plan in the version the viewer read.
#[derive(InputObject)]
pub struct PlanAcceptInput {
    /// The plan.
    id: ID,
    /// The version the viewer read.
    version: i32,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct PlanPayload {
    /// The plan as it is now; null when nothing was done.
    plan: Option<Plan>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with plans.
#[derive(Default)]
pub struct PlanMutation;

#[Object]
impl PlanMutation {
    /// Begins the joint plan of a school year; a partnership has one a year. Coordinators of the two schools, while the
    /// partnership is active.
    async fn plan_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, for which year.")] input: PlanCreateInput,
    ) -> Result<PlanPayload> {
        payload(ctx, async {
            let partnership = given(&input.partnership_id, "partnershipId")?;
            let key = input.idempotency_key.as_deref();
            commands::create(asking(ctx)?, partnership, input.year, key).await
        })
        .await
    }

    /// A side accepts the plan in the version it read; the second acceptance agrees it. A change takes acceptances back.
    /// Coordinators of the two schools, each for theirs.
    async fn plan_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: PlanAcceptInput,
    ) -> Result<PlanPayload> {
        payload(ctx, async {
            commands::accept(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<domain::plan::Plan>>,
) -> Result<PlanPayload> {
    let (plan, user_errors) = outcome(ctx, command.await)?;
    Ok(PlanPayload {
        plan: plan.map(Plan),
        user_errors,
    })
}
