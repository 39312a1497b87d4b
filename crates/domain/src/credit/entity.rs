//! The table `credit_record`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;

/// A record of somebody's credit, as it was when it was issued. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_record")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose.
    pub person_id: Id<Person>,
    /// What it is checked by: 128 random bits in 26 letters and digits.
    #[sea_orm(unique)]
    pub code: String,
    /// The name the person went by.
    pub name: String,
    /// How many works were shared.
    pub works: i64,
    /// How often these had been used by others.
    pub uses: i64,
    /// How often others had taken copies.
    pub copies: i64,
    /// How many endorsements held.
    pub endorsements: i64,
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "crd";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
