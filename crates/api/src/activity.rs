//! The activities of joint plans.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use domain::db::Access;
use domain::id::Id;
use domain::plan::{self as model, queries};
use futures_util::future::try_join_all;

use crate::connection::{Connection, Paging, connect};
use crate::evidence::Evidence;
use crate::ids::{shown, wanted};
use crate::partnership::PartnershipSide;
use crate::person::Person;
use crate::plan::{Plan, allowed};
use crate::rows::{Part, access, by_id, parts, read};
use crate::scalar::Date;
use crate::school::School;

/// What sort of activity it is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum ActivityKind {
    /// A joint Lesson Study.
    LessonStudy,
    /// A lesson to which the partner is invited.
    OpenLesson,
    /// A seminar.
    Seminar,
    /// A master class.
    MasterClass,
    /// Mentoring.
    Mentoring,
    /// A visit for an exchange of experience.
    Visit,
    /// A conference.
    Conference,
    /// A meeting, or something else.
    Meeting,
}

/// Where an activity stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::ActivityState")]
pub enum ActivityState {
    /// To be done.
    Planned,
    /// Done.
    Done,
    /// Not to be done.
    Cancelled,
}

/// What the two schools of a partnership do together.
pub struct Activity(pub model::Activity);

/// What the two schools of a partnership do together. Once both agreed on it, for members of the schools of the network;
/// before, and who answers for it and its evidence, for members of the two schools and the trainers of their regions.
#[Object]
impl Activity {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The plan it is part of.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        Ok(by_id(ctx, self.0.plan_id).await?.map(Plan))
    }

    /// What sort it is.
    async fn kind(&self) -> ActivityKind {
        self.0.kind.into()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its first day.
    async fn starts_on(&self) -> Date {
        Date(self.0.starts_on)
    }

    /// Its last day, where it takes several.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date)
    }

    /// The side that hosts it.
    async fn host(&self) -> PartnershipSide {
        self.0.host.into()
    }

    /// The school that hosts it.
    async fn host_school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        let Some(plan) = by_id(ctx, self.0.plan_id).await? else {
            return Ok(None);
        };
        match by_id(ctx, plan.partnership_id).await? {
            Some(partnership) => Ok(by_id(ctx, partnership.school(self.0.host))
                .await?
                .map(School)),
            None => Ok(None),
        }
    }

    /// What is expected to come of it.
    async fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Where it stands.
    async fn state(&self) -> ActivityState {
        self.0.state.into()
    }

    /// Why it was cancelled.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Whether both sides agreed on it as it is.
    async fn agreed(&self) -> bool {
        self.0.agreed
    }

    /// Who answers for it, at most 10; as far as the viewer may see.
    async fn responsible(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let responsible = parts::<model::Responsible>(ctx, self.0.id).await?;
        let people = responsible.iter().map(|row| by_id(ctx, row.person_id));
        let people = try_join_all(people).await?;
        Ok(people.into_iter().flatten().map(Person).collect())
    }

    /// What shows that it was done, at most 20; for members of the two schools and the trainers of their regions.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let evidence = parts::<model::Evidence>(ctx, self.0.id).await?;
        Ok(evidence.into_iter().map(Evidence).collect())
    }

    /// Whether the viewer may change it.
    async fn viewer_can_change(&self, ctx: &Context<'_>) -> Result<bool> {
        let may = self.allowed(ctx).await?;
        Ok(may.is_some_and(|may| may.change) && self.0.state == model::ActivityState::Planned)
    }

    /// Whether the viewer may take it out: nobody agreed on it as it is. One with evidence stays all the same.
    async fn viewer_can_remove(&self, ctx: &Context<'_>) -> Result<bool> {
        let may = self.allowed(ctx).await?;
        let open = self.0.state == model::ActivityState::Planned && !self.0.agreed;
        Ok(may.is_some_and(|may| may.change) && open)
    }

    /// Whether the viewer may say that it was done.
    async fn viewer_can_finish(&self, ctx: &Context<'_>) -> Result<bool> {
        let may = self.allowed(ctx).await?;
        let agreed = self.0.state == model::ActivityState::Planned && self.0.agreed;
        Ok(may.is_some_and(|may| may.carry_out) && agreed)
    }

    /// Whether the viewer may say that it is to be done again.
    async fn viewer_can_reopen(&self, ctx: &Context<'_>) -> Result<bool> {
        let may = self.allowed(ctx).await?;
        Ok(may.is_some_and(|may| may.carry_out) && self.0.state != model::ActivityState::Planned)
    }

    /// Whether the viewer may say that it will not be done.
    async fn viewer_can_cancel(&self, ctx: &Context<'_>) -> Result<bool> {
        let may = self.allowed(ctx).await?;
        Ok(may.is_some_and(|may| may.carry_out) && self.0.state == model::ActivityState::Planned)
    }

    /// Whether the viewer may add and take back evidence.
    async fn viewer_can_show(&self, ctx: &Context<'_>) -> Result<bool> {
        let may = self.allowed(ctx).await?;
        let agreed = self.0.state != model::ActivityState::Cancelled && self.0.agreed;
        Ok(may.is_some_and(|may| may.carry_out) && agreed)
    }
}

