//! Accounts: written down, changed by their owner, closed and opened by administrators.

use super::policy::{Change, Register, Restore, Suspend};
use super::{Contact, Person, Shown, State, contact};
use crate::credential;
use crate::db::{Access, Tx};
use crate::error::{Error, Missteps, OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::invitation;
use crate::membership;
use crate::school::fold::fold;
use crate::session;
use crate::text::{self, Language};

/// The most characters of a name.
pub const NAME: usize = 100;

/// Somebody to write down.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The name they go by.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// The language they read.
    pub language: Language,
    /// Their password, if they get one now.
    pub password: Option<String>,
}

/// Writes down a person without an invitation. For the operator alone.
pub async fn register(access: &Access, new: &NewPerson) -> Result<Person> {
    let mut missteps = Missteps::default();
    let name = missteps.check("name", text::line(&new.name, NAME));
    let email = missteps.check("email", text::email(&new.email));
    missteps.finish()?;
    let (name, (email, folded)) = (name.unwrap_or_default(), email.unwrap_or_default());
    let hash = match &new.password {
        Some(password) => {
            Some(credential::commands::fresh(password, &name, &folded, "password").await?)
        }
        None => None,
    };
    let tx = access.begin().await?;
    let person = Person::new(name, new.language, tx.now());
    let permit = tx.permit(Register { person: &person })?;
    tx.insert(&permit, person.clone()).await?;
    tx.insert(&permit, Contact::new(&person, email, folded))
        .await
        .on_duplicate(Refusal::AlreadyExists.of("email"))?;
    if let Some(hash) = hash {
        credential::commands::set(&tx, &permit, person.id, hash).await?;
    }
    tx.commit().await?;
    Ok(person)
}

impl Person {
    pub(crate) fn new(name: String, language: Language, now: crate::clock::Timestamp) -> Self {
        Self {
            id: Id::fresh(),
            sort_name: fold(&name),
            name,
            language,
            state: State::Active,
            version: 1,
            created_at: now,
        }
    }
}

impl Contact {
    pub(crate) fn new(person: &Person, email: String, email_folded: String) -> Self {
        Self {
            person_id: person.id,
            email,
            email_folded,
            shown: Shown::Nobody,
        }
    }
}

/// What a person changes about themselves; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// The name they go by.
    pub name: Option<String>,
    /// The language they read.
    pub language: Option<Language>,
    /// Who sees their address.
    pub email_shown: Option<Shown>,
}

/// The viewer changes their own account.
pub async fn change(access: &Access, version: i32, edit: &Edit) -> Result<Person> {
    let name = edit.name.as_deref().map(|name| text::line(name, NAME));
    let name = name.transpose().map_err(|refusal| refusal.of("name"))?;
    let id = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "").await?;
    let permit = tx.permit(Change { person: &before })?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let mut person = before.clone();
    if let Some(name) = name {
        person.sort_name = fold(&name);
        person.name = name;
    }
    person.language = edit.language.unwrap_or(person.language);
    person.version += 1;
    let person = tx.update(&permit, person).await?;
    if let Some(shown) = edit.email_shown {
        let contact = tx.find::<contact::Entity>().by_id(id).one().await?;
        let contact = contact.ok_or_else(|| Error::Fault(format!("{id} has no contact")))?;
        tx.update(&permit, Contact { shown, ..contact }).await?;
    }
    tx.record(&permit, Fact::PersonChanged { person: id })
        .await?;
    tx.commit().await?;
    Ok(person)
}

/// An administrator closes an account: its sessions end, and its open invitations are taken back.
pub async fn suspend(
    access: &Access,
    id: Id<Person>,
    version: i32,
    reason: &str,
) -> Result<Person> {
    let reason = text::prose(reason, 1000).map_err(|refusal| refusal.of("reason"))?;
    if reason.is_empty() {
        return Err(Refusal::ReasonRequired.of("reason"));
    }
    let tx = access.begin().await?;
    let last_admin = membership::queries::is_last_admin(&tx, id).await?;
    let before = seen(&tx, id, version).await?;
    let permit = tx.permit(Suspend {
        person: &before,
        last_admin,
    })?;
    let person = tx.update(&permit, before.turned(State::Suspended)).await?;
    session::commands::close(&tx, &permit, id).await?;
    for row in invitation::queries::open_by(&tx, id).await? {
        let closed = row.closed(tx.now());
        tx.update(&permit, closed).await?;
    }
    let fact = Fact::PersonSuspended { person: id, reason };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(person)
}

/// An administrator opens an account again.
pub async fn restore(access: &Access, id: Id<Person>, version: i32) -> Result<Person> {
    let tx = access.begin().await?;
    let before = seen(&tx, id, version).await?;
    let permit = tx.permit(Restore { person: &before })?;
    let person = tx.update(&permit, before.turned(State::Active)).await?;
    tx.record(&permit, Fact::PersonRestored { person: id })
        .await?;
    tx.commit().await?;
    Ok(person)
}

async fn seen(tx: &Tx, id: Id<Person>, version: i32) -> Result<Person> {
    let person = tx.lock(id, "id").await?;
    if person.version == version {
        Ok(person)
    } else {
        Err(Refusal::Conflict.of("version"))
    }
}

impl Person {
    fn turned(&self, state: State) -> Self {
        Self {
            state,
            version: self.version + 1,
            ..self.clone()
        }
    }
}
