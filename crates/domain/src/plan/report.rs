//! The reports on a half-year and on a year: begun from the activities and their evidence, edited, sent, answered.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Order;

use super::commands::{about, held, worked};
use super::entity::{activity, evidence, report};
use super::policy::{Answer, WriteReport};
use super::{Activity, Evidence, Plan, Report, ReportState, State, Step, Term};
use crate::db::{Access, Tx};
use crate::error::{Missteps, OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::fact::plan::{AboutPlan, PlanFact};
use crate::id::Id;
use crate::partnership::Partnership;
use crate::pupil_text;
use crate::resource;
use crate::study;
use crate::text::{self, Localized};

/// The parts of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sections {
    /// The year in figures.
    pub summary: String,
    /// What was done, with its evidence.
    pub carried_out: String,
    /// What was not done, and why.
    pub not_carried_out: String,
    /// What the two schools learned.
    pub findings: String,
    /// What they mean to do next.
    pub next_steps: String,
}

impl Sections {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let mut part = |field, text: &str| {
            let text = missteps.check(field, pupil_text::prose(text, 20_000));
            text.unwrap_or_default()
        };
        let checked = Self {
            summary: part("summary", &self.summary),
            carried_out: part("carriedOut", &self.carried_out),
            not_carried_out: part("notCarriedOut", &self.not_carried_out),
            findings: part("findings", &self.findings),
            next_steps: part("nextSteps", &self.next_steps),
        };
        missteps.finish()?;
        Ok(checked)
    }
}

/// What a report is begun from: the activities of its term that were agreed on, in their order.
#[derive(Debug)]
pub struct Material {
    /// Which plan, of which schools.
    pub plan: AboutPlan,
    /// On which part of the year.
    pub term: Term,
    /// Each activity with what shows that it was done.
    pub activities: Vec<(Activity, Vec<Shown>)>,
}

/// A piece of evidence, with what it points to where the writer may see that.
#[derive(Debug)]
pub struct Shown {
    /// What it shows.
    pub body: String,
    /// What it points to.
    pub title: Option<Title>,
}

/// What a thing that evidence points to is called.
#[derive(Debug)]
pub enum Title {
    /// A study, by its theme.
    Study(String),
    /// A research lesson, by its topic.
    Lesson(String),
    /// A work of the piggy bank.
    Resource(Localized),
}

/// A side begins a report with what the activities and their evidence say, in the words of `compose`; or begins it
/// anew. `version` is that of the report the writer saw, 0 when there was none.
pub async fn draft(
    access: &Access,
    plan: Id<Plan>,
    term: Term,
    version: i32,
    compose: impl FnOnce(&Material) -> Sections,
) -> Result<Report> {
    let tx = access.begin().await?;
    let (plan, partnership) = held(&tx, plan, "planId").await?;
    let permit = tx.permit(WriteReport {
        plan: &plan,
        partnership: &partnership,
    })?;
    let before = tx
        .find::<report::Entity>()
        .filter(report::Column::PlanId.eq(plan.id))
        .filter(report::Column::Term.eq(term))
        .one()
        .await?;
    if before.as_ref().map_or(0, |report| report.version) != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let sections = compose(&material(&tx, &plan, &partnership, term).await?);
    let (id, state, reason) = match &before {
        Some(report) if !report.state.is_open() => return Err(report.state.wrong().into()),
        Some(report) => (report.id, report.state, report.reason.clone()),
        None => (Id::fresh(), ReportState::Draft, None),
    };
    let report = Report {
        id,
        plan_id: plan.id,
        term,
        state,
        summary: sections.summary,
        carried_out: sections.carried_out,
        not_carried_out: sections.not_carried_out,
        findings: sections.findings,
        next_steps: sections.next_steps,
        reason,
        version: version + 1,
        written_by_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        written_at: tx.now(),
        sent_at: before.as_ref().and_then(|report| report.sent_at),
        answered_by_id: before.as_ref().and_then(|report| report.answered_by_id),
        answered_at: before.as_ref().and_then(|report| report.answered_at),
    };
    let report = match before {
        Some(_) => tx.update(&permit, report).await?,
        None => {
            let taken = Refusal::Conflict.of("version");
            tx.insert(&permit, report).await.on_duplicate(taken)?
        }
    };
    worked(&tx, &permit, &plan, &partnership).await?;
    tx.commit().await?;
    Ok(report)
}

