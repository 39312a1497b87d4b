//! How access tokens are found.

use sea_orm::sea_query::Order as Direction;
use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use super::{AccessToken, MOST};
use crate::clock::Timestamp;
use crate::db::Access;
use crate::error::Result;

/// Holds for tokens that let a program in at `now`.
pub(crate) fn live(now: Timestamp) -> Condition {
    Condition::all()
        .add(Column::RevokedAt.is_null())
        .add(Column::ExpiresAt.gt(now))
}

/// The viewer's own tokens that are good, the latest made first.
pub async fn mine(access: &Access) -> Result<Vec<AccessToken>> {
    access
        .find::<Entity>()
        .filter(live(access.now()))
        .order(Column::Id, Direction::Desc)
        .limit(MOST as u64)
        .all()
        .await
}
