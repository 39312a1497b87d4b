//! The door: finds out who somebody is, and lets them in with a password.
//!
//! All of it runs as [`Job::Door`]. A token costs one statement: the session, its person and what they may today.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, QueryResult,
    QuerySelect, RelationDef,
};

use crate::access_token::{self, AccessToken, Reach};
use crate::authz::{Action, Job, Standing, Via, Viewer, Visible, Writes};
use crate::calendar_feed::{self, CalendarFeed};
use crate::clock::Timestamp;
use crate::credential::{self, password};
use crate::db::{Access, Db};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::membership::{self, Role, Scope, ScopeKind};
use crate::network::Network;
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
    standing(arrived, access.today())
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
        Via::Feed(_) | Via::Link | Via::Operator => None,
    };
    standing(arrived, access.today())
}

/// Who reads by the secret address of a calendar feed, and of which network if of one. One that opens nothing is refused
/// with [`Refusal::NotFound`], whatever the reason.
pub async fn by_feed(db: &Db, token: &str) -> Result<(Viewer, Option<Id<Network>>)> {
    use calendar_feed::entity::{Column, Entity};
    let access = db.access(Viewer::system(Job::Door));
    let columns = [Column::Id, Column::PersonId, Column::NetworkId];
    let live = calendar_feed::queries::live();
    let which = live.add(Column::TokenDigest.eq(secret::token_digest(token)));
    let found = arriving::<Entity, ByFeed>(&access, which, &columns, Column::PersonId).await?;
    let (found, held) = found.ok_or(Refusal::NotFound)?;
    let arrived = Arrived {
        person: found.person_id,
        language: found.language,
        via: Via::Feed(found.id),
        held,
    };
    let viewer = standing(Some(arrived), access.today())?;
    Ok((viewer, found.network_id))
}

#[derive(FromQueryResult)]
struct ByFeed {
    id: Id<CalendarFeed>,
    person_id: Id<Person>,
    language: Language,
    network_id: Option<Id<Network>>,
}

/// The database as the person with this address sees it, for the installation's operator who acts in their name. An
/// address that nobody active has is refused with [`Refusal::NotFound`].
pub async fn in_name_of(operator: &Access, email: &str) -> Result<Access> {
    operator
        .viewer()
        .require(operator.viewer().is(Job::Operator))?;
    let (_, folded) = text::email(email).map_err(|refusal| refusal.of("email"))?;
    let whose = contact::Column::EmailFolded.eq(folded);
    let viewer = unproved(operator, whose, Via::Operator).await?;
    Ok(operator.db().access(viewer))
}

/// Whom a link was handed to, with what they may today. Somebody who is not active any more is refused with
/// [`Refusal::NotFound`].
pub async fn by_link(db: &Db, person: Id<Person>) -> Result<Viewer> {
    let access = db.access(Viewer::system(Job::Door));
    unproved(&access, contact::Column::PersonId.eq(person), Via::Link).await
}

/// A person whose own proof is not asked for: something else vouches for them.
async fn unproved(access: &Access, who: Expr, via: Via) -> Result<Viewer> {
    use contact::{Column, Entity};
    let who = Condition::all().add(who);
    let columns = [Column::PersonId];
    let found = arriving::<Entity, Unproved>(access, who, &columns, Column::PersonId).await?;
    let (found, held) = found.ok_or(Refusal::NotFound)?;
    let arrived = Arrived {
        person: found.person_id,
        language: found.language,
        via,
        held,
    };
    standing(Some(arrived), access.today())
}

#[derive(FromQueryResult)]
struct Unproved {
    person_id: Id<Person>,
    language: Language,
}

/// A session or token that holds, with its person and what they may.
struct Arrived {
    person: Id<Person>,
    language: Language,
    via: Via,
    held: Vec<Held>,
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
    let columns = [
        Column::Id,
        Column::PersonId,
        Column::CreatedAt,
        Column::LastSeenAt,
    ];
    let live = session::queries::live(access.now());
    let found = arriving::<Entity, BySession>(access, live.add(which), &columns, Column::PersonId);
    let Some((found, held)) = found.await? else {
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
        held,
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
    let columns = [Column::Id, Column::PersonId, Column::Reach];
    let live = access_token::queries::live(access.now());
    let found = arriving::<Entity, ByToken>(access, live.add(which), &columns, Column::PersonId);
    Ok(found.await?.map(|(found, held)| Arrived {
        person: found.person_id,
        language: found.language,
        via: Via::Token(found.id, found.reach),
        held,
    }))
}

/// Whoever comes with a session or token, and each of their memberships of today; for regions with each district.
async fn arriving<E, T>(
    access: &Access,
    which: Condition,
    columns: &[E::Column],
    person: E::Column,
) -> Result<Option<(T, Vec<Held>)>>
where
    E: Visible<Model: Sync>,
    T: FromQueryResult + Send + Sync,
{
    use membership::entity::Column;
    let held: RelationDef = E::belongs_to(membership::entity::Entity)
        .from(person)
        .to(Column::PersonId)
        .into();
    let held = held.on_condition(|_, _| membership::queries::live());
    let rows = access
        .find::<E>()
        .filter(which)
        .filter(person::entity::Column::State.eq(person::State::Active))
        .shape(|select| {
            select
                .select_only()
                .columns(columns.iter().copied())
                .column(person::entity::Column::Language)
                .columns([Column::Role, Column::ScopeKind, Column::ScopeId])
                .column_as(period::Column::RegionId, "district_id")
                .join(JoinType::InnerJoin, to_person::<E>(person))
                .join(JoinType::LeftJoin, held)
                .join(JoinType::LeftJoin, districts(access.today()))
        })
        .all_as::<Row<T>>()
        .await?;
    let (mut who, mut held) = (None, Vec::with_capacity(rows.len()));
    for row in rows {
        who.get_or_insert(row.who);
        held.extend(row.held);
    }
    Ok(who.map(|who| (who, held)))
}

/// Somebody with one of their memberships, if they have any.
struct Row<T> {
    who: T,
    held: Option<Held>,
}

impl<T: FromQueryResult> FromQueryResult for Row<T> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            who: T::from_query_result(row, prefix)?,
            held: Held::from_query_result_optional(row, prefix)?,
        })
    }
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

/// Who that is, and what they may.
fn standing(arrived: Option<Arrived>, today: NaiveDate) -> Result<Viewer> {
    let arrived = arrived.ok_or(Refusal::SignInRequired)?;
    let mut standing = Standing {
        person: arrived.person,
        via: arrived.via,
        today,
        admin: false,
        regions: HashSet::new(),
        coordinates: HashSet::new(),
        schools: HashSet::new(),
    };
    for held in arrived.held {
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
