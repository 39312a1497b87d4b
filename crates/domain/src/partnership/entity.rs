//! The tables `partnership`, `agreement` and `signature`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::network::Network;
use crate::school::School;

/// Where a partnership stands.
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
    /// Proposed; the other side has not answered.
    Invited,
    /// Both want it; the agreement is being written and signed.
    Accepted,
    /// The other side said no.
    Declined,
    /// Nobody answered in time.
    Lapsed,
    /// Both sides signed.
    Active,
    /// Paused.
    Suspended,
    /// Over.
    Ended,
}

/// One of the two sides.
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
pub enum Side {
    /// The Leading school.
    Leading,
    /// The Magnetic school.
    Magnetic,
}

/// A partnership.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// In which network.
    pub network_id: Id<Network>,
    /// The Leading school.
    pub leading_id: Id<School>,
    /// The Magnetic school.
    pub magnetic_id: Id<School>,
    /// Where it stands.
    pub state: State,
    /// The pair's key while the partnership is live; unique.
    pub live_pair: Option<String>,
    /// Which side proposed it.
    pub proposed_by: Side,
    /// The first day on which the invitation has lapsed.
    pub lapses_on: Date,
    /// When it first became active.
    pub active_since: Option<Timestamp>,
    /// When it ended, lapsed or was declined.
    pub ended_at: Option<Timestamp>,
    /// Grows by one with each change.
    pub version: i32,
    /// When it was proposed.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "prt";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// What the two schools agree on. Narrower eyes than the partnership's, so a table of its own.
pub mod agreement {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::person::Person;

    /// The agreement of a partnership.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agreement")]
    pub struct Model {
        /// Of which partnership.
        #[sea_orm(primary_key, auto_increment = false)]
        pub partnership_id: Id<super::Model>,
        /// What both want to reach.
        pub aims: String,
        /// First day of the term.
        pub starts_on: Date,
        /// Last day of the term.
        pub ends_on: Date,
        /// What the Leading school gives.
        pub leading_gives: String,
        /// What the Magnetic school gives.
        pub magnetic_gives: String,
        /// Rules for photo and video.
        pub media_rules: String,
        /// Grows by one with each edit; a signature is for one version.
        pub version: i32,
        /// Who wrote this version.
        pub written_by_id: Id<Person>,
        /// When.
        pub written_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A side's signature under one version of the agreement.
pub mod signature {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::person::Person;

    /// A signature.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "signature")]
    pub struct Model {
        /// Under which partnership's agreement.
        #[sea_orm(primary_key, auto_increment = false)]
        pub partnership_id: Id<super::Model>,
        /// For which side.
        #[sea_orm(primary_key, auto_increment = false)]
        pub side: super::Side,
        /// Who signed.
        pub person_id: Id<Person>,
        /// Which version of the agreement.
        pub agreement_version: i32,
        /// When.
        pub signed_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
