//! How a group writes a sheet together: stages, cells, comments, and who is there.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait,
};
use serde::Serialize;

use super::entity::{cell, comment, visit};
use super::queries::held;
use super::{
    CellComment, CellKind, Discussion, ResearchLesson, STAGES, SheetCell, SheetStage, State, Visit,
    place, queries,
};
use crate::authz::{Permit, Writes};
use crate::case_pupil::{self, CasePupil};
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::{StudyFact, Worked};
use crate::id::Id;
use crate::observation;
use crate::pupil_text;
use crate::study::policy::{Speak, Work};
use crate::study::{Part, Seat};

/// What a stage is called, and how long it takes.
#[derive(Debug, Clone, Serialize)]
pub struct NewStage {
    /// Its name.
    pub name: String,
    /// Minutes, 1 to 240.
    pub minutes: i32,
}

impl NewStage {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let name = missteps.check("name", pupil_text::line(&self.name, 120));
        if !(1..=240).contains(&self.minutes) {
            missteps.add("minutes", Refusal::OutOfRange { min: 1, max: 240 });
        }
        missteps.finish()?;
        Ok(Self {
            name: name.unwrap_or_default(),
            minutes: self.minutes,
        })
    }
}

/// The group adds a stage at the end of the lesson.
pub async fn add_stage(
    access: &Access,
    lesson: Id<ResearchLesson>,
    new: &NewStage,
    key: Option<&str>,
) -> Result<SheetStage> {
    let new = new.checked()?;
    let tx = match access
        .begin_once(key, &("sheet.add_stage", lesson, &new))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (lesson, seat) = held(&tx, lesson, "lessonId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    planned(&lesson)?;
    let stages = queries::stages_in(&tx, lesson.id).await?;
    if stages.len() >= STAGES {
        return Err(Refusal::TooMany { max: STAGES }.of("lessonId"));
    }
    let stage = SheetStage {
        id: Id::fresh(),
        study_id: lesson.study_id,
        lesson_id: lesson.id,
        number: stages.last().map_or(0, |last| last.number) + 1,
        name: new.name,
        minutes: new.minutes,
        version: 1,
    };
    let stage = tx.insert(&permit, stage).await?;
    worked(&tx, &permit, &seat, lesson.id).await?;
    tx.commit_as(stage.id).await?;
    Ok(stage)
}

/// The group changes a stage.
pub async fn update_stage(
    access: &Access,
    id: Id<SheetStage>,
    version: i32,
    new: &NewStage,
) -> Result<SheetStage> {
    let new = new.checked()?;
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (lesson, seat) = held(&tx, seen.lesson_id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    let stage = tx.lock(id, "id").await?;
    planned(&lesson)?;
    if stage.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let stage = SheetStage {
        name: new.name,
        minutes: new.minutes,
        version: version + 1,
        ..stage
    };
    let stage = tx.update(&permit, stage).await?;
    worked(&tx, &permit, &seat, lesson.id).await?;
    tx.commit().await?;
    Ok(stage)
}

/// The group takes a stage out, with what was written of it.
pub async fn remove_stage(access: &Access, id: Id<SheetStage>) -> Result<ResearchLesson> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (lesson, seat) = held(&tx, seen.lesson_id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    let stage = tx.lock(id, "id").await?;
    planned(&lesson)?;
    let cells = cell::Entity::find()
        .select_only()
        .column(cell::Column::Id)
        .filter(cell::Column::StageId.eq(id))
        .into_query();
    let gone = comment::Entity::delete_many().filter(comment::Column::CellId.in_subquery(cells));
    gone.exec(tx.raw(&permit)).await?;
    let gone = cell::Entity::delete_many().filter(cell::Column::StageId.eq(id));
    gone.exec(tx.raw(&permit)).await?;
    // Notes of a lesson that was frozen once keep what was seen.
    use observation::entity::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::StageId, Expr::value(None::<uuid::Uuid>))
        .filter(Column::StageId.eq(id))
        .exec(tx.raw(&permit))
        .await?;
    tx.delete(&permit, stage).await?;
    worked(&tx, &permit, &seat, lesson.id).await?;
    tx.commit().await?;
    Ok(lesson)
}

/// The group puts the stages in another order: all of them, each once.
pub async fn order_stages(
    access: &Access,
    lesson: Id<ResearchLesson>,
    order: &[Id<SheetStage>],
) -> Result<ResearchLesson> {
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, lesson, "lessonId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    planned(&lesson)?;
    let stages = queries::stages_in(&tx, lesson.id).await?;
    let (mut given, mut there): (Vec<_>, Vec<_>) = (
        order.to_vec(),
        stages.iter().map(|stage| stage.id).collect(),
    );
    given.sort();
    there.sort();
    if given != there {
        return Err(Refusal::Conflict.of("stageIds"));
    }
    for (number, id) in (1..).zip(order) {
        if let Some(stage) = stages
            .iter()
            .find(|stage| stage.id == *id && stage.number != number)
        {
            let moved = SheetStage {
                number,
                version: stage.version + 1,
                ..stage.clone()
            };
            tx.update(&permit, moved).await?;
        }
    }
    worked(&tx, &permit, &seat, lesson.id).await?;
    tx.commit().await?;
    Ok(lesson)
}

fn planned(lesson: &ResearchLesson) -> Result<()> {
    match lesson.state {
        State::Planning => Ok(()),
        state => Err(state.wrong().into()),
    }
}

async fn worked(
    tx: &Tx,
    permit: &Permit<Work<'_>>,
    seat: &Seat,
    lesson: Id<ResearchLesson>,
) -> Result<()> {
    tx.record(
        permit,
        Fact::worked(seat.about(), Worked::Sheet, Some(lesson)),
    )
    .await
}

/// Which cell of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Of which lesson.
    pub lesson: Id<ResearchLesson>,
    /// What it says.
    pub kind: CellKind,
    /// At which stage, for the kinds that have one.
    pub stage: Option<Id<SheetStage>>,
    /// Of which case pupil, for the kinds that have one.
    pub pupil: Option<Id<CasePupil>>,
}

