//! A research lesson and its sheet: planned together, frozen, taught and observed, discussed, closed.
//!
//! ```text
//! planning <─ freeze, thaw ─> frozen ─ teach ─> taught ─ open discussion, discuss ─> discussed ─ close ─> closed
//! ```
//!
//! The sheet is plan, observation form, interview and discussion record in one: cells, each with a version of its own.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;
pub mod sheet;

use sea_orm::Iterable;

use crate::case_pupil::CasePupil;
use crate::error::Refusal;
use crate::id::Id;

pub use entity::cell::{Kind as CellKind, Model as SheetCell};
pub use entity::comment::Model as CellComment;
pub use entity::observer::Model as Observer;
pub use entity::stage::Model as SheetStage;
pub use entity::visit::Model as Visit;
pub use entity::{Model as ResearchLesson, State};

/// The most research lessons of a study.
pub const MOST: usize = 12;

/// The most stages of a lesson.
pub const STAGES: usize = 20;

/// What can happen to a research lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Step {
    /// Plan and predictions stand.
    Freeze,
    /// Back to the plan.
    Thaw,
    /// It was taught.
    Teach,
    /// The discussion begins: observations are locked.
    OpenDiscussion,
    /// The discussion is over.
    Discuss,
    /// Nothing changes any more.
    Close,
}

impl State {
    /// The state after a step, if the step is possible; `discussing` tells whether the discussion began.
    pub fn after(self, step: Step, discussing: bool) -> Option<Self> {
        Some(match (self, step) {
            (Self::Planning, Step::Freeze) => Self::Frozen,
            (Self::Frozen, Step::Thaw) => Self::Planning,
            (Self::Frozen, Step::Teach) => Self::Taught,
            (Self::Taught, Step::OpenDiscussion) if !discussing => Self::Taught,
            (Self::Taught, Step::Discuss) if discussing => Self::Discussed,
            (Self::Discussed, Step::Close) => Self::Closed,
            _ => return None,
        })
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planning => "PLANNING",
            Self::Frozen => "FROZEN",
            Self::Taught => "TAUGHT",
            Self::Discussed => "DISCUSSED",
            Self::Closed => "CLOSED",
        }
    }

    pub(crate) fn wrong(self) -> Refusal {
        Refusal::WrongState { state: self.name() }
    }
}

impl ResearchLesson {
    /// The steps its state allows.
    pub fn steps(&self) -> Vec<Step> {
        let discussing = self.discussing_since.is_some();
        let steps = Step::iter().filter(|step| self.state.after(*step, discussing).is_some());
        steps.collect()
    }

    /// The kinds of cells that are written as it stands.
    pub fn open_cells(&self) -> Vec<CellKind> {
        let discussing = self.discussing_since.is_some();
        let kinds = CellKind::iter().filter(|kind| kind.is_open(self.state, discussing));
        kinds.collect()
    }
}

impl CellKind {
    /// What schools outside the group may read of a shared study: nothing about a pupil.
    pub const OPEN: [Self; 6] = [
        Self::Activity,
        Self::Resources,
        Self::Class,
        Self::Teaching,
        Self::Next,
        Self::Closing,
    ];

    /// Whether there is one for each stage.
    pub fn has_stage(self) -> bool {
        matches!(
            self,
            Self::Activity | Self::Resources | Self::Predicted | Self::Observed
        )
    }

    /// Whether there is one for each case pupil.
    pub fn has_pupil(self) -> bool {
        !Self::OPEN.contains(&self)
    }

    /// Whether it is part of the discussion record.
    pub fn is_discussion(self) -> bool {
        matches!(
            self,
            Self::Discussed | Self::Class | Self::Teaching | Self::Next | Self::Closing
        )
    }

    /// Whether it is written while a lesson stands so.
    pub fn is_open(self, lesson: State, discussing: bool) -> bool {
        match self {
            Self::Activity | Self::Resources | Self::Criterion | Self::Predicted => {
                lesson == State::Planning
            }
            Self::Observed
            | Self::Enjoyed
            | Self::Learned
            | Self::CanDo
            | Self::Helped
            | Self::WouldChange => {
                matches!(lesson, State::Frozen | State::Taught)
            }
            Self::Discussed | Self::Class | Self::Teaching | Self::Next | Self::Closing => {
                discussing && matches!(lesson, State::Taught | State::Discussed)
            }
        }
    }
}

