//! A study template: the ordered stages a study goes through, each with a guide of what to do and how long.
//!
//! Templates are data: an installation begins with three of them, and administrators change them and add others.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as StudyTemplate;
pub use entity::stage::{Kind, Model as TemplateStage};
