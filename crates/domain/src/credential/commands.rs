//! How passwords are set.

use super::entity::Entity;
use super::policy::ChangePassword;
use super::{Credential, password};
use crate::authz::{Action, Job, Permit, Viewer, Writes};
use crate::db::{Access, Tx};
use crate::error::{Error, Misstep, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::person::{Contact, Person, contact};
use crate::session::{self, Caller, Entered};
use crate::sign_in_attempt;

/// The viewer sets a new password, proving the old one if there is one. All their sessions end, and a new one begins.
pub async fn change(
    access: &Access,
    current: Option<&str>,
    new: &str,
    caller: &Caller,
) -> Result<Entered> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let change = ChangePassword { person };
    crate::authz::allowed(&change, access.viewer())?;
    let door = access.db().access(Viewer::system(Job::Door));
    let contact = contact_of(&door, person).await?;
    let before = door.find::<Entity>().by_id(person).one().await?;
    let known = access.get(person).await?.ok_or(Refusal::NotFound)?;
    if let Some(before) = before {
        let counted =
            sign_in_attempt::commands::count(&door, &contact.email_folded, Some(person), caller)
                .await?;
        if !password::verify(current.unwrap_or_default(), Some(before.password_hash)).await? {
            return Err(Refusal::WrongCredentials.of("currentPassword"));
        }
        let tx = door.begin().await?;
        let permit = tx.permit(crate::door::Admit {
            person: Some(person),
        })?;
        sign_in_attempt::commands::forgive(&tx, &permit, counted).await?;
        tx.commit().await?;
    }
    let hash = fresh(new, &known.name, &contact.email_folded, "newPassword").await?;
    let tx = access.begin().await?;
    let permit = tx.permit(change)?;
    let person = tx.lock(person, "").await?;
    let entered = replace(&tx, &permit, person, hash, caller).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Checks a new password of somebody with this name and address, and hashes it.
pub(crate) async fn fresh(
    password: &str,
    name: &str,
    email: &str,
    field: &'static str,
) -> Result<String> {
    password::acceptable(password, &[name, email])
        .map_err(|refusal| Error::Refused(vec![Misstep { field, refusal }]))?;
    password::hash(password).await
}

/// Keeps the new hash, ends every session and begins one.
pub(crate) async fn replace<A>(
    tx: &Tx,
    permit: &Permit<A>,
    person: Person,
    password_hash: String,
    caller: &Caller,
) -> Result<Entered>
where
    A: Action + Writes<Entity> + Writes<session::entity::Entity>,
{
    set(tx, permit, person.id, password_hash).await?;
    session::commands::close(tx, permit, person.id).await?;
    let (session, token) = session::commands::open(tx, permit, person.id, caller).await?;
    let changed = Fact::PasswordChanged { person: person.id };
    tx.record(permit, changed).await?;
    Ok(Entered {
        person,
        session,
        token,
    })
}

/// Keeps the hash, whether or not there was one. The caller holds the person's row.
pub(crate) async fn set<A>(
    tx: &Tx,
    permit: &Permit<A>,
    person: Id<Person>,
    password_hash: String,
) -> Result<()>
where
    A: Action + Writes<Entity>,
{
    let credential = Credential {
        person_id: person,
        password_hash,
        changed_at: tx.now(),
    };
    match tx.find_as::<Entity>(Job::Door).by_id(person).one().await? {
        None => tx.insert(permit, credential).await?,
        Some(_) => tx.update(permit, credential).await?,
    };
    Ok(())
}

pub(crate) async fn contact_of(door: &Access, person: Id<Person>) -> Result<Contact> {
    door.find::<contact::Entity>()
        .by_id(person)
        .one()
        .await?
        .ok_or_else(|| Error::Fault(format!("{person} has no contact")))
}