impl Activity {
    async fn allowed(&self, ctx: &Context<'_>) -> Result<Option<queries::Allowed>> {
        match by_id(ctx, self.0.plan_id).await? {
            Some(plan) => allowed(ctx, &plan).await,
            None => Ok(None),
        }
    }
}

impl Part for model::Responsible {
    type Whole = model::Activity;

    fn whole(&self) -> Id<model::Activity> {
        self.activity_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::responsible(access, wholes).await
    }
}

impl Part for model::Evidence {
    type Whole = model::Activity;

    fn whole(&self) -> Id<model::Activity> {
        self.activity_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::evidence(access, wholes).await
    }
}

/// Which activities. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ActivityFilter {
    /// Of this network.
    network_id: Option<ID>,
    /// In which this school has a part.
    school_id: Option<ID>,
    /// Only those of the viewer's own schools.
    #[graphql(default)]
    mine: bool,
    /// Of the school year that begins in this calendar year.
    year: Option<i32>,
    /// Only of the school year of today.
    #[graphql(default)]
    this_year: bool,
    /// That begin on this day or later.
    from: Option<Date>,
    /// Only those on which both sides agreed as they are.
    #[graphql(default)]
    agreed: bool,
    /// In one of these states; at most 3.
    #[graphql(validator(max_items = 3))]
    states: Option<Vec<ActivityState>>,
}

impl From<ActivityFilter> for queries::ActivityFilter {
    fn from(filter: ActivityFilter) -> Self {
        Self {
            network: filter.network_id.as_ref().map(wanted),
            school: filter.school_id.as_ref().map(wanted),
            mine: filter.mine,
            year: filter.year,
            this_year: filter.this_year,
            from: filter.from.map(|day| day.0),
            agreed: filter.agreed,
            states: filter
                .states
                .map(|states| states.into_iter().map(Into::into).collect()),
        }
    }
}

/// How a list of activities is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::ByDay")]
pub enum ActivityOrder {
    /// As the year goes.
    Soonest,
    /// The last of the year first.
    Latest,
}

/// Reading activities.
#[derive(Default)]
pub struct ActivityQuery;

#[Object]
impl ActivityQuery {
    /// Activities of joint plans as the year goes, unless told otherwise. Everybody who is signed in, each those they may
    /// see.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn activities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<ActivityFilter>,
        #[graphql(desc = "In which order.", default_with = "ActivityOrder::Soonest")]
        order_by: ActivityOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Activity>>> {
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
            queries::activities(access, &filter, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, Activity, || {
            queries::activity_count(access, &filter)
        })
        .await
        .map(Some)
    }
}
