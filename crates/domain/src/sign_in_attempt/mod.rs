//! How often somebody tried to get in, or looked for others by name: what stops guessing and copying.
//!
//! Counted in the database, so for all nodes together, under keyed digests, so that the table names nobody. A count
//! starts anew only when nothing was checked for [`WINDOW`]: in no span of that length more than [`ON_ACCOUNT`] guesses
//! are checked. An address from which the person signed in before has a count of its own, so that strangers
//! who guess can't lock the owner out. Addresses themselves may try far more: a whole school sits behind one.

pub mod commands;
pub mod entity;

use chrono::Duration;

pub use entity::Model as SignInAttempt;

/// After how long without a check counting starts anew.
pub const WINDOW: Duration = Duration::minutes(15);
/// How many guesses are checked for one account.
pub const ON_ACCOUNT: i32 = 10;
/// How many are checked from one address, whatever the account.
pub const FROM_ADDRESS: i32 = 1000;
/// How often somebody may look for others by name.
pub const SEARCHES: i32 = 60;
/// How many letters with links go to one account.
pub const LINKS: i32 = 5;
