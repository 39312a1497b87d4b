//! How networks are found.

use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, UnionType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryResult, QuerySelect, QueryTrait,
};
use serde::Serialize;

use super::entity::{Column, Entity, lead};
use super::policy::Change;
use super::{Network, NetworkLead, State};
use crate::authz::allowed;
use crate::db::{Access, Beside, Find, Tx};
use crate::designation;
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::page::{List, Order, Page, Window, fetch};
use crate::partnership;
use crate::region::{self, Region};
use crate::school::{self, School};

/// How a list of networks is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// By name.
    #[default]
    Name,
    /// The latest founded first.
    Newest,
    /// The one with the most active partnerships first.
    Largest,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        match self {
            Self::Name => Column::SortName,
            Self::Newest => Column::CreatedAt,
            Self::Largest => Column::ActivePartnerships,
        }
    }

    fn descending(self) -> bool {
        !matches!(self, Self::Name)
    }
}

/// Which networks. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Led by a school in this region or district as it is today.
    pub region: Option<Id<Region>>,
    /// Whose theme contains this, in any case.
    pub theme: Option<String>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Led by this school.
    pub leading: Option<Id<School>>,
}

impl Filter {
    fn condition(&self, access: &Access) -> Condition {
        let led_in = self.region.map(|region| {
            let schools = school::entity::Entity::find()
                .select_only()
                .column(school::entity::Column::Id)
                .filter(
                    school::entity::Column::RegionId
                        .in_subquery(region::queries::within(region, access.today())),
                )
                .into_query();
            Column::Id.in_subquery(led_by(lead::Column::SchoolId.in_subquery(schools)))
        });
        Condition::all()
            .add_option(led_in)
            .add_option(
                self.leading.map(|school| {
                    Column::Id.in_subquery(led_by(lead::Column::SchoolId.eq(school)))
                }),
            )
            .add_option(
                self.theme
                    .as_deref()
                    .map(|theme| Column::ThemeFolded.contains(school::fold::fold(theme))),
            )
            .add_option(
                self.states
                    .as_ref()
                    .map(|states| Column::State.is_in(states.iter().copied())),
            )
    }
}

fn led_by(which: sea_orm::sea_query::Expr) -> sea_orm::sea_query::SelectStatement {
    lead::Entity::find()
        .select_only()
        .column(lead::Column::NetworkId)
        .filter(which)
        .into_query()
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Network>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition(access))
}

/// Who leads a network, with the school.
pub type Leading = Beside<NetworkLead, School>;

/// Which schools lead these networks.
pub async fn leads_of_all(access: &Access, networks: &[Id<Network>]) -> Result<Vec<Leading>> {
    let (from, to) = (lead::Column::SchoolId, school::entity::Column::Id);
    access
        .find::<lead::Entity>()
        .any_of(lead::Column::NetworkId, networks)
        .beside::<school::entity::Entity>(from, to, access.viewer())
        .all_as()
        .await
}

/// In which networks these schools are: those they lead, and those they are partners in, by a partnership that is
/// active and that the viewer may see.
pub async fn of_schools(
    access: &Access,
    schools: &[Id<School>],
) -> Result<Vec<(Id<School>, Network)>> {
    use partnership::entity as link;
    let led = access
        .find::<lead::Entity>()
        .any_of(lead::Column::SchoolId, schools)
        .shape(|select| {
            select
                .select_only()
                .columns([lead::Column::SchoolId, lead::Column::NetworkId])
        });
    let partner = access
        .find::<link::Entity>()
        .any_of(link::Column::MagneticId, schools)
        .filter(link::Column::State.eq(partnership::State::Active))
        .shape(|select| {
            select
                .select_only()
                .columns([link::Column::MagneticId, link::Column::NetworkId])
        });
    let mut led = led.into_query();
    let pairs = led
        .union(UnionType::Distinct, partner.into_query())
        .to_owned();
    let rows = access.find::<Entity>().shape(|mut select| {
        let same = Expr::col(("pair", "network_id")).equals((Entity, Column::Id));
        QuerySelect::query(&mut select).join_subquery(JoinType::InnerJoin, pairs, "pair", same);
        select.expr_as(Expr::col(("pair", "school_id")), SCHOOL)
    });
    let rows = rows.order(Column::Id, Direction::Asc);
    let rows = rows.all_as::<OfSchool>().await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.school, row.network))
        .collect())
}

/// The column that says for which school a network was found.
const SCHOOL: &str = "of_school";

/// A network with a school for which it was found.
struct OfSchool {
    school: Id<School>,
    network: Network,
}

impl FromQueryResult for OfSchool {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            school: row.try_get(prefix, SCHOOL)?,
            network: Network::from_query_result(row, prefix)?,
        })
    }
}

pub(crate) async fn leads_of(tx: &Tx, network: Id<Network>) -> Result<Vec<Id<School>>> {
    let leads = tx
        .find::<lead::Entity>()
        .filter(lead::Column::NetworkId.eq(network))
        .all()
        .await?;
    Ok(leads.into_iter().map(|lead| lead.school_id).collect())
}

/// The network, or `NOT_FOUND` at the field; and whether this school leads it and holds a designation as a Leading
/// school today, which must not depend on who asks.
pub(crate) async fn led(
    tx: &Tx,
    (network, field): (Id<Network>, &'static str),
    school: Id<School>,
) -> Result<(Network, bool)> {
    let leading = designation::queries::holding(designation::Kind::Leading, tx.today());
    let leads = lead::Entity::find()
        .select_only()
        .column(lead::Column::SchoolId)
        .filter(lead::Column::NetworkId.eq(network))
        .filter(lead::Column::SchoolId.eq(school))
        .filter(lead::Column::SchoolId.in_subquery(leading))
        .into_query();
    let found = tx
        .find::<Entity>()
        .by_id(network)
        .shape(|select| select.expr_as(Expr::exists(leads), LEADS))
        .all_as::<Led>()
        .await?;
    let Led { network, leads } = found
        .into_iter()
        .next()
        .ok_or_else(|| Refusal::NotFound.of(field))?;
    Ok((network, leads))
}

/// The column that says whether a school leads a network and may.
const LEADS: &str = "leads";

struct Led {
    network: Network,
    leads: bool,
}

impl FromQueryResult for Led {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            network: Network::from_query_result(row, prefix)?,
            leads: row.try_get(prefix, LEADS)?,
        })
    }
}

impl Network {
    /// Whether `access`'s viewer may change it; `leads` are the schools that lead it.
    pub fn may_change(&self, access: &Access, leads: &[Id<School>]) -> bool {
        allowed(
            &Change {
                network: self,
                leads,
            },
            access.viewer(),
        )
        .is_ok()
    }

    /// The same with `change` more active partnerships.
    pub(crate) fn counted(mut self, change: i32) -> Self {
        self.active_partnerships += change;
        self.state = match self.state {
            State::Closed => State::Closed,
            _ if self.active_partnerships > 0 => State::Active,
            State::Forming => State::Forming,
            State::Active | State::Dormant => State::Dormant,
        };
        self.version += 1;
        self
    }
}

impl State {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forming => "FORMING",
            Self::Active => "ACTIVE",
            Self::Dormant => "DORMANT",
            Self::Closed => "CLOSED",
        }
    }
}
