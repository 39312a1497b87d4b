//! How observations are found.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Order as Direction, UnionType};
use sea_orm::{Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait};
use serde::Serialize;

use super::Observation;
use super::entity::{Column, Entity};
use crate::case_pupil::{self, CasePupil};
use crate::db::{Access, Find, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::page::{List, Order, Page, Window, fetch};
use crate::person::Person;
use crate::research_lesson::{ResearchLesson, entity::stage};

/// Observations are listed in the order in which they were taken.
#[derive(Clone, Copy, Serialize)]
struct Taken;

impl Order<Entity> for Taken {
    fn column(self) -> Column {
        Column::TakenAt
    }

    fn descending(self) -> bool {
        false
    }
}

/// Which observations of a lesson. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Of this case pupil.
    pub pupil: Option<Id<CasePupil>>,
    /// By this person.
    pub author: Option<Id<Person>>,
}

/// A part of the observations of a lesson, in the order in which they were taken.
pub async fn page(
    access: &Access,
    of: Id<ResearchLesson>,
    filter: &Filter,
    window: &Window,
) -> Result<Page<Observation>> {
    fetch(
        found(access, of, filter),
        &List::new(Taken, &(of, filter))?,
        window,
    )
    .await
}

/// How many there are.
pub async fn count(access: &Access, of: Id<ResearchLesson>, filter: &Filter) -> Result<u64> {
    found(access, of, filter).count().await
}

fn found<'a>(access: &'a Access, of: Id<ResearchLesson>, filter: &Filter) -> Find<'a, Entity> {
    let which = Condition::all()
        .add(Column::LessonId.eq(of))
        .add_option(filter.pupil.map(|pupil| Column::PupilId.eq(pupil)))
        .add_option(filter.author.map(|author| Column::AuthorId.eq(author)));
    access.find().filter(which)
}

/// The case pupils and stages that notes of the lesson may be about: one statement.
pub(crate) async fn subjects(tx: &Tx, lesson: &ResearchLesson) -> Result<Vec<uuid::Uuid>> {
    use case_pupil::entity as pupil;
    let stages = stage::Entity::find()
        .select_only()
        .column(stage::Column::Id)
        .filter(stage::Column::LessonId.eq(lesson.id))
        .into_query();
    let rows = tx
        .find::<pupil::Entity>()
        .filter(pupil::Column::StudyId.eq(lesson.study_id))
        .shape(|select| {
            let mut select = select.select_only().column(pupil::Column::Id);
            QuerySelect::query(&mut select).union(UnionType::All, stages);
            select
        })
        .all_as::<Key>()
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(FromQueryResult)]
struct Key {
    id: uuid::Uuid,
}

/// Those of these observations that this person handed in for the lesson, in the order in which they were taken.
pub(crate) async fn handed_in(
    tx: &Tx,
    lesson: Id<ResearchLesson>,
    person: Id<Person>,
    ids: &[Id<Observation>],
) -> Result<Vec<Observation>> {
    tx.find::<Entity>()
        .any_of(Column::Id, ids)
        .filter(Column::LessonId.eq(lesson))
        .filter(Column::AuthorId.eq(person))
        .order(Column::TakenAt, Direction::Asc)
        .order(Column::Id, Direction::Asc)
        .all()
        .await
}
