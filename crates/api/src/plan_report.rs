//! Reports on joint plans.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::plan::{self as model, report};
use notify::wording;

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::plan::{Plan, allowed};
use crate::rows::{access, asking, by_id};

/// The part of a school year that is reported on.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Term")]
pub enum PlanTerm {
    /// From September to December.
    HalfYear,
    /// All of it.
    Year,
}

/// Where a report on a plan stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::ReportState")]
pub enum PlanReportState {
    /// Being written.
    Draft,
    /// With the trainer of the region.
    Sent,
    /// The trainer took note of it.
    Acknowledged,
    /// The trainer wants it changed.
    Returned,
}

/// What two schools report to the trainer of the region.
pub struct PlanReport(pub model::Report);

/// What two schools report on a half-year or a year to the trainer of the Leading school's region. For members of the two
/// schools; once sent, for the trainers of their regions.
#[Object]
impl PlanReport {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The plan it is on.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Plan>> {
        Ok(by_id(ctx, self.0.plan_id).await?.map(Plan))
    }

    /// The part of the year it is on.
    async fn term(&self) -> PlanTerm {
        self.0.term.into()
    }

    /// Where it stands.
    async fn state(&self) -> PlanReportState {
        self.0.state.into()
    }

    /// The year in figures.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// What was done, with its evidence.
    async fn carried_out(&self) -> &str {
        &self.0.carried_out
    }

    /// What was not done, and why.
    async fn not_carried_out(&self) -> &str {
        &self.0.not_carried_out
    }

    /// What the two schools learned.
    async fn findings(&self) -> &str {
        &self.0.findings
    }

    /// What they mean to do next.
    async fn next_steps(&self) -> &str {
        &self.0.next_steps
    }

    /// Why it was returned last; null once it is sent again.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who wrote this version.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.written_by_id).await?.map(Person))
    }

    /// When.
    async fn written_at(&self) -> DateTime<Utc> {
        self.0.written_at
    }

    /// When it was sent last.
    async fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.0.sent_at
    }

    /// Who acknowledged or returned it.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.answered_by_id {
            Some(id) => Ok(by_id(ctx, id).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// When it was acknowledged or returned.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.answered_at
    }

    /// Whether the viewer may write and send it.
    async fn viewer_can_write(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(plan) = by_id(ctx, self.0.plan_id).await? else {
            return Ok(false);
        };
        let may = allowed(ctx, &plan).await?;
        Ok(self.0.state.is_open() && may.is_some_and(|may| may.report))
    }

    /// Whether the viewer may acknowledge or return it.
    async fn viewer_can_answer(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(plan) = by_id(ctx, self.0.plan_id).await? else {
            return Ok(false);
        };
        let Some(partnership) = by_id(ctx, plan.partnership_id).await? else {
            return Ok(false);
        };
        let leading = by_id(ctx, partnership.leading_id).await?;
        let access = access(ctx)?;
        Ok(leading.is_some_and(|leading| self.0.may_answer(access, &leading)))
    }
}

/// A report to begin.
#[derive(InputObject)]
pub struct PlanReportDraftInput {
    /// The plan.
    plan_id: ID,
    /// On which part of the year.
    term: PlanTerm,
    /// The version of the report that the writer saw; 0 when there was none. What it says is written anew.
    version: i32,
}

/// A report as it is to be.
#[derive(InputObject)]
pub struct PlanReportWriteInput {
    /// The report.
    id: ID,
    /// The version the writer saw.
    version: i32,
    /// The year in figures; at most 20,000 characters, as the other parts.
    summary: String,
    /// What was done, with its evidence.
    carried_out: String,
    /// What was not done, and why.
    not_carried_out: String,
    /// What the two schools learned.
    findings: String,
    /// What they mean to do next.
    next_steps: String,
}

/// A report in the version the viewer saw.
#[derive(InputObject)]
pub struct PlanReportStepInput {
    /// The report.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why: needed to return it, at most 1,000 characters.
    reason: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct PlanReportPayload {
    /// The report as it is now; null when nothing was done.
    plan_report: Option<PlanReport>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with reports on plans.
#[derive(Default)]
pub struct PlanReportMutation;

#[Object]
impl PlanReportMutation {
    /// Begins a report with what the agreed activities and their evidence say, in the language of the viewer; or writes
    /// what it says anew. Coordinators of the two schools.
    async fn plan_report_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On what.")] input: PlanReportDraftInput,
    ) -> Result<PlanReportPayload> {
        payload(ctx, async {
            let (plan, term) = (given(&input.plan_id, "planId")?, input.term.into());
            let asking = asking(ctx)?;
            let (language, today) = (asking.viewer().language, asking.today());
            report::draft(asking, plan, term, input.version, |material| {
                wording::plan::report(language, material, today)
            })
            .await
        })
        .await
    }

    /// Writes a report that is not sent, or was returned. Coordinators of the two schools.
    async fn plan_report_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report as it is to be.")] input: PlanReportWriteInput,
    ) -> Result<PlanReportPayload> {
        payload(ctx, async {
            let sections = report::Sections {
                summary: input.summary,
                carried_out: input.carried_out,
                not_carried_out: input.not_carried_out,
                findings: input.findings,
                next_steps: input.next_steps,
            };
            report::write(
                asking(ctx)?,
                given(&input.id, "id")?,
                input.version,
                &sections,
            )
            .await
        })
        .await
    }

    /// Sends a report, none of whose parts is empty, to the trainer of the Leading school's region. Coordinators of the
    /// two schools.
    async fn plan_report_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: PlanReportStepInput,
    ) -> Result<PlanReportPayload> {
        payload(ctx, async {
            report::send(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// Takes note of a report. Trainers of the Leading school's region.
    async fn plan_report_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: PlanReportStepInput,
    ) -> Result<PlanReportPayload> {
        payload(ctx, async {
            report::acknowledge(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// Returns a report to be changed, with a reason. Trainers of the Leading school's region.
    async fn plan_report_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: PlanReportStepInput,
    ) -> Result<PlanReportPayload> {
        let reason = input.reason.as_deref().unwrap_or_default();
        payload(ctx, async {
            report::hand_back(asking(ctx)?, given(&input.id, "id")?, input.version, reason).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Report>>,
) -> Result<PlanReportPayload> {
    let (report, user_errors) = outcome(ctx, command.await)?;
    Ok(PlanReportPayload {
        plan_report: report.map(PlanReport),
        user_errors,
    })
}
