//! The table `school`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::region::Region;
use crate::text::Localized;

/// Where a school stands.
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
    /// Nobody speaks for it here yet.
    Unclaimed,
    /// Somebody does.
    Verified,
    /// It is no more.
    Closed,
    /// It was the same as another one, or became part of it.
    Merged,
}

/// A school. Its names of today stand here, all its names in `school_name`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "school")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Which registry it came from; `here` when it was added by hand.
    pub source: String,
    /// Its id in that registry. Unique with `source`.
    pub source_id: String,
    /// Kazakh name of today.
    pub name_kk: Option<String>,
    /// Russian name of today.
    pub name_ru: Option<String>,
    /// English name of today.
    pub name_en: Option<String>,
    /// The name of today as it sorts.
    pub sort_name: String,
    /// The district or region it lies in.
    pub region_id: Option<Id<Region>>,
    /// Town or village as the registry writes it; people search by it.
    pub place: Option<String>,
    /// Street and house as the registry writes them.
    pub address: Option<String>,
    /// Kind of school as the registry names it: `primary`, `lyceum`, …
    pub kind: Option<String>,
    /// Teaching languages, two-letter codes with commas between, possibly none.
    pub languages: String,
    /// Its first day, when known.
    pub opened_on: Option<Date>,
    /// The first day on which it was no more, when known.
    pub closed_on: Option<Date>,
    /// Where it stands.
    pub state: State,
    /// What it was merged into.
    pub merged_into_id: Option<Id<Model>>,
    /// Digest of the registry's row as it was last taken over: an import touches only what changed there.
    pub source_digest: Option<String>,
    /// Grows by one with each edit.
    pub version: i32,
    /// Since when it is known here.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "sch";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// What it is called today.
    pub fn name(&self) -> Localized {
        Localized {
            kk: self.name_kk.clone(),
            ru: self.name_ru.clone(),
            en: self.name_en.clone(),
        }
    }
}

/// What a school is and was called.
pub mod name {
    use sea_orm::entity::prelude::*;

    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::text::Localized;

    /// Which sort of name.
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
        /// The name of its papers; a former one when its last day is over.
        Official,
        /// What people call it as well.
        Alias,
    }

    /// One name of a school.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "school_name")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which school.
        pub school_id: Id<super::Model>,
        /// Which sort.
        pub kind: Kind,
        /// Kazakh name.
        pub name_kk: Option<String>,
        /// Russian name.
        pub name_ru: Option<String>,
        /// English name.
        pub name_en: Option<String>,
        /// First day, when known.
        pub from_day: Option<Date>,
        /// First day on which it was no longer called so; none while it is.
        pub until_day: Option<Date>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "snm";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }

    impl Model {
        /// The name.
        pub fn name(&self) -> Localized {
            Localized {
                kk: self.name_kk.clone(),
                ru: self.name_ru.clone(),
                en: self.name_en.clone(),
            }
        }
    }
}