impl Place {
    /// Whether stage and pupil are given as the kind needs them, and are of this lesson.
    async fn checked(&self, tx: &Tx, lesson: &ResearchLesson) -> Result<()> {
        match (self.kind.has_stage(), self.stage) {
            (true, None) => return Err(Refusal::Required.of("place.stageId")),
            (false, Some(_)) => return Err(Refusal::NotFound.of("place.stageId")),
            (true, Some(stage)) if tx.get(stage, "place.stageId").await?.lesson_id != lesson.id => {
                return Err(Refusal::NotFound.of("place.stageId"));
            }
            _ => {}
        }
        match (self.kind.has_pupil(), self.pupil) {
            (true, None) => Err(Refusal::Required.of("place.pupilId")),
            (false, Some(_)) => Err(Refusal::NotFound.of("place.pupilId")),
            (true, Some(pupil))
                if tx.get(pupil, "place.pupilId").await?.study_id != lesson.study_id =>
            {
                Err(Refusal::NotFound.of("place.pupilId"))
            }
            _ => Ok(()),
        }
    }

    async fn cell(&self, tx: &Tx) -> Result<Option<SheetCell>> {
        let here = Condition::all()
            .add(cell::Column::LessonId.eq(self.lesson))
            .add(cell::Column::Place.eq(place(self.kind, self.stage, self.pupil)));
        tx.find::<cell::Entity>().filter(here).one().await
    }

    fn empty(&self, tx: &Tx, seat: &Seat) -> Result<SheetCell> {
        Ok(SheetCell {
            id: Id::fresh(),
            study_id: seat.study,
            lesson_id: self.lesson,
            place: place(self.kind, self.stage, self.pupil),
            kind: self.kind,
            stage_id: self.stage,
            pupil_id: self.pupil,
            body: String::new(),
            version: 0,
            edited_by_id: tx.access().viewer().id().ok_or(Refusal::SignInRequired)?,
            edited_at: tx.now(),
        })
    }
}

/// What became of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It says what was written.
    Done(SheetCell),
    /// Somebody else wrote in it meanwhile: this is what it says. Nothing was changed.
    Met(SheetCell),
}

/// Somebody writes a cell; `version` is that of the cell they saw, 0 for one that nobody wrote in. Text that is there
/// already is as good as written.
pub async fn write(access: &Access, at: &Place, version: i32, body: &str) -> Result<Written> {
    let body = pupil_text::prose(body, 4000).map_err(|refusal| refusal.of("text"))?;
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, at.lesson, "place.lessonId").await?;
    if at.kind == CellKind::Closing && seat.part == Some(Part::Expert) {
        let permit = tx.permit(Speak { seat: &seat })?;
        put(tx, &permit, &lesson, &seat, at, version, body).await
    } else {
        let permit = tx.permit(Work { seat: &seat })?;
        put(tx, &permit, &lesson, &seat, at, version, body).await
    }
}

