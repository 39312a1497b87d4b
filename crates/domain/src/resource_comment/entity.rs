//! The table `resource_comment`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::resource::Resource;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_comment")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// On which work.
    pub resource_id: Id<Resource>,
    /// By whom.
    pub person_id: Id<Person>,
    /// What it says; empty once it is removed.
    pub text: String,
    /// Whom it speaks to by name: ids as a JSON list.
    pub mentions: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "com";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
