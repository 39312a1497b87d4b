//! Who sees an invitation, who may invite whom, and what accepting touches.

use sea_orm::{ColumnTrait, Condition};

use super::Invitation;
use super::entity::{Column, Entity};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything, nothing};
use crate::credential::{self, Credential};
use crate::error::Refusal;
use crate::id::Id;
use crate::membership::{self, Membership, Role, Scope};
use crate::person::{self, Contact, Person, contact};
use crate::school::{self, School};
use crate::session::{self, Session};

impl Visible for Entity {
    /// Whoever sent it, the coordinators of the school, and administrators.
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        if standing.admin {
            return everything();
        }
        Condition::any()
            .add(Column::InvitedById.eq(standing.person))
            .add(Column::ScopeId.is_in(standing.coordinates.iter().map(|id| id.uuid())))
    }
}

/// Somebody invites. Nobody gives a role above their own: administrators any, coordinators those of their school,
/// trainers the coordinator of a school of their region that nobody speaks for yet.
pub struct Send<'a> {
    /// To be what.
    pub role: Role,
    /// Where.
    pub scope: Scope,
    /// The school, when it is one.
    pub school: Option<&'a School>,
    /// To whom: the folded address.
    pub email_folded: &'a str,
}

impl Action for Send<'_> {
    const NAME: &'static str = "invitation.send";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let any = viewer.is_admin() || viewer.is(Job::Operator);
        let own = self.school.is_some_and(|s| viewer.coordinates(s.id));
        let claim = self.role == Role::Coordinator
            && self.school.is_some_and(|s| viewer.trains(s.region_id));
        viewer.require(any || own || claim)?;
        if !membership::queries::fits(self.role, self.scope) {
            return Err(Refusal::RoleScope);
        }
        match self.school.map(|school| school.state) {
            Some(state @ (school::State::Closed | school::State::Merged)) => {
                Err(Refusal::WrongState {
                    state: state.name(),
                })
            }
            Some(school::State::Verified) if !any && !own => Err(Refusal::AlreadyClaimed),
            _ => Ok(()),
        }
    }
}

impl Writes<Entity> for Send<'_> {
    fn covers(&self, row: &Invitation) -> bool {
        row.role == self.role && row.scope() == self.scope && row.email_folded == self.email_folded
    }
}

/// An open invitation is taken back: by whoever sent it, the coordinators of the school, or an administrator.
pub struct Revoke<'a> {
    /// Which.
    pub invitation: &'a Invitation,
}

impl Action for Revoke<'_> {
    const NAME: &'static str = "invitation.revoke";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let own = viewer.id().is_some() && viewer.id() == self.invitation.invited_by_id;
        let coordinates = match self.invitation.scope() {
            Scope::School(school) => viewer.coordinates(school),
            Scope::Platform | Scope::Region(_) => false,
        };
        viewer.require(viewer.is_admin() || own || coordinates)?;
        if self.invitation.closed_at.is_some() {
            Err(Refusal::Used)
        } else {
            Ok(())
        }
    }
}

impl Writes<Entity> for Revoke<'_> {
    fn covers(&self, row: &Invitation) -> bool {
        row.id == self.invitation.id
    }
}

/// The door lets in whoever came with the link, as what the invitation says.
pub struct Accept<'a> {
    /// Which.
    pub invitation: &'a Invitation,
    /// Who came.
    pub person: Id<Person>,
}

impl Action for Accept<'_> {
    const NAME: &'static str = "invitation.accept";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Door))
    }
}

impl Writes<Entity> for Accept<'_> {
    fn covers(&self, row: &Invitation) -> bool {
        row.id == self.invitation.id && row.accepted_by_id == Some(self.person)
    }
}

impl Writes<person::entity::Entity> for Accept<'_> {
    fn covers(&self, row: &Person) -> bool {
        row.id == self.person
    }
}

impl Writes<contact::Entity> for Accept<'_> {
    fn covers(&self, row: &Contact) -> bool {
        row.person_id == self.person && row.email_folded == self.invitation.email_folded
    }
}

impl Writes<credential::entity::Entity> for Accept<'_> {
    fn covers(&self, row: &Credential) -> bool {
        row.person_id == self.person
    }
}

impl Writes<membership::entity::Entity> for Accept<'_> {
    fn covers(&self, row: &Membership) -> bool {
        row.person_id == self.person
            && row.role == self.invitation.role
            && row.scope() == self.invitation.scope()
    }
}

impl Writes<session::entity::Entity> for Accept<'_> {
    fn covers(&self, row: &Session) -> bool {
        row.person_id == self.person
    }
}

impl Writes<school::entity::Entity> for Accept<'_> {
    fn covers(&self, row: &School) -> bool {
        self.invitation.scope() == Scope::School(row.id)
    }
}
