//! A comment: what readers of a work write to each other and to its authors. Removed ones leave a gap that says so.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as ResourceComment;
