//! The table `case_pupil`. No column takes a name.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::study::Study;

/// A case pupil.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_pupil")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which study.
    pub study_id: Id<Study>,
    /// `A`, `B`, `C`…, unique in the study.
    pub letter: String,
    /// What the group calls them instead of a name.
    pub pseudonym: Option<String>,
    /// The group of learners they are typical of.
    pub typifies: String,
    /// The level they work at.
    pub level: String,
    /// How far they came; empty until the study concludes.
    pub progress: String,
    /// Grows by one with each edit.
    pub version: i32,
    /// Since when.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "csp";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
