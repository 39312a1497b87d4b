//! Pages of a list: keyset on `(sort value, id)`, with cursors bound to the list they came from.

mod age;

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Datelike;
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, SimpleExpr};
use sea_orm::{
    ColumnTrait, ColumnType, Condition, DbErr, EntityTrait, FromQueryResult, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryOrder, QueryResult, QuerySelect, Value,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::db::Find;
use crate::error::{Error, Refusal, Result};
use crate::id::Id;

pub use age::{Age, Dated};

/// The most rows a page may have.
pub const MOST: usize = 100;

/// How a list is sorted: a column that is never null; ties break by id in the same direction.
pub trait Order<E: EntityTrait>: Copy + Serialize {
    /// The column.
    fn column(self) -> E::Column;
    /// Whether the greatest comes first.
    fn descending(self) -> bool;
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Window {
    size: usize,
    backward: bool,
    cursor: Option<String>,
    counted: bool,
}

impl Window {
    /// Reads Relay's four arguments: `first` or `last`, 1 to 100, 20 when neither is given.
    pub fn new(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Self> {
        let (size, backward, cursor, other) = match (first, last) {
            (Some(_), Some(_)) => return Err(Refusal::PageSize { max: MOST }.of("first")),
            (first, None) => (first.unwrap_or(20), false, after, before),
            (None, Some(last)) => (last, true, before, after),
        };
        if other.is_some() {
            return Err(Refusal::Cursor.of(if backward { "after" } else { "before" }));
        }
        let size = usize::try_from(size)
            .ok()
            .filter(|size| (1..=MOST).contains(size));
        let size = size.ok_or_else(|| {
            Refusal::PageSize { max: MOST }.of(if backward { "last" } else { "first" })
        })?;
        Ok(Self {
            size,
            backward,
            cursor,
            counted: false,
        })
    }

    /// The first `size` rows.
    pub fn first(size: usize) -> Self {
        Self {
            size: size.clamp(1, MOST),
            backward: false,
            cursor: None,
            counted: false,
        }
    }

    /// Whether the page is to know how long the whole list is: asked together, that costs no statement of its own.
    #[must_use]
    pub fn counted(self, counted: bool) -> Self {
        Self { counted, ..self }
    }

    /// How many rows it holds at the most.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether it starts at the beginning of the list.
    pub fn is_first(&self) -> bool {
        !self.backward && self.cursor.is_none()
    }
}

impl Window {
    /// Where the part begins, if not at the list's beginning or end.
    fn mark<O: Serialize>(&self, list: &List<O>, sort: &ColumnType) -> Result<Option<Mark>> {
        let field = if self.backward { "before" } else { "after" };
        let parse = |cursor: &String| {
            let mark = list.parse(cursor).filter(|mark| mark.value.fits(sort));
            mark.ok_or_else(|| Refusal::Cursor.of(field))
        };
        self.cursor.as_ref().map(parse).transpose()
    }

    /// The page out of what was fetched, which is one row more when there are more.
    fn cut<F, R>(
        &self,
        mut fetched: Vec<F>,
        total: Option<u64>,
        cursor: impl Fn(&F) -> Result<String>,
        row: impl Fn(F) -> R,
    ) -> Result<Page<R>> {
        let more = fetched.len() > self.size;
        fetched.truncate(self.size);
        if self.backward {
            fetched.reverse();
        }
        let rows = fetched
            .into_iter()
            .map(|found| Ok((cursor(&found)?, row(found))))
            .collect::<Result<_>>()?;
        let (has_next, has_previous) = if self.backward {
            (self.cursor.is_some(), more)
        } else {
            (more, self.cursor.is_some())
        };
        Ok(Page {
            rows,
            has_next,
            has_previous,
            total,
        })
    }
}

/// A part of a list, in the list's order, each row with its cursor.
#[derive(Debug, Clone)]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<(String, R)>,
    /// Whether there are rows after these.
    pub has_next: bool,
    /// Whether there are rows before these.
    pub has_previous: bool,
    /// How long the whole list is, where the window asked for it and the page has rows to tell it.
    pub total: Option<u64>,
}

impl<R> Default for Page<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            has_next: false,
            has_previous: false,
            total: None,
        }
    }
}

impl<R> Page<R> {
    /// The same part, each row made into something else.
    pub(crate) fn map<S>(self, with: impl Fn(R) -> S) -> Page<S> {
        let rows = self.rows.into_iter();
        Page {
            rows: rows.map(|(cursor, row)| (cursor, with(row))).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
            total: self.total,
        }
    }
}

/// The sort value and the id of a row, as a cursor carries them.
#[derive(Serialize, Deserialize)]
struct Mark {
    /// Digest of the list's sort and filter.
    list: String,
    value: Sorted,
    id: uuid::Uuid,
}

#[derive(Serialize, Deserialize)]
enum Sorted {
    Text(String),
    Int(i64),
    Time(Timestamp),
    Day(chrono::NaiveDate),
    Id(uuid::Uuid),
}

