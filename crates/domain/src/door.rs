//! The door: finds out who somebody is, and lets them in with a password.
//!
//! All of it runs as [`Job::Door`]. A token costs two statements: the session with its person, then what they may.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QuerySelect, RelationDef};

use crate::access_token::{self, AccessToken, Reach};
use crate::authz::{Action, Job, Standing, Via, Viewer, Writes};
use crate::clock::Timestamp;
use crate::credential::{self, password};
use crate::db::{Access, Db};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::membership::{self, Role, Scope, ScopeKind};
use crate::person::{self, Person, contact};
use crate::region::{self, Region, entity::period};
use crate::secret;
use crate::session::{self, Caller, Entered, Session};
use crate::sign_in_attempt::{self, SignInAttempt};
use crate::text::{self, Language};

/// Who comes with this token, or a guest who reads `language` when there is none. People read the language they
/// chose. A token that opens nothing is refused with [`Refusal::SignInRequired`], whatever the reason.
pub async fn viewer(db: &Db, token: Option<&str>, language: Language) -> Result<Viewer> {
    let Some(token) = token else {
        return Ok(Viewer::guest(language));
    };
    let digest = secret::token_digest(token);
    let access = db.access(Viewer::system(Job::Door));
    let arrived = match token.split_once('_') {
        Some((session::PREFIX, _)) => {
            by_session(&access, session::entity::Column::TokenDigest.eq(digest)).await?
        }
        Some((access_token::PREFIX, _)) => {
            by_token(
                &access,
                access_token::entity::Column::TokenDigest.eq(digest),
            )
            .await?
        }
        _ => None,
    };
    standing(&access, arrived).await
}

/// The same viewer as things stand now: for sockets and streams, which outlive a request. Refused with
/// [`Refusal::SignInRequired`] once the session or token is over.
pub async fn again(db: &Db, viewer: &Viewer) -> Result<Viewer> {
    let Some(before) = viewer.standing() else {
        return Ok(viewer.clone());
    };
    let access = db.access(Viewer::system(Job::Door));
    let arrived = match before.via {
        Via::Session(id) => by_session(&access, session::entity::Column::Id.eq(id)).await?,
        Via::Token(id, _) => by_token(&access, access_token::entity::Column::Id.eq(id)).await?,
    };
    standing(&access, arrived).await
}

/// A session or token that holds, with its person.
struct Arrived {
    person: Id<Person>,
    language: Language,
    via: Via,
}

#[derive(FromQueryResult)]
struct BySession {
    id: Id<Session>,
    person_id: Id<Person>,
    language: Language,
    created_at: Timestamp,
    last_seen_at: Timestamp,
}

async fn by_session(access: &Access, which: Expr) -> Result<Option<Arrived>> {
    use session::entity::{Column, Entity};
    let found = access
        .find::<Entity>()
        .filter(which)
        .filter(session::queries::live(access.now()))
        .filter(person::entity::Column::State.eq(person::State::Active))
        .shape(|select| {
            select
                .select_only()
                .columns([
                    Column::Id,
                    Column::PersonId,
                    Column::CreatedAt,
                    Column::LastSeenAt,
                ])
                .column(person::entity::Column::Language)
                .join(JoinType::InnerJoin, to_person::<Entity>(Column::PersonId))
        })
        .all_as::<BySession>()
        .await?;
    let Some(found) = found.into_iter().next() else {
        return Ok(None);
    };
    if access.now() - found.last_seen_at >= session::NOTED
        && let Err(error) = session::commands::note(access.db(), found.id, found.created_at).await
    {
        // Reading goes on when writing is impossible.
        tracing::warn!(%error, "the use of a session was not noted");
    }
    Ok(Some(Arrived {
        person: found.person_id,
        language: found.language,
        via: Via::Session(found.id),
    }))
}

#[derive(FromQueryResult)]
struct ByToken {
    id: Id<AccessToken>,
    person_id: Id<Person>,
    language: Language,
    reach: Reach,
}

async fn by_token(access: &Access, which: Expr) -> Result<Option<Arrived>> {
    use access_token::entity::{Column, Entity};
    let found = access
        .find::<Entity>()
        .filter(which)
        .filter(access_token::queries::live(access.now()))
        .filter(person::entity::Column::State.eq(person::State::Active))
        .shape(|select| {
            select
                .select_only()
                .columns([Column::Id, Column::PersonId, Column::Reach])
                .column(person::entity::Column::Language)
                .join(JoinType::InnerJoin, to_person::<Entity>(Column::PersonId))
        })
        .all_as::<ByToken>()
        .await?;
    Ok(found.into_iter().next().map(|found| Arrived {
        person: found.person_id,
        language: found.language,
        via: Via::Token(found.id, found.reach),
    }))
}

fn to_person<E: EntityTrait>(key: E::Column) -> RelationDef {
    E::belongs_to(person::entity::Entity)
        .from(key)
        .to(person::entity::Column::Id)
        .into()
}

