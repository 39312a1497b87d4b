//! What people do with their inbox: read it, and say how they want to be told.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::entity::{Column, Entity, inbox, preference};
use super::policy::{Prefer, Read};
use super::{Channel, Inbox, Notification, Preference, QuietHours};
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::fact::Reason;
use crate::id::Id;
use crate::person::Person;

/// The most notifications marked by their ids at once.
pub const MOST: usize = 100;

/// Marks these as read; ids of others' inboxes are passed over. Tells how many remain unread.
pub async fn mark_read(access: &Access, ids: &[Id<Notification>]) -> Result<i64> {
    if ids.len() > MOST {
        return Err(Refusal::TooMany { max: MOST }.of("ids"));
    }
    mark(access, Column::Id.is_in(ids.iter().copied())).await
}

/// Marks everything as read that arrived up to this one. Tells how many remain unread.
pub async fn mark_all_read(access: &Access, up_to: Id<Notification>) -> Result<i64> {
    let last = access
        .get(up_to)
        .await?
        .ok_or_else(|| Refusal::NotFound.of("upTo"))?;
    mark(access, Column::Number.lte(last.number)).await
}

async fn mark(access: &Access, which: Expr) -> Result<i64> {
    let person = who(access)?;
    let tx = access.begin().await?;
    let permit = tx.permit(Read { person })?;
    let Some(inbox) = lock(&tx).await? else {
        return Ok(0);
    };
    let unread = Condition::all()
        .add(Column::PersonId.eq(person))
        .add(Column::ReadAt.is_null())
        .add(which);
    let read = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(tx.now()))
        .filter(unread)
        .exec(tx.raw(&permit))
        .await?
        .rows_affected;
    let read = i64::try_from(read).unwrap_or(inbox.unread);
    inbox::Entity::update_many()
        .col_expr(
            inbox::Column::Unread,
            Expr::col(inbox::Column::Unread).sub(read),
        )
        .filter(inbox::Column::PersonId.eq(person))
        .exec(tx.raw(&permit))
        .await?;
    tx.commit().await?;
    Ok(inbox.unread - read)
}

/// From now on the viewer is told of things of this kind so.
pub async fn prefer(access: &Access, reason: Reason, channel: Channel) -> Result<()> {
    let person = who(access)?;
    let tx = access.begin().await?;
    let permit = tx.permit(Prefer { person })?;
    let row = Preference {
        person_id: person,
        reason,
        channel,
    };
    preference::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([preference::Column::PersonId, preference::Column::Reason])
                .update_column(preference::Column::Channel)
                .to_owned(),
        )
        .exec_without_returning(tx.raw(&permit))
        .await?;
    tx.commit().await
}

/// From now on the viewer gets no e-mail in these hours; with none, at any hour.
pub async fn keep_quiet(access: &Access, hours: Option<QuietHours>) -> Result<()> {
    if hours.is_some_and(|hours| hours.from == hours.until) {
        return Err(Refusal::DateOrder.of("until"));
    }
    let person = who(access)?;
    let tx = access.begin().await?;
    let permit = tx.permit(Prefer { person })?;
    let new = Inbox {
        quiet_from: hours.map(|hours| hours.from),
        quiet_until: hours.map(|hours| hours.until),
        ..Inbox::empty(person)
    };
    inbox::Entity::insert(new.into_active_model())
        .on_conflict(
            OnConflict::column(inbox::Column::PersonId)
                .update_columns([inbox::Column::QuietFrom, inbox::Column::QuietUntil])
                .to_owned(),
        )
        .exec_without_returning(tx.raw(&permit))
        .await?;
    tx.commit().await
}

impl Inbox {
    /// An inbox into which nothing came yet.
    pub(crate) fn empty(person: Id<Person>) -> Self {
        Self {
            person_id: person,
            arrived: 0,
            unread: 0,
            quiet_from: None,
            quiet_until: None,
        }
    }
}

fn who(access: &Access) -> Result<Id<Person>> {
    Ok(access.viewer().id().ok_or(Refusal::SignInRequired)?)
}

/// Holds the viewer's inbox, if there is one.
async fn lock(tx: &Tx) -> Result<Option<Inbox>> {
    tx.find::<inbox::Entity>()
        .shape(QuerySelect::lock_exclusive)
        .one()
        .await
}
