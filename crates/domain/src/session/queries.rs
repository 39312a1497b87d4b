//! How sessions are found.

use sea_orm::sea_query::Order as Direction;
use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use super::{Caller, Session};
use crate::authz::Via;
use crate::clock::Timestamp;
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;

/// The most sessions that are listed.
const LISTED: u64 = 100;

/// Holds for sessions that let somebody in at `now`.
pub(crate) fn live(now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::EndedAt.is_null())
        .add(Column::ExpiresAt.gt(now))
}

/// The viewer's own sessions that are alive, the latest used first, at most a hundred.
pub async fn mine(access: &Access) -> Result<Vec<Session>> {
    access
        .find::<Entity>()
        .filter(live(access.now()))
        .order(Column::LastSeenAt, Direction::Desc)
        .order(Column::Id, Direction::Desc)
        .limit(LISTED)
        .all()
        .await
}

/// The session the viewer came in with, if it was one.
pub fn current(access: &Access) -> Option<Id<Session>> {
    match access.viewer().standing()?.via {
        Via::Session(session) => Some(session),
        Via::Token(..) | Via::Feed(_) | Via::Link | Via::Operator => None,
    }
}

/// Whether this person signed in from that address in the last 90 days. The same statement for nobody at all.
pub(crate) async fn knows(
    access: &Access,
    person: Option<Id<Person>>,
    caller: &Caller,
) -> Result<bool> {
    let person = person.unwrap_or(Id::from_uuid(uuid::Uuid::nil()));
    let began = Condition::all()
        .add(Column::PersonId.eq(person))
        .add(Column::AddressDigest.eq(caller.digest(access.db().secret())?))
        .add(Column::CreatedAt.gt(access.now() - chrono::Duration::days(90)));
    let found = access.find::<Entity>().filter(began).limit(1).one();
    Ok(found.await?.is_some())
}
