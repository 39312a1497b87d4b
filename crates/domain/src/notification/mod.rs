//! A notification: a fact that reached a person.

pub mod entity;

pub use entity::Model as Notification;
