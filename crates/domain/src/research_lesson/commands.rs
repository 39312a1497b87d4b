//! What a group does with a research lesson: plan it, take its steps, say who observes whom; and the reminder.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use serde::Serialize;

use super::entity::{Column, Entity, observer};
use super::policy::Remind;
use super::queries::held;
use super::{Discussion, MOST, Observer, ResearchLesson, State, Step, queries};
use crate::case_pupil::{self, CasePupil};
use crate::clock::Timestamp;
use crate::consent;
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::{StudyFact, Worked};
use crate::id::Id;
use crate::observation;
use crate::person::Person;
use crate::pupil_text;
use crate::school::School;
use crate::study::policy::Work;
use crate::study::{self, Study, queries as studies};

/// How long a group has for its discussion before it is reminded.
pub const DISCUSS_WITHIN: chrono::TimeDelta = chrono::TimeDelta::hours(24);

/// What is known of a lesson before it is taught.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The class: `5 «А»`.
    pub class_label: String,
    /// What it is about.
    pub topic: String,
    /// When it begins.
    pub starts_at: Option<Timestamp>,
    /// Who teaches it: somebody of the group.
    pub teacher: Option<Id<Person>>,
    /// At which school.
    pub school: Option<Id<School>>,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let class_label = missteps.check("classLabel", pupil_text::line(&self.class_label, 40));
        let topic = missteps.check("topic", pupil_text::prose(&self.topic, 300));
        missteps.finish()?;
        Ok(Self {
            class_label: class_label.unwrap_or_default(),
            topic: topic.unwrap_or_default(),
            ..self.clone()
        })
    }

    async fn fits(&self, tx: &Tx, study: Id<Study>) -> Result<()> {
        if let Some(teacher) = self.teacher
            && !studies::in_group(tx, study, teacher).await?
        {
            return Err(Refusal::NotFound.of("teacherId"));
        }
        if let Some(school) = self.school {
            tx.get(school, "schoolId").await?;
        }
        Ok(())
    }
}

/// The group plans its next research lesson, once the one before is closed.
pub async fn add(
    access: &Access,
    of: Id<Study>,
    card: &Card,
    key: Option<&str>,
) -> Result<ResearchLesson> {
    let card = card.checked()?;
    let tx = match access
        .begin_once(key, &("research_lesson.add", of, &card))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (before, seat) = studies::held(&tx, of, "studyId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    if !matches!(before.state, study::State::Focused | study::State::Cycling) {
        return Err(before.state.wrong().into());
    }
    card.fits(&tx, of).await?;
    let lessons = queries::in_study(&tx, of).await?;
    if lessons.len() >= MOST {
        return Err(Refusal::TooMany { max: MOST }.of("studyId"));
    }
    if let Some(open) = lessons.iter().find(|lesson| lesson.state != State::Closed) {
        return Err(open.state.wrong().into());
    }
    let lesson = ResearchLesson {
        id: Id::fresh(),
        study_id: of,
        number: lessons.last().map_or(0, |last| last.number) + 1,
        class_label: card.class_label,
        topic: card.topic,
        starts_at: card.starts_at,
        teacher_id: card.teacher,
        school_id: card.school,
        state: State::Planning,
        taught_at: None,
        discussing_since: None,
        reminded_at: None,
        version: 1,
        created_at: tx.now(),
    };
    let lesson = tx.insert(&permit, lesson).await?;
    if let Some(cycling) = before.after(study::Step::Cycle, None, tx.now()) {
        tx.update(&permit, cycling).await?;
    }
    tx.record(
        &permit,
        Fact::worked(seat.about(), Worked::Lesson, Some(lesson.id)),
    )
    .await?;
    tx.commit_as(lesson.id).await?;
    Ok(lesson)
}

/// The group changes what is known of a lesson, until it was taught.
pub async fn update(
    access: &Access,
    id: Id<ResearchLesson>,
    version: i32,
    card: &Card,
) -> Result<ResearchLesson> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    seen(&lesson, version)?;
    if !matches!(lesson.state, State::Planning | State::Frozen) {
        return Err(lesson.state.wrong().into());
    }
    card.fits(&tx, lesson.study_id).await?;
    let lesson = ResearchLesson {
        class_label: card.class_label,
        topic: card.topic,
        starts_at: card.starts_at,
        teacher_id: card.teacher,
        school_id: card.school,
        version: version + 1,
        ..lesson
    };
    let lesson = tx.update(&permit, lesson).await?;
    tx.record(
        &permit,
        Fact::worked(seat.about(), Worked::Lesson, Some(id)),
    )
    .await?;
    tx.commit().await?;
    Ok(lesson)
}

