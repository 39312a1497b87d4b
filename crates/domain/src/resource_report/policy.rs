//! Who reads reports, who makes and who decides them.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, Ground};
use super::{ResourceReport, State};
use crate::authz::{Action, Viewer, Visible, Writes, everything, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::region::Region;
use crate::resource::policy::{Moderate, in_state, is_author, moderated, moderates};
use crate::resource::{self, Resource};

impl Visible for Entity {
    /// Whoever made it, administrators, and the trainers who moderate the work.
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        if standing.admin {
            return everything();
        }
        let own = Condition::any().add(Column::PersonId.eq(standing.person));
        if standing.regions.is_empty() {
            own
        } else {
            own.add(Column::ResourceId.in_subquery(moderated(viewer)))
        }
    }
}

/// Whoever reads a work reports it; its authors appeal when it is hidden.
pub struct Report<'a> {
    /// The work.
    pub resource: &'a Resource,
    /// Who wrote it.
    pub authors: &'a [Id<Person>],
    /// What is wrong.
    pub ground: Ground,
    /// The report.
    pub report: Id<ResourceReport>,
}

impl Action for Report<'_> {
    const NAME: &'static str = "resource.report";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id().is_some())?;
        let appeals = self.ground == Ground::Appeal;
        viewer.require(is_author(viewer, self.authors) == appeals)?;
        let state = if appeals {
            resource::State::Hidden
        } else {
            resource::State::Shared
        };
        in_state(self.resource, state)
    }
}

impl Writes<Entity> for Report<'_> {
    fn covers(&self, row: &ResourceReport) -> bool {
        row.id == self.report && row.resource_id == self.resource.id
    }
}

/// A moderator finds nothing to do.
pub struct Dismiss<'a> {
    /// The report.
    pub report: &'a ResourceReport,
    /// Where the work's school is.
    pub region: Option<Id<Region>>,
}

impl Action for Dismiss<'_> {
    const NAME: &'static str = "resource_report.dismiss";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(moderates(viewer, self.region))?;
        match self.report.state {
            State::Open => Ok(()),
            State::Dismissed | State::Upheld => Err(Refusal::WrongState {
                state: self.report.state.name(),
            }),
        }
    }
}

impl Writes<Entity> for Dismiss<'_> {
    fn covers(&self, row: &ResourceReport) -> bool {
        row.id == self.report.id
    }
}

impl Writes<Entity> for Moderate<'_> {
    fn covers(&self, row: &ResourceReport) -> bool {
        row.resource_id == self.resource.id
    }
}
