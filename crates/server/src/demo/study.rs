//! A study of the demo's community: two teachers of two schools, one research lesson behind them and one being planned.

use std::collections::HashMap;

use anyhow::Context;
use domain::authz::Viewer;
use domain::db::{Access, Db};
use domain::id::Id;
use domain::network::Network;
use domain::research_lesson::{self, CellKind, ResearchLesson, SheetStage, sheet};
use domain::school::School;
use domain::study::{self, Study, group, record};
use domain::{case_pupil, consent, observation, study_template};
use serde::Deserialize;

/// `[study]` of `community.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewStudy {
    pub(super) lead: String,
    pub(super) member: String,
    schools: [String; 2],
    network: String,
    theme: String,
    question: String,
    subject: String,
    grade: i32,
    note: String,
    class: String,
    /// Of the research lessons. The last is still being planned, unless there is a report.
    topics: Vec<String>,
    class_said: String,
    teaching_said: String,
    decided: String,
    pub(super) pupil: Vec<NewPupil>,
    stage: Vec<NewStage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPupil {
    typifies: String,
    level: String,
    expected: String,
    seen: String,
    pub(super) discussed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewStage {
    name: String,
    minutes: i32,
    activity: String,
}

/// Who takes part, where.
pub(super) struct Cast<'a> {
    pub(super) db: &'a Db,
    pub(super) viewers: &'a HashMap<String, Viewer>,
    pub(super) schools: &'a HashMap<String, School>,
    pub(super) networks: &'a HashMap<String, Id<Network>>,
}

impl Cast<'_> {
    fn access(&self, key: &str) -> anyhow::Result<Access> {
        let viewer = self
            .viewers
            .get(key)
            .with_context(|| format!("nobody is {key}"))?;
        Ok(self.db.access(viewer.clone()))
    }

    fn school(&self, key: &str) -> anyhow::Result<Id<School>> {
        Ok(self
            .schools
            .get(key)
            .with_context(|| format!("school {key}"))?
            .id)
    }

    /// The study, done by those who would do it.
    pub(super) async fn play(&self, new: &NewStudy) -> anyhow::Result<()> {
        let (lead, member) = (self.access(&new.lead)?, self.access(&new.member)?);
        let [ours, theirs] = &new.schools;
        let schools = [self.school(ours)?, self.school(theirs)?];
        let network = self.networks.get(&new.network).copied();
        let study = focused(new, [&lead, &member], schools, network).await?;
        let Some((last, others)) = new.topics.split_last() else {
            return Ok(());
        };
        for topic in others {
            taught(new, &lead, &member, study, topic).await?;
        }
        plan(new, &lead, study, last).await?;
        Ok(())
    }
}

/// A group of two with its question, case pupils and a consent.
pub(super) async fn focused(
    new: &NewStudy,
    [lead, member]: [&Access; 2],
    [ours, theirs]: [Id<School>; 2],
    network: Option<Id<Network>>,
) -> anyhow::Result<Id<Study>> {
    let templates = study_template::queries::all(lead).await?;
    let template = templates
        .first()
        .context("templates come with the tables")?;
    let card = study::commands::Card {
        theme: new.theme.clone(),
        question: new.question.clone(),
        subject: Some(new.subject.clone()),
        grade: Some(new.grade),
        network,
    };
    let begun = study::commands::create(lead, template.id, ours, &card, None).await?;
    let study = begun.id;
    let person = member.viewer().id().context("a member is a person")?;
    let asked = group::invite(lead, study, person, study::Role::Member, None).await?;
    group::join(member, asked.id, Some(theirs)).await?;
    for own in study::queries::own(lead, &[study]).await? {
        group::accept_protocol(lead, own.id).await?;
    }
    group::accept_protocol(member, asked.id).await?;
    let note = record::NewNote {
        study,
        body: new.note.clone(),
        url: None,
    };
    record::note(member, &note, None).await?;
    for pupil in &new.pupil {
        let card = case_pupil::commands::Card {
            pseudonym: None,
            typifies: pupil.typifies.clone(),
            level: pupil.level.clone(),
        };
        case_pupil::commands::add(lead, study, &card, None).await?;
    }
    let consent = consent::commands::NewConsent {
        study,
        kind: consent::Kind::Monitoring,
        scope: new.class.clone(),
        count: Some(24),
        paper: None,
        given_on: lead.today(),
        expires_on: None,
    };
    consent::commands::record(lead, &consent, None).await?;
    let formed = study::commands::turn(lead, study, 1, study::Step::Form, None).await?;
    study::commands::turn(lead, study, formed.version, study::Step::Focus, None).await?;
    Ok(study)
}

