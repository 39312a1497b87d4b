//! An endorsement: a trainer of the region, or an administrator, stands for one version of a work. A badge, not a gate.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as Endorsement;
