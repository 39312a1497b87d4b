//! How case pupils are found.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Order;

use super::CasePupil;
use super::entity::{Column, Entity};
use crate::db::{Access, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::study::Study;

/// The case pupils of these studies that the viewer may see, by their letters.
pub async fn of(access: &Access, studies: &[Id<Study>]) -> Result<Vec<CasePupil>> {
    access
        .find::<Entity>()
        .any_of(Column::StudyId, studies)
        .order(Column::Letter, Order::Asc)
        .all()
        .await
}

pub(crate) async fn in_study(tx: &Tx, study: Id<Study>) -> Result<Vec<CasePupil>> {
    let find = tx.find::<Entity>().filter(Column::StudyId.eq(study));
    find.order(Column::Letter, Order::Asc).all().await
}