/// A research lesson from its plan to its last word.
pub(super) async fn taught(
    new: &NewStudy,
    lead: &Access,
    member: &Access,
    study: Id<Study>,
    topic: &str,
) -> anyhow::Result<()> {
    use research_lesson::Step;
    let (lesson, stages) = plan(new, lead, study, topic).await?;
    let pupils = case_pupil::queries::of(lead, &[study]).await?;
    let first = stages.first().copied();
    for (pupil, told) in pupils.iter().zip(&new.pupil) {
        let at = (CellKind::Predicted, first, Some(pupil.id));
        write(lead, lesson.id, at, &told.expected).await?;
    }
    let mut version = lesson.version;
    let mut turn = async |step| {
        version = research_lesson::commands::turn(lead, lesson.id, version, step)
            .await?
            .version;
        anyhow::Ok(())
    };
    turn(Step::Freeze).await?;
    let mut notes = Vec::new();
    for (pupil, told) in pupils.iter().zip(&new.pupil) {
        notes.push(observation::commands::Note {
            id: Id::fresh(),
            taken_at: lead.now(),
            pupil: Some(pupil.id),
            stage: first,
            fact: told.seen.clone(),
            interpretation: String::new(),
        });
        let at = (CellKind::Observed, first, Some(pupil.id));
        write(member, lesson.id, at, &told.seen).await?;
    }
    observation::commands::sync(member, lesson.id, &notes).await?;
    turn(Step::Teach).await?;
    turn(Step::OpenDiscussion).await?;
    for (pupil, told) in pupils.iter().zip(&new.pupil) {
        let at = (CellKind::Discussed, None, Some(pupil.id));
        write(member, lesson.id, at, &told.discussed).await?;
    }
    for (kind, said) in [
        (CellKind::Class, &new.class_said),
        (CellKind::Teaching, &new.teaching_said),
        (CellKind::Next, &new.decided),
    ] {
        write(lead, lesson.id, (kind, None, None), said).await?;
    }
    turn(Step::Discuss).await?;
    turn(Step::Close).await
}

/// The next research lesson with its stages.
async fn plan(
    new: &NewStudy,
    lead: &Access,
    study: Id<Study>,
    topic: &str,
) -> anyhow::Result<(ResearchLesson, Vec<Id<SheetStage>>)> {
    let card = research_lesson::commands::Card {
        class_label: new.class.clone(),
        topic: topic.to_owned(),
        starts_at: None,
        teacher: lead.viewer().id(),
        school: None,
    };
    let lesson = research_lesson::commands::add(lead, study, &card, None).await?;
    let mut stages = Vec::new();
    for stage in &new.stage {
        let card = sheet::NewStage {
            name: stage.name.clone(),
            minutes: stage.minutes,
        };
        let added = sheet::add_stage(lead, lesson.id, &card, None).await?;
        let at = (CellKind::Activity, Some(added.id), None);
        write(lead, lesson.id, at, &stage.activity).await?;
        stages.push(added.id);
    }
    Ok((lesson, stages))
}

type At = (
    CellKind,
    Option<Id<SheetStage>>,
    Option<Id<case_pupil::CasePupil>>,
);

async fn write(
    access: &Access,
    lesson: Id<ResearchLesson>,
    (kind, stage, pupil): At,
    text: &str,
) -> anyhow::Result<()> {
    let place = sheet::Place {
        lesson,
        kind,
        stage,
        pupil,
    };
    sheet::write(access, &place, 0, text).await?;
    Ok(())
}
