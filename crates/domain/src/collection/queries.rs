//! How collections and what is in them are found.

use sea_orm::sea_query::Order as Direction;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryOrder, QuerySelect, RelationDef,
};
use serde::Serialize;

use super::entity::{Column, Entity, item};
use super::policy::Keep;
use super::{Collection, CollectionItem};
use crate::audience::Rung;
use crate::authz::{Job, allowed};
use crate::db::{Access, Find, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::page::{Dated, List, Page, Window, fetch};
use crate::person::Person;
use crate::resource::{self, Resource};

/// How a list is sorted.
pub use crate::page::Age as By;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// Which collections. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Of this person.
    pub owner: Option<Id<Person>>,
    /// For this network.
    pub network: Option<Id<Network>>,
    /// For everybody.
    pub curated: bool,
}

impl Filter {
    fn condition(&self) -> Condition {
        let curated = self
            .curated
            .then(|| Column::Rung.is_in([Rung::SignedIn, Rung::Public]));
        Condition::all()
            .add_option(self.owner.map(|id| Column::OwnerId.eq(id)))
            .add_option(self.network.map(|id| Column::ScopeId.eq(id.uuid())))
            .add_option(curated)
    }
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Collection>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition())
}

/// The works in a collection that the viewer sees, in its order; at most [`super::commands::WORKS`].
pub async fn works(access: &Access, of: Id<Collection>) -> Result<Vec<Resource>> {
    let inside: RelationDef = resource::entity::Entity::belongs_to(item::Entity)
        .from(resource::entity::Column::Id)
        .to(item::Column::ResourceId)
        .into();
    access
        .find::<resource::entity::Entity>()
        .filter(item::Column::CollectionId.eq(of))
        .shape(|select| {
            select
                .join(JoinType::InnerJoin, inside)
                .order_by(item::Column::Position, Direction::Asc)
        })
        .limit(super::commands::WORKS as u64)
        .all()
        .await
}

pub(crate) async fn all_items(tx: &Tx, of: Id<Collection>) -> Result<Vec<CollectionItem>> {
    tx.find_as::<item::Entity>(Job::Door)
        .filter(item::Column::CollectionId.eq(of))
        .all()
        .await
}

/// How many of these works the viewer sees.
pub(crate) async fn known(tx: &Tx, works: &[Id<Resource>]) -> Result<usize> {
    let found = tx
        .find::<resource::entity::Entity>()
        .any_of(resource::entity::Column::Id, works)
        .count()
        .await?;
    Ok(found as usize)
}

impl Collection {
    /// Whether `access`'s viewer may change it.
    pub fn may_change(&self, access: &Access) -> bool {
        let keep = Keep {
            collection: self,
            rung: self.rung,
        };
        allowed(&keep, access.viewer()).is_ok()
    }
}
