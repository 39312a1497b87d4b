//! Every sentence a person reads, in Kazakh, Russian and English.
//!
//! The sentences are in `locales/{kk,ru,en}/*.ftl`. The build turns each message into a method of
//! [`Locale`] that takes the message's variables in alphabetical order, and fails when a language
//! lacks a message or a variable. So `locale.refusal_too_long(500)` either says it in all three
//! languages or does not compile.
//!
//! Deliberately absent: a lookup by a text key, and a fallback from one language to another.

mod alphabet;
mod format;
mod locale;
mod message;

#[cfg(test)]
#[path = "../build/catalogue.rs"]
mod catalogue;
#[cfg(test)]
mod catalogue_test;

pub use locale::{Locale, UnknownLocale};
pub use message::{Arg, ids};
