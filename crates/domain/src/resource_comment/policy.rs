//! Who reads comments, who writes them, who removes one.

use sea_orm::{ColumnTrait, Condition};

use super::ResourceComment;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::region::Region;
use crate::resource::policy::{in_state, moderates, seen};
use crate::resource::{self, Resource, State};

impl Visible for Entity {
    /// Whoever is signed in and sees the work.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(_) => Condition::all().add(Column::ResourceId.in_subquery(seen(viewer))),
            None => nothing(),
        }
    }
}

/// Whoever reads a work comments on it.
pub struct Comment<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// The comment.
    pub comment: Id<ResourceComment>,
}

impl Action for Comment<'_> {
    const NAME: &'static str = "resource.comment";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id().is_some())?;
        in_state(self.resource, State::Shared)
    }
}

impl Writes<Entity> for Comment<'_> {
    fn covers(&self, row: &ResourceComment) -> bool {
        row.id == self.comment && row.resource_id == self.resource.id
    }
}

impl Writes<resource::entity::Entity> for Comment<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id
    }
}

/// Whoever wrote a comment, or a moderator of the work, removes it.
pub struct Remove<'a> {
    /// The comment.
    pub comment: &'a ResourceComment,
    /// Where the work's school is.
    pub region: Option<Id<Region>>,
}

impl Action for Remove<'_> {
    const NAME: &'static str = "resource_comment.remove";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let own = viewer.id() == Some(self.comment.person_id);
        viewer.require(own || moderates(viewer, self.region))?;
        match self.comment.removed_at {
            None => Ok(()),
            Some(_) => Err(Refusal::WrongState { state: "REMOVED" }),
        }
    }
}

impl Writes<Entity> for Remove<'_> {
    fn covers(&self, row: &ResourceComment) -> bool {
        row.id == self.comment.id
    }
}

impl Writes<resource::entity::Entity> for Remove<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.comment.resource_id
    }
}
