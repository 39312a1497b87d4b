//! Nobody sees a link; the door makes and takes it.

use sea_orm::Condition;

use super::SignInLink;
use super::entity::Entity;
use crate::authz::{Action, Job, Viewer, Visible, Writes, nothing};
use crate::credential::{self, Credential};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;
use crate::session::{self, Session};

impl Visible for Entity {
    fn visible_to(_: &Viewer) -> Condition {
        nothing()
    }
}

/// Somebody asks for a link.
pub struct Request {
    /// Whom it will sign in.
    pub person: Option<Id<Person>>,
}

impl Action for Request {
    const NAME: &'static str = "sign_in_link.request";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Door))
    }
}

impl Writes<Entity> for Request {
    fn covers(&self, row: &SignInLink) -> bool {
        row.person_id == self.person
    }
}

/// Somebody opens a link.
pub struct Use {
    /// Whom it signs in.
    pub person: Id<Person>,
}

impl Action for Use {
    const NAME: &'static str = "sign_in_link.use";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Door))
    }
}

impl Writes<Entity> for Use {
    fn covers(&self, row: &SignInLink) -> bool {
        row.person_id == Some(self.person)
    }
}

impl Writes<session::entity::Entity> for Use {
    fn covers(&self, row: &Session) -> bool {
        row.person_id == self.person
    }
}

impl Writes<credential::entity::Entity> for Use {
    fn covers(&self, row: &Credential) -> bool {
        row.person_id == self.person
    }
}
