//! A designation: a school is a Leading or a Magnetic school for a time, because a trainer of its region awarded it.
//!
//! nominated → awarded → expired or withdrawn.

pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::{Kind, Model as Designation, State};
