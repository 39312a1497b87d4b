//! Who sees templates: everybody. Who changes them: administrators.

use sea_orm::Condition;

use super::entity::{Entity, stage};
use super::{StudyTemplate, TemplateStage};
use crate::authz::{Action, Viewer, Visible, Writes, everything};
use crate::error::Refusal;
use crate::id::Id;

impl Visible for Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

impl Visible for stage::Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

/// An administrator writes a template with its stages.
pub struct Write {
    /// Which.
    pub template: Id<StudyTemplate>,
}

impl Action for Write {
    const NAME: &'static str = "study_template.write";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is_admin())
    }
}

impl Writes<Entity> for Write {
    fn covers(&self, row: &StudyTemplate) -> bool {
        row.id == self.template
    }
}

impl Writes<stage::Entity> for Write {
    fn covers(&self, row: &TemplateStage) -> bool {
        row.template_id == self.template
    }
}
