//! How research lessons and the parts of their sheets are found.

use sea_orm::sea_query::{LockType, Order};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType,
    QueryResult, QuerySelect, RelationDef,
};

use super::entity::{Column, Entity, cell, comment, observer, stage, visit};
use super::{CellComment, Observer, ResearchLesson, SheetCell, SheetStage, Visit};
use crate::clock::Timestamp;
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::study::{self, Member, Seat, Study};

/// The most cells of a lesson: those of twenty stages for twelve pupils, and those of the lesson.
pub const CELLS: u64 = 600;

/// The most comments of a lesson that are shown.
pub const COMMENTS: u64 = 200;

/// How long somebody counts as there after they said so.
pub const PRESENT: chrono::TimeDelta = chrono::TimeDelta::seconds(45);

/// The research lessons of these studies that the viewer may see, in their order.
pub async fn of(access: &Access, studies: &[Id<Study>]) -> Result<Vec<ResearchLesson>> {
    access
        .find::<Entity>()
        .any_of(Column::StudyId, studies)
        .order(Column::Number, Order::Asc)
        .all()
        .await
}

pub(crate) async fn in_study(tx: &Tx, study: Id<Study>) -> Result<Vec<ResearchLesson>> {
    let find = tx.find::<Entity>().filter(Column::StudyId.eq(study));
    find.order(Column::Number, Order::Asc).all().await
}

pub(crate) async fn cells_in_study(
    tx: &Tx,
    study: Id<Study>,
    which: Condition,
) -> Result<Vec<SheetCell>> {
    let find = tx
        .find::<cell::Entity>()
        .filter(cell::Column::StudyId.eq(study));
    find.filter(which)
        .order(cell::Column::Id, Order::Asc)
        .all()
        .await
}

pub(crate) async fn cells_in(tx: &Tx, lesson: Id<ResearchLesson>) -> Result<Vec<SheetCell>> {
    let find = tx
        .find::<cell::Entity>()
        .filter(cell::Column::LessonId.eq(lesson));
    find.limit(CELLS).all().await
}

pub(crate) async fn stages_in(tx: &Tx, lesson: Id<ResearchLesson>) -> Result<Vec<SheetStage>> {
    let find = tx
        .find::<stage::Entity>()
        .filter(stage::Column::LessonId.eq(lesson));
    let find = find.order(stage::Column::Number, Order::Asc);
    find.order(stage::Column::Id, Order::Asc).all().await
}

/// The stages of these lessons, each lesson's in their order.
pub async fn stages(access: &Access, of: &[Id<ResearchLesson>]) -> Result<Vec<SheetStage>> {
    access
        .find::<stage::Entity>()
        .any_of(stage::Column::LessonId, of)
        .order(stage::Column::Number, Order::Asc)
        .order(stage::Column::Id, Order::Asc)
        .all()
        .await
}

/// The cells of these lessons that the viewer may see.
pub async fn cells(access: &Access, of: &[Id<ResearchLesson>]) -> Result<Vec<SheetCell>> {
    access
        .find::<cell::Entity>()
        .any_of(cell::Column::LessonId, of)
        .order(cell::Column::Id, Order::Asc)
        .limit(CELLS * of.len() as u64)
        .all()
        .await
}

/// What was said about the cells of these lessons, the latest last.
pub async fn comments(access: &Access, of: &[Id<ResearchLesson>]) -> Result<Vec<CellComment>> {
    let mut comments = access
        .find::<comment::Entity>()
        .any_of(comment::Column::LessonId, of)
        .order(comment::Column::Id, Order::Desc)
        .limit(COMMENTS * of.len() as u64)
        .all()
        .await?;
    comments.reverse();
    Ok(comments)
}

/// Who observes whom in these lessons.
pub async fn observers(access: &Access, of: &[Id<ResearchLesson>]) -> Result<Vec<Observer>> {
    access
        .find::<observer::Entity>()
        .any_of(observer::Column::LessonId, of)
        .order(observer::Column::PersonId, Order::Asc)
        .order(observer::Column::PupilId, Order::Asc)
        .all()
        .await
}

/// Who has the sheets of these lessons before them.
pub async fn present(access: &Access, of: &[Id<ResearchLesson>]) -> Result<Vec<Visit>> {
    let since: Timestamp = access.now() - PRESENT;
    access
        .find::<visit::Entity>()
        .any_of(visit::Column::LessonId, of)
        .filter(visit::Column::SeenAt.gte(since))
        .order(visit::Column::PersonId, Order::Asc)
        .all()
        .await
}

/// The lesson, held until the end of the transaction, with the viewer's seat in its study: one statement.
pub(crate) async fn held(
    tx: &Tx,
    id: Id<ResearchLesson>,
    field: &'static str,
) -> Result<(ResearchLesson, Seat)> {
    use study::entity::{Column as Of, Entity as Studies, member};
    let to_study: RelationDef = Entity::belongs_to(Studies)
        .from(Column::StudyId)
        .to(Of::Id)
        .into();
    let to_member: RelationDef = Entity::belongs_to(member::Entity)
        .from(Column::StudyId)
        .to(member::Column::StudyId)
        .into();
    let nobody = Id::from_uuid(uuid::Uuid::nil());
    let person = tx.access().viewer().id().unwrap_or(nobody);
    let to_member = to_member
        .on_condition(move |_, _| Condition::all().add(member::Column::PersonId.eq(person)));
    let find = tx.find::<Entity>().by_id(id).shape(|mut select| {
        for column in Of::iter() {
            select = select.column_as(column, format!("s_{}", column.as_str()));
        }
        for column in member::Column::iter() {
            select = select.column_as(column, format!("m_{}", column.as_str()));
        }
        let mut select = select
            .join(JoinType::InnerJoin, to_study)
            .join(JoinType::LeftJoin, to_member);
        QuerySelect::query(&mut select).lock_with_tables(LockType::Update, [Entity]);
        select
    });
    let found = find.all_as::<Held>().await?.into_iter().next();
    let found = found.ok_or_else(|| Refusal::NotFound.of(field))?;
    let seat = Seat::of(&found.study, found.member.as_ref(), tx.today());
    Ok((found.lesson, seat))
}

struct Held {
    lesson: ResearchLesson,
    study: Study,
    member: Option<Member>,
}

impl FromQueryResult for Held {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            lesson: ResearchLesson::from_query_result(row, prefix)?,
            study: Study::from_query_result(row, "s_")?,
            member: Member::from_query_result_optional(row, "m_")?,
        })
    }
}
