//! The table `credential`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::id::Id;
use crate::person::Person;

/// A password's hash.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Id<Person>,
    /// The hash with its salt and costs, in PHC form.
    pub password_hash: String,
    /// When it was set.
    pub changed_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({})", self.person_id)
    }
}
