//! The tables `collection` and `collection_item`.

use sea_orm::entity::prelude::*;

use crate::audience::Rung;
use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;

/// A collection.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose.
    pub owner_id: Id<Person>,
    /// Kazakh title.
    pub title_kk: Option<String>,
    /// Russian title.
    pub title_ru: Option<String>,
    /// English title.
    pub title_en: Option<String>,
    /// What it is for.
    pub about: String,
    /// Who sees it: the rung …
    pub rung: Rung,
    /// … and the key.
    pub scope_id: Option<Uuid>,
    /// Grows by one with each edit.
    pub version: i32,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "col";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// A work in a collection.
pub mod item {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::resource::Resource;

    /// A work in a collection.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "collection_item")]
    pub struct Model {
        /// In which collection.
        #[sea_orm(primary_key, auto_increment = false)]
        pub collection_id: Id<super::Model>,
        /// Which work.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<Resource>,
        /// Its place, from 0.
        pub position: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
