//! Who sees and handles a calendar feed: its owner.

use sea_orm::{ColumnTrait, Condition};

use super::CalendarFeed;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
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

/// A person makes a feed, or takes it back.
pub struct Keep {
    /// Whose it is.
    pub person: Id<Person>,
}

impl Action for Keep {
    const NAME: &'static str = "calendar_feed.keep";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for Keep {
    fn covers(&self, row: &CalendarFeed) -> bool {
        row.person_id == self.person
    }
}
