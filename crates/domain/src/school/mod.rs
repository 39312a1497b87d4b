//! A school: it exists in the registry before anybody registers.
//!
//! unclaimed → verified (its coordinator accepted the invitation) → closed or merged.

pub mod commands;
pub mod entity;
pub mod fold;
mod merge;
pub mod policy;
pub mod queries;
pub mod search;

pub use entity::name::{Kind as NameKind, Model as SchoolName};
pub use entity::{Model as School, State};
pub use merge::merge;

use crate::fact::Named;

impl State {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unclaimed => "UNCLAIMED",
            Self::Verified => "VERIFIED",
            Self::Closed => "CLOSED",
            Self::Merged => "MERGED",
        }
    }

    /// Whether the school is there to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unclaimed | Self::Verified)
    }
}

impl School {
    pub(crate) fn named(&self) -> Named {
        Named {
            school: self.id,
            name: self.name(),
        }
    }

    /// Its teaching languages.
    pub fn teaching_languages(&self) -> impl Iterator<Item = &str> {
        self.languages.split(',').filter(|code| !code.is_empty())
    }
}
