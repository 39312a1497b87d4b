//! An announcement: a short text in the three languages to everybody, to the persons of a region or of a network. It is
//! written once and never changed: the fact carries it into the inboxes.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

use crate::id::Id;
use crate::network::Network;
use crate::region::Region;

pub use entity::{Model as Announcement, ScopeKind};

/// Whom an announcement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everybody with an account.
    Everybody,
    /// Who act in a region, its districts or a school there.
    Region(Id<Region>),
    /// Who belong to a school that leads a network or is an active partner in it.
    Network(Id<Network>),
}

impl Scope {
    /// The two columns that keep it. Everybody has the nil key.
    pub fn columns(self) -> (ScopeKind, uuid::Uuid) {
        match self {
            Self::Everybody => (ScopeKind::Everybody, uuid::Uuid::nil()),
            Self::Region(id) => (ScopeKind::Region, id.uuid()),
            Self::Network(id) => (ScopeKind::Network, id.uuid()),
        }
    }

    /// The scope that the two columns keep.
    pub fn from_columns(kind: ScopeKind, id: uuid::Uuid) -> Self {
        match kind {
            ScopeKind::Everybody => Self::Everybody,
            ScopeKind::Region => Self::Region(Id::from_uuid(id)),
            ScopeKind::Network => Self::Network(Id::from_uuid(id)),
        }
    }
}
