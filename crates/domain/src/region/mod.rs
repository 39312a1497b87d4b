//! A region or district: a place in a tree that changes by date. Names and parents have periods.

pub mod entity;
pub mod numbers;
pub mod policy;
pub mod queries;

pub use entity::period::Model as RegionPeriod;
pub use entity::{Kind, Model as Region};
