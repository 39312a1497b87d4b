//! What a study's lead does with it: begin it, change its card, take its steps.

use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::entity::{member, report};
use super::policy::{Create, Lead, Turn};
use super::{Member, MemberState, Progress, Report, Role, Seat, State, Step, Study, queries};
use crate::audience::Rung;
use crate::authz::{Permit, Writes};
use crate::case_pupil;
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::StudyFact;
use crate::id::Id;
use crate::network::Network;
use crate::pupil_text;
use crate::research_lesson::{self, CellKind};
use crate::resource::subject;
use crate::school::School;
use crate::study_template::StudyTemplate;

/// What a study is about.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Its theme.
    pub theme: String,
    /// "We want to learn how to improve …"; may come later.
    pub question: String,
    /// The subject's code.
    pub subject: Option<String>,
    /// The year group, 0 to 12.
    pub grade: Option<i32>,
    /// In which network, if any.
    pub network: Option<Id<Network>>,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let theme = missteps.check("theme", pupil_text::line(&self.theme, 200));
        let question = missteps.check("question", pupil_text::prose(&self.question, 1000));
        if self
            .subject
            .as_deref()
            .is_some_and(|code| subject::named(code).is_none())
        {
            missteps.add("subject", Refusal::NotFound);
        }
        if self.grade.is_some_and(|grade| !(0..=12).contains(&grade)) {
            missteps.add("grade", Refusal::OutOfRange { min: 0, max: 12 });
        }
        missteps.finish()?;
        Ok(Self {
            theme: theme.unwrap_or_default(),
            question: question.unwrap_or_default(),
            ..self.clone()
        })
    }
}

/// Somebody begins a study after a template, for a school of theirs, and leads it.
pub async fn create(
    access: &Access,
    template: Id<StudyTemplate>,
    school: Id<School>,
    card: &Card,
    key: Option<&str>,
) -> Result<Study> {
    let card = card.checked()?;
    let body = ("study.create", template, school, &card);
    let tx = match access.begin_once(key, &body).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let id = Id::fresh();
    let permit = tx.permit(Create {
        person,
        school,
        study: id,
    })?;
    tx.get(template, "templateId").await?;
    in_network(&tx, card.network).await?;
    let study = Study {
        id,
        template_id: template,
        school_id: school,
        network_id: card.network,
        theme: card.theme,
        question: card.question,
        subject: card.subject,
        grade: card.grade,
        state: State::Draft,
        paused_from: None,
        reason: None,
        rung: None,
        shared_at: None,
        version: 1,
        created_at: tx.now(),
    };
    let study = tx.insert(&permit, study).await?;
    let lead = Member {
        id: Id::fresh(),
        study_id: id,
        person_id: person,
        school_id: Some(school),
        role: Role::Lead,
        state: MemberState::Joined,
        until_day: None,
        invited_by_id: person,
        protocol_at: None,
        lead_offered_at: None,
        created_at: tx.now(),
    };
    tx.insert(&permit, lead).await?;
    tx.record(
        &permit,
        Fact::Study(StudyFact::Created {
            study: study.about(),
        }),
    )
    .await?;
    tx.commit_as(id).await?;
    Ok(study)
}

/// The lead changes what it is about.
pub async fn update(access: &Access, id: Id<Study>, version: i32, card: &Card) -> Result<Study> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let (study, seat) = queries::held(&tx, id, "id").await?;
    let permit = tx.permit(Lead { seat: &seat })?;
    if study.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    in_network(&tx, card.network).await?;
    let study = Study {
        theme: card.theme,
        question: card.question,
        subject: card.subject,
        grade: card.grade,
        network_id: card.network,
        version: version + 1,
        ..study
    };
    let study = tx.update(&permit, study).await?;
    tx.record(
        &permit,
        Fact::Study(StudyFact::Changed {
            study: study.about(),
        }),
    )
    .await?;
    tx.commit().await?;
    Ok(study)
}

async fn in_network(tx: &Tx, network: Option<Id<Network>>) -> Result<()> {
    if let Some(network) = network {
        tx.get(network, "networkId").await?;
    }
    Ok(())
}

/// The lead takes a step. Pausing and abandoning need a reason.
pub async fn turn(
    access: &Access,
    id: Id<Study>,
    version: i32,
    step: Step,
    reason: Option<&str>,
) -> Result<Study> {
    step_with(access, id, version, step, reason, None).await
}

/// The lead shares the report.
pub async fn share(access: &Access, id: Id<Study>, version: i32, rung: Rung) -> Result<Study> {
    step_with(access, id, version, Step::Share, None, Some(rung)).await
}

