//! How regions are found.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryResult, QuerySelect, QueryTrait,
};
use serde::Serialize;

use super::entity::{Column, Entity, period};
use super::{Kind, Region, RegionPeriod};
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;
use crate::page::{List, Order, Page, Window, fetch};

/// The ids of a region and of every district in it on that day, also those of a city in it.
pub(crate) fn within(region: Id<Region>, day: NaiveDate) -> SelectStatement {
    let inside = |parents: Condition| {
        period::Entity::find()
            .select_only()
            .column(period::Column::RegionId)
            .filter(lasts(day).add(parents))
            .into_query()
    };
    let itself = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.eq(region));
    let districts = inside(Condition::all().add(period::Column::ParentId.eq(region)));
    let quarters =
        inside(Condition::all().add(period::Column::ParentId.in_subquery(districts.clone())));
    itself
        .into_query()
        .union(UnionType::Distinct, districts)
        .union(UnionType::Distinct, quarters)
        .to_owned()
}

/// Holds for the periods of that day.
pub(crate) fn lasts(day: NaiveDate) -> Condition {
    Condition::all().add(period::Column::FromDay.lte(day)).add(
        Condition::any()
            .add(period::Column::UntilDay.is_null())
            .add(period::Column::UntilDay.gt(day)),
    )
}

/// How a list of regions is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// By name.
    #[default]
    Name,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        Column::SortName
    }

    fn descending(self) -> bool {
        false
    }
}

/// Which regions. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// On which day; today if none. Those that were not there then are left out.
    pub on: Option<NaiveDate>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// In this region on that day.
    pub parent: Option<Id<Region>>,
}

impl Filter {
    fn condition(&self, access: &Access) -> Condition {
        let day = self.on.unwrap_or_else(|| access.today());
        let there = lasts(day).add_option(self.parent.map(|id| period::Column::ParentId.eq(id)));
        let there = period::Entity::find()
            .select_only()
            .column(period::Column::RegionId)
            .filter(there)
            .into_query();
        Condition::all()
            .add(Column::Id.in_subquery(there))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
    }
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Region>> {
    let find = access.find().filter(filter.condition(access));
    fetch(find, &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    let find = access.find::<Entity>().filter(filter.condition(access));
    find.count().await
}

/// The region with this code of the classifier.
pub async fn by_code(access: &Access, code: &str) -> Result<Option<Region>> {
    access
        .find::<Entity>()
        .filter(Column::Code.eq(code))
        .one()
        .await
}

/// What these regions were called, and what they lay in, on that day. Those that were not there then are left out.
pub async fn periods_on(
    access: &Access,
    regions: &[Id<Region>],
    day: NaiveDate,
) -> Result<Vec<RegionPeriod>> {
    access
        .find::<period::Entity>()
        .filter(lasts(day))
        .any_of(period::Column::RegionId, regions)
        .all()
        .await
}

/// All that these regions were called and lay in, the earliest first.
pub async fn periods(access: &Access, regions: &[Id<Region>]) -> Result<Vec<RegionPeriod>> {
    access
        .find::<period::Entity>()
        .any_of(period::Column::RegionId, regions)
        .order(period::Column::FromDay, Direction::Asc)
        .all()
        .await
}

/// What lay in each of these regions on that day, by name, at most a hundred each on average.
pub async fn parts_on(
    access: &Access,
    regions: &[Id<Region>],
    day: NaiveDate,
) -> Result<Vec<(Id<Region>, Region)>> {
    let inside = access
        .find::<period::Entity>()
        .filter(lasts(day))
        .any_of(period::Column::ParentId, regions)
        .shape(|select| {
            select
                .select_only()
                .columns([period::Column::ParentId, period::Column::RegionId])
        })
        .into_query();
    let rows = access.find::<Entity>().shape(|mut select| {
        let same = Expr::col(("inside", "region_id")).equals((Entity, Column::Id));
        QuerySelect::query(&mut select).join_subquery(JoinType::InnerJoin, inside, "inside", same);
        select.expr_as(Expr::col(("inside", "parent_id")), PARENT)
    });
    let rows = rows
        .order(Column::SortName, Direction::Asc)
        .limit(100 * regions.len() as u64);
    let rows = rows.all_as::<Part>().await?;
    Ok(rows.into_iter().map(|row| (row.of, row.part)).collect())
}

/// The column that says what a region was found in.
const PARENT: &str = "of_parent";

/// A region with what it lies in.
struct Part {
    of: Id<Region>,
    part: Region,
}

impl FromQueryResult for Part {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            of: row.try_get(prefix, PARENT)?,
            part: Region::from_query_result(row, prefix)?,
        })
    }
}

/// For each of these districts or regions, the region at the top of the tree that it lay in on that day.
pub async fn tops_on(
    access: &Access,
    regions: &[Id<Region>],
    day: NaiveDate,
) -> Result<HashMap<Id<Region>, RegionPeriod>> {
    let mut tops: HashMap<Id<Region>, RegionPeriod> = HashMap::new();
    let mut asked: Vec<Id<Region>> = regions.to_vec();
    // A quarter of a city in a region is as deep as the tree goes.
    for _ in 0..3 {
        asked.sort_unstable();
        asked.dedup();
        if asked.is_empty() {
            break;
        }
        let found = periods_on(access, &asked, day).await?;
        let found: HashMap<_, _> = found.into_iter().map(|row| (row.region_id, row)).collect();
        if tops.is_empty() {
            tops = found.clone();
        }
        for top in tops.values_mut() {
            if let Some(above) = top.parent_id.and_then(|parent| found.get(&parent)) {
                *top = above.clone();
            }
        }
        asked = tops.values().filter_map(|top| top.parent_id).collect();
    }
    Ok(tops)
}
