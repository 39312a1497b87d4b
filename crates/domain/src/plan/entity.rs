//! The tables `plan`, `plan_acceptance`, `activity`, `activity_person`, `evidence` and `plan_report`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::network::Network;
use crate::partnership::Partnership;

/// Where a plan stands.
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
    /// Being written, or changed since it was agreed.
    Draft,
    /// Both sides accepted the same version.
    Agreed,
    /// Something of it was done.
    Running,
    /// The report on the year is with the trainer of the region.
    Reported,
    /// The trainer took note of the report.
    Acknowledged,
    /// The trainer wants the report changed.
    Returned,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Of which partnership; one a school year.
    pub partnership_id: Id<Partnership>,
    /// The network of the partnership.
    pub network_id: Id<Network>,
    /// The calendar year in which the school year begins.
    pub year: i32,
    /// Where it stands.
    pub state: State,
    /// How many activities it has.
    pub activities: i32,
    /// How many of them were done.
    pub done: i32,
    /// When both sides first agreed on it.
    pub agreed_at: Option<Timestamp>,
    /// Grows by one with each change of what is to be agreed; a side accepts one version.
    pub version: i32,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "pln";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// What a side said yes to.
pub mod acceptance {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::partnership::Side;
    use crate::person::Person;

    /// A side's yes to one version of a plan.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_acceptance")]
    pub struct Model {
        /// Of which plan.
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan_id: Id<super::Model>,
        /// For which side.
        #[sea_orm(primary_key, auto_increment = false)]
        pub side: Side,
        /// Who said yes.
        pub person_id: Id<Person>,
        /// To which version.
        pub plan_version: i32,
        /// When.
        pub accepted_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the two schools do together.
pub mod activity {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::partnership::Side;

    /// What sort of activity it is.
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
        /// A joint Lesson Study.
        LessonStudy,
        /// A lesson to which the partner is invited.
        OpenLesson,
        /// A seminar.
        Seminar,
        /// A master class.
        MasterClass,
        /// Mentoring.
        Mentoring,
        /// A visit for an exchange of experience.
        Visit,
        /// A conference.
        Conference,
        /// A meeting, or something else.
        Meeting,
    }

    /// Where an activity stands.
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
        /// To be done.
        Planned,
        /// Done.
        Done,
        /// Not to be done.
        Cancelled,
    }

    /// An activity.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which plan.
        pub plan_id: Id<super::Model>,
        /// What sort it is.
        pub kind: Kind,
        /// What it is called.
        pub title: String,
        /// Its first day.
        pub starts_on: Date,
        /// Its last day, where it takes several.
        pub ends_on: Option<Date>,
        /// At which of the two schools.
        pub host: Side,
        /// What is expected to come of it.
        pub expected: String,
        /// Where it stands.
        pub state: State,
        /// Why it was cancelled.
        pub reason: Option<String>,
        /// Whether both sides agreed on it as it is.
        pub agreed: bool,
        /// For how many days ahead people were reminded last.
        pub reminded_days: Option<i32>,
        /// Grows by one with each change.
        pub version: i32,
        /// When it was added.
        pub created_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "act";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// Who answers for an activity.
pub mod activity_person {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::person::Person;

    /// A person who answers for an activity.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity_person")]
    pub struct Model {
        /// For which activity.
        #[sea_orm(primary_key, auto_increment = false)]
        pub activity_id: Id<super::activity::Model>,
        /// Who.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// Of which plan.
        pub plan_id: Id<super::Model>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What shows that an activity was done.
pub mod evidence {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;
    use crate::research_lesson::ResearchLesson;
    use crate::resource::Resource;
    use crate::study::Study;

    /// A piece of evidence: a sentence, and what it points to.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which plan.
        pub plan_id: Id<super::Model>,
        /// Of which activity.
        pub activity_id: Id<super::activity::Model>,
        /// What it shows.
        pub body: String,
        /// The study it points to.
        pub study_id: Option<Id<Study>>,
        /// The research lesson it points to.
        pub lesson_id: Option<Id<ResearchLesson>>,
        /// The work of the piggy bank it points to.
        pub resource_id: Option<Id<Resource>>,
        /// Who added it.
        pub added_by_id: Id<Person>,
        /// When.
        pub created_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "evd";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// What the two schools report to the trainer of the region.
pub mod report {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;

    /// The part of the school year that is reported on.
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
    pub enum Term {
        /// From September to December.
        HalfYear,
        /// All of it.
        Year,
    }

    /// Where a report stands.
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
        /// Being written.
        Draft,
        /// With the trainer of the region.
        Sent,
        /// The trainer took note of it.
        Acknowledged,
        /// The trainer wants it changed.
        Returned,
    }

    /// A report.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_report")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// On which plan.
        pub plan_id: Id<super::Model>,
        /// On which part of the year; one report a term.
        pub term: Term,
        /// Where it stands.
        pub state: State,
        /// The year in figures.
        pub summary: String,
        /// What was done, with its evidence.
        pub carried_out: String,
        /// What was not done, and why.
        pub not_carried_out: String,
        /// What the two schools learned.
        pub findings: String,
        /// What they mean to do next.
        pub next_steps: String,
        /// Why it was returned.
        pub reason: Option<String>,
        /// Grows by one with each change.
        pub version: i32,
        /// Who wrote this version.
        pub written_by_id: Id<Person>,
        /// When.
        pub written_at: Timestamp,
        /// When it was sent last.
        pub sent_at: Option<Timestamp>,
        /// Who acknowledged or returned it.
        pub answered_by_id: Option<Id<Person>>,
        /// When.
        pub answered_at: Option<Timestamp>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "prp";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}
