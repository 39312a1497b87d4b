//! Carries committed facts to people: into inboxes, by e-mail, and as wake-ups to whoever is looking.
//!
//! The database is the truth. [`relay`] and [`mail`] work off two queues in it; [`bus`] only says that it is time to
//! read again, so losing all of Redis loses nothing. What a fact reads like is in [`wording`].

pub mod bus;
pub mod live;
pub mod mail;
pub mod relay;
pub mod wording;
