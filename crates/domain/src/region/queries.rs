//! How regions are found.

use chrono::NaiveDate;
use sea_orm::sea_query::{SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::Region;
use super::entity::{self, period};
use crate::id::Id;

/// Holds for the periods of that day.
pub(crate) fn lasts(day: NaiveDate) -> Condition {
    Condition::all().add(period::Column::FromDay.lte(day)).add(
        Condition::any()
            .add(period::Column::UntilDay.is_null())
            .add(period::Column::UntilDay.gt(day)),
    )
}

/// The ids of a region and of every district in it on that day.
pub(crate) fn within(region: Id<Region>, day: NaiveDate) -> SelectStatement {
    let then = lasts(day).add(period::Column::ParentId.eq(region));
    let itself = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::Id.eq(region));
    let districts = period::Entity::find()
        .select_only()
        .column(period::Column::RegionId)
        .filter(then)
        .into_query();
    itself
        .into_query()
        .union(UnionType::Distinct, districts)
        .to_owned()
}
