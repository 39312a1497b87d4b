//! How calendar feeds are found, and what one shows.

use chrono::Days;
use sea_orm::sea_query::Order as Direction;
use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use super::{CalendarFeed, DAYS_BACK, MOST, MOST_ACTIVITIES};
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::plan::queries::{ActivityFilter, calendar};
use crate::plan::{Activity, Plan};

/// Holds for feeds that show something.
pub(crate) fn live() -> Condition {
    Condition::all().add(Column::RevokedAt.is_null())
}

/// The viewer's own feeds, the latest made first; at most twenty.
pub async fn mine(access: &Access) -> Result<Vec<CalendarFeed>> {
    access
        .find::<Entity>()
        .filter(live())
        .order(Column::Id, Direction::Desc)
        .limit(MOST as u64)
        .all()
        .await
}

/// What a feed shows to its owner, as the days go: of a network what was agreed, of their own schools what is proposed
/// as well.
pub async fn shown(access: &Access, network: Option<Id<Network>>) -> Result<Vec<(Activity, Plan)>> {
    let filter = ActivityFilter {
        network,
        mine: network.is_none(),
        agreed: network.is_some(),
        from: access.today().checked_sub_days(Days::new(DAYS_BACK)),
        ..ActivityFilter::default()
    };
    calendar(access, &filter, MOST_ACTIVITIES).await
}
