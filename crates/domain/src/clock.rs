//! The only reader of the wall clock.

use std::{fmt, sync::Arc};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};

/// An instant, cut to microseconds: PostgreSQL keeps no more, and SQLite compares the text.
pub type Timestamp = DateTime<Utc>;

/// The instant as it is kept.
pub fn cut(at: Timestamp) -> Timestamp {
    at.trunc_subsecs(6)
}

/// Where `now` comes from. Tests put another one in to live through eight days in a millisecond.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    zone: chrono_tz::Tz,
}

impl Clock {
    /// The machine's clock; `zone` decides which calendar day it is.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reader of the wall clock"
    )]
    pub fn system(zone: chrono_tz::Tz) -> Self {
        Self {
            read: Arc::new(Utc::now),
            zone,
        }
    }

    /// A clock read from `read`.
    pub fn from_fn(
        zone: chrono_tz::Tz,
        read: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        Self {
            read: Arc::new(read),
            zone,
        }
    }

    /// This instant.
    pub fn now(&self) -> Timestamp {
        cut((self.read)())
    }

    /// The calendar day at `at` where the installation is.
    pub fn day(&self, at: Timestamp) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The zone of the installation.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.zone
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.zone)
    }
}
