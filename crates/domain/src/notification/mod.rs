//! A notification: a fact that reached a person. It is in their inbox, and goes out by e-mail as they prefer:
//! at once, in a daily digest, or not; never within their quiet hours.

pub mod commands;
pub mod delivery;
pub mod entity;
pub mod policy;
pub mod queries;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::clock::Timestamp;
use crate::fact::Reason;

pub use entity::Model as Notification;
pub use entity::inbox::Model as Inbox;
pub use entity::preference::{Channel, Model as Preference};

impl Channel {
    /// How people are told who did not say otherwise.
    pub fn usual(reason: Reason) -> Self {
        match reason {
            reason if reason.is_urgent() => Self::Email,
            // Three hundred thousand letters that nobody asked for would be none.
            Reason::Announcement => Self::InApp,
            _ => Self::Digest,
        }
    }
}

/// The hours in which a person gets no e-mail, by the installation's clock; over midnight when `until` comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The first minute.
    pub from: NaiveTime,
    /// The first minute after.
    pub until: NaiveTime,
}

impl QuietHours {
    /// When an e-mail due at `at` may go out.
    pub fn over(self, at: Timestamp, zone: Tz) -> Timestamp {
        let local = at.with_timezone(&zone);
        let (day, time) = (local.date_naive(), local.time());
        let ends = if self.from <= self.until {
            (self.from <= time && time < self.until).then_some(day)
        } else if time < self.until {
            Some(day)
        } else if time >= self.from {
            day.checked_add_days(Days::new(1))
        } else {
            None
        };
        ends.map_or(at, |day| instant(day, self.until, zone).max(at))
    }
}

impl Inbox {
    /// The quiet hours, if the person has any.
    pub fn quiet_hours(&self) -> Option<QuietHours> {
        let (from, until) = (self.quiet_from?, self.quiet_until?);
        Some(QuietHours { from, until })
    }
}

/// Digests gather until this time of the day.
const DIGEST: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The day on whose digest something stands that arrived at `at`.
pub(crate) fn digest_day(at: Timestamp, zone: Tz) -> NaiveDate {
    let day = at.with_timezone(&zone).date_naive();
    if at < instant(day, DIGEST, zone) {
        day
    } else {
        day.checked_add_days(Days::new(1)).unwrap_or(day)
    }
}

/// From when until when what arrives stands on the digest of `day`.
pub(crate) fn digest_span(day: NaiveDate, zone: Tz) -> (Timestamp, Timestamp) {
    let before = day.checked_sub_days(Days::new(1)).unwrap_or(day);
    (instant(before, DIGEST, zone), instant(day, DIGEST, zone))
}

/// When clocks in `zone` show this. Where they never do, because summer time begins, the same time by winter's clock.
fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> Timestamp {
    let local = day.and_time(time);
    let hour = chrono::TimeDelta::hours(1);
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + hour)).earliest())
        .map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALMATY: Tz = Tz::Asia__Almaty;

    fn at(text: &str) -> Timestamp {
        format!("{text}:00+05:00")
            .parse::<chrono::DateTime<chrono::FixedOffset>>()
            .unwrap()
            .to_utc()
    }

    fn quiet(from: u32, until: u32) -> QuietHours {
        let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
        QuietHours {
            from: hour(from),
            until: hour(until),
        }
    }

    #[test]
    fn letters_wait_for_the_end_of_the_quiet_hours() {
        let night = quiet(22, 7);
        for (due, goes) in [
            ("2026-11-16T21:59", "2026-11-16T21:59"),
            ("2026-11-16T22:00", "2026-11-17T07:00"),
            ("2026-11-17T00:30", "2026-11-17T07:00"),
            ("2026-11-17T06:59", "2026-11-17T07:00"),
            ("2026-11-17T07:00", "2026-11-17T07:00"),
        ] {
            assert_eq!(night.over(at(due), ALMATY), at(goes), "{due}");
        }
        let lessons = quiet(8, 14);
        for (due, goes) in [
            ("2026-11-16T07:59", "2026-11-16T07:59"),
            ("2026-11-16T08:00", "2026-11-16T14:00"),
            ("2026-11-16T14:00", "2026-11-16T14:00"),
        ] {
            assert_eq!(lessons.over(at(due), ALMATY), at(goes), "{due}");
        }
        assert_eq!(
            quiet(8, 8).over(at("2026-11-16T08:00"), ALMATY),
            at("2026-11-16T08:00")
        );
    }

    #[test]
    fn every_instant_is_on_exactly_one_digest() {
        for (arrived, day) in [
            ("2026-11-16T07:59", "2026-11-16"),
            ("2026-11-16T08:00", "2026-11-17"),
            ("2026-11-16T23:59", "2026-11-17"),
            ("2026-11-17T00:00", "2026-11-17"),
        ] {
            let expected: NaiveDate = day.parse().unwrap();
            assert_eq!(digest_day(at(arrived), ALMATY), expected, "{arrived}");
            let (from, until) = digest_span(expected, ALMATY);
            assert!(from <= at(arrived) && at(arrived) < until, "{arrived}");
        }
    }

    #[test]
    fn a_time_that_summer_skips_is_an_hour_later() {
        let night = QuietHours {
            from: NaiveTime::from_hms_opt(1, 0, 0).unwrap(),
            until: NaiveTime::from_hms_opt(2, 30, 0).unwrap(),
        };
        let due = "2026-03-29T00:30:00Z".parse().unwrap();
        let goes: Timestamp = "2026-03-29T01:30:00Z".parse().unwrap();
        assert_eq!(night.over(due, Tz::Europe__Berlin), goes);
    }
}
