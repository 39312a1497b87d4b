//! A study: teachers, often of several schools, learn from lessons that they plan, observe and discuss together.
//!
//! ```text
//! draft ─ form ─> formed ─ focus ─> focused ─ the first lesson is planned ─> cycling
//!   ─ conclude ─> concluding ─ report ─> reported ─ share ─> shared
//! each of them before shared: pause, resume <─> paused; abandon ─> abandoned
//! ```
//!
//! Its parts stand in folders of their own: [`crate::case_pupil`], [`crate::consent`], [`crate::research_lesson`],
//! [`crate::observation`]. Whoever takes part has a [`Seat`]: every policy of theirs asks it.

pub mod candidates;
pub mod commands;
pub mod entity;
pub mod group;
pub mod handover;
pub mod policy;
pub mod queries;
pub mod record;

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::error::Refusal;
use crate::fact::study::AboutStudy;
use crate::id::Id;

pub use entity::member::{Model as Member, Role, State as MemberState};
pub use entity::note::Model as Note;
pub use entity::report::Model as Report;
pub use entity::{Model as Study, State};

/// The fewest teachers of a group.
pub const FEWEST: usize = 2;

/// The most teachers of a group.
pub const MOST: usize = 6;

/// The most experts a study invites.
pub const EXPERTS: usize = 3;

/// What can happen to a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Step {
    /// The group stands.
    Form,
    /// The question and the case pupils stand.
    Focus,
    /// The first research lesson is planned.
    Cycle,
    /// The lessons are over.
    Conclude,
    /// The report stands.
    Report,
    /// Others may read the report.
    Share,
    /// A rest.
    Pause,
    /// The rest is over.
    Resume,
    /// It is given up.
    Abandon,
}

impl State {
    /// The state after a step, if the step is possible; `paused_from` is where a paused study stood.
    pub fn after(self, step: Step, paused_from: Option<Self>) -> Option<Self> {
        Some(match (self, step) {
            (Self::Draft, Step::Form) => Self::Formed,
            (Self::Formed, Step::Focus) => Self::Focused,
            (Self::Focused, Step::Cycle) => Self::Cycling,
            (Self::Cycling, Step::Conclude) => Self::Concluding,
            (Self::Concluding, Step::Report) => Self::Reported,
            (Self::Reported, Step::Share) => Self::Shared,
            (Self::Paused, Step::Resume) => paused_from?,
            (Self::Paused, Step::Abandon) => Self::Abandoned,
            (from, Step::Pause) if from.is_open() => Self::Paused,
            (from, Step::Abandon) if from.is_open() => Self::Abandoned,
            _ => return None,
        })
    }

    /// Whether the group works on it.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Draft
                | Self::Formed
                | Self::Focused
                | Self::Cycling
                | Self::Concluding
                | Self::Reported
        )
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Formed => "FORMED",
            Self::Focused => "FOCUSED",
            Self::Cycling => "CYCLING",
            Self::Concluding => "CONCLUDING",
            Self::Reported => "REPORTED",
            Self::Shared => "SHARED",
            Self::Paused => "PAUSED",
            Self::Abandoned => "ABANDONED",
        }
    }

    pub(crate) fn wrong(self) -> Refusal {
        Refusal::WrongState { state: self.name() }
    }
}

/// What stands of a study, as far as its steps ask for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Teachers who joined.
    pub teachers: usize,
    /// Those of them who accepted the protocol.
    pub accepted: usize,
    /// Whether the question is written.
    pub question: bool,
    /// Case pupils.
    pub pupils: usize,
    /// Those of them whose progress is written.
    pub progressed: usize,
    /// Research lessons the template asks for.
    pub lessons: usize,
    /// Research lessons that are closed.
    pub closed: usize,
    /// Research lessons that are not.
    pub open: usize,
    /// Whether every part of the report is written.
    pub report: bool,
}

impl Progress {
    /// What is missing for a step, if anything.
    pub fn missing(&self, step: Step) -> Option<Refusal> {
        match step {
            Step::Form if !(FEWEST..=MOST).contains(&self.teachers) => Some(Refusal::GroupSize {
                min: FEWEST,
                max: MOST,
            }),
            Step::Form if self.accepted < self.teachers => Some(Refusal::ProtocolMissing),
            Step::Focus if !self.question => Some(Refusal::QuestionMissing),
            // Three, each typical of a group of learners, or a multiple.
            Step::Focus if self.pupils == 0 || !self.pupils.is_multiple_of(3) => {
                Some(Refusal::PupilsMissing)
            }
            Step::Conclude if self.open > 0 || self.closed < self.lessons => {
                Some(Refusal::LessonsMissing {
                    count: self.lessons.max(self.closed + self.open),
                })
            }
            Step::Report if self.progressed < self.pupils => Some(Refusal::ProgressMissing),
            Step::Report if !self.report => Some(Refusal::ReportMissing),
            _ => None,
        }
    }
}

