//! The table `observation`.

use sea_orm::entity::prelude::*;

use crate::case_pupil::CasePupil;
use crate::clock::Timestamp;
use crate::db::Row;
use crate::file::File;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::research_lesson::{ResearchLesson, SheetStage};
use crate::study::Study;

/// Where an observation stands. A draft exists on its device alone.
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
    /// It arrived.
    Synced,
    /// The discussion began: it stays as it is.
    Locked,
}

/// An observation. Its id was made on the device, so that a note that is sent twice arrives once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "observation")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which study.
    pub study_id: Id<Study>,
    /// In which lesson.
    pub lesson_id: Id<ResearchLesson>,
    /// Who saw it.
    pub author_id: Id<Person>,
    /// Of which case pupil; none for the class.
    pub pupil_id: Option<Id<CasePupil>>,
    /// At which stage.
    pub stage_id: Option<Id<SheetStage>>,
    /// When it was noted, by the device's clock.
    pub taken_at: Timestamp,
    /// What was seen.
    pub fact: String,
    /// What the observer thinks it means.
    pub interpretation: String,
    /// A photo of what was seen, given by whoever saw it.
    pub photo_id: Option<Id<File>>,
    /// Where it stands.
    pub state: State,
    /// Grows by one with each edit.
    pub version: i32,
    /// When it arrived.
    pub received_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "obs";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
