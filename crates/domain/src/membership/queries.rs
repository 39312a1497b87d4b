//! How memberships are found.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, Select,
};
use serde::Serialize;

use super::entity::{Column, Entity};
use super::policy::End;
use super::{Membership, Role, Scope, ScopeKind};
use crate::authz::{Job, allowed};
use crate::db::{Access, Find, Tx};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::page::{List, Order, Page, Window, fetch, fetch_first};
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

/// Who speaks for these schools and has an open account, as far as the viewer may see: the oldest first, at most twenty
/// each on average.
pub async fn coordinators(access: &Access, schools: &[Id<School>]) -> Result<Vec<Membership>> {
    let speaks = live()
        .add(Column::Role.eq(Role::Coordinator))
        .add(Column::ScopeKind.eq(ScopeKind::School));
    access
        .find::<Entity>()
        .any_of(Column::ScopeId, schools)
        .filter(speaks)
        .shape(of_active)
        .order(Column::Id, Direction::Asc)
        .limit(20 * schools.len() as u64)
        .all()
        .await
}

/// Only those of persons whose account is open.
fn of_active(mut select: Select<Entity>) -> Select<Entity> {
    use person::entity::{Column as P, Entity as Account};
    let same = Expr::col((Account, P::Id)).equals((Entity, Column::PersonId));
    QuerySelect::query(&mut select)
        .join(JoinType::InnerJoin, Account, same)
        .and_where(P::State.eq(person::State::Active));
    select
}

/// How the people of a school are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// Who came first.
    #[default]
    Began,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        Column::BeganAt
    }

    fn descending(self) -> bool {
        false
    }
}

fn members(access: &Access) -> Find<'_, Entity> {
    let members = live().add(Column::ScopeKind.eq(ScopeKind::School));
    access.find().filter(members)
}

/// The first parts of the lists of the people of many schools, as far as the viewer may see them; schools without any
/// are left out.
pub async fn first_members(
    access: &Access,
    schools: &[Id<School>],
    size: usize,
) -> Result<HashMap<Id<School>, Page<Membership>>> {
    let list = List::new(By::default(), &())?;
    fetch_first(
        members(access),
        (Column::ScopeId, schools),
        &list,
        size,
        |row| row,
    )
    .await
}

/// A later part of the list of one school's people, by the cursors of [`first_members`].
pub async fn members_of(
    access: &Access,
    school: Id<School>,
    window: &Window,
) -> Result<Page<Membership>> {
    let find = members(access).filter(Column::ScopeId.eq(school.uuid()));
    fetch(find, &List::new(By::default(), &())?, window).await
}

/// How many people of the school the viewer may see.
pub async fn count_members(access: &Access, school: Id<School>) -> Result<u64> {
    let find = members(access).filter(Column::ScopeId.eq(school.uuid()));
    find.count().await
}

impl Membership {
    /// Whether `access`'s viewer may end it. That somebody has to stay is told when they try.
    pub fn may_end(&self, access: &Access) -> bool {
        let end = End {
            membership: self,
            last: false,
        };
        self.ended_at.is_none() && allowed(&end, access.viewer()).is_ok()
    }
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
    let trains = train(school.unwrap_or(Id::from_uuid(uuid::Uuid::nil())), today);
    persons(
        Condition::any()
            .add(Column::Role.eq(Role::PlatformAdmin))
            .add(trains),
    )
}

/// Those who train the region where the school is on that day.
pub(crate) fn trainers(school: Id<School>, today: NaiveDate) -> SelectStatement {
    persons(train(school, today))
}

fn persons(which: Condition) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(live())
        .filter(which)
        .into_query()
}

fn train(school: Id<School>, today: NaiveDate) -> Condition {
    use crate::school::entity as schools;
    let here = schools::Entity::find()
        .select_only()
        .column(schools::Column::RegionId)
        .filter(schools::Column::Id.eq(school))
        .into_query();
    let above = period::Entity::find()
        .select_only()
        .column(period::Column::ParentId)
        .filter(region::queries::lasts(today))
        .filter(period::Column::RegionId.in_subquery(here.clone()))
        .into_query();
    Condition::all().add(Column::Role.eq(Role::Trainer)).add(
        Condition::any()
            .add(Column::ScopeId.in_subquery(here))
            .add(Column::ScopeId.in_subquery(above)),
    )
}
