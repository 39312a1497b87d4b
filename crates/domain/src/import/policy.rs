//! Who sees imports: platform administrators. Who runs them: the installation's operator, from the command line.

use std::collections::HashSet;

use sea_orm::Condition;

use super::entity::{Entity, network as source, rejection};
use super::{ImportRejection, ImportRun, resources};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything, nothing};
use crate::designation::{self, Designation};
use crate::error::Refusal;
use crate::id::Id;
use crate::network::{self, Network, NetworkLead};
use crate::partnership::{self, Partnership};
use crate::region::{self, Region, RegionPeriod};
use crate::resource::Resource;
use crate::school::{self, School, SchoolName};

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        for_admins(viewer)
    }
}

impl Visible for rejection::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        for_admins(viewer)
    }
}

impl Visible for source::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        for_admins(viewer)
    }
}

fn for_admins(viewer: &Viewer) -> Condition {
    if viewer.is_admin() {
        everything()
    } else {
        nothing()
    }
}

impl Visible for resources::origin::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        for_admins(viewer)
    }
}

/// Where a work came from is noted.
pub struct Shelve {
    /// The work.
    pub resource: Id<Resource>,
}

impl Action for Shelve {
    const NAME: &'static str = "import.shelve";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

impl Writes<resources::origin::Entity> for Shelve {
    fn covers(&self, row: &resources::origin::Model) -> bool {
        row.resource_id == self.resource
    }
}

/// The record of a run.
pub struct Run {
    /// Which.
    pub run: Id<ImportRun>,
}

impl Action for Run {
    const NAME: &'static str = "import.run";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

impl Writes<Entity> for Run {
    fn covers(&self, row: &ImportRun) -> bool {
        row.id == self.run
    }
}

impl Writes<rejection::Entity> for Run {
    fn covers(&self, row: &ImportRejection) -> bool {
        row.run_id == self.run
    }
}

/// A batch of schools of one source.
pub struct Schools<'a> {
    /// The source.
    pub source: &'a str,
    /// The schools of the batch.
    pub schools: HashSet<Id<School>>,
}

impl Action for Schools<'_> {
    const NAME: &'static str = "import.schools";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

impl Writes<school::entity::Entity> for Schools<'_> {
    fn covers(&self, row: &School) -> bool {
        row.source == self.source && self.schools.contains(&row.id)
    }
}

impl Writes<school::entity::name::Entity> for Schools<'_> {
    fn covers(&self, row: &SchoolName) -> bool {
        self.schools.contains(&row.school_id)
    }
}

/// One network with its schools.
pub struct OneNetwork {
    /// The network.
    pub network: Id<Network>,
    /// Its schools.
    pub schools: HashSet<Id<School>>,
}

impl Action for OneNetwork {
    const NAME: &'static str = "import.network";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

impl Writes<network::entity::Entity> for OneNetwork {
    fn covers(&self, row: &Network) -> bool {
        row.id == self.network
    }
}

impl Writes<network::entity::lead::Entity> for OneNetwork {
    fn covers(&self, row: &NetworkLead) -> bool {
        row.network_id == self.network && self.schools.contains(&row.school_id)
    }
}

impl Writes<source::Entity> for OneNetwork {
    fn covers(&self, row: &source::Model) -> bool {
        row.network_id == self.network
    }
}

impl Writes<partnership::entity::Entity> for OneNetwork {
    fn covers(&self, row: &Partnership) -> bool {
        row.network_id == self.network
            && self.schools.contains(&row.leading_id)
            && self.schools.contains(&row.magnetic_id)
    }
}

impl Writes<designation::entity::Entity> for OneNetwork {
    fn covers(&self, row: &Designation) -> bool {
        self.schools.contains(&row.school_id)
    }
}

/// The tree of regions that is shipped with the product.
pub struct Regions;

impl Action for Regions {
    const NAME: &'static str = "import.regions";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

impl Writes<region::entity::Entity> for Regions {
    fn covers(&self, _: &Region) -> bool {
        true
    }
}

impl Writes<region::entity::period::Entity> for Regions {
    fn covers(&self, _: &RegionPeriod) -> bool {
        true
    }
}
