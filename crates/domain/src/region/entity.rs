//! The tables `region` and `region_period`.

use sea_orm::entity::prelude::*;

use crate::db::Row;
use crate::id::{Id, Noun};

/// What it is in the tree.
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
    /// A region, or a city of republican importance.
    Region,
    /// A district of a region, or a city of its own.
    District,
}

/// A region or district; what it is called and what it lies in stand in its periods.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "region")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The code of the official classifier.
    pub code: String,
    /// What it is.
    pub kind: Kind,
    /// The current name as it sorts.
    pub sort_name: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "reg";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// What a region was called, and what it lay in, for a time.
pub mod period {
    use sea_orm::entity::prelude::*;

    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::text::Localized;

    /// One period of a region.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "region_period")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which region.
        pub region_id: Id<super::Model>,
        /// What it lay in.
        pub parent_id: Option<Id<super::Model>>,
        /// First day.
        pub from_day: Date,
        /// First day of what came after; none while it lasts.
        pub until_day: Option<Date>,
        /// Kazakh name.
        pub name_kk: Option<String>,
        /// Russian name.
        pub name_ru: Option<String>,
        /// English name.
        pub name_en: Option<String>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "rgp";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }

    impl Model {
        /// The name in that time.
        pub fn name(&self) -> Localized {
            Localized {
                kk: self.name_kk.clone(),
                ru: self.name_ru.clone(),
                en: self.name_en.clone(),
            }
        }
    }
}
