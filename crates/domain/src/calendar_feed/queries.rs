//! How calendar feeds are found, and what one shows.

use std::collections::{BTreeSet, HashMap};

use chrono::Days;
use sea_orm::sea_query::Order as Direction;
use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use super::{CalendarFeed, DAYS_BACK, MOST, MOST_ACTIVITIES};
use crate::db::{Access, Row};
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::partnership::Partnership;
use crate::plan::queries::{ActivityFilter, calendar};
use crate::plan::{Activity, Plan};
use crate::school::School;

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
pub async fn shown(access: &Access, network: Option<Id<Network>>) -> Result<Vec<Shown>> {
    let filter = ActivityFilter {
        network,
        mine: network.is_none(),
        agreed: network.is_some(),
        from: access.today().checked_sub_days(Days::new(DAYS_BACK)),
        ..ActivityFilter::default()
    };
    let activities = calendar(access, &filter, MOST_ACTIVITIES).await?;
    let plans = by_id(access, activities.iter().map(|activity| activity.plan_id)).await?;
    let partnerships = plans.values().map(|plan: &Plan| plan.partnership_id);
    let partnerships = by_id(access, partnerships).await?;
    let schools = partnerships
        .values()
        .flat_map(|partnership: &Partnership| [partnership.leading_id, partnership.magnetic_id]);
    let schools: HashMap<_, School> = by_id(access, schools).await?;
    let shown = |activity: Activity| {
        let plan = plans.get(&activity.plan_id)?;
        let partnership = partnerships.get(&plan.partnership_id)?;
        Some(Shown {
            leading: schools.get(&partnership.leading_id)?.clone(),
            magnetic: schools.get(&partnership.magnetic_id)?.clone(),
            activity,
        })
    };
    Ok(activities.into_iter().filter_map(shown).collect())
}

/// An activity with the two schools that do it together.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The activity.
    pub activity: Activity,
    /// The Leading school.
    pub leading: School,
    /// The Magnetic school.
    pub magnetic: School,
}

/// Those with these ids, each once.
async fn by_id<R: Row>(
    access: &Access,
    ids: impl Iterator<Item = Id<R>>,
) -> Result<HashMap<Id<R>, R>> {
    let ids: BTreeSet<_> = ids.collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let rows = access.get_all(&ids).await?;
    Ok(rows.into_iter().map(|row| (row.id(), row)).collect())
}
