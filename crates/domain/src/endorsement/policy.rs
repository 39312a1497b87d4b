//! Who sees an endorsement, who endorses, who takes one back.

use sea_orm::{ColumnTrait, Condition};

use super::Endorsement;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::region::Region;
use crate::resource::policy::{in_state, is_author, moderates, seen};
use crate::resource::{self, Resource, State};

impl Visible for Entity {
    /// Whoever sees the work.
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::all().add(Column::ResourceId.in_subquery(seen(viewer)))
    }
}

/// A trainer of the region where a work's school is, or an administrator, stands for a version of it.
pub struct Endorse<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// Where its school is.
    pub region: Option<Id<Region>>,
    /// Who wrote it.
    pub authors: &'a [Id<Person>],
    /// The endorsement.
    pub endorsement: Id<Endorsement>,
}

impl Action for Endorse<'_> {
    const NAME: &'static str = "endorsement.give";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(moderates(viewer, self.region) && !is_author(viewer, self.authors))?;
        in_state(self.resource, State::Shared)
    }
}

impl Writes<Entity> for Endorse<'_> {
    fn covers(&self, row: &Endorsement) -> bool {
        row.id == self.endorsement && row.resource_id == self.resource.id
    }
}

impl Writes<resource::entity::Entity> for Endorse<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.resource.id
    }
}

/// Whoever endorsed a version, or an administrator, takes it back.
pub struct Withdraw<'a> {
    /// The endorsement.
    pub endorsement: &'a Endorsement,
}

impl Action for Withdraw<'_> {
    const NAME: &'static str = "endorsement.withdraw";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let own = viewer.id() == Some(self.endorsement.person_id);
        viewer.require(own || viewer.is_admin())?;
        match self.endorsement.withdrawn_at {
            None => Ok(()),
            Some(_) => Err(Refusal::WrongState { state: "WITHDRAWN" }),
        }
    }
}

impl Writes<Entity> for Withdraw<'_> {
    fn covers(&self, row: &Endorsement) -> bool {
        row.id == self.endorsement.id
    }
}

impl Writes<resource::entity::Entity> for Withdraw<'_> {
    fn covers(&self, row: &Resource) -> bool {
        row.id == self.endorsement.resource_id
    }
}
