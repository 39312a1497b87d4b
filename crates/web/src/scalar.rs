//! The schema's scalars as the operations' types have them.

/// A day of the calendar.
pub(crate) type Date = chrono::NaiveDate;
/// An instant.
pub(crate) type DateTime = chrono::DateTime<chrono::Utc>;
/// An opaque id.
pub(crate) type Id = String;
/// Hours and minutes, `22:30`.
pub(crate) type TimeOfDay = String;
/// A whole number that may not fit into 32 bits.
pub(crate) type BigInt = i64;
