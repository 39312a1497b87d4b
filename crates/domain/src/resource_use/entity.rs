//! The table `resource_use`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::resource::{Resource, ResourceVersion};
use crate::school::School;

/// A use of a work in class.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_use")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which work.
    pub resource_id: Id<Resource>,
    /// Of which version: the newest when it was told.
    pub version_id: Id<ResourceVersion>,
    /// By whom.
    pub person_id: Id<Person>,
    /// At which school.
    pub school_id: Option<Id<School>>,
    /// On which day.
    pub held_on: Date,
    /// In which grade.
    pub grade: i32,
    /// How it went.
    pub note: String,
    /// How good it was, 1 to 5.
    pub rating: Option<i32>,
    /// When it was told.
    pub created_at: Timestamp,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "use";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
