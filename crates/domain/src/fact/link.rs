//! Two schools as they were called.

use serde::{Deserialize, Serialize};

use super::Audience;
use crate::id::Id;
use crate::network::Network;
use crate::partnership::{Partnership, Side};
use crate::school::School;
use crate::text::Localized;

/// The two schools of a partnership, in its network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The partnership.
    pub partnership: Id<Partnership>,
    /// Its network.
    pub network: Id<Network>,
    /// The Leading school.
    pub leading: Id<School>,
    /// What it was called.
    pub leading_name: Localized,
    /// The Magnetic school.
    pub magnetic: Id<School>,
    /// What it was called.
    pub magnetic_name: Localized,
}

impl Link {
    /// What the school on this side was called, and the one on the other.
    pub fn names(&self, side: Side) -> (&Localized, &Localized) {
        match side {
            Side::Leading => (&self.leading_name, &self.magnetic_name),
            Side::Magnetic => (&self.magnetic_name, &self.leading_name),
        }
    }

    pub(super) fn coordinators(&self) -> Audience {
        Audience::Coordinators(vec![self.leading, self.magnetic])
    }
}
