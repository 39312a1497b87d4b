//! Who sees an inbox, and who changes it: its owner. The relay fills it.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, inbox, preference};
use super::{Inbox, Notification, Preference};
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::outbox::Carry;
use crate::person::Person;

impl Visible for Entity {
    /// Their own.
    fn visible_to(viewer: &Viewer) -> Condition {
        own(viewer, |person| Column::PersonId.eq(person))
    }
}

impl Visible for inbox::Entity {
    /// Their own.
    fn visible_to(viewer: &Viewer) -> Condition {
        own(viewer, |person| inbox::Column::PersonId.eq(person))
    }
}

impl Visible for preference::Entity {
    /// Their own.
    fn visible_to(viewer: &Viewer) -> Condition {
        own(viewer, |person| preference::Column::PersonId.eq(person))
    }
}

fn own(viewer: &Viewer, is: impl FnOnce(Id<Person>) -> sea_orm::sea_query::Expr) -> Condition {
    viewer
        .id()
        .map_or_else(nothing, |person| Condition::all().add(is(person)))
}

impl Writes<Entity> for Carry {
    fn covers(&self, _: &Notification) -> bool {
        true
    }
}

impl Writes<inbox::Entity> for Carry {
    fn covers(&self, _: &Inbox) -> bool {
        true
    }
}

/// A person reads what is in their inbox.
pub struct Read {
    /// Whose inbox.
    pub person: Id<Person>,
}

impl Action for Read {
    const NAME: &'static str = "notification.read";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

/// A person says how they want to be told.
pub struct Prefer {
    /// Who.
    pub person: Id<Person>,
}

impl Action for Prefer {
    const NAME: &'static str = "notification.prefer";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<preference::Entity> for Prefer {
    fn covers(&self, row: &Preference) -> bool {
        row.person_id == self.person
    }
}

impl Writes<inbox::Entity> for Prefer {
    fn covers(&self, row: &Inbox) -> bool {
        row.person_id == self.person
    }
}
