//! Who sees a network, who founds and changes one.

use sea_orm::Condition;

use super::entity::{Entity, lead};
use super::{Network, NetworkLead, State};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything};
use crate::error::Refusal;
use crate::id::Id;
use crate::school::School;

impl Visible for Entity {
    /// That it exists is public.
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

impl Visible for lead::Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

/// A Leading school founds a network.
pub struct Found<'a> {
    /// The school.
    pub leading: &'a School,
    /// The new network's id.
    pub network: Id<Network>,
}

impl Action for Found<'_> {
    const NAME: &'static str = "network.found";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.coordinates(self.leading.id) || viewer.is(Job::Operator))
    }
}

impl Writes<Entity> for Found<'_> {
    fn covers(&self, row: &Network) -> bool {
        row.id == self.network
    }
}

impl Writes<lead::Entity> for Found<'_> {
    fn covers(&self, row: &NetworkLead) -> bool {
        row.network_id == self.network && row.school_id == self.leading.id
    }
}

/// A Leading school changes what its network is called and works on, or closes it.
pub struct Change<'a> {
    /// The network.
    pub network: &'a Network,
    /// The schools that lead it.
    pub leads: &'a [Id<School>],
}

impl Action for Change<'_> {
    const NAME: &'static str = "network.change";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(self.leads.iter().any(|school| viewer.coordinates(*school)))?;
        match self.network.state {
            State::Closed => Err(Refusal::WrongState {
                state: State::Closed.name(),
            }),
            State::Forming | State::Active | State::Dormant => Ok(()),
        }
    }
}

impl Writes<Entity> for Change<'_> {
    fn covers(&self, row: &Network) -> bool {
        row.id == self.network.id
    }
}
