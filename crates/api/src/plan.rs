//! Joint plans: what the two schools of a partnership do together in a school year.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, Subscription};
use chrono::{DateTime, Utc};
use domain::db::Access;
use domain::id::Id;
use domain::outbox;
use domain::plan::{self as model, queries};
use futures_util::{Stream, StreamExt};
use notify::live as streams;

use crate::activity::Activity;
use crate::audit::{AuditEntry, AuditOrder};
use crate::connection::{Connection, Paging, connect};
use crate::errors::answer;
use crate::ids::{given, shown, wanted};
use crate::live::bus;
use crate::network::Network;
use crate::partnership::{Partnership, PartnershipSide};
use crate::person::Person;
use crate::plan_report::PlanReport;
use crate::rows::{Part, access, asking, by_id, parts, read};

/// Where a joint plan stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum PlanState {
    /// Being written, or changed since it was agreed.
    Draft,
    /// Both sides accepted the same version.
    Agreed,
    /// Something of it was done.
    Running,
    /// The report on the year is with the trainer of the region.
    Reported,
    /// The trainer took note of the report.
    Acknowledged,
    /// The trainer wants the report changed.
    Returned,
}

/// What the two schools of a partnership do together in a school year.
pub struct Plan(pub model::Plan);

/// What the two schools of a partnership do together in a school year, from 1 September to 31 August. The schools of
/// the network see, once it was agreed, the plan and the activities agreed on; everything else is for members of the two
/// schools and the trainers of their regions.
#[Object]
impl Plan {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What happened to it, for members of the two schools and the trainers of their regions.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which order.", default_with = "AuditOrder::Newest")]
        order_by: AuditOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<AuditEntry>>> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        let (window, access, key) = (paging.window(ctx)?, access(ctx)?, self.0.id.uuid());
        let history = outbox::queries::history(access, key, order_by.into(), &window);
        let page = read(ctx, history).await?;
        connect(ctx, page, AuditEntry, || {
            outbox::queries::history_count(access, key)
        })
        .await
        .map(Some)
    }

    /// The version: a side accepts one version.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Where it stands.
    async fn state(&self) -> PlanState {
        self.0.state.into()
    }

    /// The calendar year in which the school year begins: 2026 for 2026/27.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// The partnership.
    async fn partnership(&self, ctx: &Context<'_>) -> Result<Option<Partnership>> {
        Ok(by_id(ctx, self.0.partnership_id)
            .await?
            .map(Partnership::from))
    }

    /// The network of the partnership.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        Ok(by_id(ctx, self.0.network_id).await?.map(Network))
    }

    /// How many activities it has.
    async fn activity_count(&self) -> i32 {
        self.0.activities
    }

    /// How many of them were done.
    async fn done_count(&self) -> i32 {
        self.0.done
    }

    /// When both sides first agreed on it.
    async fn agreed_at(&self) -> Option<DateTime<Utc>> {
        self.0.agreed_at
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The activities as the year goes, at most 100.
    async fn activities(&self, ctx: &Context<'_>) -> Result<Vec<Activity>> {
        let activities = parts::<model::Activity>(ctx, self.0.id).await?;
        Ok(activities.into_iter().map(Activity).collect())
    }

    /// Which sides accepted it as it stands, at most 2; for members of the two schools and the trainers of their regions.
    async fn acceptances(&self, ctx: &Context<'_>) -> Result<Vec<PlanAcceptance>> {
        let acceptances = parts::<model::Acceptance>(ctx, self.0.id).await?;
        Ok(acceptances.into_iter().map(PlanAcceptance).collect())
    }

    /// The reports on the half-year and the year, at most 2; for members of the two schools, and once sent for the
    /// trainers of their regions.
    async fn reports(&self, ctx: &Context<'_>) -> Result<Vec<PlanReport>> {
        let reports = parts::<model::Report>(ctx, self.0.id).await?;
        Ok(reports.into_iter().map(PlanReport).collect())
    }

    /// Whether the viewer may add, change and take out activities.
    async fn viewer_can_change(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(allowed(ctx, &self.0).await?.is_some_and(|may| may.change))
    }

    /// Whether the viewer may accept it now: there is something to do, and their side has not accepted it.
    async fn viewer_can_accept(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(may) = allowed(ctx, &self.0).await? else {
            return Ok(false);
        };
        let accepted = parts::<model::Acceptance>(ctx, self.0.id).await?;
        let open = |side| !accepted.iter().any(|acceptance| acceptance.side == side);
        Ok(self.0.activities > 0 && may.accept.into_iter().flatten().any(open))
    }

    /// Whether the viewer may write reports on it.
    async fn viewer_can_report(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(allowed(ctx, &self.0).await?.is_some_and(|may| may.report))
    }
}

