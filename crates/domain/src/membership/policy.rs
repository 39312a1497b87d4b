//! Who sees a membership, and who ends one.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, Role};
use super::{Membership, Scope};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::invitation::{self, Invitation};
use crate::person::Person;
use crate::school::{self, School};
use crate::session::{self, Session};

impl Visible for Entity {
    /// Everybody who is signed in sees who speaks for a school or a region. Who teaches where, only the person, the
    /// school itself and administrators.
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        if standing.admin {
            return everything();
        }
        Condition::any()
            .add(Column::Role.ne(Role::Teacher))
            .add(Column::PersonId.eq(standing.person))
            .add(Column::ScopeId.is_in(standing.schools.iter().map(|id| id.uuid())))
    }
}

/// The operator makes somebody a member without an invitation.
pub struct Grant {
    /// Whom.
    pub person: Id<Person>,
    /// As what.
    pub role: Role,
    /// Where.
    pub scope: Scope,
}

impl Action for Grant {
    const NAME: &'static str = "membership.grant";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Operator))?;
        if super::queries::fits(self.role, self.scope) {
            Ok(())
        } else {
            Err(Refusal::RoleScope)
        }
    }
}

impl Writes<Entity> for Grant {
    fn covers(&self, row: &Membership) -> bool {
        row.person_id == self.person && row.role == self.role && row.scope() == self.scope
    }
}

impl Writes<school::entity::Entity> for Grant {
    fn covers(&self, row: &School) -> bool {
        self.scope == Scope::School(row.id)
    }
}

/// A role ends: by the person, a coordinator of the school, or an administrator.
pub struct End<'a> {
    /// What ends.
    pub membership: &'a Membership,
    /// Whether nobody else has this role there.
    pub last: bool,
}

impl Action for End<'_> {
    const NAME: &'static str = "membership.end";
    const CREDENTIAL: bool = true;

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let scope = self.membership.scope();
        let coordinates = match scope {
            Scope::School(school) => viewer.coordinates(school),
            Scope::Platform | Scope::Region(_) => false,
        };
        let own = viewer.id() == Some(self.membership.person_id);
        viewer.require(viewer.is_admin() || coordinates || own)?;
        let needed = match self.membership.role {
            Role::PlatformAdmin => true,
            // A school may lose its voice, but not by an oversight of its own.
            Role::Coordinator => !viewer.is_admin(),
            Role::Trainer | Role::Teacher => false,
        };
        if needed && self.last {
            Err(Refusal::LastAdmin)
        } else {
            Ok(())
        }
    }
}

impl Writes<Entity> for End<'_> {
    fn covers(&self, row: &Membership) -> bool {
        row.id == self.membership.id
    }
}

impl Writes<session::entity::Entity> for End<'_> {
    fn covers(&self, row: &Session) -> bool {
        row.person_id == self.membership.person_id
    }
}

impl Writes<invitation::entity::Entity> for End<'_> {
    fn covers(&self, row: &Invitation) -> bool {
        row.invited_by_id == Some(self.membership.person_id)
    }
}
