//! A network: Leading schools and the Magnetic schools they are linked with, around a theme.
//!
//! forming → active (its first partnership is) → dormant (none is any more) → closed.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::lead::Model as NetworkLead;
pub use entity::{Model as Network, State};