async fn put<A>(
    tx: Tx,
    permit: &Permit<A>,
    lesson: &ResearchLesson,
    seat: &Seat,
    at: &Place,
    version: i32,
    body: String,
) -> Result<Written>
where
    A: Writes<cell::Entity>,
{
    at.checked(&tx, lesson).await?;
    let before = at.cell(&tx).await?;
    if let Some(before) = &before
        && before.body == body
        && before.version > 0
    {
        return Ok(Written::Done(before.clone()));
    }
    if !at
        .kind
        .is_open(lesson.state, lesson.discussing_since.is_some())
    {
        return Err(lesson.state.wrong().into());
    }
    if at.kind.is_discussion() {
        let cells = queries::cells_in(&tx, lesson.id).await?;
        let pupils = case_pupil::queries::in_study(&tx, lesson.study_id).await?;
        if let Some(missing) = Discussion::of(&cells, &pupils).missing(at.kind) {
            return Err(missing.into());
        }
    }
    let row = SheetCell {
        body,
        version: version + 1,
        ..at.empty(&tx, seat)?
    };
    let written = match before {
        Some(before) if before.version != version => return Ok(Written::Met(before)),
        Some(before) => {
            tx.update(
                permit,
                SheetCell {
                    id: before.id,
                    ..row
                },
            )
            .await?
        }
        None if version != 0 => return Err(Refusal::Conflict.of("version")),
        None => tx.insert(permit, row).await?,
    };
    let fact = Fact::worked(seat.about(), Worked::Sheet, Some(lesson.id));
    tx.record(permit, fact).await?;
    tx.commit().await?;
    Ok(Written::Done(written))
}

/// Whoever takes part says something about a cell, as long as the lesson is not closed.
pub async fn say(
    access: &Access,
    at: &Place,
    body: &str,
    key: Option<&str>,
) -> Result<CellComment> {
    let body = pupil_text::needed(body, 2000).map_err(|refusal| refusal.of("text"))?;
    let tx = match access
        .begin_once(key, &("sheet.comment", at, &body))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (lesson, seat) = held(&tx, at.lesson, "place.lessonId").await?;
    let permit = tx.permit(Speak { seat: &seat })?;
    if lesson.state == State::Closed {
        return Err(lesson.state.wrong().into());
    }
    at.checked(&tx, &lesson).await?;
    let on = match at.cell(&tx).await? {
        Some(cell) => cell,
        None => tx.insert(&permit, at.empty(&tx, &seat)?).await?,
    };
    let said = CellComment {
        id: Id::fresh(),
        study_id: lesson.study_id,
        lesson_id: lesson.id,
        cell_id: on.id,
        author_id: on_behalf(&tx)?,
        body,
        created_at: tx.now(),
    };
    let said = tx.insert(&permit, said).await?;
    let fact = StudyFact::CellCommented {
        study: seat.about(),
        lesson: lesson.id,
        number: lesson.number,
    };
    tx.record(&permit, Fact::Study(fact)).await?;
    tx.commit_as(said.id).await?;
    Ok(said)
}

/// Whoever takes part says that they have the sheet before them; good for a while ([`queries::PRESENT`]).
pub async fn visit(access: &Access, lesson: Id<ResearchLesson>) -> Result<ResearchLesson> {
    let tx = access.begin().await?;
    let (lesson, seat) = held(&tx, lesson, "lessonId").await?;
    let permit = tx.permit(Speak { seat: &seat })?;
    let row = Visit {
        lesson_id: lesson.id,
        person_id: on_behalf(&tx)?,
        study_id: lesson.study_id,
        seen_at: tx.now(),
    };
    let again = OnConflict::columns([visit::Column::LessonId, visit::Column::PersonId])
        .update_column(visit::Column::SeenAt)
        .to_owned();
    visit::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(tx.raw(&permit))
        .await?;
    tx.commit().await?;
    Ok(lesson)
}

fn on_behalf(tx: &Tx) -> Result<Id<crate::person::Person>> {
    Ok(tx.access().viewer().id().ok_or(Refusal::SignInRequired)?)
}
