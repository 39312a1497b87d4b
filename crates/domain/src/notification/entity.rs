//! The tables `notification`, `inbox` and `notification_preference`.

use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use crate::authz::{Viewer, Visible, nothing};
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

impl Visible for Entity {
    /// Their own.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(person) => Condition::all().add(Column::PersonId.eq(person)),
            None => nothing(),
        }
    }
}
