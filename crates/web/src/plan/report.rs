//! The report on a half-year or a year: begun from what was done, written, sent, acknowledged or returned.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use super::years;
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language, PlanReportState, PlanTerm},
};

pub(super) fn routes() -> Router {
    Router::new().route("/plans/{id}/reports/{term}", get(show).post(act))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/plan_report.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "PlanReportState", "PlanTerm")
)]
struct PlanReportPage;

type Plan = plan_report_page::PlanReportPagePlan;
type Report = plan_report_page::PlanReportPagePlanReports;

commands! { "queries/plan_report.graphql";
    PlanReportDraft plan_report_draft PlanReportDraftInput;
    PlanReportWrite plan_report_write PlanReportWriteInput;
    PlanReportSend plan_report_send PlanReportStepInput;
    PlanReportAcknowledge plan_report_acknowledge PlanReportStepInput;
    PlanReportReturn plan_report_return PlanReportStepInput;
}

#[derive(Template)]
#[template(path = "plan/report.html")]
struct Show {
    frame: Frame,
    form: Form,
    term: PlanTerm,
    plan: Plan,
    report: Option<Report>,
}

impl Show {
    fn title(&self) -> String {
        let (say, years) = (self.frame.say, years(&self.plan.year));
        match self.term {
            PlanTerm::HalfYear => say.plan_report_half(years),
            _ => say.plan_report_year(years),
        }
    }

    /// Its parts, each with its heading.
    fn parts<'a>(&self, report: &'a Report) -> [(&'static str, String, &'a str); 5] {
        let say = self.frame.say;
        [
            ("summary", say.plan_report_summary(), &report.summary),
            ("carriedOut", say.plan_report_done(), &report.carried_out),
            (
                "notCarriedOut",
                say.plan_report_open(),
                &report.not_carried_out,
            ),
            ("findings", say.plan_report_findings(), &report.findings),
            ("nextSteps", say.plan_report_next(), &report.next_steps),
        ]
    }

    /// May the viewer begin it?
    fn begins(&self) -> bool {
        self.plan.viewer_can_report && self.report.is_none()
    }
}

/// The part of the year that an address names.
fn term(word: &str) -> Result<PlanTerm, Fault> {
    match word {
        "half" => Ok(PlanTerm::HalfYear),
        "year" => Ok(PlanTerm::Year),
        _ => Err(Fault::NotFound),
    }
}

async fn open(visit: &Visit, id: String, word: &str) -> Result<Show, Fault> {
    let term = term(word)?;
    let variables = plan_report_page::Variables { id };
    let (frame, found) = visit.open::<PlanReportPage>(variables).await?;
    let mut plan = match found.plan {
        Some(plan) => plan,
        None if frame.viewer.is_none() => return Err(Fault::SignIn),
        None => return Err(Fault::NotFound),
    };
    let reports = std::mem::take(&mut plan.reports);
    let report = reports.into_iter().find(|report| report.term == term);
    if report.is_none() && !plan.viewer_can_report {
        return Err(Fault::NotFound);
    }
    let mut page = Show {
        frame,
        form: Form::default(),
        term,
        plan,
        report,
    };
    if let Some(report) = &page.report {
        let parts = page.parts(report);
        page.form = parts
            .into_iter()
            .fold(Form::default(), |form, (name, _, text)| {
                form.with(name, text)
            });
    }
    Ok(page)
}

async fn show(visit: Visit, Path((id, word)): Path<(String, String)>) -> Result<Response, Fault> {
    let page = open(&visit, id, &word).await?;
    visit.page(&page)
}

/// One of the forms of the page, named by what it asks for.
async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let version = posted.version("version")?;
    macro_rules! step {
        ($step:ident, $module:ident) => {{
            let input = $module::PlanReportStepInput {
                id: posted.text("id"),
                version,
                reason: posted.optional("reason"),
            };
            visit.run::<$step>(input).await?
        }};
    }
    let mut flash = Flash::Saved;
    let errors = match &*posted.text("do") {
        "draft" => {
            let input = plan_report_draft::PlanReportDraftInput {
                plan_id: id.clone(),
                term: term(&word)?,
                version,
            };
            visit.run::<PlanReportDraft>(input).await?
        }
        "write" => {
            let input = plan_report_write::PlanReportWriteInput {
                id: posted.text("id"),
                version,
                summary: posted.text("summary"),
                carried_out: posted.text("carriedOut"),
                not_carried_out: posted.text("notCarriedOut"),
                findings: posted.text("findings"),
                next_steps: posted.text("nextSteps"),
            };
            visit.run::<PlanReportWrite>(input).await?
        }
        "send" => {
            flash = Flash::ReportSent;
            step!(PlanReportSend, plan_report_send)
        }
        "acknowledge" => step!(PlanReportAcknowledge, plan_report_acknowledge),
        "return" => step!(PlanReportReturn, plan_report_return),
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(flash));
    }
    let form = Form::again(posted, errors);
    let mut page = open(&visit, id, &word).await?;
    page.frame = page.frame.of(&form);
    page.form = form.filled_up(page.form);
    visit.refused(&page)
}
