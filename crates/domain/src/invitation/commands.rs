//! Invitations are sent, taken back, and accepted.

use serde::Serialize;

use super::entity::Entity;
use super::policy::{Accept, Revoke, Send};
use super::{Invitation, LASTS, State, queries};
use crate::authz::{Job, Via, Viewer};
use crate::credential;
use crate::db::{Access, Db, Once, Tx};
use crate::door;
use crate::error::{Error, OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::membership::{self, Role, Scope};
use crate::person::{Contact, Person, commands::NAME};
use crate::secret;
use crate::session::{self, Caller, Entered};
use crate::text::{self, Language};

/// Somebody to invite.
#[derive(Debug, Clone, Serialize)]
pub struct NewInvitation {
    /// Their e-mail address.
    pub email: String,
    /// The language of the letter.
    pub language: Language,
    /// To be what.
    pub role: Role,
    /// Where.
    pub scope: Scope,
}

/// Sends an invitation; the letter goes out with the fact. One to the same address, place and role that was still open
/// is replaced. Whether the address has an account makes no difference.
pub async fn send(access: &Access, new: &NewInvitation, key: Option<&str>) -> Result<Invitation> {
    let (email, email_folded) = text::email(&new.email).map_err(|refusal| refusal.of("email"))?;
    let tx = match access.begin_once(key, &("invitation.send", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            return access
                .get(Id::from_uuid(id))
                .await?
                .ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let school = match new.scope {
        Scope::School(school) => Some(tx.get(school, "scopeId").await?),
        Scope::Platform | Scope::Region(_) => None,
    };
    let permit = tx.permit(Send {
        role: new.role,
        scope: new.scope,
        school: school.as_ref(),
        email_folded: &email_folded,
    })?;
    let place = membership::queries::place(&tx, new.scope, "scopeId").await?;
    let id = Id::fresh();
    let (scope_kind, scope_id) = new.scope.columns();
    let invitation = Invitation {
        id,
        email,
        email_folded: email_folded.clone(),
        language: new.language,
        role: new.role,
        scope_kind,
        scope_id,
        token_digest: secret::token_digest(&access.db().secret().link_token(id)?),
        invited_by_id: access.viewer().id(),
        created_at: tx.now(),
        expires_at: tx.now() + LASTS,
        closed_at: None,
        accepted_by_id: None,
    };
    for before in queries::open_like(&tx, &invitation).await? {
        let closed = before.closed(tx.now());
        tx.update(&permit, closed).await?;
    }
    let invitation = tx.insert(&permit, invitation).await?;
    let fact = Fact::InvitationSent {
        invitation: id,
        role: new.role,
        place,
    };
    tx.record(&permit, fact).await?;
    tx.commit_as(id).await?;
    Ok(invitation)
}

/// Takes an open invitation back.
pub async fn revoke(access: &Access, id: Id<Invitation>) -> Result<Invitation> {
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Revoke {
        invitation: &before,
    })?;
    let closed = tx.update(&permit, before.clone().closed(tx.now())).await?;
    tx.record(&permit, Fact::InvitationRevoked { invitation: id })
        .await?;
    tx.commit().await?;
    Ok(closed)
}

/// What somebody without an account tells about themselves when they accept.
#[derive(Debug, Clone, Default)]
pub struct Newcomer {
    /// The name they go by.
    pub name: Option<String>,
    /// The language they read; that of the letter when they don't say.
    pub language: Option<Language>,
    /// A password, unless they prefer links by e-mail.
    pub password: Option<String>,
}

/// Accepts the invitation behind a link. Whoever has an account with its address must be signed in with it; for
/// anybody else it makes one. Either way a new session begins: what somebody may is new.
pub async fn accept(
    db: &Db,
    viewer: &Viewer,
    token: &str,
    newcomer: &Newcomer,
    caller: &Caller,
) -> Result<Entered> {
    let access = db.access(Viewer::system(Job::Door));
    let found = queries::for_token(access.find::<Entity>(), token);
    let invitation = usable(found.one().await?, &access)?;
    let known = door::known(&access, &invitation.email_folded).await?;
    match (known, viewer.standing().map(|s| (s.person, s.via))) {
        (None, None) => begin(&access, token, &invitation, newcomer, caller).await,
        (Some(known), Some((person, Via::Session(_)))) if known.id == person => {
            join(&access, token, person, caller).await
        }
        (Some(known), Some((person, Via::Token(..)))) if known.id == person => {
            Err(Refusal::NotPermitted.into())
        }
        (Some(_), None) => Err(Refusal::SignInRequired.into()),
        (_, Some(_)) => Err(Refusal::WrongPerson.of("token")),
    }
}

/// A new person accepts.
async fn begin(
    access: &Access,
    token: &str,
    invitation: &Invitation,
    newcomer: &Newcomer,
    caller: &Caller,
) -> Result<Entered> {
    let name = text::line(newcomer.name.as_deref().unwrap_or_default(), NAME)
        .map_err(|refusal| refusal.of("name"))?;
    let hash = match &newcomer.password {
        None => None,
        Some(password) => {
            let email = &invitation.email_folded;
            Some(credential::commands::fresh(password, &name, email, "password").await?)
        }
    };
    let language = newcomer.language.unwrap_or(invitation.language);
    let tx = access.begin().await?;
    let invitation = hold(&tx, token).await?;
    let person = Person::new(name, language, tx.now());
    let permit = tx.permit(Accept {
        invitation: &invitation,
        person: person.id,
    })?;
    tx.insert(&permit, person.clone()).await?;
    let contact = Contact::new(
        &person,
        invitation.email.clone(),
        invitation.email_folded.clone(),
    );
    // Somebody with this address came by another invitation a moment ago.
    tx.insert(&permit, contact)
        .await
        .on_duplicate(Refusal::SignInRequired)?;
    if let Some(hash) = hash {
        credential::commands::set(&tx, &permit, person.id, hash).await?;
    }
    settle(tx, &invitation, person, caller).await
}

/// Somebody who has an account accepts.
async fn join(
    access: &Access,
    token: &str,
    person: Id<Person>,
    caller: &Caller,
) -> Result<Entered> {
    let tx = access.begin().await?;
    let invitation = hold(&tx, token).await?;
    let person = tx.lock(person, "").await?;
    settle(tx, &invitation, person, caller).await
}

/// Closes the invitation, begins the membership and a new session.
async fn settle(
    tx: Tx,
    invitation: &Invitation,
    person: Person,
    caller: &Caller,
) -> Result<Entered> {
    let permit = tx.permit(Accept {
        invitation,
        person: person.id,
    })?;
    let mut accepted = invitation.clone().closed(tx.now());
    accepted.accepted_by_id = Some(person.id);
    tx.update(&permit, accepted).await?;
    let (role, scope) = (invitation.role, invitation.scope());
    membership::commands::begin(&tx, &permit, person.id, role, scope).await?;
    session::commands::close(&tx, &permit, person.id).await?;
    let (session, token) = session::commands::open(&tx, &permit, person.id, caller).await?;
    let fact = Fact::InvitationAccepted {
        invitation: invitation.id,
        person: person.id,
        inviter: invitation.invited_by_id,
        role,
        place: membership::queries::place(&tx, scope, "token").await?,
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(Entered {
        person,
        session,
        token,
    })
}

/// Holds the invitation, still open.
async fn hold(tx: &Tx, token: &str) -> Result<Invitation> {
    let found = queries::for_token(tx.find::<Entity>(), token)
        .shape(sea_orm::QuerySelect::lock_exclusive)
        .one()
        .await?;
    usable(found, tx.access())
}

fn usable(found: Option<Invitation>, access: &Access) -> Result<Invitation> {
    let invitation = found.ok_or_else(|| Refusal::NotFound.of("token"))?;
    match invitation.state(access.now()) {
        State::Open => Ok(invitation),
        State::Accepted => Err(Refusal::Used.of("token")),
        State::Revoked | State::Expired => Err::<_, Error>(Refusal::Expired.of("token")),
    }
}
