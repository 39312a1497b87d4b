//! A personal access token: lets a program in as a person, to read or to write as well, for a year at the most.
//! It never opens doors: passwords, tokens, sessions and roles are for sessions alone.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::{Model as AccessToken, Reach};

/// What tokens begin with.
pub const PREFIX: &str = "sbt";
/// For how many days it may be good.
pub const LONGEST: u32 = 366;
/// How many a person may have at a time.
pub const MOST: usize = 50;
