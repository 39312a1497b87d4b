//! A school: it exists in the registry before anybody registers.
//!
//! unclaimed → verified (its coordinator accepted the invitation) → closed or merged.

pub mod entity;
pub mod fold;
pub mod policy;

pub use entity::{Model as School, State};

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
}
