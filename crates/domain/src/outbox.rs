//! What happened, recorded with the change itself: audit, feed, and the source of every notice.

pub mod idempotency;
pub mod queries;
mod queue;

pub use queue::{Backlog, LEASE, backlog, claim, fail};
pub(crate) use queue::{Carry, next_attempt, progress, settle};

use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use crate::authz::{Action, Viewer, Visible, everything, nothing};
use crate::clock::Timestamp;
use crate::db::{Access, Row};
use crate::error::Result;
use crate::fact::Fact;
use crate::id::{Id, Noun};
use crate::person::Person;

/// One recorded fact.
pub type Record = Model;

/// A row of the outbox. Who, what and when never change; `due_at`, `attempts`, `settled_at`, `parked_at` and `told_id`
/// are the relay's bookkeeping.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Its id, in the order of happening on one node.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Who did it; none when the software did.
    pub actor_id: Option<Id<Person>>,
    /// The action that was permitted: `partnership.invite`.
    pub action: String,
    /// The key of what it happened to.
    pub subject_id: Uuid,
    /// The fact as JSON.
    #[sea_orm(column_type = "Text")]
    pub fact: String,
    /// When.
    pub at: Timestamp,
    /// When the relay looks at it (again).
    pub due_at: Timestamp,
    /// How often the relay claimed it.
    pub attempts: i32,
    /// When its audience had it.
    pub settled_at: Option<Timestamp>,
    /// When the relay gave up on it.
    pub parked_at: Option<Timestamp>,
    /// Whether its audience may be as large as the country.
    pub wide: bool,
    /// Who of such an audience had it last: it is told in the order of their ids.
    pub told_id: Option<Id<Person>>,
}

/// No relations: conditions name the columns they join on.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "fct";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Visible for Entity {
    /// The audit is for platform administrators; the history of one thing, for those who see its inside.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.is_admin() {
            return everything();
        }
        match viewer.standing() {
            Some(standing) => Condition::any()
                .add(Column::SubjectId.in_subquery(crate::partnership::policy::inside(viewer)))
                .add(Column::SubjectId.in_subquery(crate::study::policy::inside(standing)))
                .add(crate::plan::policy::within(Column::SubjectId, viewer)),
            None => nothing(),
        }
    }
}

impl Model {
    pub(crate) fn new<A: Action>(access: &Access, fact: &Fact) -> Result<Self> {
        Ok(Self {
            id: Id::fresh(),
            actor_id: access.viewer().id(),
            action: A::NAME.to_owned(),
            subject_id: fact.subject(),
            fact: serde_json::to_string(fact)?,
            at: access.now(),
            due_at: access.now(),
            attempts: 0,
            settled_at: None,
            parked_at: None,
            wide: fact.audience().0.is_wide(),
            told_id: None,
        })
    }

    /// The fact itself.
    pub fn fact(&self) -> Result<Fact> {
        Ok(serde_json::from_str(&self.fact)?)
    }
}
