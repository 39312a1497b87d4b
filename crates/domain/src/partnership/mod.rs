//! A partnership: one Leading and one Magnetic school work together in a network.
//!
//! ```text
//! invited ─ accept ─> accepted ─ both sides sign ─> active <─ suspend, resume ─> suspended
//!    ├ decline ─> declined                             └──────── end ──> ended <────┘
//!    ├ the date passes ─> lapsed
//!    └ end (by whoever proposed) ─> ended
//! ```

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

use chrono::Days;

use crate::clock::Timestamp;
use crate::fact::Link;
use crate::id::Id;
use crate::network::Network;
use crate::school::School;

pub use entity::agreement::Model as Agreement;
pub use entity::signature::Model as Signature;
pub use entity::{Model as Partnership, Side, State};

/// How many days an invitation waits for its answer.
pub const ANSWER_WITHIN_DAYS: u64 = 30;

/// What can happen to a partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Step {
    /// The other side says yes.
    Accept,
    /// The other side says no.
    Decline,
    /// Nobody answered in time.
    Lapse,
    /// Both sides signed the same agreement.
    Activate,
    /// A pause.
    Suspend,
    /// The pause is over.
    Resume,
    /// It is over.
    End,
}

impl State {
    /// The state after a step, if the step is possible.
    pub fn after(self, step: Step) -> Option<Self> {
        Some(match (self, step) {
            (Self::Invited, Step::Accept) => Self::Accepted,
            (Self::Invited, Step::Decline) => Self::Declined,
            (Self::Invited, Step::Lapse) => Self::Lapsed,
            (Self::Accepted, Step::Activate) | (Self::Suspended, Step::Resume) => Self::Active,
            (Self::Active, Step::Suspend) => Self::Suspended,
            (Self::Invited | Self::Accepted | Self::Active | Self::Suspended, Step::End) => {
                Self::Ended
            }
            _ => return None,
        })
    }

    /// Whether it occupies the pair: two schools have at most one live partnership.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Invited | Self::Accepted | Self::Active | Self::Suspended
        )
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invited => "INVITED",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Lapsed => "LAPSED",
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Ended => "ENDED",
        }
    }
}

impl Side {
    /// The side across.
    pub fn other(self) -> Self {
        match self {
            Self::Leading => Self::Magnetic,
            Self::Magnetic => Self::Leading,
        }
    }
}

impl Partnership {
    /// A new invitation.
    pub(crate) fn invited(
        network: &Network,
        leading: &School,
        magnetic: &School,
        by: Side,
        now: Timestamp,
        today: chrono::NaiveDate,
    ) -> Self {
        let mut partnership = Self {
            id: Id::fresh(),
            network_id: network.id,
            leading_id: leading.id,
            magnetic_id: magnetic.id,
            state: State::Invited,
            live_pair: None,
            proposed_by: by,
            lapses_on: today
                .checked_add_days(Days::new(ANSWER_WITHIN_DAYS))
                .unwrap_or(today),
            active_since: None,
            ended_at: None,
            version: 1,
            created_at: now,
        };
        partnership.occupy();
        partnership
    }

    /// The same after a step.
    pub(crate) fn after(mut self, step: Step, now: Timestamp) -> Option<Self> {
        self.state = self.state.after(step)?;
        self.version += 1;
        self.occupy();
        match self.state {
            State::Active if self.active_since.is_none() => self.active_since = Some(now),
            State::Ended | State::Declined | State::Lapsed => self.ended_at = Some(now),
            _ => {}
        }
        Some(self)
    }

    /// The school on this side.
    pub fn school(&self, side: Side) -> Id<School> {
        match side {
            Side::Leading => self.leading_id,
            Side::Magnetic => self.magnetic_id,
        }
    }

    /// The same with another school in the place of one that merged into it.
    pub(crate) fn moved(mut self, from: Id<School>, to: Id<School>) -> Self {
        for side in [&mut self.leading_id, &mut self.magnetic_id] {
            if *side == from {
                *side = to;
            }
        }
        self.version += 1;
        self.occupy();
        self
    }

    /// Keeps the pair's key while it is live: its unique index is what makes a second one impossible.
    fn occupy(&mut self) {
        let (low, high) = (
            self.leading_id.min(self.magnetic_id),
            self.leading_id.max(self.magnetic_id),
        );
        self.live_pair = self
            .state
            .is_live()
            .then(|| format!("{}{}", low.uuid().simple(), high.uuid().simple()));
    }

    pub(crate) fn link(&self, leading: &School, magnetic: &School) -> Link {
        Link {
            partnership: self.id,
            network: self.network_id,
            leading: leading.id,
            leading_name: leading.name(),
            magnetic: magnetic.id,
            magnetic_name: magnetic.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn nothing_leaves_an_end() {
        for state in State::iter().filter(|state| !state.is_live()) {
            for step in Step::iter() {
                assert_eq!(state.after(step), None, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn active_only_after_both_sides_agreed() {
        for state in State::iter() {
            for step in Step::iter() {
                if state.after(step) == Some(State::Active) {
                    assert!(
                        matches!(state, State::Accepted | State::Suspended),
                        "{state:?} {step:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_live_state_can_end() {
        for state in State::iter() {
            assert_eq!(state.after(Step::End).is_some(), state.is_live());
        }
    }
}
