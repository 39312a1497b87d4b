//! How endorsements are found.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Order;

use super::Endorsement;
use super::entity::{Column, Entity};
use super::policy::{Endorse, Withdraw};
use crate::authz::allowed;
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;
use crate::region::Region;
use crate::resource::Resource;

/// The most that are shown of one work.
pub const LISTED: usize = 100;

/// The endorsements of these works that hold, the latest first, at most a hundred each on average.
pub async fn of_all(access: &Access, of: &[Id<Resource>]) -> Result<Vec<Endorsement>> {
    access
        .find::<Entity>()
        .any_of(Column::ResourceId, of)
        .filter(Column::WithdrawnAt.is_null())
        .order(Column::Id, Order::Desc)
        .limit((LISTED * of.len()) as u64)
        .all()
        .await
}

/// Whether the viewer may endorse the newest version.
pub fn may_give(
    access: &Access,
    resource: &Resource,
    authors: &[Id<Person>],
    region: Option<Id<Region>>,
) -> bool {
    let endorsement = Id::from_uuid(uuid::Uuid::nil());
    let action = Endorse {
        resource,
        region,
        authors,
        endorsement,
    };
    allowed(&action, access.viewer()).is_ok()
}

impl Endorsement {
    /// Whether `access`'s viewer may take it back.
    pub fn may_withdraw(&self, access: &Access) -> bool {
        allowed(&Withdraw { endorsement: self }, access.viewer()).is_ok()
    }
}
