//! A person: somebody with an account. Before they accept an invitation there is only the [`crate::invitation`].
//!
//! active ⇄ suspended; → erased.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::contact::{self, Model as Contact, Shown};
pub use entity::{Model as Person, State};

impl State {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Erased => "ERASED",
        }
    }
}
