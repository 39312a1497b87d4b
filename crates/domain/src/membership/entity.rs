//! The table `membership`.

use sea_orm::entity::prelude::*;

use super::Scope;
use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;

/// What a person is somewhere.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    serde::Serialize,
    serde::Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the platform.
    PlatformAdmin,
    /// Trainer or methodologist of a region: sets it up, awards designations.
    Trainer,
    /// Speaks for a school.
    Coordinator,
    /// Teaches at a school.
    Teacher,
}

/// What kind of thing a role holds in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    serde::Serialize,
    serde::Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    /// Everywhere.
    Platform,
    /// A region.
    Region,
    /// A school.
    School,
}

/// A membership.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Who.
    pub person_id: Id<Person>,
    /// What.
    pub role: Role,
    /// Where: the kind …
    pub scope_kind: ScopeKind,
    /// … and the key; nil for the platform.
    pub scope_id: Uuid,
    /// From when.
    pub began_at: Timestamp,
    /// Until when; none while it lasts. One person has a role somewhere at most once at a time.
    pub ended_at: Option<Timestamp>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "mem";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// Where it holds.
    pub fn scope(&self) -> Scope {
        Scope::from_columns(self.scope_kind, self.scope_id)
    }
}
