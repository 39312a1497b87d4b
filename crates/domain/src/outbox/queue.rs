//! The outbox as a queue: the relay claims facts, and settles them in the transaction that delivers them.
//!
//! A claim moves `due_at` one lease ahead, so a relay that dies leaves its facts to the others. There is no cursor:
//! one over ids would skip whatever commits late.

use chrono::TimeDelta;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::{Column, Entity, Record};
use crate::authz::{Action, Job, Viewer, Writes};
use crate::clock::Timestamp;
use crate::db::{Access, Tx, dialect};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::person::Person;

/// How long a claimed fact is left alone.
pub const LEASE: TimeDelta = TimeDelta::seconds(30);

/// How often a fact or a letter is tried.
const ATTEMPTS: i32 = 10;

/// The relay carries facts to people.
pub(crate) struct Carry;

impl Action for Carry {
    const NAME: &'static str = "outbox.carry";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Relay))
    }
}

impl Writes<Entity> for Carry {
    fn covers(&self, _: &Record) -> bool {
        true
    }
}

/// Facts nobody else is working on, those for wide audiences or the others, the longest due first, at most so many.
/// Claimed for one [`LEASE`].
pub async fn claim(access: &Access, wide: bool, most: u64) -> Result<Vec<Record>> {
    let due = || {
        open()
            .add(Column::DueAt.lte(access.now()))
            .add(Column::Wide.eq(wide))
    };
    // Looking is free; claiming takes SQLite's only write lock.
    if access
        .find::<Entity>()
        .filter(due())
        .limit(1)
        .one()
        .await?
        .is_none()
    {
        return Ok(Vec::new());
    }
    let tx = access.begin().await?;
    let permit = tx.permit(Carry)?;
    let (lock, others) = dialect::claim_lock();
    let claimed = tx
        .find::<Entity>()
        .filter(due())
        .order(Column::DueAt, Order::Asc)
        .limit(most)
        .shape(|select| select.lock_with_behavior(lock, others))
        .all()
        .await?;
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(access.now() + LEASE))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(these(&tx, claimed.iter().map(|record| record.id)))
        .exec(tx.raw(&permit))
        .await?;
    tx.commit().await?;
    Ok(claimed
        .into_iter()
        .map(|record| Record {
            attempts: record.attempts + 1,
            ..record
        })
        .collect())
}

/// The audience of these has them.
pub(crate) async fn settle(tx: &Tx, ids: &[Id<Record>]) -> Result<()> {
    let permit = tx.permit(Carry)?;
    Entity::update_many()
        .col_expr(Column::SettledAt, Expr::value(tx.now()))
        .filter(these(tx, ids.iter().copied()))
        .exec(tx.raw(&permit))
        .await?;
    Ok(())
}

/// This one takes longer than one transaction: whoever goes on begins after `told`, its lease starts again, and the
/// attempts before it count no more.
pub(crate) async fn progress(tx: &Tx, id: Id<Record>, told: Option<Id<Person>>) -> Result<()> {
    let permit = tx.permit(Carry)?;
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(tx.now() + LEASE))
        .col_expr(Column::ToldId, Expr::value(told))
        .col_expr(Column::Attempts, Expr::value(1))
        .filter(Column::Id.eq(id))
        .exec(tx.raw(&permit))
        .await?;
    Ok(())
}

/// It went wrong: try again later, or never when it went wrong ten times.
pub async fn fail(access: &Access, record: &Record) -> Result<()> {
    let tx = access.begin().await?;
    let permit = tx.permit(Carry)?;
    let next = next_attempt(access.now(), record.attempts, TimeDelta::seconds(1));
    let update = Entity::update_many().filter(open().add(Column::Id.eq(record.id)));
    let update = match next {
        Some(due) => update.col_expr(Column::DueAt, Expr::value(due)),
        None => update.col_expr(Column::ParkedAt, Expr::value(access.now())),
    };
    update.exec(tx.raw(&permit)).await?;
    tx.commit().await
}

/// When to try again after so many attempts: `first`, then twice as long each time; none after the tenth.
pub(crate) fn next_attempt(now: Timestamp, attempts: i32, first: TimeDelta) -> Option<Timestamp> {
    (attempts < ATTEMPTS).then(|| now + first * 2_i32.pow(u32::try_from(attempts - 1).unwrap_or(0)))
}

/// What waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// For how long the longest overdue one is due.
    pub lag: TimeDelta,
    /// How many were given up.
    pub parked: u64,
}

/// How far the relay is behind.
pub async fn backlog(access: &Access) -> Result<Backlog> {
    let oldest = access
        .find::<Entity>()
        .filter(open())
        .order(Column::DueAt, Order::Asc)
        .limit(1)
        .one()
        .await?;
    let parked = access
        .find::<Entity>()
        .filter(Column::ParkedAt.is_not_null())
        .count()
        .await?;
    let lag = oldest.map_or(TimeDelta::zero(), |record| access.now() - record.due_at);
    Ok(Backlog {
        lag: lag.max(TimeDelta::zero()),
        parked,
    })
}

pub(super) fn open() -> Condition {
    Condition::all()
        .add(Column::SettledAt.is_null())
        .add(Column::ParkedAt.is_null())
}

fn these(tx: &Tx, ids: impl Iterator<Item = Id<Record>>) -> Expr {
    dialect::any_of(tx.executor(), Column::Id, ids.map(Id::uuid).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_waits_twice_as_long_and_the_tenth_parks() {
        let now = Timestamp::from_timestamp(1_800_000_000, 0).unwrap();
        let waits: Vec<_> = (1..=11)
            .map(|attempts| {
                next_attempt(now, attempts, TimeDelta::seconds(30))
                    .map(|due| (due - now).num_seconds())
            })
            .collect();
        let expected = [30, 60, 120, 240, 480, 960, 1920, 3840, 7680].map(Some);
        assert_eq!(waits.get(..9).unwrap(), expected);
        assert_eq!(waits.get(9..).unwrap(), [None, None]);
    }
}
