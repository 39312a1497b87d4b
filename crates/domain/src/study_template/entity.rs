//! The tables `study_template` and `study_template_stage`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::text::Localized;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study_template")]
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
    /// What it is for, in Kazakh.
    pub about_kk: Option<String>,
    /// In Russian.
    pub about_ru: Option<String>,
    /// In English.
    pub about_en: Option<String>,
    /// How many research lessons a study of it has at least.
    pub lessons: i32,
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
    const PREFIX: &'static str = "stt";
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

    /// What it is for.
    pub fn about(&self) -> Localized {
        Localized {
            kk: self.about_kk.clone(),
            ru: self.about_ru.clone(),
            en: self.about_en.clone(),
        }
    }
}

/// The ordered stages of a template.
pub mod stage {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::text::Localized;

    /// What is done at a stage: what a client shows there.
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
        /// The group comes together around a question.
        Group,
        /// Each accepts the ground rules.
        Protocol,
        /// What is known is studied.
        Study,
        /// A proposal is written.
        Proposal,
        /// Case pupils are chosen.
        Pupils,
        /// The research lesson is planned.
        Plan,
        /// It is taught and observed.
        Teach,
        /// Case pupils are interviewed.
        Interview,
        /// The lesson is discussed.
        Discuss,
        /// Progress and findings are written down.
        Conclude,
        /// The report is shared.
        Share,
    }

    /// A stage.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "study_template_stage")]
    pub struct Model {
        /// Of which template.
        #[sea_orm(primary_key, auto_increment = false)]
        pub template_id: Id<super::Model>,
        /// Its place, from 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        /// What is done.
        pub kind: Kind,
        /// Kazakh name.
        pub name_kk: Option<String>,
        /// Russian name.
        pub name_ru: Option<String>,
        /// English name.
        pub name_en: Option<String>,
        /// What to do and how long, in Kazakh.
        pub guide_kk: Option<String>,
        /// In Russian.
        pub guide_ru: Option<String>,
        /// In English.
        pub guide_en: Option<String>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// What it is called.
        pub fn name(&self) -> Localized {
            Localized {
                kk: self.name_kk.clone(),
                ru: self.name_ru.clone(),
                en: self.name_en.clone(),
            }
        }

        /// What to do and how long.
        pub fn guide(&self) -> Localized {
            Localized {
                kk: self.guide_kk.clone(),
                ru: self.guide_ru.clone(),
                en: self.guide_en.clone(),
            }
        }
    }
}
