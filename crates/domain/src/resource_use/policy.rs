//! Who reads how a work went in class, and who may tell.

use sea_orm::{ColumnTrait, Condition};

use super::ResourceUse;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::resource::policy::{in_state, is_author, seen};
use crate::resource::{self, Resource, State};

impl Visible for Entity {
    /// Whoever is signed in and sees the work: what teachers tell each other about their classes is not for crawlers.
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(_) => Condition::all().add(Column::ResourceId.in_subquery(seen(viewer))),
            None => nothing(),
        }
    }
}

/// Somebody tells that they used a work of others.
pub struct Use<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// Who wrote it.
    pub authors: &'a [Id<Person>],
    /// The use.
    pub told: Id<ResourceUse>,
}

impl Action for Use<'_> {
    const NAME: &'static str = "resource.use";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        // What authors think of their own work is no credit to it.
        viewer.require(viewer.id().is_some() && !is_author(viewer, self.authors))?;
        in_state(self.resource, State::Shared)
    }
}

impl Writes<Entity> for Use<'_> {
    fn covers(&self, row: &ResourceUse) -> bool {
        row.id == self.told && row.resource_id == self.resource.id
    }
}

impl Writes<resource::entity::Entity> for Use<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id
    }
}
