//! The tables `study`, `study_member`, `study_note` and `study_report`.

use sea_orm::entity::prelude::*;

use crate::audience::Rung;
use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::network::Network;
use crate::school::School;
use crate::study_template::StudyTemplate;

/// Where a study stands: one after the other, and the last two whenever it comes to that.
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
    /// The group is coming together.
    Draft,
    /// The group stands, and each accepted the protocol.
    Formed,
    /// The question and the case pupils stand.
    Focused,
    /// Research lessons are planned, taught and discussed.
    Cycling,
    /// Progress and findings are written down.
    Concluding,
    /// The report stands.
    Reported,
    /// Others read the report.
    Shared,
    /// It rests.
    Paused,
    /// It was given up.
    Abandoned,
}

/// A study.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// After which template.
    pub template_id: Id<StudyTemplate>,
    /// The school of whoever began it.
    pub school_id: Id<School>,
    /// In which network, if any.
    pub network_id: Option<Id<Network>>,
    /// What it is about.
    pub theme: String,
    /// "We want to learn how to improve …"; empty until the group knows.
    pub question: String,
    /// The subject's code.
    pub subject: Option<String>,
    /// The year group, 0 to 12.
    pub grade: Option<i32>,
    /// Where it stands.
    pub state: State,
    /// Where it stood before it was paused.
    pub paused_from: Option<State>,
    /// Why it was paused or abandoned.
    pub reason: Option<String>,
    /// How far its report is shared: with the schools of the group, those of its network, everybody signed in,
    /// everybody. Lesson plans and discussion records go to schools alone, those of the network at the farthest.
    pub rung: Option<Rung>,
    /// When it was shared.
    pub shared_at: Option<Timestamp>,
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
    const PREFIX: &'static str = "std";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// Who takes part in a study.
pub mod member {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;
    use crate::school::School;

    /// What somebody is in a study.
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
    pub enum Role {
        /// Began it, and speaks for the group.
        Lead,
        /// Plans, teaches and observes with the others.
        Member,
        /// Leads the discussions.
        Moderator,
        /// Helps the group along.
        Facilitator,
        /// The knowledgeable other: reads this one study until a day, comments, closes the discussion.
        Expert,
    }

    /// Where a membership of a study stands.
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
        /// Asked, and has not answered.
        Invited,
        /// Takes part.
        Joined,
        /// Said no.
        Declined,
        /// Takes part no more.
        Left,
    }

    /// A member of a study.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "study_member")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which study.
        pub study_id: Id<super::Model>,
        /// Who. Once in a study.
        pub person_id: Id<Person>,
        /// For which school they take part; none before they join, and for an expert.
        pub school_id: Option<Id<School>>,
        /// As what.
        pub role: Role,
        /// Where it stands.
        pub state: State,
        /// The last day of an expert.
        pub until_day: Option<Date>,
        /// Who invited them.
        pub invited_by_id: Id<Person>,
        /// When they accepted the protocol.
        pub protocol_at: Option<Timestamp>,
        /// When they were asked to lead; none while they are not.
        pub lead_offered_at: Option<Timestamp>,
        /// When they were invited.
        pub created_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "stm";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// What the group noted about what is known.
pub mod note {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::db::Row;
    use crate::id::{Id, Noun};
    use crate::person::Person;

    /// A note.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "study_note")]
    pub struct Model {
        /// Its id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<Model>,
        /// Of which study.
        pub study_id: Id<super::Model>,
        /// Who wrote it.
        pub author_id: Id<Person>,
        /// What it says.
        pub body: String,
        /// Where what it is about can be read.
        pub url: Option<String>,
        /// When.
        pub created_at: Timestamp,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Noun for Model {
        const PREFIX: &'static str = "stn";
    }

    impl Row for Model {
        fn id(&self) -> Id<Self> {
            self.id
        }
    }
}

/// What others read of a study.
pub mod report {
    use sea_orm::entity::prelude::*;

    use crate::clock::Timestamp;
    use crate::id::Id;
    use crate::person::Person;

    /// The report of a study.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "study_report")]
    pub struct Model {
        /// Of which study.
        #[sea_orm(primary_key, auto_increment = false)]
        pub study_id: Id<super::Model>,
        /// Where it was done, and why.
        pub context: String,
        /// What the group wanted to learn.
        pub aims: String,
        /// How it went about it.
        pub methods: String,
        /// What it found.
        pub findings: String,
        /// What changes in practice.
        pub changes: String,
        /// Grows by one with each edit.
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
