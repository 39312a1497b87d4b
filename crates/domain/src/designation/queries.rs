//! How designations are found.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, Kind, State};
use crate::authz::Job;
use crate::db::Tx;
use crate::error::Result;
use crate::id::Id;
use crate::school::School;

/// Whether the school holds a designation as a Leading school today.
pub(crate) async fn is_leading(tx: &Tx, school: Id<School>) -> Result<bool> {
    let holds = Condition::all()
        .add(Column::SchoolId.eq(school))
        .add(Column::Kind.eq(Kind::Leading))
        .add(Column::State.eq(State::Awarded))
        .add(Column::FromDay.lte(tx.today()))
        .add(
            Condition::any()
                .add(Column::UntilDay.is_null())
                .add(Column::UntilDay.gt(tx.today())),
        );
    Ok(tx
        .find_as::<Entity>(Job::Calendar)
        .filter(holds)
        .limit(1)
        .one()
        .await?
        .is_some())
}
