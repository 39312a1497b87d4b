//! The tables `research_lesson`, `sheet_stage`, `sheet_cell`, `cell_comment`, `observer` and `sheet_visit`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;
use crate::school::School;
use crate::study::Study;

/// Where a research lesson stands, one after the other.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
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
    /// The sheet is being written.
    Planning,
    /// The plan and the predictions stand.
    Frozen,
    /// It was taught.
    Taught,
    /// The group discussed it.
    Discussed,
    /// Nothing of it changes any more.
    Closed,
}

/// A research lesson.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "research_lesson")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which study.
    pub study_id: Id<Study>,
    /// Its number in the study, from 1.
    pub number: i32,
    /// The class: `5 «А»`.
    pub class_label: String,
    /// What it is about.
    pub topic: String,
    /// When it begins.
    pub starts_at: Option<Timestamp>,
    /// Who teaches it.
    pub teacher_id: Option<Id<Person>>,
    /// At which school.
    pub school_id: Option<Id<School>>,
    /// Where it stands.
    pub state: State,
    /// When it was marked as taught.
    pub taught_at: Option<Timestamp>,
    /// When the discussion began.
    pub discussing_since: Option<Timestamp>,
    /// When the group was reminded of the discussion.
    pub reminded_at: Option<Timestamp>,
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
    const PREFIX: &'static str = "rls";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// The stages of a lesson, as its sheet lists them.
pub mod stage {
    use sea_orm::entity::prelude::*;

    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::study::Study;

    /// A stage of a lesson.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sheet_stage")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which study.
        pub study_id: Id<Study>,
        /// Of which lesson.
        pub lesson_id: Id<super::Model>,
        /// Its place in the lesson, from 1.
        pub number: i32,
        /// What it is called.
        pub name: String,
        /// How long it takes.
        pub minutes: i32,
        /// Grows by one with each edit.
        pub version: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "shs";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// The cells of a lesson's sheet: plan, observation form, interviews and discussion record in one.
pub mod cell {
    use sea_orm::entity::prelude::*;

    use crate::case_pupil::CasePupil;
    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;
    use crate::study::Study;

    /// What a cell says.
    #[derive(
        Debug,
        Clone,
        Copy,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
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
        /// What teacher and pupils do at a stage.
        Activity,
        /// What is used at a stage.
        Resources,
        /// What success is for a case pupil.
        Criterion,
        /// What the group expects of a case pupil at a stage.
        Predicted,
        /// What was seen of a case pupil at a stage.
        Observed,
        /// Interview: what the pupil enjoyed.
        Enjoyed,
        /// Interview: what they learned.
        Learned,
        /// Interview: what they can do now.
        CanDo,
        /// Interview: what helped.
        Helped,
        /// Interview: what they would change.
        WouldChange,
        /// Discussion: a case pupil against the predictions.
        Discussed,
        /// Discussion: the class.
        Class,
        /// Discussion: the teaching.
        Teaching,
        /// Discussion: decisions for the next lesson.
        Next,
        /// Discussion: the closing word.
        Closing,
    }

    /// A cell. Each has a version of its own, so that many write one sheet without losing a word.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sheet_cell")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which study.
        pub study_id: Id<Study>,
        /// Of which lesson.
        pub lesson_id: Id<super::Model>,
        /// Kind, stage and pupil in one text, unique in the lesson.
        pub place: String,
        /// What it says.
        pub kind: Kind,
        /// At which stage.
        pub stage_id: Option<Id<super::stage::Model>>,
        /// Of which case pupil.
        pub pupil_id: Option<Id<CasePupil>>,
        /// The text.
        pub body: String,
        /// Grows by one with each edit; 0 before the first.
        pub version: i32,
        /// Who wrote this version.
        pub edited_by_id: Id<Person>,
        /// When.
        pub edited_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "shc";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// What people say about a cell.
pub mod comment {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;
    use crate::study::Study;

    /// A comment on a cell.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cell_comment")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which study.
        pub study_id: Id<Study>,
        /// Of which lesson.
        pub lesson_id: Id<super::Model>,
        /// On which cell.
        pub cell_id: Id<super::cell::Model>,
        /// Who said it.
        pub author_id: Id<Person>,
        /// What.
        pub body: String,
        /// When.
        pub created_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "ccm";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// Who observes whom.
pub mod observer {
    use sea_orm::entity::prelude::*;

    use crate::case_pupil::CasePupil;
    use crate::id::Id;
    use crate::person::Person;
    use crate::study::Study;

    /// A person watches a case pupil in a lesson.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "observer")]
    pub struct Model {
        /// In which lesson.
        #[sea_orm(primary_key, auto_increment = false)]
        pub lesson_id: Id<super::Model>,
        /// Who watches.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// Whom.
        #[sea_orm(primary_key, auto_increment = false)]
        pub pupil_id: Id<CasePupil>,
        /// Of which study.
        pub study_id: Id<Study>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who has a sheet before them: ephemeral, a row a person.
pub mod visit {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::person::Person;
    use crate::study::Study;

    /// Somebody looks at a sheet.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sheet_visit")]
    pub struct Model {
        /// Of which lesson.
        #[sea_orm(primary_key, auto_increment = false)]
        pub lesson_id: Id<super::Model>,
        /// Who.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// Of which study.
        pub study_id: Id<Study>,
        /// When they last said so.
        pub seen_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
