//! Who sees a school: everybody. It is a public register.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity};
use crate::authz::{Viewer, Visible, everything};

impl Visible for Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

/// The ids of the schools in the regions that this viewer trains.
pub(crate) fn in_regions(viewer: &Viewer) -> SelectStatement {
    let regions = viewer
        .standing()
        .map(|s| s.regions.iter().copied().collect::<Vec<_>>())
        .unwrap_or_default();
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RegionId.is_in(regions))
        .into_query()
}
