//! Who sees research lessons and their sheets, and who writes them.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, cell, comment, observer, stage, visit};
use super::{CellComment, CellKind, Observer, ResearchLesson, SheetCell, SheetStage, Visit};
use crate::authz::{Action, Job, Viewer, Visible, Writes};
use crate::error::Refusal;
use crate::id::Id;
use crate::study::policy::{Speak, Work, opened, within};

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::any()
            .add(within(Column::StudyId, viewer))
            .add(opened(Column::StudyId, viewer))
    }
}

impl Visible for stage::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::any()
            .add(within(stage::Column::StudyId, viewer))
            .add(opened(stage::Column::StudyId, viewer))
    }
}

impl Visible for cell::Entity {
    /// What is about a case pupil stays with whoever takes part.
    fn visible_to(viewer: &Viewer) -> Condition {
        let open = Condition::all()
            .add(cell::Column::Kind.is_in(CellKind::OPEN))
            .add(opened(cell::Column::StudyId, viewer));
        Condition::any()
            .add(within(cell::Column::StudyId, viewer))
            .add(open)
    }
}

impl Visible for comment::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(comment::Column::StudyId, viewer)
    }
}

impl Visible for observer::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(observer::Column::StudyId, viewer)
    }
}

impl Visible for visit::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(visit::Column::StudyId, viewer)
    }
}

impl Writes<Entity> for Work<'_> {
    fn covers(&self, row: &ResearchLesson) -> bool {
        row.study_id == self.seat.study
    }
}

impl Writes<stage::Entity> for Work<'_> {
    fn covers(&self, row: &SheetStage) -> bool {
        row.study_id == self.seat.study
    }
}

impl Writes<cell::Entity> for Work<'_> {
    fn covers(&self, row: &SheetCell) -> bool {
        row.study_id == self.seat.study
    }
}

impl Writes<observer::Entity> for Work<'_> {
    fn covers(&self, row: &Observer) -> bool {
        row.study_id == self.seat.study
    }
}

impl Writes<cell::Entity> for Speak<'_> {
    /// The closing word; and a cell nobody wrote in yet, to comment on.
    fn covers(&self, row: &SheetCell) -> bool {
        row.study_id == self.seat.study && (row.kind == CellKind::Closing || row.version == 0)
    }
}

impl Writes<comment::Entity> for Speak<'_> {
    fn covers(&self, row: &CellComment) -> bool {
        row.study_id == self.seat.study
    }
}

impl Writes<visit::Entity> for Speak<'_> {
    fn covers(&self, row: &Visit) -> bool {
        row.study_id == self.seat.study
    }
}

/// The group is reminded that a lesson waits for its discussion.
pub struct Remind {
    /// Of which lesson.
    pub lesson: Id<ResearchLesson>,
}

impl Action for Remind {
    const NAME: &'static str = "research_lesson.remind";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Calendar))
    }
}

impl Writes<Entity> for Remind {
    fn covers(&self, row: &ResearchLesson) -> bool {
        row.id == self.lesson
    }
}
