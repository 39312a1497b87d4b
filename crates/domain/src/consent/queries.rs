//! How consents are found.

use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity};
use super::{Consent, Kind};
use crate::authz::Job;
use crate::db::{Access, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::study::Study;

/// The most consents of a study.
pub const MOST: u64 = 100;

/// The consents of these studies that the viewer may see, the first recorded first.
pub async fn of(access: &Access, studies: &[Id<Study>]) -> Result<Vec<Consent>> {
    access
        .find::<Entity>()
        .any_of(Column::StudyId, studies)
        .order(Column::Id, Order::Asc)
        .limit(MOST * studies.len() as u64)
        .all()
        .await
}

/// Whether the study has a consent of this kind today, whoever asks.
pub(crate) async fn holds(tx: &Tx, study: Id<Study>, kind: Kind) -> Result<bool> {
    let today = tx.today();
    let of = Condition::all()
        .add(Column::StudyId.eq(study))
        .add(Column::Kind.eq(kind))
        .add(Column::WithdrawnAt.is_null());
    let given = tx
        .find_as::<Entity>(Job::Operator)
        .filter(of)
        .limit(MOST)
        .all()
        .await?;
    Ok(given.iter().any(|consent| consent.holds_on(today)))
}

pub(crate) async fn count(tx: &Tx, study: Id<Study>) -> Result<u64> {
    let all = tx.find_as::<Entity>(Job::Operator);
    all.filter(Column::StudyId.eq(study)).count().await
}
