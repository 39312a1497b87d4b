//! The joint plan: what the two schools of a partnership do together in a school year, and how they report on it.
//!
//! ```text
//! draft ─ both accept ─> agreed ─ an activity is done ─> running ─ the year's report is sent ─> reported
//!   ^─────── a change ─────┴────────────────────────────────┘                                     │   ^
//!                                                   acknowledged <─ the trainer of the region ─┬──┘   │ sent
//!                                                                                              └─> returned
//! ```
//!
//! A change of what was agreed makes the plan a draft again; what was agreed before and did not change stays agreed.

pub mod activity;
pub mod commands;
pub mod entity;
pub mod evidence;
pub mod policy;
pub mod queries;
pub mod report;

use chrono::{Datelike, NaiveDate};

use crate::error::Refusal;
use crate::fact::Link;
use crate::fact::plan::AboutPlan;
use crate::id::Id;
use crate::partnership::Partnership;

pub use entity::acceptance::Model as Acceptance;
pub use entity::activity::{Kind, Model as Activity, State as ActivityState};
pub use entity::activity_person::Model as Responsible;
pub use entity::evidence::Model as Evidence;
pub use entity::report::{Model as Report, State as ReportState, Term};
pub use entity::{Model as Plan, State};

/// How many activities a plan has at the most.
pub const MOST_ACTIVITIES: usize = 100;
/// How many persons answer for an activity at the most.
pub const MOST_RESPONSIBLE: usize = 10;
/// How many pieces of evidence an activity has at the most.
pub const MOST_EVIDENCE: usize = 20;
/// How many days before an activity people are reminded, the longest first.
pub const REMIND_DAYS: [i32; 2] = [7, 1];

/// What can happen to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Step {
    /// What is to be agreed changes.
    Change,
    /// Both sides accepted the same version.
    Agree,
    /// An activity was done.
    Begin,
    /// The year's report is sent.
    Report,
    /// The trainer of the region took note of it.
    Acknowledge,
    /// The trainer of the region wants it changed.
    Return,
}

impl State {
    /// The state after a step, if the step is possible.
    pub fn after(self, step: Step) -> Option<Self> {
        Some(match (self, step) {
            (Self::Draft | Self::Agreed | Self::Running, Step::Change) => Self::Draft,
            (Self::Draft, Step::Agree) => Self::Agreed,
            (Self::Agreed, Step::Begin) => Self::Running,
            // While a change waits for its answer, the rest of the plan goes on.
            (Self::Draft | Self::Running | Self::Returned, Step::Begin) => self,
            (Self::Agreed | Self::Running | Self::Returned, Step::Report) => Self::Reported,
            (Self::Reported, Step::Acknowledge) => Self::Acknowledged,
            (Self::Reported, Step::Return) => Self::Returned,
            _ => return None,
        })
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Agreed => "AGREED",
            Self::Running => "RUNNING",
            Self::Reported => "REPORTED",
            Self::Acknowledged => "ACKNOWLEDGED",
            Self::Returned => "RETURNED",
        }
    }

    pub(crate) fn wrong(self) -> Refusal {
        Refusal::WrongState { state: self.name() }
    }
}

impl ActivityState {
    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "PLANNED",
            Self::Done => "DONE",
            Self::Cancelled => "CANCELLED",
        }
    }

    pub(crate) fn wrong(self) -> Refusal {
        Refusal::WrongState { state: self.name() }
    }
}

impl ReportState {
    /// Whether the two schools still write it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Sent => "SENT",
            Self::Acknowledged => "ACKNOWLEDGED",
            Self::Returned => "RETURNED",
        }
    }

    pub(crate) fn wrong(self) -> Refusal {
        Refusal::WrongState { state: self.name() }
    }
}

/// The school year that a day is in, by the calendar year in which it began: from 1 September to 31 August.
pub fn school_year(day: NaiveDate) -> i32 {
    if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    }
}

impl Term {
    /// The first and the last day of this part of a school year.
    pub fn days(self, year: i32) -> (NaiveDate, NaiveDate) {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let last = match self {
            Self::HalfYear => day(year, 12, 31),
            Self::Year => day(year.saturating_add(1), 8, 31),
        };
        (day(year, 9, 1), last)
    }

    /// Whether something on this day belongs to this part of the school year.
    pub fn covers(self, year: i32, day: NaiveDate) -> bool {
        let (first, last) = self.days(year);
        (first..=last).contains(&day)
    }
}

impl Plan {
    /// An empty one.
    pub(crate) fn empty(
        partnership: &Partnership,
        year: i32,
        now: crate::clock::Timestamp,
    ) -> Self {
        Self {
            id: Id::fresh(),
            partnership_id: partnership.id,
            network_id: partnership.network_id,
            year,
            state: State::Draft,
            activities: 0,
            done: 0,
            agreed_at: None,
            version: 1,
            created_at: now,
        }
    }

    /// The same after a step.
    pub(crate) fn after(self, step: Step) -> Result<Self, Refusal> {
        let state = self.state.after(step).ok_or_else(|| self.state.wrong())?;
        Ok(Self { state, ..self })
    }

    pub(crate) fn about(&self, link: Link) -> AboutPlan {
        AboutPlan {
            plan: self.id,
            year: self.year,
            link,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn what_was_acknowledged_stays() {
        for step in Step::iter() {
            assert_eq!(State::Acknowledged.after(step), None, "{step:?}");
        }
    }

    #[test]
    fn only_a_change_leads_back_to_a_draft() {
        for state in State::iter() {
            for step in Step::iter() {
                if state.after(step) == Some(State::Draft) {
                    assert!(
                        step == Step::Change || state == State::Draft,
                        "{state:?} {step:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_school_year_begins_in_september() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(school_year(day("2026-08-31")), 2025);
        assert_eq!(school_year(day("2026-09-01")), 2026);
        assert_eq!(school_year(day("2027-01-15")), 2026);
        assert!(Term::Year.covers(2026, day("2027-08-31")));
        assert!(!Term::Year.covers(2026, day("2027-09-01")));
        assert!(Term::HalfYear.covers(2026, day("2026-12-31")));
        assert!(!Term::HalfYear.covers(2026, day("2027-01-01")));
    }
}
