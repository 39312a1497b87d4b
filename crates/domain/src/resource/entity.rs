//! The tables `resource`, `resource_author`, `resource_label`, `resource_draft` and `resource_version`.

use sea_orm::entity::prelude::*;

use super::licence::Licence;
use crate::audience::Rung;
use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::network::Network;
use crate::school::School;
use crate::study::Study;
use crate::text::Language;

/// What sort of work it is.
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
    /// The plan of a lesson.
    LessonPlan,
    /// Tasks on a sheet.
    Worksheet,
    /// Slides.
    Slides,
    /// A test, a rubric.
    Assessment,
    /// A video.
    Video,
    /// A page elsewhere.
    Link,
    /// An article, an essay, a report.
    Article,
    /// A step of a method: what to do, with what.
    ToolkitStep,
}

/// Where a work stands.
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
    /// Only its authors have seen it.
    Draft,
    /// Its audience sees the newest version.
    Shared,
    /// A moderator hid it; its authors and the moderators see it.
    Hidden,
    /// Its authors took it back: its audience sees that it was there, and why it is gone.
    Withdrawn,
}

/// What a copy is to the work it was taken from.
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
pub enum Kinship {
    /// Changed to fit another class.
    Adaptation,
    /// The same in another language.
    Translation,
}

/// A work. Its counts are kept with each change, never counted when read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// What sort of work.
    pub kind: Kind,
    /// The language of what it says.
    pub language: Language,
    /// The subject's code; none for all subjects.
    pub subject: Option<String>,
    /// The first grade it is for.
    pub grade_from: i32,
    /// The last.
    pub grade_to: i32,
    /// The newest version's licence, the draft's before there is one.
    pub licence: Licence,
    /// The authors' school when it was begun.
    pub school_id: Option<Id<School>>,
    /// That school's network, or the one it was shared with last.
    pub network_id: Option<Id<Network>>,
    /// Whom it is shared with: the rung …
    pub rung: Rung,
    /// … and the key.
    pub scope_id: Option<Uuid>,
    /// Where it stands.
    pub state: State,
    /// Kazakh title of the newest version, of the draft before there is one.
    pub title_kk: Option<String>,
    /// Russian title.
    pub title_ru: Option<String>,
    /// English title.
    pub title_en: Option<String>,
    /// The newest version.
    pub newest_id: Option<Id<version::Model>>,
    /// Its number; 0 before there is one.
    pub newest_number: i32,
    /// The work that this one was taken from.
    pub origin_id: Option<Id<Model>>,
    /// Which version of it.
    pub origin_version_id: Option<Id<version::Model>>,
    /// What this one is to it.
    pub kinship: Option<Kinship>,
    /// The study whose report it tells again. One of a study.
    pub study_id: Option<Id<Study>>,
    /// How many copies were taken.
    pub copies: i32,
    /// How often it was used in class.
    pub uses: i32,
    /// How many of these rated it.
    pub ratings: i32,
    /// The sum of these ratings.
    pub stars: i32,
    /// How many endorsements hold.
    pub endorsements: i32,
    /// How many comments there are.
    pub comments: i32,
    /// Why it is hidden or withdrawn.
    pub reason: Option<String>,
    /// Grows by one with each edit of its authors and moderators.
    pub version: i32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When the newest version was shared; when it was begun before there is one.
    pub shared_at: Timestamp,
    /// When what its readers see of it last changed: its card, its newest version, its audience, its state. Counts are
    /// not meant.
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Noun for Model {
    const PREFIX: &'static str = "res";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// Who made a work. They edit it together; whoever sees the work reads their names.
pub mod author {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::person::Person;

    /// An author of a work.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_author")]
    pub struct Model {
        /// Of which work.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<super::Model>,
        /// Who.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// In which place they are named, from 0.
        pub position: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Words by which a work is found.
pub mod label {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;

    /// What a word means.
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
        /// Free words of the authors.
        Tag,
        /// A goal of the curriculum, by its code: `7.2.1.3`.
        Goal,
    }

    /// One word.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_label")]
    pub struct Model {
        /// Of which work.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<super::Model>,
        /// What it means.
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: Kind,
        /// The word, in small letters.
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
        /// Its place, from 0.
        pub position: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the authors are writing. Their eyes only, so a table of its own.
pub mod draft {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::person::Person;
    use crate::resource::licence::Licence;

    /// The draft of a work's next version.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_draft")]
    pub struct Model {
        /// Of which work.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<super::Model>,
        /// Kazakh title.
        pub title_kk: Option<String>,
        /// Russian title.
        pub title_ru: Option<String>,
        /// English title.
        pub title_en: Option<String>,
        /// What it is about, in Kazakh.
        pub summary_kk: Option<String>,
        /// In Russian.
        pub summary_ru: Option<String>,
        /// In English.
        pub summary_en: Option<String>,
        /// What it says, in Markdown.
        pub body: String,
        /// Links as a JSON list, see [`crate::resource::content::Link`].
        pub links: String,
        /// Under which terms.
        pub licence: Licence,
        /// Who wrote it last.
        pub written_by_id: Id<Person>,
        /// When.
        pub written_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was shared, as it was shared. Never changed: what names a version finds the same words for ever.
pub mod version {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;
    use crate::resource::licence::Licence;

    /// A version of a work.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_version")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which work.
        pub resource_id: Id<super::Model>,
        /// From 1, without gaps.
        pub number: i32,
        /// Kazakh title.
        pub title_kk: Option<String>,
        /// Russian title.
        pub title_ru: Option<String>,
        /// English title.
        pub title_en: Option<String>,
        /// What it is about, in Kazakh.
        pub summary_kk: Option<String>,
        /// In Russian.
        pub summary_ru: Option<String>,
        /// In English.
        pub summary_en: Option<String>,
        /// What it says, in Markdown.
        pub body: String,
        /// Links as a JSON list, see [`crate::resource::content::Link`].
        pub links: String,
        /// Under which terms.
        pub licence: Licence,
        /// What is different from the version before.
        pub change: String,
        /// Who shared it.
        pub shared_by_id: Id<Person>,
        /// When.
        pub shared_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "rsv";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}
