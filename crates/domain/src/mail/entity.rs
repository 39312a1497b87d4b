//! The table `mail`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::outbox::Record;
use crate::person::Person;

/// What kind of letter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum Kind {
    /// A notification, at once.
    Notice,
    /// The day's unread notifications.
    Digest,
    /// An invitation to somebody who may have no account.
    Invitation,
    /// A link to sign in or to set a new password.
    Link,
}

/// A letter to write and send. Its text is made from the fact when it goes out, so no token is kept here.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// What kind of letter it is.
    pub kind: Kind,
    /// To whom; none for an invitation. Unique with `fact_id` and with `day`.
    pub person_id: Option<Id<Person>>,
    /// About what; none for a digest.
    pub fact_id: Option<Id<Record>>,
    /// The day of a digest.
    pub day: Option<Date>,
    /// When it was put in the queue.
    pub created_at: Timestamp,
    /// When the mailer looks at it (again).
    pub due_at: Timestamp,
    /// How often the mailer claimed it.
    pub attempts: i32,
    /// When it was sent, or there turned out to be nothing to send.
    pub settled_at: Option<Timestamp>,
    /// When the mailer gave up on it.
    pub parked_at: Option<Timestamp>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "mal";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
