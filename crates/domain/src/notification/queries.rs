//! How notifications are found.

use std::collections::HashMap;

use sea_orm::sea_query::Order as Direction;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType,
    QueryResult, QuerySelect, RelationDef,
};
use serde::Serialize;

use super::entity::{Column, Entity, inbox, preference};
use super::{Channel, Notification, QuietHours};
use crate::db::{Access, Find};
use crate::error::{Refusal, Result};
use crate::fact::{Fact, Reason};
use crate::id::Id;
use crate::outbox;
use crate::page::{List, Order, Page, Window, fetch_with};
use crate::person::Person;

/// An inbox has one order: the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Newest;

impl Order<Entity> for Newest {
    fn column(self) -> Column {
        Column::Number
    }

    fn descending(self) -> bool {
        true
    }
}

/// Which notifications. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Only unread ones, or only read ones.
    pub unread: Option<bool>,
    /// For one of these reasons.
    pub reasons: Option<Vec<Reason>>,
}

impl Filter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.unread.map(|unread| {
                if unread {
                    Column::ReadAt.is_null()
                } else {
                    Column::ReadAt.is_not_null()
                }
            }))
            .add_option(
                self.reasons
                    .as_ref()
                    .map(|reasons| Column::Reason.is_in(reasons.iter().copied())),
            )
    }
}

/// A notification with what it tells of: whoever was told of a fact may read it, even when the audit is closed to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The notification.
    pub notification: Notification,
    /// Who did it; none when the software did.
    pub actor: Option<Id<Person>>,
    fact: String,
}

impl Told {
    /// What happened.
    pub fn fact(&self) -> Result<Fact> {
        Ok(serde_json::from_str(&self.fact)?)
    }

    pub(crate) fn join(find: Find<'_, Entity>) -> Find<'_, Entity> {
        let fact: RelationDef = Entity::belongs_to(outbox::Entity)
            .from(Column::FactId)
            .to(outbox::Column::Id)
            .into();
        find.shape(|select| {
            select
                .join(JoinType::InnerJoin, fact)
                .columns([outbox::Column::ActorId, outbox::Column::Fact])
        })
    }
}

impl FromQueryResult for Told {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            notification: Notification::from_query_result(row, prefix)?,
            actor: row.try_get(prefix, outbox::Column::ActorId.as_str())?,
            fact: row.try_get(prefix, outbox::Column::Fact.as_str())?,
        })
    }
}

/// A part of the viewer's inbox.
pub async fn page(access: &Access, filter: &Filter, window: &Window) -> Result<Page<Told>> {
    let find = Told::join(found(access, filter));
    fetch_with(find, &List::new(Newest, filter)?, window, |told: &Told| {
        &told.notification
    })
    .await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition())
}

/// What came into the viewer's inbox after `number`, in the order of arrival, at most `most`.
pub async fn after(access: &Access, number: i64, most: u64) -> Result<Vec<Told>> {
    Told::join(access.find())
        .filter(Column::Number.gt(number))
        .order(Column::Number, Direction::Asc)
        .limit(most)
        .all_as()
        .await
}

/// The number of the last that arrived in the viewer's inbox; 0 for an empty one.
pub async fn arrived(access: &Access) -> Result<i64> {
    let inbox = access.find::<inbox::Entity>().one().await?;
    Ok(inbox.map_or(0, |inbox| inbox.arrived))
}

/// How many the viewer has not read.
pub async fn unread(access: &Access) -> Result<i64> {
    let inbox = access.find::<inbox::Entity>().one().await?;
    Ok(inbox.map_or(0, |inbox| inbox.unread))
}

/// The viewer's quiet hours.
pub async fn quiet_hours(access: &Access) -> Result<Option<QuietHours>> {
    let inbox = access.find::<inbox::Entity>().one().await?;
    Ok(inbox.and_then(|inbox| inbox.quiet_hours()))
}

/// How the viewer is told, reason by reason.
pub async fn preferences(access: &Access) -> Result<Vec<(Reason, Channel)>> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    preferences_of(access, person).await
}

pub(crate) async fn preferences_of(
    access: &Access,
    person: Id<Person>,
) -> Result<Vec<(Reason, Channel)>> {
    let set: HashMap<_, _> = access
        .find::<preference::Entity>()
        .filter(preference::Column::PersonId.eq(person))
        .all()
        .await?
        .into_iter()
        .map(|row| (row.reason, row.channel))
        .collect();
    let channel = |reason| set.get(&reason).copied();
    Ok(Reason::iter()
        .map(|reason| {
            let channel = channel(reason).unwrap_or_else(|| Channel::usual(reason));
            (reason, channel)
        })
        .collect())
}
