//! What regions come to in numbers.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Select,
};

use super::Region;
use super::entity::{Column, Entity, period};
use super::queries::lasts;
use crate::db::Access;
use crate::designation;
use crate::error::Result;
use crate::id::Id;
use crate::network::{self, entity::lead};
use crate::partnership;
use crate::school;

/// The numbers of a region with all its districts, as things stand today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Schools that are neither closed nor merged.
    pub schools: i64,
    /// Of these, how many are designated as a Leading school today.
    pub leading: i64,
    /// Of these, how many are the Magnetic side of an active partnership.
    pub magnetic: i64,
    /// Networks that are not closed and that a school of the region leads.
    pub networks: i64,
    /// Active partnerships whose Leading school is of the region.
    pub partnerships: i64,
}

/// What is counted, as the statement names it.
const COUNTED: [&str; 5] = ["schools", "leading", "magnetic", "networks", "partnerships"];

#[derive(FromQueryResult)]
struct Count {
    region_id: Id<Region>,
    counted: String,
    number: i64,
}

/// The numbers of these regions and districts, in one statement; each school counts where it lay on that day. Regions
/// in which there is nothing to count are left out.
pub async fn of(
    access: &Access,
    regions: &[Id<Region>],
    day: NaiveDate,
) -> Result<HashMap<Id<Region>, Numbers>> {
    let (places, things) = (places(day), things(access));
    let find = access.find::<Entity>().any_of(Column::Id, regions);
    let counts: Vec<Count> = find
        .shape(|select| {
            let mut select = select.select_only().column_as(Column::Id, "region_id");
            let here = Expr::col(("place", "region_id")).equals((Entity, Column::Id));
            let there = Expr::col(("thing", "region_id")).equals(("place", "place_id"));
            QuerySelect::query(&mut select)
                .join_subquery(JoinType::InnerJoin, places, "place", here)
                .join_subquery(JoinType::InnerJoin, things, "thing", there);
            select
                .expr_as(Expr::col(("thing", "counted")), "counted")
                .expr_as(Expr::col(("thing", "thing_id")).count_distinct(), "number")
                .group_by(Expr::col((Entity, Column::Id)))
                .group_by(Expr::col(("thing", "counted")))
        })
        .all_as()
        .await?;
    let mut numbers: HashMap<_, Numbers> = HashMap::new();
    for count in counts {
        let of = numbers.entry(count.region_id).or_default();
        let [schools, leading, magnetic, networks, partnerships] = COUNTED;
        match &*count.counted {
            it if it == schools => of.schools = count.number,
            it if it == leading => of.leading = count.number,
            it if it == magnetic => of.magnetic = count.number,
            it if it == networks => of.networks = count.number,
            it if it == partnerships => of.partnerships = count.number,
            _ => {}
        }
    }
    Ok(numbers)
}

/// Every region with all that lay in it on that day, itself too: the tree is three deep at the most.
fn places(day: NaiveDate) -> SelectStatement {
    let lie = || period::Entity::find().filter(lasts(day)).select_only();
    let itself = lie()
        .column_as(period::Column::RegionId, "region_id")
        .column_as(period::Column::RegionId, "place_id");
    let parent = || {
        lie()
            .filter(period::Column::ParentId.is_not_null())
            .column_as(period::Column::ParentId, "region_id")
            .column_as(period::Column::RegionId, "place_id")
            .into_query()
    };
    let above = Query::select()
        .expr_as(Expr::col(("upper", "region_id")), "region_id")
        .expr_as(Expr::col(("lower", "place_id")), "place_id")
        .from_subquery(parent(), "lower")
        .join_subquery(
            JoinType::InnerJoin,
            parent(),
            "upper",
            Expr::col(("upper", "place_id")).equals(("lower", "region_id")),
        )
        .to_owned();
    itself
        .into_query()
        .union(UnionType::All, parent())
        .union(UnionType::All, above)
        .to_owned()
}

/// Everything that is counted and that the viewer may see: what it is, which one, and in which district.
fn things(access: &Access) -> SelectStatement {
    use school::entity::{Column as S, Entity as School};
    let [schools, leading, magnetic, networks, partnerships] = COUNTED;
    let open = || {
        let states = [school::State::Unclaimed, school::State::Verified];
        access.find::<School>().filter(S::State.is_in(states))
    };
    let active = || {
        let state = partnership::entity::Column::State.eq(partnership::State::Active);
        access.find::<partnership::entity::Entity>().filter(state)
    };
    let partners = active().shape(|select| {
        let column = partnership::entity::Column::MagneticId;
        select.select_only().column(column)
    });
    let holding = designation::queries::holding(designation::Kind::Leading, access.today());
    let is_leading = S::Id.in_subquery(holding);
    let is_partner = S::Id.in_subquery(partners.into_query());
    let live = network::entity::Column::State.ne(network::State::Closed);
    let live = access.find::<network::entity::Entity>().filter(live);
    let live = live.shape(|select| select.select_only().column(network::entity::Column::Id));
    let led = access
        .find::<lead::Entity>()
        .filter(lead::Column::NetworkId.in_subquery(live.into_query()));

    open()
        .shape(|select| counted(select, schools, Expr::col((School, S::Id))))
        .into_query()
        .union(
            UnionType::All,
            open()
                .filter(is_leading)
                .shape(|select| counted(select, leading, Expr::col((School, S::Id))))
                .into_query(),
        )
        .union(
            UnionType::All,
            open()
                .filter(is_partner)
                .shape(|select| counted(select, magnetic, Expr::col((School, S::Id))))
                .into_query(),
        )
        .union(
            UnionType::All,
            led.shape(|select| {
                let school = Expr::col((lead::Entity, lead::Column::SchoolId));
                let network = Expr::col((lead::Entity, lead::Column::NetworkId));
                counted(of_school(select, school), networks, network)
            })
            .into_query(),
        )
        .union(
            UnionType::All,
            active()
                .shape(|select| {
                    use partnership::entity::{Column, Entity};
                    let school = Expr::col((Entity, Column::LeadingId));
                    let which = Expr::col((Entity, Column::Id));
                    counted(of_school(select, school), partnerships, which)
                })
                .into_query(),
        )
        .to_owned()
}

fn of_school<E: EntityTrait>(mut select: Select<E>, school: Expr) -> Select<E> {
    use school::entity::{Column, Entity};
    QuerySelect::query(&mut select).join(
        JoinType::InnerJoin,
        Entity,
        Expr::col((Entity, Column::Id)).eq(school),
    );
    select
}

fn counted<E: EntityTrait>(select: Select<E>, counted: &'static str, thing: Expr) -> Select<E> {
    use school::entity::{Column, Entity};
    select
        .select_only()
        .expr_as(Expr::val(counted), "counted")
        .expr_as(thing, "thing_id")
        .expr_as(Expr::col((Entity, Column::RegionId)), "region_id")
}
