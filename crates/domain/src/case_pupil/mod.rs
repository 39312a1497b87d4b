//! A case pupil: a letter that stands for a pupil whom the group watches, typical of a group of learners.
//!
//! Who it is the group knows and the software does not: there is no field for a name, and numbers that would tell are
//! stopped ([`crate::pupil_text`]).

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as CasePupil;

/// The most case pupils of a study.
pub const MOST: usize = 12;
