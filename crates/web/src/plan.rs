//! Joint plans: a partnership's year, its activities, its reports; a network's year at a glance; the calendar.

mod activity;
mod calendar;
mod report;
mod year;

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{
        self, ActivityKind, ActivityState, Language, PartnershipSide, PlanReportState, PlanState,
        PlanTerm,
    },
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/partnerships/{id}/plans", get(show_plans).post(begin))
        .route("/plans/{id}", get(show).post(accept))
        .merge(activity::routes())
        .merge(calendar::routes())
        .merge(report::routes())
        .merge(year::routes())
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/plan.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "ActivityKind",
        "ActivityState",
        "Language",
        "PartnershipSide",
        "PlanReportState",
        "PlanState",
        "PlanTerm"
    )
)]
struct PlanPage;

type Plan = plan_page::PlanPagePlan;

commands! { "queries/plan.graphql";
    PlanAccept plan_accept PlanAcceptInput;
}

/// A school year as people write it: "2026/27".
pub(crate) fn years(year: &i64) -> String {
    format!("{year}/{:02}", (year + 1).rem_euclid(100))
}

#[derive(Template)]
#[template(path = "plan/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    plan: Plan,
}

impl Show {
    /// The reports by their terms, where there are some or the viewer may write them.
    fn terms(&self) -> Vec<(PlanTerm, Option<&PlanReportState>)> {
        let report = |term: PlanTerm| {
            let reports = self.plan.reports.iter();
            let state = reports
                .filter(|report| report.term == term)
                .map(|report| &report.state)
                .next();
            (term, state)
        };
        let terms = [PlanTerm::HalfYear, PlanTerm::Year].map(report);
        let shown = |(_, state): &(PlanTerm, Option<&PlanReportState>)| {
            state.is_some() || self.plan.viewer_can_report
        };
        terms.into_iter().filter(shown).collect()
    }
}

async fn open(visit: &Visit, id: String) -> Result<(Frame, Plan), Fault> {
    let variables = plan_page::Variables { id };
    let (frame, found) = visit.open::<PlanPage>(variables).await?;
    match found.plan {
        Some(plan) => Ok((frame, plan)),
        None if frame.viewer.is_none() => Err(Fault::SignIn),
        None => Err(Fault::NotFound),
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, plan) = open(&visit, id).await?;
    visit.page(&Show {
        frame,
        form: Form::default(),
        plan,
    })
}

async fn accept(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = plan_accept::PlanAcceptInput {
        id: id.clone(),
        version: posted.version("version")?,
    };
    let errors = visit.run::<PlanAccept>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Accepted));
    }
    let form = Form::again(posted, errors);
    let (frame, plan) = open(&visit, id).await?;
    visit.refused(&Show {
        frame: frame.of(&form),
        form,
        plan,
    })
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/plan.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "PlanState")
)]
struct PlansPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/plan.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct PlanCreate;

#[derive(Template)]
#[template(path = "plan/list.html")]
struct List {
    frame: Frame,
    form: Form,
    partnership: plans_page::PlansPagePartnership,
    plans: Vec<plans_page::PlansPagePlansNodes>,
    this_year: i64,
}

impl List {
    /// The school years for which there is no plan yet.
    fn open(&self) -> Vec<(String, String)> {
        let taken = |year: &i64| self.plans.iter().any(|plan| plan.year == *year);
        let all = [self.this_year, self.this_year + 1, self.this_year - 1];
        let open = all.into_iter().filter(|year| !taken(year));
        open.map(|year| (year.to_string(), years(&year))).collect()
    }
}

async fn open_plans(visit: &Visit, id: String, form: Form) -> Result<List, Fault> {
    let variables = plans_page::Variables { id };
    let (frame, found) = visit.open::<PlansPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    Ok(List {
        frame: frame.of(&form),
        form,
        partnership: found.partnership.ok_or(Fault::NotFound)?,
        plans: found.plans.map(|list| list.nodes).unwrap_or_default(),
        this_year: found.school_year,
    })
}

async fn show_plans(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open_plans(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn begin(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = plan_create::PlanCreateInput {
        partnership_id: id.clone(),
        year: posted.version("year")?,
        idempotency_key: None,
    };
    let variables = plan_create::Variables { input };
    let payload = visit.ask::<PlanCreate>(variables).await?.plan_create;
    if let Some(plan) = payload.plan {
        return Ok(visit.go(&format!("/plans/{}", plan.id), Flash::Saved));
    }
    let errors = payload.user_errors.into_iter();
    let errors: Errors = errors.map(|error| (error.field, error.message)).collect();
    let page = open_plans(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