impl Sorted {
    fn read(value: Value) -> Result<Self> {
        match value {
            Value::String(Some(text)) => Ok(Self::Text(text.to_string())),
            Value::Int(Some(n)) => Ok(Self::Int(n.into())),
            Value::BigInt(Some(n)) => Ok(Self::Int(n)),
            Value::ChronoDateTimeUtc(Some(at)) => Ok(Self::Time(at)),
            Value::ChronoDate(Some(day)) => Ok(Self::Day(day)),
            Value::Uuid(Some(id)) => Ok(Self::Id(id)),
            other => Err(Error::Fault(format!("no list is sorted by {other:?}"))),
        }
    }

    /// Whether it can be compared with what a column of this type holds: a cursor that somebody made up might not.
    fn fits(&self, column: &ColumnType) -> bool {
        let common_era = |year: i32| (1..=9999).contains(&year);
        match self {
            Self::Text(text) => {
                matches!(column, ColumnType::Text | ColumnType::String(_)) && !text.contains('\0')
            }
            Self::Int(n) => match column {
                ColumnType::Integer => i32::try_from(*n).is_ok(),
                other => matches!(other, ColumnType::BigInteger),
            },
            Self::Time(at) => {
                matches!(column, ColumnType::TimestampWithTimeZone) && common_era(at.year())
            }
            Self::Day(day) => matches!(column, ColumnType::Date) && common_era(day.year()),
            Self::Id(_) => matches!(column, ColumnType::Uuid),
        }
    }

    fn bind(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Int(n) => n.into(),
            Self::Time(at) => at.into(),
            Self::Day(day) => day.into(),
            Self::Id(id) => id.into(),
        }
    }
}

/// A list: its order and whatever its filter was, so that a cursor of another list is refused.
pub struct List<O> {
    order: O,
    digest: String,
}

impl<O: Serialize> List<O> {
    /// The list in this order under this filter.
    pub fn new(order: O, filter: &impl Serialize) -> Result<Self> {
        let digest = Sha256::digest(serde_json::to_vec(&(&order, filter))?);
        let digest = URL_SAFE_NO_PAD.encode(digest.get(..6).unwrap_or_default());
        Ok(Self { order, digest })
    }

    /// The cursor of a row.
    pub fn cursor<E>(&self, row: &E::Model) -> Result<String>
    where
        E: EntityTrait<Model: ModelTrait<Entity = E>>,
        O: Order<E>,
    {
        let value = Sorted::read(row.get(self.order.column()))?;
        self.mark(value, id_of::<E>(row)?)
    }

    fn mark(&self, value: Sorted, id: uuid::Uuid) -> Result<String> {
        let list = self.digest.clone();
        let mark = Mark { list, value, id };
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&mark)?))
    }

    fn parse(&self, cursor: &str) -> Option<Mark> {
        let mark: Mark = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        (mark.list == self.digest).then_some(mark)
    }
}

/// Fetches one part of a list: one statement, one row more than shown.
pub async fn fetch<E, O>(
    find: Find<'_, E>,
    list: &List<O>,
    window: &Window,
) -> Result<Page<E::Model>>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync>,
    O: Order<E>,
{
    fetch_with(find, list, window, |row| row).await
}

/// The same for rows that were joined with more: `row` is the list's own part of them.
pub(crate) async fn fetch_with<E, O, M>(
    find: Find<'_, E>,
    list: &List<O>,
    window: &Window,
    row: fn(&M) -> &E::Model,
) -> Result<Page<M>>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync>,
    O: Order<E>,
    M: FromQueryResult + Send + Sync,
{
    let column = list.order.column();
    let key = key_of::<E>()?;
    let descending = list.order.descending() != window.backward;
    let direction = || {
        if descending {
            Direction::Desc
        } else {
            Direction::Asc
        }
    };
    let total = window.counted.then(|| find.total());
    let mut find = find
        .order(column, direction())
        .order(key, direction())
        .limit(window.size as u64 + 1);
    if let Some(mark) = window.mark(list, column.def().get_column_type())? {
        let column = Expr::col((E::default(), column));
        find = find.filter(beyond::<E>(column, key, mark, descending));
    }
    let (rows, total) = window.rows(find, total).await?;
    window.cut(rows, total, |found| list.cursor::<E>(row(found)), |row| row)
}

