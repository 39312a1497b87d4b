//! An observation: what somebody saw in a research lesson, and apart from it what they think it means.
//!
//! draft (on the device, which may be without signal) → synced → locked when the discussion begins. The device makes the
//! id, so that whatever it sends again after a lost answer, a reload or from a second tab arrives exactly once.

pub mod commands;
pub mod entity;
pub mod photo;
pub mod policy;
pub mod queries;

pub use entity::{Model as Observation, State};

/// The most observations sent at once.
pub const BATCH: usize = 50;
