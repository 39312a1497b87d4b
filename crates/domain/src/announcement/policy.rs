//! Who announces something, and who looks back at it. Those it was for have it in their inboxes.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use super::{Announcement, Scope};
use crate::authz::{Action, Viewer, Visible, Writes, everything, nothing};
use crate::error::Refusal;

impl Visible for Entity {
    /// Whoever wrote it, and administrators.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.is_admin() {
            return everything();
        }
        match viewer.id() {
            Some(person) => Condition::all().add(Column::AuthorId.eq(person)),
            None => nothing(),
        }
    }
}

/// An administrator announces something to anybody, a trainer to their region.
pub struct Publish {
    /// Whom it is for.
    pub scope: Scope,
}

impl Action for Publish {
    const NAME: &'static str = "announcement.publish";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let trains = match self.scope {
            Scope::Region(region) => viewer.trains(Some(region)),
            Scope::Everybody | Scope::Network(_) => false,
        };
        viewer.require(viewer.is_admin() || trains)
    }
}

impl Writes<Entity> for Publish {
    fn covers(&self, row: &Announcement) -> bool {
        row.scope() == self.scope
    }
}
