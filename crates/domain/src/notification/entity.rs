//! The tables `notification`, `inbox` and `notification_preference`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::fact::Reason;
use crate::id::{Id, Noun};
use crate::outbox::Record;
use crate::person::Person;

/// A fact in a person's inbox. Unique by fact and person: delivered again, it is there once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose inbox.
    pub person_id: Id<Person>,
    /// Its place in the inbox. Given out under the inbox's lock, so a greater one never becomes visible before a
    /// smaller one: whoever has seen number n misses nothing by asking for what comes after n.
    pub number: i64,
    /// What happened.
    pub fact_id: Id<Record>,
    /// Why they are told.
    pub reason: Reason,
    /// When it arrived.
    pub created_at: Timestamp,
    /// When they read it.
    pub read_at: Option<Timestamp>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "ntf";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// A person's inbox as a whole. There is none until something arrives or quiet hours are set.
pub mod inbox {
    use super::*;

    /// An inbox.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "inbox")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// The last number given out.
        pub arrived: i64,
        /// How many are unread. Kept, not counted.
        pub unread: i64,
        /// From when no e-mail is sent, in the installation's zone; set together with `quiet_until`.
        pub quiet_from: Option<Time>,
        /// Until when.
        pub quiet_until: Option<Time>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a person wants to be told otherwise than usual.
pub mod preference {
    use super::*;

    /// How a person is told of something.
    #[derive(
        Clone,
        Copy,
        Debug,
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
    pub enum Channel {
        /// Not at all.
        None,
        /// In the inbox.
        InApp,
        /// In the inbox, and in the next daily digest by e-mail unless read by then.
        Digest,
        /// In the inbox, and by e-mail at once.
        Email,
    }

    /// A preference.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notification_preference")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<Person>,
        /// Of what.
        #[sea_orm(primary_key, auto_increment = false)]
        pub reason: Reason,
        /// How they are told.
        pub channel: Channel,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
