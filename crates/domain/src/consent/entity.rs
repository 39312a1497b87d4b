//! The table `consent`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::study::Study;

/// What a consent allows.
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
    /// To watch pupils in a lesson and write it down.
    Monitoring,
    /// To take photos or video.
    Media,
    /// To publish them.
    Publication,
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// For which study.
    pub study_id: Id<Study>,
    /// What it allows.
    pub kind: Kind,
    /// For whom or what: a class, a lesson.
    pub scope: String,
    /// How many families gave it.
    pub count: Option<i32>,
    /// Where the papers are.
    pub paper: Option<String>,
    /// Since which day.
    pub given_on: Date,
    /// The last day on which it holds; none for an open end.
    pub expires_on: Option<Date>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// Who recorded it.
    pub recorded_by_id: Id<Person>,
    /// When.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "cns";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// Whether it holds on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.withdrawn_at.is_none()
            && self.given_on <= day
            && self.expires_on.is_none_or(|last| day <= last)
    }
}