#[derive(FromQueryResult)]
struct Held {
    role: Role,
    scope_kind: ScopeKind,
    scope_id: uuid::Uuid,
    district_id: Option<Id<Region>>,
}

/// What the person may today: their memberships, and for regions the districts in them.
async fn standing(access: &Access, arrived: Option<Arrived>) -> Result<Viewer> {
    let arrived = arrived.ok_or(Refusal::SignInRequired)?;
    let held = access
        .find::<membership::entity::Entity>()
        .filter(membership::entity::Column::PersonId.eq(arrived.person))
        .filter(membership::queries::live())
        .shape(|select| {
            use membership::entity::Column;
            select
                .select_only()
                .columns([Column::Role, Column::ScopeKind, Column::ScopeId])
                .column_as(period::Column::RegionId, "district_id")
                .join(JoinType::LeftJoin, districts(access.today()))
        })
        .all_as::<Held>()
        .await?;
    let mut standing = Standing {
        person: arrived.person,
        via: arrived.via,
        admin: false,
        regions: HashSet::new(),
        coordinates: HashSet::new(),
        schools: HashSet::new(),
    };
    for held in held {
        match (
            Scope::from_columns(held.scope_kind, held.scope_id),
            held.role,
        ) {
            (Scope::Platform, Role::PlatformAdmin) => standing.admin = true,
            (Scope::Region(region), Role::Trainer) => {
                standing.regions.insert(region);
                standing.regions.extend(held.district_id);
            }
            (Scope::School(school), role) => {
                standing.schools.insert(school);
                if role == Role::Coordinator {
                    standing.coordinates.insert(school);
                }
            }
            (Scope::Platform | Scope::Region(_), _) => {}
        }
    }
    Ok(Viewer::person(standing, arrived.language))
}

fn districts(today: NaiveDate) -> RelationDef {
    let join: RelationDef = membership::entity::Entity::belongs_to(period::Entity)
        .from(membership::entity::Column::ScopeId)
        .to(period::Column::ParentId)
        .into();
    join.on_condition(move |_, _| region::queries::lasts(today))
}

/// Somebody with an account, as the door needs them.
#[derive(FromQueryResult)]
pub(crate) struct Known {
    pub(crate) id: Id<Person>,
    pub(crate) state: person::State,
    pub(crate) password_hash: Option<String>,
}

/// Whoever has this folded address.
pub(crate) async fn known(access: &Access, email_folded: &str) -> Result<Option<Known>> {
    let found = access
        .find::<contact::Entity>()
        .filter(contact::Column::EmailFolded.eq(email_folded))
        .shape(|select| {
            let credential: RelationDef = contact::Entity::belongs_to(credential::entity::Entity)
                .from(contact::Column::PersonId)
                .to(credential::entity::Column::PersonId)
                .into();
            select
                .select_only()
                .column_as(contact::Column::PersonId, "id")
                .column(person::entity::Column::State)
                .column(credential::entity::Column::PasswordHash)
                .join(
                    JoinType::InnerJoin,
                    to_person::<contact::Entity>(contact::Column::PersonId),
                )
                .join(JoinType::LeftJoin, credential)
        })
        .all_as::<Known>()
        .await?;
    Ok(found.into_iter().next())
}

/// The door lets somebody in, or forgives a guess that was right.
pub(crate) struct Admit {
    /// Whom.
    pub(crate) person: Option<Id<Person>>,
}

impl Action for Admit {
    const NAME: &'static str = "sign_in";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Door))
    }
}

impl Writes<session::entity::Entity> for Admit {
    fn covers(&self, row: &Session) -> bool {
        Some(row.person_id) == self.person
    }
}

impl Writes<sign_in_attempt::entity::Entity> for Admit {
    fn covers(&self, _: &SignInAttempt) -> bool {
        true
    }
}

/// Signs in with a password. Unknown address, no password, wrong password and suspended account are the same answer
/// after the same work.
pub async fn sign_in(db: &Db, email: &str, password: &str, caller: &Caller) -> Result<Entered> {
    let (_, folded) = text::email(email).map_err(|refusal| refusal.of("email"))?;
    let access = db.access(Viewer::system(Job::Door));
    let known = known(&access, &folded).await?;
    let person = known.as_ref().map(|known| known.id);
    let counted = sign_in_attempt::commands::count(&access, &folded, person, caller).await?;
    let hash = known
        .filter(|known| known.state == person::State::Active)
        .and_then(|known| known.password_hash);
    let right = password::verify(password, hash).await?;
    let (true, Some(person)) = (right, person) else {
        return Err(Refusal::WrongCredentials.into());
    };
    let tx = access.begin().await?;
    // Held, so that whoever suspends the account at this moment ends the new session as well.
    let person = tx.lock(person, "").await?;
    if person.state != person::State::Active {
        return Err(Refusal::WrongCredentials.into());
    }
    let permit = tx.permit(Admit {
        person: Some(person.id),
    })?;
    sign_in_attempt::commands::forgive(&tx, &permit, counted).await?;
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
