//! How consents are found.

use chrono::NaiveDate;
use sea_orm::sea_query::{Order, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity};
use super::{Consent, Kind};
use crate::authz::Job;
use crate::db::{Access, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::study::Study;

/// The most consents of a study.
pub const MOST: u64 = 100;

/// Those of these studies that have a consent of this kind today, as far as the viewer takes part in them.
pub async fn allowed(access: &Access, kind: Kind, of: &[Id<Study>]) -> Result<Vec<Id<Study>>> {
    use crate::study::{entity, policy::within};
    let found = access
        .find::<entity::Entity>()
        .any_of(entity::Column::Id, of)
        .filter(within(entity::Column::Id, access.viewer()))
        .filter(entity::Column::Id.in_subquery(allowing(kind, access.today())))
        .all()
        .await?;
    Ok(found.into_iter().map(|study| study.id).collect())
}

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

/// The studies that have a consent of this kind on this day.
pub(crate) fn allowing(kind: Kind, day: NaiveDate) -> SelectStatement {
    let lasting = Condition::any()
        .add(Column::ExpiresOn.is_null())
        .add(Column::ExpiresOn.gte(day));
    Entity::find()
        .select_only()
        .column(Column::StudyId)
        .filter(Column::Kind.eq(kind))
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::GivenOn.lte(day))
        .filter(lasting)
        .into_query()
}

pub(crate) async fn count(tx: &Tx, study: Id<Study>) -> Result<u64> {
    let all = tx.find_as::<Entity>(Job::Operator);
    all.filter(Column::StudyId.eq(study)).count().await
}
