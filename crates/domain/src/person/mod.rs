//! A person: somebody with an account. Before they accept an invitation there is only the [`crate::invitation`].

pub mod entity;
pub mod policy;

pub use entity::{Model as Person, State};
