//! Who sees a person and their address, and who changes an account.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Entity, contact};
use super::{Contact, Person, Shown, State};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything, nothing};
use crate::credential::{self, Credential};
use crate::error::Refusal;
use crate::invitation::{self, Invitation};
use crate::membership;
use crate::session::{self, Session};

impl Visible for Entity {
    /// Names are for people who are signed in: colleagues find each other, crawlers do not.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.id().is_some() {
            everything()
        } else {
            nothing()
        }
    }
}

impl Visible for contact::Entity {
    /// The person, the coordinators of their schools, administrators; whoever is signed in when the person says so.
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        if standing.admin {
            return everything();
        }
        let mut seen = Condition::any()
            .add(contact::Column::PersonId.eq(standing.person))
            .add(contact::Column::Shown.eq(Shown::SignedIn));
        if !standing.coordinates.is_empty() {
            seen = seen.add(contact::Column::PersonId.in_subquery(colleagues(viewer)));
        }
        seen
    }
}

/// The ids of the persons who belong to a school that this viewer coordinates.
fn colleagues(viewer: &Viewer) -> SelectStatement {
    use membership::entity::{Column, Entity};
    let schools: Vec<_> = viewer
        .standing()
        .map(|s| s.coordinates.iter().map(|id| id.uuid()).collect())
        .unwrap_or_default();
    Entity::find()
        .select_only()
        .column(Column::PersonId)
        .filter(Column::ScopeId.is_in(schools))
        .filter(membership::queries::live())
        .into_query()
}

/// The operator writes down somebody who never had an invitation: first fillings, demonstrations.
pub struct Register<'a> {
    /// Whom.
    pub person: &'a Person,
}

impl Action for Register<'_> {
    const NAME: &'static str = "person.register";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))
    }
}

impl Writes<Entity> for Register<'_> {
    fn covers(&self, row: &Person) -> bool {
        row.id == self.person.id
    }
}

impl Writes<contact::Entity> for Register<'_> {
    fn covers(&self, row: &Contact) -> bool {
        row.person_id == self.person.id
    }
}

impl Writes<credential::entity::Entity> for Register<'_> {
    fn covers(&self, row: &Credential) -> bool {
        row.person_id == self.person.id
    }
}

/// A person changes their own name, language, and who sees their address.
pub struct Change<'a> {
    /// Whose.
    pub person: &'a Person,
}

impl Action for Change<'_> {
    const NAME: &'static str = "person.change";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person.id))
    }
}

impl Writes<Entity> for Change<'_> {
    fn covers(&self, row: &Person) -> bool {
        row.id == self.person.id
    }
}

impl Writes<contact::Entity> for Change<'_> {
    fn covers(&self, row: &Contact) -> bool {
        row.person_id == self.person.id
    }
}

/// An administrator closes an account, with everything it opened.
pub struct Suspend<'a> {
    /// Whose.
    pub person: &'a Person,
    /// Whether nobody would be left to run the platform.
    pub last_admin: bool,
}

impl Action for Suspend<'_> {
    const NAME: &'static str = "person.suspend";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is_admin())?;
        if self.last_admin {
            return Err(Refusal::LastAdmin);
        }
        in_state(self.person, State::Active)
    }
}

impl Writes<Entity> for Suspend<'_> {
    fn covers(&self, row: &Person) -> bool {
        row.id == self.person.id
    }
}

impl Writes<session::entity::Entity> for Suspend<'_> {
    fn covers(&self, row: &Session) -> bool {
        row.person_id == self.person.id
    }
}

impl Writes<invitation::entity::Entity> for Suspend<'_> {
    fn covers(&self, row: &Invitation) -> bool {
        row.invited_by_id == Some(self.person.id)
    }
}

/// An administrator opens an account again.
pub struct Restore<'a> {
    /// Whose.
    pub person: &'a Person,
}

impl Action for Restore<'_> {
    const NAME: &'static str = "person.restore";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is_admin())?;
        in_state(self.person, State::Suspended)
    }
}

impl Writes<Entity> for Restore<'_> {
    fn covers(&self, row: &Person) -> bool {
        row.id == self.person.id
    }
}

fn in_state(person: &Person, state: State) -> Result<(), Refusal> {
    if person.state == state {
        Ok(())
    } else {
        Err(Refusal::WrongState {
            state: person.state.name(),
        })
    }
}