async fn step_with(
    access: &Access,
    id: Id<Study>,
    version: i32,
    step: Step,
    reason: Option<&str>,
    rung: Option<Rung>,
) -> Result<Study> {
    let reason = pupil_text::prose(reason.unwrap_or_default(), 1000)
        .map_err(|refusal| refusal.of("reason"))?;
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    if reason.is_none() && matches!(step, Step::Pause | Step::Abandon) {
        return Err(Refusal::ReasonRequired.of("reason"));
    }
    let tx = access.begin().await?;
    let (study, seat) = queries::held(&tx, id, "id").await?;
    let permit = tx.permit(Turn {
        seat: &seat,
        study: &study,
        step,
    })?;
    if study.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    match rung {
        Some(Rung::Author | Rung::Partnership) => return Err(Refusal::RoleScope.of("audience")),
        Some(Rung::Network) if study.network_id.is_none() => {
            return Err(Refusal::Required.of("networkId"));
        }
        _ => {}
    }
    if let Some(missing) = progress(&tx, &study).await?.missing(step) {
        return Err(missing.into());
    }
    let wrong = study.state.wrong();
    let after = study
        .clone()
        .after(step, reason.clone(), tx.now())
        .ok_or(wrong)?;
    let after = Study {
        rung: rung.or(study.rung),
        ..after
    };
    let after = tx.update(&permit, after).await?;
    if step == Step::Conclude {
        prefill(&tx, &permit, &after).await?;
    }
    let fact = StudyFact::Turned {
        study: after.about(),
        state: after.state,
        reason,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(after)
}

/// What stands of a study.
async fn progress(tx: &Tx, study: &Study) -> Result<Progress> {
    let group = tx
        .find::<member::Entity>()
        .filter(member::Column::StudyId.eq(study.id))
        .filter(member::Column::State.eq(MemberState::Joined))
        .filter(member::Column::Role.ne(Role::Expert))
        .all()
        .await?;
    let pupils = case_pupil::queries::in_study(tx, study.id).await?;
    let lessons = research_lesson::queries::in_study(tx, study.id).await?;
    let closed = lessons
        .iter()
        .filter(|lesson| lesson.state == research_lesson::State::Closed);
    let closed = closed.count();
    let template = tx.get(study.template_id, "").await?;
    let report = tx.find::<report::Entity>().by_id(study.id).one().await?;
    Ok(Progress {
        teachers: group.len(),
        accepted: group
            .iter()
            .filter(|member| member.protocol_at.is_some())
            .count(),
        question: !study.question.is_empty(),
        pupils: pupils.len(),
        progressed: pupils
            .iter()
            .filter(|pupil| !pupil.progress.is_empty())
            .count(),
        lessons: usize::try_from(template.lessons).unwrap_or_default(),
        closed,
        open: lessons.len() - closed,
        report: report.is_some_and(|report| report.is_whole()),
    })
}

impl Report {
    fn is_whole(&self) -> bool {
        [
            &self.context,
            &self.aims,
            &self.methods,
            &self.findings,
            &self.changes,
        ]
        .iter()
        .all(|part| !part.is_empty())
    }
}

/// Begins the report with what the group wrote before. Nothing of it is about a case pupil.
async fn prefill<A>(tx: &Tx, permit: &Permit<A>, study: &Study) -> Result<()>
where
    A: Writes<report::Entity>,
{
    let person = tx.access().viewer().id().ok_or(Refusal::SignInRequired)?;
    let lessons = research_lesson::queries::in_study(tx, study.id).await?;
    let written = Condition::any().add(research_lesson::entity::cell::Column::Kind.is_in([
        CellKind::Teaching,
        CellKind::Class,
        CellKind::Next,
    ]));
    let cells = research_lesson::queries::cells_in_study(tx, study.id, written).await?;
    let of = |kinds: &[CellKind]| {
        let parts = lessons.iter().flat_map(|lesson| {
            let cells = cells.iter();
            cells
                .filter(|cell| {
                    cell.lesson_id == lesson.id
                        && kinds.contains(&cell.kind)
                        && !cell.body.is_empty()
                })
                .map(|cell| format!("{}. {}", lesson.number, cell.body))
        });
        parts.collect::<Vec<_>>().join("\n\n")
    };
    let methods = lessons.iter().map(|lesson| {
        let day = lesson
            .taught_at
            .map(|at| tx.access().db().clock().day(at).to_string());
        let parts = [
            Some(lesson.class_label.clone()),
            Some(lesson.topic.clone()),
            day,
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        format!("{}. {}", lesson.number, parts.join(" · "))
    });
    let report = Report {
        study_id: study.id,
        context: study.theme.clone(),
        aims: study.question.clone(),
        methods: methods.collect::<Vec<_>>().join("\n"),
        findings: of(&[CellKind::Class, CellKind::Teaching]),
        changes: of(&[CellKind::Next]),
        version: 1,
        written_by_id: person,
        written_at: tx.now(),
    };
    tx.insert(permit, report).await?;
    Ok(())
}

impl Seat {
    /// A study where the viewer takes no part, or the seat they have.
    pub(crate) fn of(study: &Study, member: Option<&Member>, today: chrono::NaiveDate) -> Self {
        Self {
            study: study.id,
            theme: study.theme.clone(),
            state: study.state,
            part: member.and_then(|member| member.part(today)),
        }
    }
}
