//! Who sees case pupils: whoever takes part in the study. Who writes them: its group.

use sea_orm::Condition;

use super::CasePupil;
use super::entity::{Column, Entity};
use crate::authz::{Viewer, Visible, Writes};
use crate::study::policy::{Work, within};

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(Column::StudyId, viewer)
    }
}

impl Writes<Entity> for Work<'_> {
    fn covers(&self, row: &CasePupil) -> bool {
        row.study_id == self.seat.study
    }
}
