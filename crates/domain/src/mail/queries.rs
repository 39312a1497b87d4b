//! What stands in a letter.

use chrono::TimeDelta;
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, Condition};

use super::{Kind, Mail};
use crate::clock::Timestamp;
use crate::db::Access;
use crate::error::{Error, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::invitation::Invitation;
use crate::membership::Role;
use crate::notification::{self, Channel, digest_span, queries::Told};
use crate::outbox::Record;
use crate::person::{self, Person, contact};
use crate::sign_in_link::SignInLink;
use crate::text::{Language, Localized};

/// How many notifications a digest spells out.
const SPELT_OUT: u64 = 50;

/// A letter as it is to be written now.
#[derive(Debug)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The language its reader reads.
    pub language: Language,
    /// What it says.
    pub content: Content,
}

/// What a letter says. Tokens open doors: never log one.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields repeat the words of the domain")]
pub enum Content {
    Notice(Fact),
    /// `count` notifications are unread, of which these are the first.
    Digest {
        name: String,
        count: u64,
        facts: Vec<Fact>,
    },
    Invitation {
        inviter: Option<String>,
        place: Localized,
        role: Role,
        token: String,
        expires_at: Timestamp,
    },
    SignIn {
        token: String,
        lasts: TimeDelta,
    },
    ResetPassword {
        token: String,
        lasts: TimeDelta,
    },
}

/// What the letter says by now; none when there is nothing to say any more. For the relay.
pub async fn letter(access: &Access, mail: &Mail) -> Result<Option<Letter>> {
    match mail.kind {
        Kind::Invitation => invitation(access, mail).await,
        Kind::Notice | Kind::Digest | Kind::Link => {
            let Some((person, to)) = recipient(access, mail).await? else {
                return Ok(None);
            };
            let content = match mail.kind {
                Kind::Digest => digest(access, mail, &person).await?,
                Kind::Link => link(access, mail).await?,
                Kind::Notice | Kind::Invitation => Some(Content::Notice(fact(access, mail).await?)),
            };
            Ok(content.map(|content| Letter {
                to,
                language: person.language,
                content,
            }))
        }
    }
}

/// Whom the letter is for, while they are active and have an address.
async fn recipient(access: &Access, mail: &Mail) -> Result<Option<(Person, String)>> {
    let Some(id) = mail.person_id else {
        return Err(lacks(mail, "a person"));
    };
    let person = access.get(id).await?;
    let Some(person) = person.filter(|person| person.state == person::State::Active) else {
        return Ok(None);
    };
    let contact = access.find::<contact::Entity>().by_id(id).one().await?;
    Ok(contact.map(|contact| (person, contact.email)))
}

async fn fact(access: &Access, mail: &Mail) -> Result<Fact> {
    let id: Id<Record> = mail.fact_id.ok_or_else(|| lacks(mail, "a fact"))?;
    let record = access
        .get(id)
        .await?
        .ok_or_else(|| lacks(mail, "its fact"))?;
    record.fact()
}

async fn digest(access: &Access, mail: &Mail, person: &Person) -> Result<Option<Content>> {
    use notification::entity::Column;
    let day = mail.day.ok_or_else(|| lacks(mail, "a day"))?;
    let (from, until) = digest_span(day, access.db().clock().zone());
    let of = person.id;
    let reasons = notification::queries::preferences_of(access, of)
        .await?
        .into_iter()
        .filter(|(_, channel)| *channel == Channel::Digest)
        .map(|(reason, _)| reason);
    let listed = Condition::all()
        .add(Column::PersonId.eq(of))
        .add(Column::ReadAt.is_null())
        .add(Column::Reason.is_in(reasons))
        .add(Column::CreatedAt.gte(from))
        .add(Column::CreatedAt.lt(until));
    let find = || {
        access
            .find::<notification::entity::Entity>()
            .filter(listed.clone())
    };
    let count = find().count().await?;
    let first: Vec<Told> = Told::join(find())
        .order(Column::Number, Order::Asc)
        .limit(SPELT_OUT)
        .all_as()
        .await?;
    let facts = first.iter().map(Told::fact).collect::<Result<Vec<_>>>()?;
    Ok((count > 0).then(|| Content::Digest {
        name: person.name.clone(),
        count,
        facts,
    }))
}

async fn link(access: &Access, mail: &Mail) -> Result<Option<Content>> {
    let Fact::SignInLinkRequested { link, .. } = fact(access, mail).await? else {
        return Err(lacks(mail, "a link"));
    };
    let link: SignInLink = access
        .get(link)
        .await?
        .ok_or_else(|| lacks(mail, "its link"))?;
    if link.used_at.is_some() || link.expires_at <= access.now() {
        return Ok(None);
    }
    let token = access.db().secret().link_token(link.id)?;
    let lasts = link.expires_at - link.created_at;
    Ok(Some(if link.resets_password {
        Content::ResetPassword { token, lasts }
    } else {
        Content::SignIn { token, lasts }
    }))
}

async fn invitation(access: &Access, mail: &Mail) -> Result<Option<Letter>> {
    let Fact::InvitationSent {
        invitation, place, ..
    } = fact(access, mail).await?
    else {
        return Err(lacks(mail, "an invitation"));
    };
    let row: Invitation = access
        .get(invitation)
        .await?
        .ok_or_else(|| lacks(mail, "its invitation"))?;
    if row.closed_at.is_some() || row.expires_at <= access.now() {
        return Ok(None);
    }
    let inviter = match row.invited_by_id {
        Some(id) => access.get(id).await?.map(|person: Person| person.name),
        None => None,
    };
    let token = access.db().secret().link_token(row.id)?;
    Ok(Some(Letter {
        to: row.email,
        language: row.language,
        content: Content::Invitation {
            inviter,
            place,
            role: row.role,
            token,
            expires_at: row.expires_at,
        },
    }))
}

fn lacks(mail: &Mail, what: &str) -> Error {
    Error::Fault(format!("{} lacks {what}", mail.id))
}

/// How many letters were given up.
pub async fn parked(access: &Access) -> Result<u64> {
    access
        .find::<super::entity::Entity>()
        .filter(super::entity::Column::ParkedAt.is_not_null())
        .count()
        .await
}
