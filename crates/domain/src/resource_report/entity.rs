//! The table `resource_report`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::resource::Resource;

/// What is wrong.
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
pub enum Ground {
    /// It is somebody else's.
    Copyright,
    /// It shows or names a person who did not agree, or a pupil.
    Privacy,
    /// It hurts or endangers somebody.
    Harm,
    /// It teaches something wrong.
    Mistake,
    /// It is no work at all.
    Spam,
    /// Something else.
    Other,
    /// Its authors ask that it be shown again.
    Appeal,
}

/// Where a report stands.
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
pub enum State {
    /// Nobody decided yet.
    Open,
    /// A moderator found nothing to do.
    Dismissed,
    /// A moderator did what it asked for.
    Upheld,
}

/// A report. One person has at most one open on a work.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_report")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// About which work.
    pub resource_id: Id<Resource>,
    /// By whom.
    pub person_id: Id<Person>,
    /// What is wrong.
    pub ground: Ground,
    /// In their words.
    pub note: String,
    /// When.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Who decided.
    pub decided_by_id: Option<Id<Person>>,
    /// Why.
    pub decision: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "rep";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
