//! A link by e-mail that signs a person in once, or lets them set a new password. It is good for 15 minutes.
//!
//! Whoever asks gets the same answer in the same time, known or not.

pub mod commands;
pub mod entity;
pub mod policy;

pub use entity::Model as SignInLink;

/// How long it is good for.
pub const LASTS: chrono::Duration = chrono::Duration::minutes(15);
