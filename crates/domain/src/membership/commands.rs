//! Roles begin with an invitation, or by the operator, and end here.

use super::policy::{End, Grant};
use super::{Membership, Role, Scope, entity, queries};
use crate::authz::{Action, Permit, Writes};
use crate::db::{Access, Tx};
use crate::error::{Error, Refusal, Result};
use crate::fact::{Fact, Named};
use crate::id::Id;
use crate::invitation;
use crate::person::Person;
use crate::school::{self, School};
use crate::session;

/// Makes somebody a member without an invitation; whoever is one already stays one. For the operator alone.
pub async fn grant(
    access: &Access,
    person: Id<Person>,
    role: Role,
    scope: Scope,
) -> Result<Membership> {
    let tx = access.begin().await?;
    let person = tx.lock(person, "personId").await?.id;
    let permit = tx.permit(Grant {
        person,
        role,
        scope,
    })?;
    queries::place(&tx, scope, "scopeId").await?;
    let membership = begin(&tx, &permit, person, role, scope).await?;
    tx.commit().await?;
    Ok(membership)
}

/// Begins a membership unless it lasts already; the first coordinator makes the school verified.
pub(crate) async fn begin<A>(
    tx: &Tx,
    permit: &Permit<A>,
    person: Id<Person>,
    role: Role,
    scope: Scope,
) -> Result<Membership>
where
    A: Action + Writes<entity::Entity> + Writes<school::entity::Entity>,
{
    if let (Scope::School(school), Role::Coordinator) = (scope, role) {
        claim(tx, permit, school).await?;
    }
    if let Some(held) = queries::held(tx, person, role, scope).await? {
        return Ok(held);
    }
    let (scope_kind, scope_id) = scope.columns();
    let membership = Membership {
        id: Id::fresh(),
        person_id: person,
        role,
        scope_kind,
        scope_id,
        began_at: tx.now(),
        ended_at: None,
    };
    tx.insert(permit, membership).await
}

async fn claim<A>(tx: &Tx, permit: &Permit<A>, school: Id<School>) -> Result<()>
where
    A: Action + Writes<school::entity::Entity>,
{
    let school = tx.lock(school, "").await?;
    match school.state {
        school::State::Unclaimed => {
            let named = Named {
                school: school.id,
                name: school.name(),
            };
            let verified = School {
                state: school::State::Verified,
                version: school.version + 1,
                ..school
            };
            tx.update(permit, verified).await?;
            tx.record(permit, Fact::SchoolClaimed { school: named })
                .await
        }
        school::State::Verified => Ok(()),
        state @ (school::State::Closed | school::State::Merged) => Err(Refusal::WrongState {
            state: state.name(),
        }
        .into()),
    }
}

/// Ends a membership. The person's sessions end, and so do the open invitations they sent there: they sign in again as
/// what they are now.
pub async fn end(access: &Access, id: Id<Membership>) -> Result<Membership> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let peers = queries::hold_peers(&tx, seen.role, seen.scope()).await?;
    let last = queries::is_last(&tx, &peers, seen.person_id).await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(End {
        membership: &before,
        last,
    })?;
    if before.ended_at.is_some() {
        return Ok(before);
    }
    let ended = Membership {
        ended_at: Some(tx.now()),
        ..before.clone()
    };
    let ended = tx.update(&permit, ended).await?;
    session::commands::close(&tx, &permit, before.person_id).await?;
    for row in invitation::queries::open_by(&tx, before.person_id).await? {
        if row.scope() == before.scope() {
            let closed = row.closed(tx.now());
            tx.update(&permit, closed).await?;
        }
    }
    let place = queries::place(&tx, before.scope(), "id").await;
    let fact = Fact::MembershipEnded {
        membership: id,
        person: before.person_id,
        role: before.role,
        place: place.map_err(|e| Error::Fault(e.to_string()))?,
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(ended)
}