/// A side writes a report that is not sent yet, or was returned. `version` is that of the report the writer saw.
pub async fn write(
    access: &Access,
    id: Id<Report>,
    version: i32,
    sections: &Sections,
) -> Result<Report> {
    let sections = sections.checked()?;
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, version).await?;
    let permit = tx.permit(WriteReport {
        plan: &plan,
        partnership: &partnership,
    })?;
    open(&before)?;
    let report = Report {
        summary: sections.summary,
        carried_out: sections.carried_out,
        not_carried_out: sections.not_carried_out,
        findings: sections.findings,
        next_steps: sections.next_steps,
        version: version + 1,
        written_by_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        written_at: tx.now(),
        ..before
    };
    let report = tx.update(&permit, report).await?;
    worked(&tx, &permit, &plan, &partnership).await?;
    tx.commit().await?;
    Ok(report)
}

/// A side sends a report, none of whose parts is empty, to the trainer of the region.
pub async fn send(access: &Access, id: Id<Report>, version: i32) -> Result<Report> {
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, version).await?;
    let permit = tx.permit(WriteReport {
        plan: &plan,
        partnership: &partnership,
    })?;
    open(&before)?;
    let parts = [
        &before.summary,
        &before.carried_out,
        &before.not_carried_out,
        &before.findings,
        &before.next_steps,
    ];
    if parts.iter().any(|part| part.is_empty()) {
        return Err(Refusal::ReportMissing.into());
    }
    match before.term {
        Term::Year => {
            tx.update(&permit, plan.clone().after(Step::Report)?)
                .await?;
        }
        // While a change waits for its answer, it is not clear what is reported on.
        Term::HalfYear if plan.state == State::Draft => return Err(plan.state.wrong().into()),
        Term::HalfYear => {}
    }
    let report = Report {
        state: ReportState::Sent,
        reason: None,
        version: version + 1,
        sent_at: Some(tx.now()),
        answered_by_id: None,
        answered_at: None,
        ..before
    };
    let report = tx.update(&permit, report).await?;
    let fact = PlanFact::ReportSent {
        plan: about(&tx, &plan, &partnership).await?,
        term: report.term,
    };
    tx.record(&permit, Fact::Plan(fact)).await?;
    tx.commit().await?;
    Ok(report)
}

/// The trainer of the region takes note of a report.
pub async fn acknowledge(access: &Access, id: Id<Report>, version: i32) -> Result<Report> {
    answer(access, id, version, None).await
}

/// The trainer of the region wants a report changed, and says what.
pub async fn hand_back(
    access: &Access,
    id: Id<Report>,
    version: i32,
    reason: &str,
) -> Result<Report> {
    let reason = text::reason(reason)?;
    answer(access, id, version, Some(reason)).await
}

async fn answer(
    access: &Access,
    id: Id<Report>,
    version: i32,
    reason: Option<String>,
) -> Result<Report> {
    let tx = access.begin().await?;
    let (before, plan, partnership) = within(&tx, id, version).await?;
    let leading = tx.get(partnership.leading_id, "id").await?;
    let permit = tx.permit(Answer {
        report: &before,
        leading: &leading,
    })?;
    let (step, state) = match reason {
        None => (Step::Acknowledge, ReportState::Acknowledged),
        Some(_) => (Step::Return, ReportState::Returned),
    };
    let report = Report {
        state,
        reason: reason.clone(),
        version: version + 1,
        answered_by_id: access.viewer().id(),
        answered_at: Some(tx.now()),
        ..before.clone()
    };
    let report = tx.update(&permit, report).await?;
    if report.term == Term::Year {
        tx.update(&permit, plan.clone().after(step)?).await?;
    }
    let (plan, term) = (about(&tx, &plan, &partnership).await?, report.term);
    let fact = match reason {
        None => PlanFact::ReportAcknowledged { plan, term },
        Some(reason) => PlanFact::ReportReturned { plan, term, reason },
    };
    tx.record(&permit, Fact::Plan(fact)).await?;
    tx.commit().await?;
    Ok(report)
}