/// The group takes a step with a lesson. What a step needs: a consent to watch before *taught*, an entry for every case
/// pupil before *discussed*. With the beginning of the discussion observations are locked.
pub async fn turn(
    access: &Access,
    id: Id<ResearchLesson>,
    version: i32,
    step: Step,
) -> Result<ResearchLesson> {
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    seen(&lesson, version)?;
    let after = lesson.state.after(step, lesson.discussing_since.is_some());
    let state = after.ok_or_else(|| lesson.state.wrong())?;
    match step {
        Step::Teach
            if !consent::queries::holds(&tx, lesson.study_id, consent::Kind::Monitoring)
                .await? =>
        {
            return Err(Refusal::ConsentMissing.into());
        }
        Step::Discuss => {
            let cells = queries::cells_in(&tx, id).await?;
            let pupils = case_pupil::queries::in_study(&tx, lesson.study_id).await?;
            let missed = Discussion::of(&cells, &pupils).missed;
            if missed > 0 {
                return Err(Refusal::PupilMissed { count: missed }.into());
            }
        }
        Step::OpenDiscussion => {
            use observation::entity::{Column, Entity};
            Entity::update_many()
                .col_expr(Column::State, Expr::value(observation::State::Locked))
                .filter(Column::LessonId.eq(id))
                .exec(tx.raw(&permit))
                .await?;
        }
        _ => {}
    }
    let now = tx.now();
    let lesson = ResearchLesson {
        state,
        taught_at: if step == Step::Teach {
            Some(now)
        } else {
            lesson.taught_at
        },
        discussing_since: if step == Step::OpenDiscussion {
            Some(now)
        } else {
            lesson.discussing_since
        },
        version: version + 1,
        ..lesson
    };
    let lesson = tx.update(&permit, lesson).await?;
    let fact = StudyFact::LessonTurned {
        study: seat.about(),
        lesson: id,
        number: lesson.number,
        state,
        discussing: lesson.discussing_since.is_some(),
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(lesson)
}

/// Somebody of the group gets a case pupil to watch. Again is as good as once.
pub async fn assign(
    access: &Access,
    lesson: Id<ResearchLesson>,
    person: Id<Person>,
    pupil: Id<CasePupil>,
) -> Result<ResearchLesson> {
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, lesson, "lessonId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    if !matches!(lesson.state, State::Planning | State::Frozen) {
        return Err(lesson.state.wrong().into());
    }
    if !studies::in_group(&tx, lesson.study_id, person).await? {
        return Err(Refusal::NotFound.of("personId"));
    }
    let pupil = tx.get(pupil, "pupilId").await?;
    if pupil.study_id != lesson.study_id {
        return Err(Refusal::NotFound.of("pupilId"));
    }
    let row = Observer {
        lesson_id: lesson.id,
        person_id: person,
        pupil_id: pupil.id,
        study_id: lesson.study_id,
    };
    use observer::Column::{LessonId, PersonId, PupilId};
    let added = tx
        .insert_missing(&permit, vec![row], &[LessonId, PersonId, PupilId])
        .await?;
    if added.is_empty() {
        return Ok(lesson);
    }
    let fact = StudyFact::ObserverAssigned {
        study: seat.about(),
        lesson: lesson.id,
        number: lesson.number,
        person,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit().await?;
    Ok(lesson)
}

/// Somebody watches a case pupil no more.
pub async fn release(
    access: &Access,
    lesson: Id<ResearchLesson>,
    person: Id<Person>,
    pupil: Id<CasePupil>,
) -> Result<ResearchLesson> {
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, lesson, "lessonId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    let row = tx.find::<observer::Entity>().filter(
        Condition::all()
            .add(observer::Column::LessonId.eq(lesson.id))
            .add(observer::Column::PersonId.eq(person))
            .add(observer::Column::PupilId.eq(pupil)),
    );
    let row = row
        .one()
        .await?
        .ok_or_else(|| Refusal::NotFound.of("personId"))?;
    tx.delete(&permit, row).await?;
    tx.record(
        &permit,
        Fact::worked(seat.about(), Worked::Observers, Some(lesson.id)),
    )
    .await?;
    tx.commit().await?;
    Ok(lesson)
}

/// Reminds the groups whose lesson was taught a day ago and not discussed since, at most `batch` of them; tells how many.
pub async fn remind_due(access: &Access, batch: u64) -> Result<u64> {
    let due = || {
        Condition::all()
            .add(Column::State.eq(State::Taught))
            .add(Column::RemindedAt.is_null())
            .add(Column::TaughtAt.lte(access.now() - DISCUSS_WITHIN))
    };
    let waiting = access
        .find::<Entity>()
        .filter(due())
        .limit(batch)
        .all()
        .await?;
    let mut reminded = 0;
    for row in waiting {
        let tx = access.begin().await?;
        let study = tx.get(row.study_id, "").await?;
        let lesson = tx.lock(row.id, "").await?;
        // Another node, or the group itself, was here first.
        if lesson.reminded_at.is_some() || lesson.state != State::Taught {
            continue;
        }
        let permit = tx.permit(Remind { lesson: lesson.id })?;
        let (id, number) = (lesson.id, lesson.number);
        // A group that discusses already need not be told, and a study that rests waits.
        let tell = lesson.discussing_since.is_none() && study.state.is_open();
        let lesson = ResearchLesson {
            reminded_at: Some(tx.now()),
            ..lesson
        };
        tx.update(&permit, lesson).await?;
        if tell {
            let fact = StudyFact::DiscussionDue {
                study: study.about(),
                lesson: id,
                number,
            };
            tx.record(&permit, Fact::Study(fact)).await?;
            reminded += 1;
        }
        tx.commit().await?;
    }
    Ok(reminded)
}

fn seen(lesson: &ResearchLesson, version: i32) -> Result<()> {
    if lesson.version == version {
        Ok(())
    } else {
        Err(Refusal::Conflict.of("version"))
    }
}
