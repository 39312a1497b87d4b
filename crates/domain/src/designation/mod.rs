//! A designation: a school is a Leading or a Magnetic school for a time, because a trainer of its region awarded it.
//!
//! nominated → awarded → expired or withdrawn; a nomination may be withdrawn too.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::{Kind, Model as Designation, State};

/// What can happen to a designation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::EnumIter)]
pub enum Step {
    /// A trainer awards it.
    Award,
    /// Its last day is over.
    Expire,
    /// It is taken back, with a reason.
    Withdraw,
}

impl State {
    /// The state after a step, if the step is possible.
    pub fn after(self, step: Step) -> Option<Self> {
        Some(match (self, step) {
            (Self::Nominated, Step::Award) => Self::Awarded,
            (Self::Awarded, Step::Expire) => Self::Expired,
            (Self::Nominated | Self::Awarded, Step::Withdraw) => Self::Withdrawn,
            _ => return None,
        })
    }

    /// As the schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nominated => "NOMINATED",
            Self::Awarded => "AWARDED",
            Self::Expired => "EXPIRED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn what_is_over_stays_over() {
        for step in Step::iter() {
            assert_eq!(State::Expired.after(step), None);
            assert_eq!(State::Withdrawn.after(step), None);
        }
    }
}