/// The same for a list sorted, ascending, by a text that no column holds: `sort` of each row.
pub(crate) async fn fetch_by<E, O>(
    find: Find<'_, E>,
    list: &List<O>,
    window: &Window,
    sort: SimpleExpr,
) -> Result<Page<E::Model>>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync>,
    O: Serialize,
{
    let key = key_of::<E>()?;
    let direction = || {
        if window.backward {
            Direction::Desc
        } else {
            Direction::Asc
        }
    };
    // All are found to be sorted, and are counted on the way unless the page begins further on.
    let total = window.counted.then(|| match window.cursor {
        None => Expr::cust("COUNT(*) OVER ()"),
        Some(_) => find.total(),
    });
    let mut find = find
        .shape(|select| {
            select
                .expr_as(sort.clone(), SORT)
                .order_by(Expr::col(SORT), direction())
        })
        .order(key, direction())
        .limit(window.size as u64 + 1);
    if let Some(mark) = window.mark(list, &ColumnType::Text)? {
        find = find.filter(beyond::<E>(sort, key, mark, window.backward));
    }
    let (rows, total): (Vec<WithSort<E::Model>>, _) = window.rows(find, total).await?;
    window.cut(
        rows,
        total,
        |found| list.mark(Sorted::Text(found.sort.clone()), id_of::<E>(&found.row)?),
        |found| found.row,
    )
}

const SORT: &str = "sort_text";

impl Window {
    /// The rows, and how many there are in all where that is selected beside them.
    async fn rows<E, M>(
        &self,
        find: Find<'_, E>,
        total: Option<SimpleExpr>,
    ) -> Result<(Vec<M>, Option<u64>)>
    where
        E: EntityTrait<Model: FromQueryResult + Send + Sync>,
        M: FromQueryResult + Send + Sync,
    {
        let Some(total) = total else {
            return Ok((find.all_as().await?, None));
        };
        let find = find.shape(|select| select.expr_as(total, TOTAL));
        let rows: Vec<Counted<M>> = find.all_as().await?;
        let none = (rows.is_empty() && self.cursor.is_none()).then_some(0);
        let total = rows.first().map_or(none, |first| Some(first.total));
        let total = total.map(|total| u64::try_from(total).unwrap_or_default());
        Ok((rows.into_iter().map(|found| found.row).collect(), total))
    }
}

const TOTAL: &str = "total_count";

/// A row with the number of all of the list's.
struct Counted<M> {
    row: M,
    total: i64,
}

impl<M: FromQueryResult> FromQueryResult for Counted<M> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: M::from_query_result(row, prefix)?,
            total: row.try_get(prefix, TOTAL)?,
        })
    }
}

/// A row with what it is sorted by.
struct WithSort<R> {
    row: R,
    sort: String,
}

impl<R: FromQueryResult> FromQueryResult for WithSort<R> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: R::from_query_result(row, prefix)?,
            sort: row.try_get(prefix, SORT)?,
        })
    }
}

/// The first part of the lists of many parents, in one statement; parents without rows are left out. `row` is the list's
/// own part of what is read.
pub(crate) async fn fetch_first<E, O, P, M>(
    find: Find<'_, E>,
    (parent, parents): (E::Column, &[Id<P>]),
    list: &List<O>,
    size: usize,
    row: fn(&M) -> &E::Model,
) -> Result<HashMap<Id<P>, Page<M>>>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync>,
    O: Order<E>,
    M: FromQueryResult + Send + Sync,
{
    let direction = if list.order.descending() {
        Direction::Desc
    } else {
        Direction::Asc
    };
    let sort = (list.order.column(), key_of::<E>()?, direction);
    let parents = parents.iter().map(|id| id.uuid()).collect();
    let mut pages: HashMap<Id<P>, Page<M>> = HashMap::new();
    for found in find
        .first_of_each::<M>(parent, parents, sort, size as u64 + 1)
        .await?
    {
        let Value::Uuid(Some(of)) = row(&found).get(parent) else {
            return Err(Error::Fault("a row without its parent".to_owned()));
        };
        let page = pages.entry(Id::from_uuid(of)).or_default();
        if page.rows.len() < size {
            page.rows.push((list.cursor::<E>(row(&found))?, found));
        } else {
            page.has_next = true;
        }
    }
    Ok(pages)
}

fn id_of<E: EntityTrait<Model: ModelTrait<Entity = E>>>(row: &E::Model) -> Result<uuid::Uuid> {
    match row.get(key_of::<E>()?) {
        Value::Uuid(Some(id)) => Ok(id),
        _ => Err(Error::Fault("a list of rows without an id".to_owned())),
    }
}

fn key_of<E: EntityTrait>() -> Result<E::Column> {
    let key = E::PrimaryKey::iter()
        .next()
        .map(PrimaryKeyToColumn::into_column);
    key.ok_or_else(|| Error::Fault("a table without a key".to_owned()))
}

/// Row comparison: `a < x OR (a = x AND b < y)` reads six times the pages and grows with depth.
fn beyond<E: EntityTrait>(
    sort: SimpleExpr,
    key: E::Column,
    mark: Mark,
    descending: bool,
) -> Condition {
    let row = Expr::tuple([sort, Expr::col((E::default(), key))]);
    let at = Expr::tuple([Expr::val(mark.value.bind()), Expr::val(mark.id)]);
    Condition::all().add(if descending { row.lt(at) } else { row.gt(at) })
}

mod score;

#[cfg(test)]
mod tests;
