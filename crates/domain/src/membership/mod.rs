//! A membership: what a person is, where, from when until when. It is the only source of rights.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

use crate::id::Id;
use crate::region::Region;
use crate::school::School;

pub use entity::{Model as Membership, Role, ScopeKind};

/// Where a role holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Scope {
    /// Everywhere.
    Platform,
    /// In a region and its districts.
    Region(Id<Region>),
    /// In a school.
    School(Id<School>),
}

impl Scope {
    /// The two columns that keep it. The platform has the nil key, so that uniqueness needs no null.
    pub fn columns(self) -> (ScopeKind, uuid::Uuid) {
        match self {
            Self::Platform => (ScopeKind::Platform, uuid::Uuid::nil()),
            Self::Region(id) => (ScopeKind::Region, id.uuid()),
            Self::School(id) => (ScopeKind::School, id.uuid()),
        }
    }

    /// The scope that the two columns keep.
    pub fn from_columns(kind: ScopeKind, id: uuid::Uuid) -> Self {
        match kind {
            ScopeKind::Platform => Self::Platform,
            ScopeKind::Region => Self::Region(Id::from_uuid(id)),
            ScopeKind::School => Self::School(Id::from_uuid(id)),
        }
    }
}

impl Role {
    /// The kind of scope in which the role exists.
    pub fn scope(self) -> ScopeKind {
        match self {
            Self::PlatformAdmin => ScopeKind::Platform,
            Self::Trainer => ScopeKind::Region,
            Self::Coordinator | Self::Teacher => ScopeKind::School,
        }
    }
}
