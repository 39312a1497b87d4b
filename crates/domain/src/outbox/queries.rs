//! How recorded facts are found: the audit, for administrators; the history of one thing, for those inside it.

use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;
use uuid::Uuid;

use super::{Column, Entity, Record};
use crate::clock::Timestamp;
use crate::db::{Access, Find};
use crate::error::Result;
use crate::id::Id;
use crate::page::{Dated, List, Page, Window, fetch};
use crate::person::Person;

/// How a list is sorted.
pub use crate::page::Age as By;

impl Dated for Entity {
    const DATE: Column = Column::At;
}

/// Which facts. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Done by this person.
    pub actor: Option<Id<Person>>,
    /// That happened to the thing with this key.
    pub subject: Option<Uuid>,
    /// By this action, `partnership.invite`, or one of a noun, `partnership`.
    pub action: Option<String>,
    /// At this time or later.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub before: Option<Timestamp>,
}

impl Filter {
    fn condition(&self) -> Condition {
        let action = self.action.as_deref().map(|action| {
            let within: String = action
                .chars()
                .filter(|c| c.is_ascii_lowercase() || matches!(c, '.' | '_'))
                .collect();
            // `_` would stand for any letter.
            let within = format!("{}.%", within.replace('_', "\\_"));
            Condition::any()
                .add(Column::Action.eq(action))
                .add(Column::Action.like(LikeExpr::new(within).escape('\\')))
        });
        Condition::all()
            .add_option(self.actor.map(|actor| Column::ActorId.eq(actor)))
            .add_option(self.subject.map(|key| Column::SubjectId.eq(key)))
            .add_option(action)
            .add_option(self.since.map(|at| Column::At.gte(at)))
            .add_option(self.before.map(|at| Column::At.lt(at)))
    }
}

/// A part of the audit, for administrators.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Record>> {
    fetch(found(access, filter)?, &List::new(by, filter)?, window).await
}

/// A part of the history of one thing, for those who see its inside.
pub async fn history(
    access: &Access,
    subject: Uuid,
    by: By,
    window: &Window,
) -> Result<Page<Record>> {
    fetch(of(access, subject), &List::new(by, &subject)?, window).await
}

/// How long that history is.
pub async fn history_count(access: &Access, subject: Uuid) -> Result<u64> {
    of(access, subject).count().await
}

/// The latest fact about one thing, for those who see its inside.
pub async fn latest(access: &Access, subject: Uuid) -> Result<Option<Id<Record>>> {
    let latest = of(access, subject).order(Column::Id, sea_orm::sea_query::Order::Desc);
    Ok(latest.limit(1).one().await?.map(|record| record.id))
}

fn of(access: &Access, subject: Uuid) -> Find<'_, Entity> {
    access
        .find::<Entity>()
        .filter(Column::SubjectId.eq(subject))
}

/// How many there are, for administrators.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter)?.count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Result<Find<'a, Entity>> {
    access.viewer().require(access.viewer().is_admin())?;
    Ok(access.find::<Entity>().filter(filter.condition()))
}
