//! How invitations are found.

use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::Invitation;
use super::entity::{Column, Entity};
use super::policy::Revoke;
use crate::authz::{Job, Viewer, allowed};
use crate::clock::Timestamp;
use crate::db::{Access, Db, Find, Tx};
use crate::door;
use crate::error::Result;
use crate::id::Id;
use crate::page::{Dated, List, Page, Window, fetch};
use crate::person::Person;
use crate::school::School;
use crate::secret;

/// How a list is sorted.
pub use crate::page::Age as By;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// Which invitations. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// To this school.
    pub school: Option<Id<School>>,
    /// Only those that can be accepted now, or only those that can't.
    pub open: Option<bool>,
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Invitation>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    let school = filter.school.map(|id| Column::ScopeId.eq(id.uuid()));
    let state = filter.open.map(|open| {
        let now = open_at(access.now());
        if open { now } else { now.not() }
    });
    let condition = Condition::all().add_option(school).add_option(state);
    access.find::<Entity>().filter(condition)
}

fn open_at(now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::ClosedAt.is_null())
        .add(Column::ExpiresAt.gt(now))
}

/// The invitation behind a link, for whoever holds the link, and whether there is an account with its address:
/// then they sign in before they accept.
pub async fn by_token(db: &Db, token: &str) -> Result<Option<(Invitation, bool)>> {
    let access = db.access(Viewer::system(Job::Door));
    let Some(invitation) = for_token(access.find(), token).one().await? else {
        return Ok(None);
    };
    let known = door::known(&access, &invitation.email_folded).await?;
    Ok(Some((invitation, known.is_some())))
}

pub(crate) fn for_token<'c>(find: Find<'c, Entity>, token: &str) -> Find<'c, Entity> {
    find.filter(Column::TokenDigest.eq(secret::token_digest(token)))
}

/// The open invitations this person sent.
pub(crate) async fn open_by(tx: &Tx, person: Id<Person>) -> Result<Vec<Invitation>> {
    tx.find_as::<Entity>(Job::Door)
        .filter(open_at(tx.now()))
        .filter(Column::InvitedById.eq(person))
        .all()
        .await
}

/// The open invitations of this address to the same place as the same.
pub(crate) async fn open_like(tx: &Tx, like: &Invitation) -> Result<Vec<Invitation>> {
    let same = open_at(tx.now())
        .add(Column::EmailFolded.eq(&like.email_folded))
        .add(Column::Role.eq(like.role))
        .add(Column::ScopeKind.eq(like.scope_kind))
        .add(Column::ScopeId.eq(like.scope_id));
    tx.find_as::<Entity>(Job::Door).filter(same).all().await
}

/// Whether this viewer may take it back.
pub fn may_revoke(viewer: &Viewer, invitation: &Invitation) -> bool {
    allowed(&Revoke { invitation }, viewer).is_ok()
}
