//! Real processes under real faults: nodes, PostgreSQL and Redis are killed, stopped, cut off and filled up, and what
//! was acknowledged is counted afterwards. docs/reliability.md says what is promised and what was measured.
//!
//! A fault that did not bite fails its test. `SABAQTAS_FAULTS=long` runs the full durations.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod announce;
mod backup;
mod bombs;
mod cluster;
mod database;
mod durable;
mod files;
mod ledger;
mod overload;
mod probe;
mod sessions;
mod unread;
mod wire;

use std::time::Duration;

/// The full duration when asked for, else the short one that `bin/test` has time for.
fn lasting(short: u64, long: u64) -> Duration {
    let asked = std::env::var("SABAQTAS_FAULTS").is_ok_and(|value| value == "long");
    Duration::from_secs(if asked { long } else { short })
}

/// Tells what was measured, for docs/reliability.md.
fn measured(promise: &str, what: &str) {
    eprintln!("measured {promise}: {what}");
}
