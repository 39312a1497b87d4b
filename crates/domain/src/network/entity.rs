//! The tables `network` and `network_lead`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::text::Localized;

/// Where a network stands.
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
    /// Founded, and no partnership is active yet.
    Forming,
    /// At least one partnership is active.
    Active,
    /// It had partnerships, and none is active now.
    Dormant,
    /// Over.
    Closed,
}

/// A network. Its counts are kept with each change of a partnership, never counted when read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "network")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Kazakh name.
    pub name_kk: Option<String>,
    /// Russian name.
    pub name_ru: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// The name as it sorts.
    pub sort_name: String,
    /// What its schools work on.
    pub theme: String,
    /// The folded theme, to search in.
    pub theme_folded: String,
    /// Where it stands.
    pub state: State,
    /// How many partnerships are active.
    pub active_partnerships: i32,
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
    const PREFIX: &'static str = "net";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// What it is called.
    pub fn name(&self) -> Localized {
        Localized {
            kk: self.name_kk.clone(),
            ru: self.name_ru.clone(),
            en: self.name_en.clone(),
        }
    }
}

/// The schools that lead a network.
pub mod lead {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::school::School;

    /// A school leads a network.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "network_lead")]
    pub struct Model {
        /// Which network.
        #[sea_orm(primary_key, auto_increment = false)]
        pub network_id: Id<super::Model>,
        /// Which school.
        #[sea_orm(primary_key, auto_increment = false)]
        pub school_id: Id<School>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