impl Study {
    /// The same after a step.
    pub(crate) fn after(
        mut self,
        step: Step,
        reason: Option<String>,
        now: Timestamp,
    ) -> Option<Self> {
        let before = self.state;
        self.state = before.after(step, self.paused_from)?;
        self.paused_from = (self.state == State::Paused).then_some(before);
        self.reason = reason;
        if self.state == State::Shared {
            self.shared_at = Some(now);
        }
        self.version += 1;
        Some(self)
    }

    pub(crate) fn about(&self) -> AboutStudy {
        AboutStudy {
            study: self.id,
            theme: self.theme.clone(),
        }
    }
}

/// What somebody who takes part may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Speaks for the group.
    Lead,
    /// Works in the group.
    Teacher,
    /// Reads, comments and closes the discussion.
    Expert,
}

impl Member {
    /// What they may do today.
    pub fn part(&self, today: NaiveDate) -> Option<Part> {
        if self.state != MemberState::Joined {
            return None;
        }
        match self.role {
            Role::Lead => Some(Part::Lead),
            Role::Member | Role::Moderator | Role::Facilitator => Some(Part::Teacher),
            Role::Expert => self
                .until_day
                .is_none_or(|until| today <= until)
                .then_some(Part::Expert),
        }
    }

    /// Whether they count for the size of the group: asked or there, and no expert.
    pub fn is_teacher(&self) -> bool {
        self.role != Role::Expert
            && matches!(self.state, MemberState::Invited | MemberState::Joined)
    }
}

/// The viewer's place in a study today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The study.
    pub study: Id<Study>,
    /// What it is about.
    pub theme: String,
    /// Where it stands.
    pub state: State,
    /// What the viewer may do; none for whoever does not take part.
    pub part: Option<Part>,
}

impl Seat {
    pub(crate) fn about(&self) -> AboutStudy {
        AboutStudy {
            study: self.study,
            theme: self.theme.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    fn ways() -> impl Iterator<Item = (State, Step, Option<State>)> {
        let before = State::iter().filter(|state| state.is_open());
        let pairs = State::iter().flat_map(|state| Step::iter().map(move |step| (state, step)));
        pairs.flat_map(move |(state, step)| {
            let before: Vec<_> = before.clone().map(Some).chain([None]).collect();
            before.into_iter().map(move |before| (state, step, before))
        })
    }

    #[test]
    fn nothing_leaves_an_end() {
        for (state, step, before) in ways() {
            if matches!(state, State::Shared | State::Abandoned) {
                assert_eq!(state.after(step, before), None, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn every_open_state_can_rest_and_come_back() {
        for state in State::iter().filter(|state| state.is_open()) {
            assert_eq!(state.after(Step::Pause, None), Some(State::Paused));
            assert_eq!(State::Paused.after(Step::Resume, Some(state)), Some(state));
            assert_eq!(state.after(Step::Abandon, None), Some(State::Abandoned));
        }
    }

    #[test]
    fn only_a_report_is_shared() {
        for (state, step, before) in ways() {
            if state.after(step, before) == Some(State::Shared) {
                assert_eq!((state, step), (State::Reported, Step::Share));
            }
        }
    }

    fn progress() -> impl Strategy<Value = Progress> {
        let counts = proptest::collection::vec(0..9_usize, 7);
        (counts, any::<bool>(), any::<bool>()).prop_map(|(n, question, report)| Progress {
            teachers: n[0],
            accepted: n[1],
            question,
            pupils: n[2],
            progressed: n[3],
            lessons: n[4],
            closed: n[5],
            open: n[6],
            report,
        })
    }

    proptest! {
        #[test]
        fn a_study_gets_no_further_than_what_stands(progress in progress()) {
            let ready = |step| progress.missing(step).is_none();
            if ready(Step::Form) {
                prop_assert!((2..=6).contains(&progress.teachers) && progress.accepted >= progress.teachers);
            }
            if ready(Step::Focus) {
                prop_assert!(progress.question && [3, 6].contains(&progress.pupils));
            }
            if ready(Step::Conclude) {
                prop_assert!(progress.open == 0 && progress.closed >= progress.lessons);
            }
            if ready(Step::Report) {
                prop_assert!(progress.report && progress.progressed >= progress.pupils);
            }
            // Nothing keeps a group from resting, going on or giving up.
            prop_assert!([Step::Pause, Step::Resume, Step::Abandon].into_iter().all(ready));
        }

        #[test]
        fn more_work_never_undoes_a_step(progress in progress()) {
            let further = Progress {
                accepted: progress.accepted.max(progress.teachers),
                question: true,
                progressed: progress.progressed.max(progress.pupils),
                closed: progress.closed + progress.open,
                open: 0,
                report: true,
                ..progress.clone()
            };
            for step in Step::iter() {
                if progress.missing(step).is_none() {
                    prop_assert_eq!(further.missing(step), None);
                }
            }
        }
    }
}
