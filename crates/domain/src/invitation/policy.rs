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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::authz::{Standing, Via, allowed};
    use crate::region::Region;
    use crate::text::Language;

    fn id<N>(n: u8) -> Id<N> {
        Id::from_uuid(uuid::Uuid::from_u128(n.into()))
    }

    fn few() -> impl Strategy<Value = HashSet<u8>> {
        prop::collection::hash_set(0u8..3, 0..3)
    }

    /// A school in region 0.
    fn school(id: Id<School>, state: school::State) -> School {
        School {
            id,
            source: "here".to_owned(),
            source_id: id.to_string(),
            name_kk: None,
            name_ru: None,
            name_en: None,
            sort_name: String::new(),
            region_id: Some(self::id(0)),
            place: None,
            address: None,
            kind: None,
            languages: String::new(),
            opened_on: None,
            closed_on: None,
            state,
            merged_into_id: None,
            source_digest: None,
            version: 1,
            created_at: crate::clock::Timestamp::UNIX_EPOCH,
        }
    }

    fn states() -> impl Strategy<Value = school::State> {
        prop_oneof![
            Just(school::State::Unclaimed),
            Just(school::State::Verified),
            Just(school::State::Closed),
            Just(school::State::Merged),
        ]
    }

    fn roles() -> impl Strategy<Value = Role> {
        prop_oneof![
            Just(Role::PlatformAdmin),
            Just(Role::Trainer),
            Just(Role::Coordinator),
            Just(Role::Teacher),
        ]
    }

    fn scopes() -> impl Strategy<Value = Scope> {
        prop_oneof![
            Just(Scope::Platform),
            (0u8..3).prop_map(|n| Scope::Region(id(n))),
            (0u8..3).prop_map(|n| Scope::School(id(n))),
        ]
    }

    proptest! {
        /// Whatever somebody is who does not run the platform: they invite to schools alone, as nothing above
        /// coordinator, and to a school they don't coordinate only when they train its region.
        #[test]
        fn nobody_raises_a_role(
            role in roles(),
            scope in scopes(),
            state in states(),
            coordinates in few(),
            belongs in few(),
            trains in few(),
        ) {
            let standing = Standing {
                person: id(1),
                via: Via::Session(id(1)),
                today: chrono::NaiveDate::default(),
                admin: false,
                regions: trains.iter().map(|n| id::<Region>(*n)).collect(),
                coordinates: coordinates.iter().map(|n| id(*n)).collect(),
                schools: belongs.iter().chain(&coordinates).map(|n| id(*n)).collect(),
            };
            let viewer = Viewer::person(standing, Language::Kk);
            let invited_to = match scope {
                Scope::School(place) => Some(school(place, state)),
                Scope::Platform | Scope::Region(_) => None,
            };
            let send = Send { role, scope, school: invited_to.as_ref(), email_folded: "a@b.kz" };
            if allowed(&send, &viewer).is_ok() {
                prop_assert!(matches!(role, Role::Coordinator | Role::Teacher));
                prop_assert!(state.is_open());
                let own = invited_to.is_some_and(|school| viewer.coordinates(school.id));
                let claim = role == Role::Coordinator
                    && state == school::State::Unclaimed
                    && viewer.trains(Some(id(0)));
                prop_assert!(own || claim);
            }
        }
    }
}
