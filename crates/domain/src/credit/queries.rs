//! How credit is found.

use sea_orm::sea_query::{Expr, ExprTrait, Func, Order as Direction};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QuerySelect, RelationDef, Select,
};

use super::commands::typed;
use super::entity::{Column, Entity};
use super::{Credit, CreditRecord};
use crate::authz::{Job, Viewer};
use crate::db::{Access, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::person::Person;
use crate::resource::entity::author;
use crate::resource::{self, State};

/// Somebody's credit.
#[derive(Debug, Clone, FromQueryResult)]
pub struct CreditOf {
    /// Whose.
    pub person_id: Id<Person>,
    /// What.
    #[sea_orm(nested)]
    pub credit: Credit,
}

/// The credit of these persons out of the works that the viewer sees; those without works are left out.
pub async fn of_all(access: &Access, people: &[Id<Person>]) -> Result<Vec<CreditOf>> {
    access
        .find::<resource::entity::Entity>()
        .filter(resource::entity::Column::State.eq(State::Shared))
        .filter(author::Column::PersonId.is_in(people.iter().copied()))
        .shape(summed)
        .shape(|select| {
            select
                .column(author::Column::PersonId)
                .group_by(author::Column::PersonId)
        })
        .all_as()
        .await
}

/// Somebody's credit out of all their works.
pub(crate) async fn credit_of(tx: &Tx, person: Id<Person>) -> Result<Credit> {
    let found = tx
        .find::<resource::entity::Entity>()
        .filter(resource::entity::Column::State.eq(State::Shared))
        .filter(author::Column::PersonId.eq(person))
        .shape(summed)
        .all_as::<Credit>()
        .await?;
    Ok(found.into_iter().next().unwrap_or_default())
}

fn summed(select: Select<resource::entity::Entity>) -> Select<resource::entity::Entity> {
    use resource::entity::Column as Of;
    let by: RelationDef = resource::entity::Entity::belongs_to(author::Entity)
        .from(Of::Id)
        .to(author::Column::ResourceId)
        .into();
    // A sum of none is null, and PostgreSQL's sum of integers is wider than they are.
    let sum = |column: Of| {
        let sum = Func::coalesce([column.sum(), Expr::val(0)]);
        Expr::expr(sum).cast_as("bigint")
    };
    select
        .select_only()
        .column_as(Of::Id.count(), "works")
        .column_as(sum(Of::Uses), "uses")
        .column_as(sum(Of::Copies), "copies")
        .column_as(sum(Of::Endorsements), "endorsements")
        .join(JoinType::InnerJoin, by)
}

/// The record with this code, as somebody typed it, whoever asks.
pub async fn by_code(access: &Access, code: &str) -> Result<Option<CreditRecord>> {
    let door = access.db().access(Viewer::system(Job::Door));
    door.find::<Entity>()
        .filter(Column::Code.eq(typed(code)))
        .one()
        .await
}

/// The viewer's own records, the latest issued first, at most 50.
pub async fn mine(access: &Access) -> Result<Vec<CreditRecord>> {
    access
        .find::<Entity>()
        .order(Column::Id, Direction::Desc)
        .limit(50)
        .all()
        .await
}
