//! Who sees a membership.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, Role};
use crate::authz::{Viewer, Visible, everything, nothing};

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
