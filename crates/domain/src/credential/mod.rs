//! A credential: the password of a person, as an Argon2id hash. Who has none gets in by a mailed link.

pub mod commands;
pub mod entity;
pub mod password;
pub mod policy;

pub use entity::Model as Credential;
