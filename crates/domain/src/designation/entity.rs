//! The table `designation`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::school::School;

/// What a school is named. The words that pages show for the two roles are configuration.
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
pub enum Kind {
    /// Supports a circle of partner schools.
    Leading,
    /// Is supported, and gives back.
    Magnetic,
}

/// Where a designation stands.
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
    /// Proposed by the school.
    Nominated,
    /// Valid from its first to its last day.
    Awarded,
    /// Its last day is over.
    Expired,
    /// Taken back, with a reason.
    Withdrawn,
}

/// A designation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "designation")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which school.
    pub school_id: Id<School>,
    /// As what.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// First day.
    pub from_day: Date,
    /// First day on which it is over; none for an open end.
    pub until_day: Option<Date>,
    /// Order, decision or web address that shows it.
    pub evidence: String,
    /// Who awarded it; none when it was imported.
    pub awarded_by_id: Option<Id<Person>>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    /// Grows by one with each edit.
    pub version: i32,
    /// Since when it is recorded.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "dsg";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// Whether it holds on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.state == State::Awarded
            && self.from_day <= day
            && self.until_day.is_none_or(|until| day < until)
    }

    /// Whether it and a time from `from` until `until` have a day in common.
    pub fn overlaps(&self, from: Date, until: Option<Date>) -> bool {
        self.until_day.is_none_or(|end| from < end) && until.is_none_or(|end| self.from_day < end)
    }
}
