//! The tables `import_run` and `import_rejection`, and `network_source`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};

/// What a file holds.
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
    /// Schools, one a row.
    Schools,
    /// Which school belongs to which network, one membership a row.
    Networks,
    /// Works with a file each, one a row.
    Resources,
}

/// One import of one file. The counts are of schools, of networks or of works.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_run")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// What the file holds.
    pub kind: Kind,
    /// The file's name.
    pub file: String,
    /// The registry, as the mapping names it.
    pub source: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; none while it runs, or when it broke off.
    pub finished_at: Option<Timestamp>,
    /// How many are new.
    pub added: i64,
    /// How many are not what they were.
    pub changed: i64,
    /// How many are what they were.
    pub unchanged: i64,
    /// How many rows the mapping leaves out.
    pub skipped: i64,
    /// How many rows were rejected.
    pub rejected: i64,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "imp";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// Rows that were not taken.
pub mod rejection {
    use sea_orm::entity::prelude::*;

    use crate::db::Row;
    use crate::id::{Id, Noun};

    /// Why a row was not taken.
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
        db_type = "String(StringLen::N(24))",
        rename_all = "snake_case"
    )]
    #[serde(rename_all = "snake_case")]
    pub enum Code {
        /// Not UTF-8.
        Encoding,
        /// More or fewer fields than the header has.
        Columns,
        /// No id.
        IdMissing,
        /// An id that an earlier row of the file has.
        IdRepeated,
        /// No name.
        NameMissing,
        /// Control characters in a text.
        Text,
        /// A text that is too long.
        TooLong,
        /// Not a date of the mapping's format.
        Date,
        /// The last day lies before the first.
        DateOrder,
        /// Not a number.
        Number,
        /// A code that no region has.
        RegionUnknown,
        /// No school of the source has this id.
        SchoolUnknown,
        /// The school is closed.
        SchoolClosed,
        /// The network has no second school.
        NoPartner,
        /// The two schools have a partnership in another network.
        AlreadyLinked,
        /// The folder has no such file.
        FileMissing,
        /// The file is not taken.
        FileRefused,
        /// None of the languages of the platform.
        LanguageUnknown,
        /// A licence that is none of ours.
        LicenceUnknown,
    }

    /// One row that was not taken.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_rejection")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// In which run.
        pub run_id: Id<super::Model>,
        /// The line of the file on which the row begins.
        pub line: i64,
        /// Why.
        pub code: Code,
        /// Column and value, cut short.
        pub detail: String,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "rej";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// From where a network came.
pub mod network {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::network::Network;

    /// A network's id at its source.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "network_source")]
    pub struct Model {
        /// The source.
        #[sea_orm(primary_key, auto_increment = false)]
        pub source: String,
        /// The id there.
        #[sea_orm(primary_key, auto_increment = false)]
        pub source_id: String,
        /// The network here.
        pub network_id: Id<Network>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
