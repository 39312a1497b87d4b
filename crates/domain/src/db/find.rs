//! Reading: a select that starts from what the viewer may see, and only ever narrows it.

use sea_orm::sea_query::{Expr, IntoCondition, Order, SimpleExpr};
use sea_orm::{
    Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable,
    JoinType, PaginatorTrait, PrimaryKeyToColumn, PrimaryKeyTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, RelationDef, Select, StatementBuilder,
};

use super::connection::On;
use super::dialect;
use crate::authz::{Viewer, Visible};
use crate::error::Result;
use crate::id::Id;

/// A select under the viewer's visibility. Filters only narrow it.
#[must_use]
pub struct Find<'c, E: EntityTrait> {
    select: Select<E>,
    on: On<'c>,
}

/// What the columns of a row beside another begin with.
const BESIDE: &str = "beside_";

/// A row with one of another table, read in the same statement.
#[derive(Debug, Clone)]
pub struct Beside<R, B> {
    /// The row.
    pub row: R,
    /// The other one, where there is one that the viewer may see.
    pub beside: Option<B>,
}

impl<R: FromQueryResult, B: FromQueryResult> FromQueryResult for Beside<R, B> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: R::from_query_result(row, prefix)?,
            beside: B::from_query_result_optional(row, BESIDE)?,
        })
    }
}

impl<'c, E: Visible> Find<'c, E> {
    pub(super) fn new(on: On<'c>, viewer: &Viewer) -> Self {
        let select = if viewer.job().is_some() {
            E::find()
        } else {
            E::find().filter(E::visible_to(viewer))
        };
        Self { select, on }
    }
}

impl<E: EntityTrait<Model: FromQueryResult + Sized + Send + Sync>> Find<'_, E> {
    /// Only rows for which this holds too.
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.select = self.select.filter(condition);
        self
    }

    /// Only the row with this key.
    pub fn by_id<R>(self, id: Id<R>) -> Self
    where
        E::PrimaryKey: PrimaryKeyTrait<ValueType = Id<R>>,
    {
        use sea_orm::sea_query::ExprTrait;
        let mut condition = Condition::all();
        for key in E::PrimaryKey::iter() {
            condition = condition
                .add(sea_orm::sea_query::Expr::col((E::default(), key.into_column())).eq(id));
        }
        self.filter(condition)
    }

    /// Only rows whose `column` is one of these keys, however many.
    pub fn any_of<R>(self, column: E::Column, keys: &[Id<R>]) -> Self {
        let any = dialect::any_of(
            &self.on,
            column,
            keys.iter().map(|key| key.uuid()).collect(),
        );
        self.filter(any)
    }

    /// In this order.
    pub fn order(mut self, column: E::Column, order: Order) -> Self {
        self.select = self.select.order_by(column, order);
        self
    }

    /// At most so many.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select = self.select.limit(rows);
        self
    }

    /// Each row with the one of `F` whose `to` is its `from`, where the viewer may see that: read as [`Beside`].
    pub(crate) fn beside<F: Visible>(
        self,
        from: E::Column,
        to: F::Column,
        viewer: &Viewer,
    ) -> Self {
        let seen = match viewer.job() {
            Some(_) => Condition::all(),
            None => F::visible_to(viewer),
        };
        let join: RelationDef = E::belongs_to(F::default()).from(from).to(to).into();
        let join = join.on_condition(move |_, _| seen.clone());
        self.shape(|mut select| {
            for column in F::Column::iter() {
                select = select.column_as(column, format!("{BESIDE}{}", column.as_str()));
            }
            select.join(JoinType::LeftJoin, join)
        })
    }

    /// A change to the select that can't widen what is visible: joins, columns, grouping.
    pub(crate) fn shape(mut self, with: impl FnOnce(Select<E>) -> Select<E>) -> Self {
        self.select = with(self.select);
        self
    }

    /// The first `limit` rows of each parent.
    pub(crate) async fn first_of_each(
        self,
        parent: E::Column,
        parents: Vec<uuid::Uuid>,
        sort: (E::Column, E::Column, Order),
        limit: u64,
    ) -> Result<Vec<E::Model>> {
        let statement = dialect::first_of_each(&self.on, self.select, parent, parents, sort, limit);
        Ok(E::Model::find_by_statement(statement).all(&self.on).await?)
    }

    /// All of them; callers bound the number.
    pub async fn all(self) -> Result<Vec<E::Model>> {
        Ok(self.select.all(&self.on).await?)
    }

    /// The first, if any.
    pub async fn one(self) -> Result<Option<E::Model>> {
        Ok(self.select.one(&self.on).await?)
    }

    /// How many.
    pub async fn count(self) -> Result<u64> {
        Ok(self.select.count(&self.on).await?)
    }

    /// How many, as a value to select beside the rows of a page.
    pub(crate) fn total(&self) -> SimpleExpr {
        let mut count = sea_orm::QueryTrait::into_query(self.select.clone());
        count.clear_selects().expr(Expr::cust("COUNT(*)"));
        SimpleExpr::SubQuery(None, Box::new(count.into()))
    }

    /// The statement itself, to be part of another.
    pub(crate) fn into_query(self) -> sea_orm::sea_query::SelectStatement {
        sea_orm::QueryTrait::into_query(self.select)
    }

    /// Rows of a larger statement that this select is a part of.
    pub(crate) async fn woven<M: FromQueryResult, S: StatementBuilder>(
        self,
        larger: impl FnOnce(sea_orm::sea_query::SelectStatement) -> S,
    ) -> Result<Vec<M>> {
        let larger = larger(sea_orm::QueryTrait::into_query(self.select));
        let statement = self.on.get_database_backend().build(&larger);
        Ok(M::find_by_statement(statement).all(&self.on).await?)
    }

    /// Rows of another shape.
    pub async fn all_as<M: FromQueryResult>(self) -> Result<Vec<M>> {
        Ok(self.select.into_model::<M>().all(&self.on).await?)
    }
}
