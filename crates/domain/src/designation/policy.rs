//! Who sees a designation, and who awards it.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, State};
use crate::authz::{Viewer, Visible, everything};

impl Visible for Entity {
    /// What was awarded is public; a nomination is for the school, the region's trainers and administrators.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.is_admin() {
            return everything();
        }
        let public = Condition::any().add(Column::State.ne(State::Nominated));
        match viewer.standing() {
            None => public,
            Some(standing) => public
                .add(Column::SchoolId.is_in(standing.schools.iter().copied()))
                .add(Column::SchoolId.in_subquery(crate::school::policy::in_regions(viewer))),
        }
    }
}
