//! Times as the installation's clocks show them, and as forms send them.

use chrono::TimeZone;

use crate::{
    scalar::DateTime,
    visit::{Frame, Visit},
};

/// How `datetime-local` writes a time: no seconds, no zone.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// This instant: for answers that name it, and for a form to begin with. No rule depends on it.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock of the rules is on the other side of the schema"
)]
pub(crate) fn now() -> DateTime {
    chrono::Utc::now()
}

impl Frame {
    /// As a form's field has it.
    pub(crate) fn clock(&self, at: &DateTime) -> String {
        at.with_timezone(&self.zone).format(LOCAL).to_string()
    }

    /// Hours and minutes.
    pub(crate) fn time(&self, at: &DateTime) -> String {
        at.with_timezone(&self.zone).format("%H:%M").to_string()
    }
}

impl Visit {
    /// What a form's field says of a time here; a time that a change of clocks has twice is the first.
    pub(crate) fn instant(&self, text: &str) -> Option<DateTime> {
        let local = chrono::NaiveDateTime::parse_from_str(text, LOCAL).ok()?;
        let at = self.zone().from_local_datetime(&local).earliest()?;
        Some(at.to_utc())
    }
}
