//! How memberships are found.

use chrono::NaiveDate;
use sea_orm::sea_query::{Order as Direction, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity};
use super::{Membership, Role, Scope, ScopeKind};
use crate::authz::Job;
use crate::db::{Access, Tx};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::person::{self, Person};
use crate::region::RegionPeriod;
use crate::region::{self, entity::period};
use crate::school::School;
use crate::text::Localized;

/// The most that are listed of one person.
const LISTED: u64 = 100;

/// Holds for memberships that last.
pub(crate) fn live() -> Condition {
    Condition::all().add(Column::EndedAt.is_null())
}

/// The memberships of these persons that last and that the viewer may see, the oldest first, at most a hundred each
/// on average.
pub async fn of(access: &Access, persons: &[Id<Person>]) -> Result<Vec<Membership>> {
    access
        .find::<Entity>()
        .any_of(Column::PersonId, persons)
        .filter(live())
        .order(Column::Id, Direction::Asc)
        .limit(LISTED * persons.len() as u64)
        .all()
        .await
}

/// Who speaks for these schools, as far as the viewer may see: the oldest first, at most twenty each on average.
pub async fn coordinators(access: &Access, schools: &[Id<School>]) -> Result<Vec<Membership>> {
    let speaks = live()
        .add(Column::Role.eq(Role::Coordinator))
        .add(Column::ScopeKind.eq(ScopeKind::School));
    access
        .find::<Entity>()
        .any_of(Column::ScopeId, schools)
        .filter(speaks)
        .order(Column::Id, Direction::Asc)
        .limit(20 * schools.len() as u64)
        .all()
        .await
}

/// The membership of this person in that role there, while it lasts.
pub(crate) async fn held(
    tx: &Tx,
    person: Id<Person>,
    role: Role,
    scope: Scope,
) -> Result<Option<Membership>> {
    let (kind, key) = scope.columns();
    let this = live()
        .add(Column::PersonId.eq(person))
        .add(Column::Role.eq(role))
        .add(Column::ScopeKind.eq(kind))
        .add(Column::ScopeId.eq(key));
    tx.find_as::<Entity>(Job::Door).filter(this).one().await
}

/// Everybody who has this role there, held until the end of the transaction, so that two who remove each other do so
/// one after the other.
pub(crate) async fn hold_peers(tx: &Tx, role: Role, scope: Scope) -> Result<Vec<Membership>> {
    let (kind, key) = scope.columns();
    let peers = live()
        .add(Column::Role.eq(role))
        .add(Column::ScopeKind.eq(kind))
        .add(Column::ScopeId.eq(key));
    tx.find_as::<Entity>(Job::Door)
        .filter(peers)
        .order(Column::Id, Direction::Asc)
        .shape(QuerySelect::lock_exclusive)
        .all()
        .await
}

/// Whether `person` is among these and nobody else of them has an open account.
pub(crate) async fn is_last(tx: &Tx, peers: &[Membership], person: Id<Person>) -> Result<bool> {
    if !peers.iter().any(|peer| peer.person_id == person) {
        return Ok(false);
    }
    let others = peers
        .iter()
        .map(|peer| peer.person_id)
        .filter(|peer| *peer != person);
    let open = Condition::all()
        .add(person::entity::Column::Id.is_in(others))
        .add(person::entity::Column::State.eq(person::State::Active));
    let other = tx
        .find_as::<person::entity::Entity>(Job::Door)
        .filter(open)
        .limit(1)
        .one()
        .await?;
    Ok(other.is_none())
}

/// Whether without this person nobody would run the platform.
pub(crate) async fn is_last_admin(tx: &Tx, person: Id<Person>) -> Result<bool> {
    let admins = hold_peers(tx, Role::PlatformAdmin, Scope::Platform).await?;
    is_last(tx, &admins, person).await
}

/// What the place is called today; the platform has no name of its own.
pub(crate) async fn place(tx: &Tx, scope: Scope, field: &'static str) -> Result<Localized> {
    match scope {
        Scope::Platform => Ok(Localized::default()),
        Scope::School(school) => Ok(tx.get(school, field).await?.name()),
        Scope::Region(region) => {
            let today = region::queries::lasts(tx.today()).add(period::Column::RegionId.eq(region));
            let period = tx.find::<period::Entity>().filter(today).one().await?;
            let period = period.ok_or_else(|| Refusal::NotFound.of(field))?;
            Ok(RegionPeriod::name(&period))
        }
    }
}

/// Whether the kind of place fits the role.
pub(crate) fn fits(role: Role, scope: Scope) -> bool {
    let kind: ScopeKind = scope.columns().0;
    role.scope() == kind
}

/// Those who run the platform, and those who train the region where the school is on that day.
pub(crate) fn moderators(school: Option<Id<School>>, today: NaiveDate) -> SelectStatement {
    use crate::school::entity as schools;
    let here = schools::Entity::find()
        .select_only()
        .column(schools::Column::RegionId)
        .filter(schools::Column::Id.eq(school.unwrap_or(Id::from_uuid(uuid::Uuid::nil()))))
        .into_query();
    let above = period::Entity::find()
        .select_only()
        .column(period::Column::ParentId)
        .filter(region::queries::lasts(today))
        .filter(period::Column::RegionId.in_subquery(here.clone()))
        .into_query();
    let trains = Condition::all().add(Column::Role.eq(Role::Trainer)).add(
        Condition::any()
            .add(Column::ScopeId.in_subquery(here))
            .add(Column::ScopeId.in_subquery(above)),
    );
    Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(live())
        .filter(
            Condition::any()
                .add(Column::Role.eq(Role::PlatformAdmin))
                .add(trains),
        )
        .into_query()
}
