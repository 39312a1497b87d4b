//! Who sees a session and who ends it: its owner.

use sea_orm::{ColumnTrait, Condition};

use super::Session;
use super::entity::{Column, Entity};
use crate::authz::{Action, Job, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(person) => Condition::all().add(Column::PersonId.eq(person)),
            None => nothing(),
        }
    }
}

/// The door notes that a session is in use.
pub struct Note;

impl Action for Note {
    const NAME: &'static str = "session.note";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Door))
    }
}

impl Writes<Entity> for Note {
    fn covers(&self, _: &Session) -> bool {
        true
    }
}

/// A person ends sessions of their own.
pub struct End {
    /// Whose sessions.
    pub person: Id<Person>,
}

impl Action for End {
    const NAME: &'static str = "session.end";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for End {
    fn covers(&self, row: &Session) -> bool {
        row.person_id == self.person
    }
}