/// How far a discussion came: its order is fixed, pupils against predictions, the class, the teaching, the next lesson,
/// the closing word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discussion {
    /// Case pupils nobody has spoken of yet.
    pub missed: usize,
    /// Which parts are written.
    pub written: Vec<CellKind>,
}

impl Discussion {
    pub(crate) fn of(cells: &[SheetCell], pupils: &[CasePupil]) -> Self {
        let spoken = |pupil: &&CasePupil| {
            cells.iter().any(|cell| {
                cell.kind == CellKind::Discussed
                    && cell.pupil_id == Some(pupil.id)
                    && !cell.body.is_empty()
            })
        };
        let written = cells.iter().filter(|cell| !cell.body.is_empty());
        Self {
            missed: pupils.len() - pupils.iter().filter(spoken).count(),
            written: written.map(|cell| cell.kind).collect(),
        }
    }

    /// What must come before this part, if anything.
    pub fn missing(&self, kind: CellKind) -> Option<Refusal> {
        let before = match kind {
            CellKind::Class => None,
            CellKind::Teaching => Some(CellKind::Class),
            CellKind::Next => Some(CellKind::Teaching),
            CellKind::Closing => Some(CellKind::Next),
            _ => return None,
        };
        if self.missed > 0 {
            return Some(Refusal::PupilMissed { count: self.missed });
        }
        let before = before?;
        (!self.written.contains(&before)).then_some(Refusal::DiscussionOrder)
    }
}

/// The text that is unique in a lesson for each cell.
pub(crate) fn place(
    kind: CellKind,
    stage: Option<Id<SheetStage>>,
    pupil: Option<Id<CasePupil>>,
) -> String {
    use sea_orm::ActiveEnum;
    let key = |key: Option<uuid::Uuid>| key.map(|key| key.simple().to_string()).unwrap_or_default();
    format!(
        "{} {} {}",
        kind.to_value(),
        key(stage.map(Id::uuid)),
        key(pupil.map(Id::uuid))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_discussed_only_after_it_was_taught() {
        for state in State::iter() {
            for step in Step::iter() {
                for discussing in [false, true] {
                    let after = state.after(step, discussing);
                    if after == Some(State::Discussed) {
                        assert_eq!((state, discussing), (State::Taught, true));
                    }
                    assert!(state != State::Closed || after.is_none(), "{step:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_written_in_a_closed_lesson() {
        for kind in CellKind::iter() {
            assert!(!kind.is_open(State::Closed, true), "{kind:?}");
            assert!(
                State::iter().any(|state| kind.is_open(state, true)),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn predictions_stand_before_the_lesson() {
        assert!(!CellKind::Predicted.is_open(State::Frozen, false));
        assert!(CellKind::Observed.is_open(State::Frozen, false));
        assert!(!CellKind::Observed.is_open(State::Planning, false));
    }

    #[test]
    fn a_discussion_keeps_its_order() {
        use CellKind::{Class, Closing, Discussed, Next, Teaching};
        let at = |missed, written: &[CellKind]| Discussion {
            missed,
            written: written.to_vec(),
        };
        assert_eq!(at(2, &[]).missing(Discussed), None);
        for kind in [Class, Teaching, Next, Closing] {
            assert_eq!(
                at(1, &[Class, Teaching, Next]).missing(kind),
                Some(Refusal::PupilMissed { count: 1 })
            );
        }
        assert_eq!(at(0, &[]).missing(Class), None);
        assert_eq!(at(0, &[]).missing(Teaching), Some(Refusal::DiscussionOrder));
        assert_eq!(at(0, &[Class, Teaching]).missing(Next), None);
        assert_eq!(
            at(0, &[Class, Teaching]).missing(Closing),
            Some(Refusal::DiscussionOrder)
        );
    }

    #[test]
    fn what_schools_read_is_about_no_pupil() {
        for kind in CellKind::iter() {
            assert_eq!(kind.has_pupil(), !CellKind::OPEN.contains(&kind));
        }
    }
}
