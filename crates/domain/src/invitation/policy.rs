//! Who sees an invitation.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use crate::authz::{Viewer, Visible, everything, nothing};

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
