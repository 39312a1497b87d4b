//! The queue of letters: claim, settle, fail.

use chrono::TimeDelta;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::Mail;
use super::entity::{Column, Entity};
use crate::db::{Access, dialect};
use crate::error::Result;
use crate::id::Id;
use crate::outbox::{Carry, next_attempt};

/// How long a claimed letter is left alone. A letter can't be unsent, so this is longer than any two nodes' clocks
/// differ: the one whose clock is ahead must not take a claim for abandoned.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// How long the mailer waits after the first failure.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);

/// Letters nobody else is sending, the longest due first, at most so many.
pub async fn claim(access: &Access, most: u64) -> Result<Vec<Mail>> {
    let due = || open().add(Column::DueAt.lte(access.now()));
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
    let ids = claimed.iter().map(|mail| mail.id.uuid()).collect();
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(access.now() + LEASE))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(dialect::any_of(tx.executor(), Column::Id, ids))
        .exec(tx.raw(&permit))
        .await?;
    tx.commit().await?;
    Ok(claimed
        .into_iter()
        .map(|mail| Mail {
            attempts: mail.attempts + 1,
            ..mail
        })
        .collect())
}

/// It is sent, or there is nothing to send.
pub async fn settle(access: &Access, id: Id<Mail>) -> Result<()> {
    change(access, id, Column::SettledAt, Expr::value(access.now())).await
}

/// It could not be sent: try again later, or never when it went wrong ten times.
pub async fn fail(access: &Access, mail: &Mail) -> Result<()> {
    match next_attempt(access.now(), mail.attempts, FIRST_WAIT) {
        Some(due) => change(access, mail.id, Column::DueAt, Expr::value(due)).await,
        None => change(access, mail.id, Column::ParkedAt, Expr::value(access.now())).await,
    }
}

async fn change(access: &Access, id: Id<Mail>, column: Column, value: Expr) -> Result<()> {
    let tx = access.begin().await?;
    let permit = tx.permit(Carry)?;
    Entity::update_many()
        .col_expr(column, value)
        .filter(open().add(Column::Id.eq(id)))
        .exec(tx.raw(&permit))
        .await?;
    tx.commit().await
}

fn open() -> Condition {
    Condition::all()
        .add(Column::SettledAt.is_null())
        .add(Column::ParkedAt.is_null())
}
