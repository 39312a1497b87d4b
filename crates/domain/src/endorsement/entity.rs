//! The table `endorsement`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::resource::{Resource, ResourceVersion};

/// An endorsement. One person has at most one that holds on a version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "endorsement")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which work.
    pub resource_id: Id<Resource>,
    /// Of which version.
    pub version_id: Id<ResourceVersion>,
    /// By whom.
    pub person_id: Id<Person>,
    /// What is good about it.
    pub note: String,
    /// When.
    pub endorsed_at: Timestamp,
    /// When it was taken back; none while it holds.
    pub withdrawn_at: Option<Timestamp>,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "end";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