/// The report in the version the viewer saw, with its plan, which is held, and its partnership.
async fn within(tx: &Tx, id: Id<Report>, version: i32) -> Result<(Report, Plan, Partnership)> {
    let known: Report = tx.get(id, "id").await?;
    let (plan, partnership) = held(tx, known.plan_id, "id").await?;
    let report: Report = tx.lock(id, "id").await?;
    if report.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    Ok((report, plan, partnership))
}

fn open(report: &Report) -> Result<()> {
    if report.state.is_open() {
        Ok(())
    } else {
        Err(report.state.wrong().into())
    }
}

async fn material(tx: &Tx, plan: &Plan, partnership: &Partnership, term: Term) -> Result<Material> {
    let activities = tx
        .find::<activity::Entity>()
        .filter(activity::Column::PlanId.eq(plan.id))
        .filter(activity::Column::Agreed.eq(true))
        .order(activity::Column::StartsOn, Order::Asc)
        .order(activity::Column::Id, Order::Asc)
        .all()
        .await?;
    let evidence = tx
        .find::<evidence::Entity>()
        .filter(evidence::Column::PlanId.eq(plan.id))
        .order(evidence::Column::Id, Order::Asc)
        .all()
        .await?;
    let titles = titles(tx, &evidence).await?;
    let mut shown: Vec<_> = evidence.into_iter().zip(titles).collect();
    let activities = activities
        .into_iter()
        .filter(|activity| term.covers(plan.year, activity.starts_on))
        .map(|activity| {
            let own = shown.extract_if(.., |(evidence, _)| evidence.activity_id == activity.id);
            let own = own.map(|(evidence, title)| Shown {
                body: evidence.body,
                title,
            });
            let own = own.collect();
            (activity, own)
        })
        .collect();
    Ok(Material {
        plan: about(tx, plan, partnership).await?,
        term,
        activities,
    })
}

/// What each piece of evidence points to is called, where the writer may see it: a statement a kind, however many.
async fn titles(tx: &Tx, of: &[Evidence]) -> Result<Vec<Option<Title>>> {
    use crate::research_lesson::entity as lesson;
    let studies: Vec<_> = of.iter().filter_map(|row| row.study_id).collect();
    let studies = tx
        .find::<study::entity::Entity>()
        .any_of(study::entity::Column::Id, &studies)
        .all()
        .await?;
    let lessons: Vec<_> = of.iter().filter_map(|row| row.lesson_id).collect();
    let lessons = tx
        .find::<lesson::Entity>()
        .any_of(lesson::Column::Id, &lessons)
        .all()
        .await?;
    let works: Vec<_> = of.iter().filter_map(|row| row.resource_id).collect();
    let works = tx
        .find::<resource::entity::Entity>()
        .any_of(resource::entity::Column::Id, &works)
        .all()
        .await?;
    let title = |row: &Evidence| {
        let study = studies.iter().find(|study| Some(study.id) == row.study_id);
        let lesson = lessons
            .iter()
            .find(|lesson| Some(lesson.id) == row.lesson_id);
        let work = works.iter().find(|work| Some(work.id) == row.resource_id);
        match (study, lesson, work) {
            (Some(study), _, _) => Some(Title::Study(study.theme.clone())),
            (_, Some(lesson), _) => Some(Title::Lesson(lesson.topic.clone())),
            (_, _, Some(work)) => Some(Title::Resource(work.title())),
            _ => None,
        }
    };
    Ok(of.iter().map(title).collect())
}
