//! What observers do: hand in their notes, many at once and perhaps again; mend one until the discussion begins.

use std::collections::HashSet;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{EntityTrait, IntoActiveModel};

use super::entity::{Column, Entity};
use super::policy::Observe;
use super::queries::{handed_in, subjects};
use super::{BATCH, Observation, State};
use crate::case_pupil::CasePupil;
use crate::clock::Timestamp;
use crate::db::Access;
use crate::error::{Error, Misstep, Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::Worked;
use crate::id::Id;
use crate::pupil_text;
use crate::research_lesson::queries::held;
use crate::research_lesson::{self, ResearchLesson, SheetStage};

/// The longest text of a note.
const TEXT: usize = 2000;

/// A note as it comes from a device.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its id, made on the device.
    pub id: Id<Observation>,
    /// When it was noted.
    pub taken_at: Timestamp,
    /// Of which case pupil; none for the class.
    pub pupil: Option<Id<CasePupil>>,
    /// At which stage.
    pub stage: Option<Id<SheetStage>>,
    /// What was seen.
    pub fact: String,
    /// What the observer thinks it means.
    pub interpretation: String,
}

/// What became of notes that were handed in.
#[derive(Debug, Default)]
pub struct Synced {
    /// Those that are there now, whether they came now or before, in the order in which they were taken.
    pub there: Vec<Observation>,
    /// Those that are not, each with why.
    pub refused: Vec<(Id<Observation>, Vec<Misstep>)>,
}

/// Hands in notes. Each is there once, however often it comes; one that is refused does not keep the others. Notes that
/// arrive after the discussion began are locked at once, and none arrive in a closed lesson.
pub async fn sync(access: &Access, lesson: Id<ResearchLesson>, notes: &[Note]) -> Result<Synced> {
    if notes.len() > BATCH {
        return Err(Refusal::TooMany { max: BATCH }.of("notes"));
    }
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, lesson, "lessonId").await?;
    let person = access
        .viewer()
        .id()
        .ok_or_else(|| access.viewer().refusal())?;
    let permit = tx.permit(Observe {
        seat: &seat,
        person,
    })?;
    let ids: Vec<_> = notes.iter().map(|note| note.id).collect();
    let mut synced = Synced::default();
    use research_lesson::State as Lesson;
    if matches!(lesson.state, Lesson::Planning | Lesson::Closed) {
        // What came in time is there, and its device may not know yet.
        synced.there = handed_in(&tx, lesson.id, person, &ids).await?;
        let late = notes
            .iter()
            .filter(|note| !synced.there.iter().any(|row| row.id == note.id));
        let why = Misstep {
            field: "lessonId",
            refusal: lesson.state.wrong(),
        };
        synced.refused = late.map(|note| (note.id, vec![why.clone()])).collect();
        return Ok(synced);
    }
    let known = subjects(&tx, &lesson).await?;
    let state = if lesson.discussing_since.is_some() {
        State::Locked
    } else {
        State::Synced
    };
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(notes.len());
    for note in notes.iter().filter(|note| seen.insert(note.id)) {
        match note.checked(&known, tx.now()) {
            Ok((fact, interpretation)) => rows.push(Observation {
                id: note.id,
                study_id: lesson.study_id,
                lesson_id: lesson.id,
                author_id: person,
                pupil_id: note.pupil,
                stage_id: note.stage,
                taken_at: note.taken_at,
                fact,
                interpretation,
                photo_id: None,
                state,
                version: 1,
                received_at: tx.now(),
            }),
            Err(Error::Refused(missteps)) => synced.refused.push((note.id, missteps)),
            Err(other) => return Err(other),
        }
    }
    if rows.is_empty() {
        return Ok(synced);
    }
    let sent: Vec<_> = rows.iter().map(|row| row.id).collect();
    // An id that is there already, of this person in this lesson, is that note; any other is somebody else's.
    let column = |column: Column| Expr::col((Entity, column));
    let mine = OnConflict::column(Column::Id)
        .update_column(Column::Id)
        .action_and_where(column(Column::AuthorId).eq(person))
        .action_and_where(column(Column::LessonId).eq(lesson.id))
        .to_owned();
    let mut there = Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .on_conflict(mine)
        .exec_with_returning(tx.raw(&permit))
        .await?;
    there.sort_by_key(|row| (row.taken_at, row.id));
    let foreign = sent
        .into_iter()
        .filter(|id| !there.iter().any(|row| row.id == *id));
    let taken = Misstep {
        field: "id",
        refusal: Refusal::AlreadyExists,
    };
    synced
        .refused
        .extend(foreign.map(|id| (id, vec![taken.clone()])));
    if there.iter().any(|row| row.received_at == tx.now()) {
        let fact = Fact::worked(seat.about(), Worked::Observations, Some(lesson.id));
        tx.record(&permit, fact).await?;
    }
    tx.commit().await?;
    synced.there = there;
    Ok(synced)
}

impl Note {
    /// The texts, when everything about the note is as it should be.
    fn checked(&self, known: &[uuid::Uuid], now: Timestamp) -> Result<(String, String)> {
        let mut missteps = Missteps::default();
        let fact = missteps.check("fact", pupil_text::needed(&self.fact, TEXT));
        let interpretation = missteps.check(
            "interpretation",
            pupil_text::prose(&self.interpretation, TEXT),
        );
        if self
            .pupil
            .is_some_and(|pupil| !known.contains(&pupil.uuid()))
        {
            missteps.add("pupilId", Refusal::NotFound);
        }
        if self
            .stage
            .is_some_and(|stage| !known.contains(&stage.uuid()))
        {
            missteps.add("stageId", Refusal::NotFound);
        }
        // A device's clock may go a little wrong.
        if self.taken_at > now + chrono::TimeDelta::days(1) {
            missteps.add("takenAt", Refusal::DateTooFar { days: 1 });
        }
        missteps.finish()?;
        Ok((fact.unwrap_or_default(), interpretation.unwrap_or_default()))
    }
}

/// Whoever took a note mends its texts, until the discussion begins.
pub async fn update(
    access: &Access,
    id: Id<Observation>,
    version: i32,
    fact: &str,
    interpretation: &str,
) -> Result<Observation> {
    let mut missteps = Missteps::default();
    let fact = missteps.check("fact", pupil_text::needed(fact, TEXT));
    let interpretation = missteps.check("interpretation", pupil_text::prose(interpretation, TEXT));
    missteps.finish()?;
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (lesson, seat) = held(&tx, seen.lesson_id, "id").await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Observe {
        seat: &seat,
        person: before.author_id,
    })?;
    if before.state == State::Locked {
        return Err(Refusal::WrongState { state: "LOCKED" }.into());
    }
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let after = Observation {
        fact: fact.unwrap_or_default(),
        interpretation: interpretation.unwrap_or_default(),
        version: version + 1,
        ..before
    };
    let after = tx.update(&permit, after).await?;
    let worked = Fact::worked(seat.about(), Worked::Observations, Some(lesson.id));
    tx.record(&permit, worked).await?;
    tx.commit().await?;
    Ok(after)
}
