//! A use: somebody tried another's work in class, says where and how it went, and may rate it.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as ResourceUse;
