//! A link is asked for, and opened.

use sea_orm::ColumnTrait;

use super::entity::{Column, Entity};
use super::policy::{Request, Use};
use super::{LASTS, SignInLink};
use crate::authz::{Job, Viewer};
use crate::credential;
use crate::db::{Access, Db, Tx};
use crate::door;
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::person::{self, Person};
use crate::secret;
use crate::session::{self, Caller, Entered};
use crate::sign_in_attempt;
use crate::text;

/// Asks for a link to this address; `resets_password` when it is for a new password. The letter goes out with the
/// fact, to whoever has the address; nothing tells whether there is somebody.
pub async fn request(db: &Db, email: &str, resets_password: bool, caller: &Caller) -> Result<()> {
    let (_, folded) = text::email(email).map_err(|refusal| refusal.of("email"))?;
    let access = db.access(Viewer::system(Job::Door));
    let person = door::known(&access, &folded).await?;
    let person = person
        .filter(|known| known.state == person::State::Active)
        .map(|known| known.id);
    sign_in_attempt::commands::count_link(&access, &folded, caller).await?;
    let id = Id::fresh();
    let link = SignInLink {
        id,
        person_id: person,
        resets_password,
        token_digest: secret::token_digest(&db.secret().link_token(id)?),
        created_at: access.now(),
        expires_at: access.now() + LASTS,
        used_at: None,
    };
    let tx = access.begin().await?;
    let permit = tx.permit(Request { person })?;
    tx.insert(&permit, link).await?;
    tx.record(&permit, Fact::SignInLinkRequested { link: id, person })
        .await?;
    tx.commit().await
}

/// Opens a link that signs in.
pub async fn enter(db: &Db, token: &str, caller: &Caller) -> Result<Entered> {
    let access = db.access(Viewer::system(Job::Door));
    let tx = access.begin().await?;
    let (link, person) = open(&tx, token, false).await?;
    let permit = tx.permit(Use { person: person.id })?;
    tx.update(&permit, link).await?;
    let (session, token) = session::commands::open(&tx, &permit, person.id, caller).await?;
    tx.record(&permit, Fact::SignedIn { person: person.id })
        .await?;
    tx.commit().await?;
    Ok(Entered {
        person,
        session,
        token,
    })
}

/// Opens a link that is for a new password, sets it, ends all sessions and begins one.
pub async fn reset_password(db: &Db, token: &str, new: &str, caller: &Caller) -> Result<Entered> {
    let access = db.access(Viewer::system(Job::Door));
    // Looked at first, so that hashing holds no transaction.
    let (_, person) = look(&access, token, true).await?;
    let contact = credential::commands::contact_of(&access, person.id).await?;
    let hash = credential::commands::fresh(new, &person.name, &contact.email_folded, "newPassword")
        .await?;
    let tx = access.begin().await?;
    let (link, person) = open(&tx, token, true).await?;
    let permit = tx.permit(Use { person: person.id })?;
    tx.update(&permit, link).await?;
    let entered = credential::commands::replace(&tx, &permit, person, hash, caller).await?;
    tx.commit().await?;
    Ok(entered)
}

async fn look(access: &Access, token: &str, resets: bool) -> Result<(SignInLink, Person)> {
    let found = access
        .find::<Entity>()
        .filter(for_token(token))
        .one()
        .await?;
    let link = usable(found, resets, access)?;
    let person = link.person_id.ok_or_else(unknown)?;
    let person = access.get(person).await?.ok_or_else(unknown)?;
    active(person).map(|person| (link, person))
}

/// Holds the link and its person, and marks the link as used.
async fn open(tx: &Tx, token: &str, resets: bool) -> Result<(SignInLink, Person)> {
    let found = tx
        .find::<Entity>()
        .filter(for_token(token))
        .shape(sea_orm::QuerySelect::lock_exclusive)
        .one()
        .await?;
    let mut link = usable(found, resets, tx.access())?;
    let person = link.person_id.ok_or_else(unknown)?;
    let person = tx.lock(person, "token").await?;
    link.used_at = Some(tx.now());
    active(person).map(|person| (link, person))
}

fn for_token(token: &str) -> sea_orm::sea_query::Expr {
    Column::TokenDigest.eq(secret::token_digest(token))
}

fn usable(link: Option<SignInLink>, resets: bool, access: &Access) -> Result<SignInLink> {
    let link = link
        .filter(|link| link.resets_password == resets)
        .ok_or_else(unknown)?;
    if link.used_at.is_some() {
        Err(Refusal::Used.of("token"))
    } else if link.expires_at <= access.now() {
        Err(Refusal::Expired.of("token"))
    } else {
        Ok(link)
    }
}

fn active(person: Person) -> Result<Person> {
    if person.state == person::State::Active {
        Ok(person)
    } else {
        Err(unknown())
    }
}

fn unknown() -> crate::error::Error {
    Refusal::NotFound.of("token")
}
