//! Who sees and handles an access token: its owner.

use sea_orm::{ColumnTrait, Condition};

use super::AccessToken;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        match viewer.id() {
            Some(person) => Condition::all().add(Column::PersonId.eq(person)),
            None => nothing(),
        }
    }
}

/// A person makes a token.
pub struct Create {
    /// For whom.
    pub person: Id<Person>,
}

impl Action for Create {
    const NAME: &'static str = "access_token.create";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for Create {
    fn covers(&self, row: &AccessToken) -> bool {
        row.person_id == self.person
    }
}

/// A person takes a token back.
pub struct Revoke {
    /// Whose it is.
    pub person: Id<Person>,
}

impl Action for Revoke {
    const NAME: &'static str = "access_token.revoke";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for Revoke {
    fn covers(&self, row: &AccessToken) -> bool {
        row.person_id == self.person
    }
}
