//! How announcements are found again, and whom one is for.

use chrono::NaiveDate;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::Announcement;
use super::entity::{Column, Entity};
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;
use crate::membership;
use crate::network::{Network, entity::lead};
use crate::page::{Age, Dated, List, Page, Window, fetch};
use crate::partnership;
use crate::region::{self, Region};
use crate::school;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// A part of the list of those the viewer may look back at.
pub async fn page(access: &Access, window: &Window) -> Result<Page<Announcement>> {
    fetch(
        access.find::<Entity>(),
        &List::new(Age::Newest, &())?,
        window,
    )
    .await
}

/// How many there are.
pub async fn count(access: &Access) -> Result<u64> {
    access.find::<Entity>().count().await
}

/// The ids of who act in a region, its districts or a school there, on that day.
pub(crate) fn persons_of_region(region: Id<Region>, day: NaiveDate) -> SelectStatement {
    use school::entity::Column as Of;
    let schools = school::entity::Entity::find()
        .select_only()
        .column(Of::Id)
        .filter(Of::RegionId.in_subquery(region::queries::within(region, day)));
    let places = Condition::any()
        .add(membership::entity::Column::ScopeId.in_subquery(schools.into_query()))
        .add(membership::entity::Column::ScopeId.in_subquery(region::queries::within(region, day)));
    persons(places)
}

/// The ids of who belong to a school that leads the network or is an active partner in it.
pub(crate) fn persons_of_network(network: Id<Network>) -> SelectStatement {
    use partnership::entity::{Column as Of, Entity as Partnership};
    let leading = lead::Entity::find()
        .select_only()
        .column(lead::Column::SchoolId)
        .filter(lead::Column::NetworkId.eq(network));
    let magnetic = Partnership::find()
        .select_only()
        .column(Of::MagneticId)
        .filter(Of::NetworkId.eq(network))
        .filter(Of::State.eq(partnership::State::Active));
    let places = Condition::any()
        .add(membership::entity::Column::ScopeId.in_subquery(leading.into_query()))
        .add(membership::entity::Column::ScopeId.in_subquery(magnetic.into_query()));
    persons(places)
}

/// The ids of who have a role at one of these places.
fn persons(places: Condition) -> SelectStatement {
    membership::entity::Entity::find()
        .select_only()
        .column(membership::entity::Column::PersonId)
        .filter(membership::queries::live())
        .filter(places)
        .into_query()
}
