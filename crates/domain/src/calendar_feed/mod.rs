//! A calendar feed: an address that nobody can guess, under which a calendar program reads the activities of the
//! owner's own schools, or those of one network. It shows what its owner may see on the day, until it is taken back.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as CalendarFeed;

/// What its tokens begin with.
pub const PREFIX: &str = "sbc";
/// How many a person may have at a time.
pub const MOST: usize = 20;
/// How many activities it shows at the most.
pub const MOST_ACTIVITIES: u64 = 1000;
/// For how many days back it shows them.
pub const DAYS_BACK: u64 = 400;
