//! Reports about works: the moderators' desk.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::resource_report::{self as model, commands, queries};

use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::person::Person;
use crate::resource::Resource;
use crate::resource_change::{ResourcePayload, payload};
use crate::rows::{access, asking, by_id, read};

/// What is wrong with a work.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Ground")]
pub enum ResourceReportGround {
    /// It is somebody else's.
    Copyright,
    /// It shows or names a person who did not agree, or a pupil.
    Privacy,
    /// It hurts or endangers somebody.
    Harm,
    /// It teaches something wrong.
    Mistake,
    /// It is no work at all.
    Spam,
    /// Something else.
    Other,
    /// Its authors ask that it be shown again.
    Appeal,
}

/// Where a report stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum ResourceReportState {
    /// Nobody decided yet.
    Open,
    /// A moderator found nothing to do.
    Dismissed,
    /// A moderator did what it asked for.
    Upheld,
}

/// Somebody says that something is wrong with a work.
pub struct ResourceReport(pub model::ResourceReport);

/// Somebody says that something is wrong with a work. Visible to them, to the trainers who moderate it and to
/// administrators.
#[Object]
impl ResourceReport {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The work, as far as the viewer sees it.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        Ok(by_id(ctx, self.0.resource_id).await?.map(Resource::from))
    }

    /// Who made it.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }

    /// What is wrong.
    async fn ground(&self) -> ResourceReportGround {
        self.0.ground.into()
    }

    /// In their words.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Where it stands.
    async fn state(&self) -> ResourceReportState {
        self.0.state.into()
    }

    /// Who decided; null while it is open.
    async fn decided_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.decided_by_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// Why they decided so; null while it is open.
    async fn decision(&self) -> Option<&str> {
        self.0.decision.as_deref()
    }

    /// When; null while it is open.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }
}

/// Which reports. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ResourceReportFilter {
    /// In one of these states; open ones when left out. At most 3.
    #[graphql(validator(max_items = 3))]
    states: Option<Vec<ResourceReportState>>,
    /// About this work.
    resource_id: Option<ID>,
}

impl From<ResourceReportFilter> for queries::Filter {
    fn from(filter: ResourceReportFilter) -> Self {
        let states = filter.states;
        Self {
            states: states.map(|states| states.into_iter().map(Into::into).collect()),
            resource: filter.resource_id.as_ref().map(wanted),
        }
    }
}

/// How a list of reports is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum ResourceReportOrder {
    /// Who waits longest first.
    Oldest,
    /// The latest first.
    Newest,
}

/// Reading reports.
#[derive(Default)]
pub struct ResourceReportQuery;

#[Object]
impl ResourceReportQuery {
    /// Reports about works, those that wait longest first unless told otherwise. Trainers of a region, about works from
    /// there that left their school; administrators, about all; others, their own.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn resource_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<ResourceReportFilter>,
        #[graphql(desc = "In which order.", default_with = "ResourceReportOrder::Oldest")]
        order_by: ResourceReportOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ResourceReport>>> {
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
        connect(ctx, page, ResourceReport, || {
            queries::count(access, &filter)
        })
        .await
        .map(Some)
    }
}

/// What is wrong with a work.
#[derive(InputObject)]
pub struct ResourceReportMakeInput {
    /// Which work.
    resource_id: ID,
    /// What is wrong; an appeal only by its authors, once it is hidden.
    ground: ResourceReportGround,
    /// In the viewer's words, at most 2,000 characters.
    note: String,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A report to which there is nothing to do.
#[derive(InputObject)]
pub struct ResourceReportDismissInput {
    /// Which one.
    id: ID,
    /// Why, at most 1,000 characters.
    reason: String,
}

/// A work to hide or to show again.
#[derive(InputObject)]
pub struct ResourceModerateInput {
    /// The work.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters. Its authors see it.
    reason: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ResourceReportPayload {
    /// The report as it is now; null when nothing was done.
    resource_report: Option<ResourceReport>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Reporting works and deciding reports.
#[derive(Default)]
pub struct ResourceReportMutation;

#[Object]
impl ResourceReportMutation {
    /// Tells the moderators that something is wrong with a work, or appeals for one that is hidden.
    /// People who are signed in and see it, and its authors.
    async fn resource_report_make(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is wrong.")] input: ResourceReportMakeInput,
    ) -> Result<ResourceReportPayload> {
        let done = async {
            let new = commands::NewReport {
                resource: given(&input.resource_id, "resourceId")?,
                ground: input.ground.into(),
                note: input.note,
            };
            commands::make(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        };
        reported(ctx, done).await
    }

    /// Finds nothing to do about a report. Trainers of the region where the work's school is; administrators.
    async fn resource_report_dismiss(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: ResourceReportDismissInput,
    ) -> Result<ResourceReportPayload> {
        let done =
            async { commands::dismiss(asking(ctx)?, given(&input.id, "id")?, &input.reason).await };
        reported(ctx, done).await
    }

    /// Hides a work from everybody but its authors and moderators; its open reports are upheld. Trainers of the region
    /// where its school is; administrators.
    async fn resource_hide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: ResourceModerateInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::hide(asking(ctx)?, id, input.version, &input.reason).await
        })
        .await
    }

    /// Shows a hidden work again; open appeals are upheld. Trainers of the region where its school is; administrators.
    async fn resource_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: ResourceModerateInput,
    ) -> Result<ResourcePayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::restore(asking(ctx)?, id, input.version, &input.reason).await
        })
        .await
    }
}

async fn reported(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::ResourceReport>>,
) -> Result<ResourceReportPayload> {
    let (report, user_errors) = outcome(ctx, command.await)?;
    Ok(ResourceReportPayload {
        resource_report: report.map(ResourceReport),
        user_errors,
    })
}
