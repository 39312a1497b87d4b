//! How texts in Kazakh, Russian and English become words that find each other.
//!
//! [`words`] takes a text apart, [`stem`] takes a word's endings off, [`query`] reads what somebody typed, and
//! [`excerpt`] marks what was found. Nothing here knows of tables: the index of a noun is the noun's own.
//!
//! Two words are near each other in four degrees: the same word, the same stem, the same first five letters, the same
//! first four. Each degree has a weight of its own, the rarer the higher. Kazakh has no stemmer worth the name, and a
//! prefix forgives what the light one here does not know; no degree alone finds as well as the four together.

pub mod excerpt;
mod kazakh;
pub mod query;
mod stop;
mod word;

pub use stop::is_stop;
pub use word::{Word, beginning, stem, words};

/// The lengths of the two beginnings by which words are near each other, in letters.
pub const BEGINNINGS: (usize, usize) = (4, 5);
