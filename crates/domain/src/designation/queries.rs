//! How designations are found.

use chrono::NaiveDate;
use sea_orm::sea_query::{Order, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::Designation;
use super::entity::{Column, Entity, Kind, State};
use super::policy::Withdraw;
use crate::authz::{Job, allowed};
use crate::db::{Access, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::school::School;

/// Whether the school holds a designation as a Leading school today.
pub(crate) async fn is_leading(tx: &Tx, school: Id<School>) -> Result<bool> {
    let holds = held(Kind::Leading, tx.today()).add(Column::SchoolId.eq(school));
    Ok(tx
        .find_as::<Entity>(Job::Calendar)
        .filter(holds)
        .limit(1)
        .one()
        .await?
        .is_some())
}

/// The ids of the schools that hold a designation of this kind on that day.
pub(crate) fn holding(kind: Kind, day: NaiveDate) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::SchoolId)
        .filter(held(kind, day))
        .into_query()
}

fn held(kind: Kind, day: NaiveDate) -> Condition {
    Condition::all()
        .add(Column::Kind.eq(kind))
        .add(Column::State.eq(State::Awarded))
        .add(Column::FromDay.lte(day))
        .add(
            Condition::any()
                .add(Column::UntilDay.is_null())
                .add(Column::UntilDay.gt(day)),
        )
}

/// What a school is nominated for or was awarded, and what is not over.
pub(crate) async fn live(tx: &Tx, school: Id<School>) -> Result<Vec<Designation>> {
    let live = Condition::all()
        .add(Column::SchoolId.eq(school))
        .add(Column::State.is_in([State::Nominated, State::Awarded]));
    tx.find_as::<Entity>(Job::Calendar).filter(live).all().await
}

/// The designations of these schools that the viewer may see, the latest first.
pub async fn of_schools(access: &Access, schools: &[Id<School>]) -> Result<Vec<Designation>> {
    access
        .find::<Entity>()
        .any_of(Column::SchoolId, schools)
        .order(Column::FromDay, Order::Desc)
        .order(Column::Id, Order::Desc)
        .all()
        .await
}

impl Designation {
    /// Whether `access`'s viewer may take it back; `school` is its school.
    pub fn may_withdraw(&self, access: &Access, school: &School) -> bool {
        let withdraw = Withdraw {
            school,
            designation: self,
        };
        allowed(&withdraw, access.viewer()).is_ok()
    }
}