/// What the viewer may do with a plan; nothing, when its partnership is none of theirs.
pub(crate) async fn allowed(
    ctx: &Context<'_>,
    plan: &model::Plan,
) -> Result<Option<queries::Allowed>> {
    let partnership = by_id(ctx, plan.partnership_id).await?;
    let access = access(ctx)?;
    Ok(partnership.map(|partnership| plan.allowed(access, &partnership)))
}

/// A side's yes to the plan as it stands.
pub struct PlanAcceptance(model::Acceptance);

/// A side's yes to the plan as it stands.
#[Object]
impl PlanAcceptance {
    /// For which side.
    async fn side(&self) -> PartnershipSide {
        self.0.side.into()
    }

    /// Who said yes.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }

    /// When.
    async fn accepted_at(&self) -> DateTime<Utc> {
        self.0.accepted_at
    }
}

impl Part for model::Acceptance {
    type Whole = model::Plan;

    fn whole(&self) -> Id<model::Plan> {
        self.plan_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::acceptances(access, wholes).await
    }
}

impl Part for model::Activity {
    type Whole = model::Plan;

    fn whole(&self) -> Id<model::Plan> {
        self.plan_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::activities_of(access, wholes).await
    }
}

impl Part for model::Report {
    type Whole = model::Plan;

    fn whole(&self) -> Id<model::Plan> {
        self.plan_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::reports(access, wholes).await
    }
}

/// Which plans. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct PlanFilter {
    /// Of this network.
    network_id: Option<ID>,
    /// Of this partnership.
    partnership_id: Option<ID>,
    /// In which this school has a part.
    school_id: Option<ID>,
    /// Of the school year that begins in this calendar year.
    year: Option<i32>,
    /// Only of the school year of today.
    #[graphql(default)]
    this_year: bool,
    /// In one of these states; at most 6.
    #[graphql(validator(max_items = 6))]
    states: Option<Vec<PlanState>>,
    /// Only those that wait for the viewer: for their side's yes, for a returned report, for an answer to a report.
    #[graphql(default)]
    awaits_viewer: bool,
}

impl From<PlanFilter> for queries::Filter {
    fn from(filter: PlanFilter) -> Self {
        Self {
            network: filter.network_id.as_ref().map(wanted),
            partnership: filter.partnership_id.as_ref().map(wanted),
            school: filter.school_id.as_ref().map(wanted),
            year: filter.year,
            this_year: filter.this_year,
            states: filter
                .states
                .map(|states| states.into_iter().map(Into::into).collect()),
            awaits_viewer: filter.awaits_viewer,
        }
    }
}

/// How a list of plans is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum PlanOrder {
    /// The latest begun first.
    Newest,
    /// In the order in which they were begun.
    Oldest,
}

/// Reading plans.
#[derive(Default)]
pub struct PlanQuery;

#[Object]
impl PlanQuery {
    /// The school year of today, by the calendar year in which it began. Everybody.
    async fn school_year(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(model::school_year(access(ctx)?.today()))
    }

    /// The joint plan with this id. Members of the two schools and the trainers of their regions; once it was agreed,
    /// members of the schools of the network.
    async fn plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Plan>> {
        match id.parse() {
            Ok(id) => Ok(by_id(ctx, id).await?.map(Plan)),
            Err(_) => Ok(None),
        }
    }

    /// Joint plans, the latest begun first unless told otherwise. Everybody who is signed in, each those they may see.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<PlanFilter>,
        #[graphql(desc = "In which order.", default_with = "PlanOrder::Newest")]
        order_by: PlanOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Plan>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let page = read(
            ctx,
            queries::page(access, &filter, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, Plan, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}

/// Following joint plans.
#[derive(Default)]
pub struct PlanSubscription;

#[Subscription]
impl PlanSubscription {
    /// The joint plan each time it or something in it changed. After a break, read it once and go on. Whoever may see the
    /// plan.
    async fn plan_changed<'ctx>(
        &self,
        ctx: &Context<'ctx>,
        #[graphql(desc = "Which one.")] id: ID,
    ) -> Result<impl Stream<Item = Plan> + use<'ctx>> {
        let rows = async {
            let id = given(&id, "id")?;
            streams::plan_changed(asking(ctx)?, id, bus(ctx)?).await
        };
        Ok(answer(ctx, rows.await)?.map(Plan))
    }
}
