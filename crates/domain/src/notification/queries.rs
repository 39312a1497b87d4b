//! How notifications are found.

use std::collections::HashMap;

use sea_orm::sea_query::Order as Direction;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Iterable, QueryFilter, QuerySelect, QueryTrait,
};
use serde::Serialize;

use super::entity::{Column, Entity, inbox, preference};
use super::{Channel, Notification, QuietHours};
use crate::authz::{Job, Viewer, Visible};
use crate::db::{Access, Find};
use crate::error::{Refusal, Result};
use crate::fact::Reason;
use crate::id::Id;
use crate::outbox::{self, Record};
use crate::page::{List, Order, Page, Window, fetch};
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

/// A part of the viewer's inbox.
pub async fn page(access: &Access, filter: &Filter, window: &Window) -> Result<Page<Notification>> {
    fetch(found(access, filter), &List::new(Newest, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition())
}

/// What came into the viewer's inbox after `number`, in the order of arrival, at most `most`.
pub async fn after(access: &Access, number: i64, most: u64) -> Result<Vec<Notification>> {
    access
        .find::<Entity>()
        .filter(Column::Number.gt(number))
        .order(Column::Number, Direction::Asc)
        .limit(most)
        .all()
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

/// The facts with these ids that reached the viewer's inbox: whoever was told of a fact may read it, even when the
/// audit is closed to them.
pub async fn records(access: &Access, ids: &[Id<Record>]) -> Result<HashMap<Id<Record>, Record>> {
    let viewer = access.viewer();
    let told = viewer.job().is_none().then(|| {
        let told = Entity::find()
            .select_only()
            .column(Column::FactId)
            .filter(Entity::visible_to(viewer));
        outbox::Column::Id.in_subquery(told.into_query())
    });
    let records = access
        .db()
        .access(Viewer::system(Job::Relay))
        .find::<outbox::Entity>()
        .any_of(outbox::Column::Id, ids)
        .filter(Condition::all().add_option(told))
        .all()
        .await?;
    Ok(records
        .into_iter()
        .map(|record| (record.id, record))
        .collect())
}
