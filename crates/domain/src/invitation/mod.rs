//! An invitation: a link by e-mail that makes a person a member somewhere, once.

pub mod entity;
pub mod policy;

pub use entity::Model as Invitation;
