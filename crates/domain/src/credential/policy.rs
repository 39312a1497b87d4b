//! Nobody sees a credential; its owner changes it.

use sea_orm::Condition;

use super::Credential;
use super::entity::Entity;
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::session::{self, Session};

impl Visible for Entity {
    fn visible_to(_: &Viewer) -> Condition {
        nothing()
    }
}

/// A person sets a new password, and signs in anew with it.
pub struct ChangePassword {
    /// Whose.
    pub person: Id<Person>,
}

impl Action for ChangePassword {
    const NAME: &'static str = "password.change";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for ChangePassword {
    fn covers(&self, row: &Credential) -> bool {
        row.person_id == self.person
    }
}

impl Writes<session::entity::Entity> for ChangePassword {
    fn covers(&self, row: &Session) -> bool {
        row.person_id == self.person
    }
}
