//! A consent: what families allowed, how many of them or where the papers are, until when. Given, then perhaps
//! withdrawn: from that moment it allows nothing.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::{Kind, Model as Consent};
