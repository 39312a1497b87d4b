//! Who sees consents: the group, and not its experts. Who records and withdraws them: the group; withdrawing is
//! possible however the study stands.

use sea_orm::Condition;

use super::Consent;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes};
use crate::error::Refusal;
use crate::study::policy::{Work, in_group};
use crate::study::{Part, Seat};

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        in_group(Column::StudyId, viewer)
    }
}

impl Writes<Entity> for Work<'_> {
    fn covers(&self, row: &Consent) -> bool {
        row.study_id == self.seat.study
    }
}

/// The group withdraws a consent.
pub struct Withdraw<'a> {
    /// The seat of whoever does it.
    pub seat: &'a Seat,
}

impl Action for Withdraw<'_> {
    const NAME: &'static str = "consent.withdraw";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(matches!(self.seat.part, Some(Part::Lead | Part::Teacher)))
    }
}

impl Writes<Entity> for Withdraw<'_> {
    fn covers(&self, row: &Consent) -> bool {
        row.study_id == self.seat.study && row.withdrawn_at.is_some()
    }
}
