//! Sessions begin with a sign-in and end when their owner says so, or with a new password or role.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::entity::{Column, Entity};
use super::policy::{End, Note};
use super::{Caller, IDLE, LONGEST, PREFIX, Session, queries};
use crate::authz::{Action, Job, Permit, Viewer, Writes};
use crate::db::{Access, Db, Tx};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::person::Person;
use crate::secret;

/// Ends one of the viewer's sessions. Ending one that ended already changes nothing.
pub async fn end(access: &Access, id: Id<Session>) -> Result<Session> {
    let tx = access.begin().await?;
    let session = tx.lock(id, "id").await?;
    let person = session.person_id;
    let permit = tx.permit(End { person })?;
    if session.ended_at.is_some() {
        return Ok(session);
    }
    let ended = Session {
        ended_at: Some(tx.now()),
        ..session
    };
    let ended = tx.update(&permit, ended).await?;
    tx.record(&permit, Fact::SessionsEnded { person, count: 1 })
        .await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends the session the viewer came in with.
pub async fn sign_out(access: &Access) -> Result<Session> {
    let current = queries::current(access).ok_or_else(|| access.viewer().refusal())?;
    end(access, current).await
}

/// Ends all sessions of the viewer, this one as well; tells how many.
pub async fn end_all(access: &Access) -> Result<u64> {
    let tx = access.begin().await?;
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let permit = tx.permit(End { person })?;
    let count = close(&tx, &permit, person).await?;
    tx.record(&permit, Fact::SessionsEnded { person, count })
        .await?;
    tx.commit().await?;
    Ok(count)
}

/// A new session of this person, and its token.
pub(crate) async fn open<A>(
    tx: &Tx,
    permit: &Permit<A>,
    person: Id<Person>,
    caller: &Caller,
) -> Result<(Session, String)>
where
    A: Action + Writes<Entity>,
{
    let token = secret::token(PREFIX)?;
    let session = Session {
        id: Id::fresh(),
        person_id: person,
        token_digest: secret::token_digest(&token),
        kind: caller.kind,
        address_digest: caller.digest(tx.access().db().secret())?,
        user_agent: caller
            .agent
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect(),
        created_at: tx.now(),
        last_seen_at: tx.now(),
        expires_at: tx.now() + IDLE,
        ended_at: None,
    };
    Ok((tx.insert(permit, session).await?, token))
}

/// Ends every live session of this person in one statement; tells how many.
pub(crate) async fn close<A>(tx: &Tx, permit: &Permit<A>, person: Id<Person>) -> Result<u64>
where
    A: Action + Writes<Entity>,
{
    let ended = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(tx.now())))
        .filter(queries::live(tx.now()))
        .filter(Column::PersonId.eq(person))
        .exec(tx.raw(permit))
        .await?;
    Ok(ended.rows_affected)
}

/// Notes that a session is in use. Never writes the whole row: it may just be ended.
pub(crate) async fn note(
    db: &Db,
    id: Id<Session>,
    created_at: crate::clock::Timestamp,
) -> Result<()> {
    let tx = db.access(Viewer::system(Job::Door)).begin().await?;
    let permit = tx.permit(Note)?;
    let until = (tx.now() + IDLE).min(created_at + LONGEST);
    Entity::update_many()
        .col_expr(Column::LastSeenAt, Expr::value(tx.now()))
        .col_expr(Column::ExpiresAt, Expr::value(until))
        .filter(queries::live(tx.now()))
        .filter(Column::Id.eq(id))
        .exec(tx.raw(&permit))
        .await?;
    tx.commit().await
}
