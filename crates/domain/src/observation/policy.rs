//! Who sees observations: whoever takes part in the study. Who writes them: the group, each their own.

use sea_orm::Condition;

use super::Observation;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes};
use crate::error::Refusal;
use crate::file::{self, File};
use crate::id::Id;
use crate::person::Person;
use crate::study::policy::within;
use crate::study::{Part, Seat};

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(Column::StudyId, viewer)
    }
}

/// Somebody of the group hands in what they saw.
pub struct Observe<'a> {
    /// Their seat.
    pub seat: &'a Seat,
    /// Who.
    pub person: Id<Person>,
}

impl Action for Observe<'_> {
    const NAME: &'static str = "observation.write";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(
            matches!(self.seat.part, Some(Part::Lead | Part::Teacher))
                && viewer.id() == Some(self.person),
        )?;
        if self.seat.state.is_open() {
            Ok(())
        } else {
            Err(self.seat.state.wrong())
        }
    }
}

/// A note's own file becomes its photo.
impl Writes<file::entity::Entity> for Observe<'_> {
    fn covers(&self, row: &File) -> bool {
        row.study_id == Some(self.seat.study) && row.uploader_id == self.person
    }
}

/// Whoever took a note takes its photo back, however study and lesson stand.
pub struct TakeBack<'a> {
    /// Their seat.
    pub seat: &'a Seat,
    /// Who took the note.
    pub author: Id<Person>,
}

impl Action for TakeBack<'_> {
    const NAME: &'static str = "observation.photo_remove";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(self.seat.part.is_some() && viewer.id() == Some(self.author))
    }
}

impl Writes<Entity> for TakeBack<'_> {
    fn covers(&self, row: &Observation) -> bool {
        row.study_id == self.seat.study && row.author_id == self.author && row.photo_id.is_none()
    }
}

impl Writes<Entity> for Observe<'_> {
    fn covers(&self, row: &Observation) -> bool {
        row.study_id == self.seat.study && row.author_id == self.person
    }
}
