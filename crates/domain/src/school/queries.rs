//! How schools are found.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::Serialize;

use super::commands::Card;
use super::entity::{Column, Entity, name};
use super::policy::{Add, Close, Update};
use super::search::{Sought, rank, understand};
use super::{NameKind, School, SchoolName, State};
use crate::authz::allowed;
use crate::db::{Access, Find, Tx};
use crate::designation::{self, Kind};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::network;
use crate::page::{List, Order, Page, Window, fetch, fetch_by};
use crate::partnership;
use crate::region::{self, Region};

/// How a list of schools is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// What fits the query best first; without a query, by name.
    #[default]
    Relevance,
    /// By name.
    Name,
    /// The latest added first.
    Newest,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        match self {
            Self::Relevance | Self::Name => Column::SortName,
            Self::Newest => Column::CreatedAt,
        }
    }

    fn descending(self) -> bool {
        self == Self::Newest
    }
}

/// Which schools. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// In this region or district …
    pub region: Option<Id<Region>>,
    /// … as it was on this day; today if none.
    pub on: Option<NaiveDate>,
    /// In one of these states; all but the merged if none.
    pub states: Option<Vec<State>>,
    /// Designated as this today.
    pub designated: Option<Kind>,
    /// Of this kind.
    pub kind: Option<String>,
    /// With or without a place in a network: as a school that leads one, or by an active partnership.
    pub networked: Option<bool>,
}

impl Filter {
    fn condition(&self, access: &Access) -> Condition {
        let day = self.on.unwrap_or_else(|| access.today());
        let region = self
            .region
            .map(|region| Column::RegionId.in_subquery(region::queries::within(region, day)));
        let states = match &self.states {
            Some(states) => Column::State.is_in(states.iter().copied()),
            None => Column::State.ne(State::Merged),
        };
        let designated = self.designated.map(|kind| {
            let holding = designation::queries::holding(kind, access.today());
            Column::Id.in_subquery(holding)
        });
        let networked = self.networked.map(|yes| {
            if yes {
                in_a_network()
            } else {
                in_a_network().not()
            }
        });
        Condition::all()
            .add_option(region)
            .add(states)
            .add_option(designated)
            .add_option(self.kind.as_ref().map(|kind| Column::Kind.eq(kind)))
            .add_option(networked)
    }
}

fn in_a_network() -> Condition {
    use network::entity::lead;
    use partnership::entity as link;
    let leads = lead::Entity::find()
        .select_only()
        .column(lead::Column::SchoolId);
    let side = |column| {
        link::Entity::find()
            .select_only()
            .column(column)
            .filter(link::Column::State.eq(partnership::State::Active))
            .into_query()
    };
    Condition::any()
        .add(Column::Id.in_subquery(leads.into_query()))
        .add(Column::Id.in_subquery(side(link::Column::LeadingId)))
        .add(Column::Id.in_subquery(side(link::Column::MagneticId)))
}

/// A part of the list of schools that `query` finds; all of them without.
pub async fn page(
    access: &Access,
    query: Option<&str>,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<School>> {
    let sought = sought(access, query).await?;
    let find = found(access, filter, &sought);
    let list = List::new(by, &(query, filter))?;
    if by == By::Relevance && !sought.is_empty() {
        fetch_by(find, &list, window, rank(&sought)).await
    } else {
        fetch(find, &list, window).await
    }
}

/// How many there are.
pub async fn count(access: &Access, query: Option<&str>, filter: &Filter) -> Result<u64> {
    let sought = sought(access, query).await?;
    found(access, filter, &sought).count().await
}

async fn sought(access: &Access, query: Option<&str>) -> Result<Vec<Sought>> {
    let sought = match query {
        Some(query) => understand(access, query).await?,
        None => None,
    };
    Ok(sought.unwrap_or_default())
}

fn found<'a>(access: &'a Access, filter: &Filter, sought: &[Sought]) -> Find<'a, Entity> {
    let words = sought
        .iter()
        .map(Sought::condition)
        .fold(Condition::all(), Condition::add);
    access.find().filter(filter.condition(access).add(words))
}

/// All names of these schools, former ones and aliases too.
pub async fn names(access: &Access, of: &[Id<School>]) -> Result<Vec<SchoolName>> {
    access
        .find::<name::Entity>()
        .any_of(name::Column::SchoolId, of)
        .order(name::Column::Id, sea_orm::sea_query::Order::Asc)
        .all()
        .await
}

/// What the entry of a school says, or `NOT_FOUND` at "id".
pub async fn card(access: &Access, id: Id<School>) -> Result<Card> {
    let school = access.get(id).await?;
    let school = school.ok_or_else(|| Refusal::NotFound.of("id"))?;
    let names = names(access, &[id]).await?;
    let aliases = names.iter().filter(|name| name.kind == NameKind::Alias);
    Ok(Card {
        name: school.name(),
        aliases: aliases.map(SchoolName::name).collect(),
        languages: school.teaching_languages().map(str::to_owned).collect(),
        region: school.region_id,
        place: school.place,
        address: school.address,
        kind: school.kind,
    })
}

pub(crate) async fn names_in(tx: &Tx, school: Id<School>) -> Result<Vec<SchoolName>> {
    tx.find::<name::Entity>()
        .filter(name::Column::SchoolId.eq(school))
        .all()
        .await
}

/// What the viewer may do with a school right now; the same decisions as the commands'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Correct its entry.
    pub update: bool,
    /// Note that it is no more.
    pub close: bool,
    /// Nominate it for a designation.
    pub nominate: bool,
    /// Award it a designation.
    pub award: bool,
}

/// Whether `access`'s viewer may add a school in this region.
pub fn may_add(access: &Access, region: Id<Region>) -> bool {
    let add = Add {
        region: Some(region),
        school: Id::fresh(),
    };
    allowed(&add, access.viewer()).is_ok()
}

impl School {
    /// What `access`'s viewer may do.
    pub fn allowed(&self, access: &Access) -> Allowed {
        let viewer = access.viewer();
        let designation = Id::fresh();
        Allowed {
            update: allowed(&Update { school: self }, viewer).is_ok(),
            close: allowed(&Close { school: self }, viewer).is_ok(),
            nominate: allowed(
                &designation::policy::Nominate {
                    school: self,
                    designation,
                },
                viewer,
            )
            .is_ok(),
            award: allowed(
                &designation::policy::Award {
                    school: self,
                    designation,
                },
                viewer,
            )
            .is_ok(),
        }
    }
}
