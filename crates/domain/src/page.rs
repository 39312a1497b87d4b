//! Pages of a list: keyset on `(sort value, id)`, with cursors bound to the list they came from.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::sea_query::{Expr, ExprTrait, Order as Direction, SimpleExpr};
use sea_orm::{
    Condition, DbErr, EntityTrait, FromQueryResult, Iterable, ModelTrait, PrimaryKeyToColumn,
    QueryOrder, QueryResult, QuerySelect, Value,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::db::{Beside, Find};
use crate::error::{Error, Refusal, Result};
use crate::id::Id;

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
        })
    }

    /// The first `size` rows.
    pub fn first(size: usize) -> Self {
        Self {
            size: size.clamp(1, MOST),
            backward: false,
            cursor: None,
        }
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
    fn mark<O: Serialize>(&self, list: &List<O>) -> Result<Option<Mark>> {
        let field = if self.backward { "before" } else { "after" };
        self.cursor
            .as_ref()
            .map(|cursor| list.parse(cursor).ok_or_else(|| Refusal::Cursor.of(field)))
            .transpose()
    }

    /// Where the part of a list sorted by a score, the greatest first, begins.
    pub(crate) fn score_mark<O: Serialize>(
        &self,
        list: &List<O>,
    ) -> Result<Option<(i64, uuid::Uuid)>> {
        match self.mark(list)? {
            None => Ok(None),
            Some(Mark {
                value: Sorted::Int(score),
                id,
                ..
            }) => Ok(Some((score, id))),
            Some(_) => Err(Refusal::Cursor.of("after")),
        }
    }

    /// The page out of ids with their scores.
    pub(crate) fn cut_scored<O: Serialize>(
        &self,
        list: &List<O>,
        fetched: Vec<(uuid::Uuid, i64)>,
    ) -> Result<Page<uuid::Uuid>> {
        self.cut(
            fetched,
            |(id, score)| list.mark(Sorted::Int(*score), *id),
            |(id, _)| id,
        )
    }

    /// The page out of what was fetched, which is one row more when there are more.
    fn cut<F, R>(
        &self,
        mut fetched: Vec<F>,
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
}

impl<R> Default for Page<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            has_next: false,
            has_previous: false,
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
    fetch_as::<E, O, E::Model>(find, list, window, |row| row).await
}

/// The same of rows with others beside them.
pub(crate) async fn fetch_beside<E, O, B>(
    find: Find<'_, E>,
    list: &List<O>,
    window: &Window,
) -> Result<Page<Beside<E::Model, B>>>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync>,
    O: Order<E>,
    B: FromQueryResult + Send + Sync,
{
    fetch_as::<E, O, Beside<E::Model, B>>(find, list, window, |found| &found.row).await
}

async fn fetch_as<E, O, M>(
    find: Find<'_, E>,
    list: &List<O>,
    window: &Window,
    row: impl Fn(&M) -> &E::Model,
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
    let mut find = find
        .order(column, direction())
        .order(key, direction())
        .limit(window.size as u64 + 1);
    if let Some(mark) = window.mark(list)? {
        let column = Expr::col((E::default(), column));
        find = find.filter(beyond::<E>(column, key, mark, descending));
    }
    let rows = find.all_as::<M>().await?;
    window.cut(rows, |found| list.cursor::<E>(row(found)), |found| found)
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
    let mut find = find
        .shape(|select| {
            select
                .expr_as(sort.clone(), SORT)
                .order_by(Expr::col(SORT), direction())
        })
        .order(key, direction())
        .limit(window.size as u64 + 1);
    if let Some(mark) = window.mark(list)? {
        find = find.filter(beyond::<E>(sort, key, mark, window.backward));
    }
    let rows: Vec<WithSort<E::Model>> = find.all_as().await?;
    window.cut(
        rows,
        |found| list.mark(Sorted::Text(found.sort.clone()), id_of::<E>(&found.row)?),
        |found| found.row,
    )
}

const SORT: &str = "sort_text";

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

/// The first part of the lists of many parents, in one statement; parents without rows are left out.
pub async fn fetch_first<E, O, P>(
    find: Find<'_, E>,
    parent: E::Column,
    parents: &[Id<P>],
    list: &List<O>,
    size: usize,
) -> Result<HashMap<Id<P>, Page<E::Model>>>
where
    E: EntityTrait<Model: ModelTrait<Entity = E> + FromQueryResult + Send + Sync>,
    O: Order<E>,
{
    let direction = if list.order.descending() {
        Direction::Desc
    } else {
        Direction::Asc
    };
    let sort = (list.order.column(), key_of::<E>()?, direction);
    let parents = parents.iter().map(|id| id.uuid()).collect();
    let mut pages: HashMap<Id<P>, Page<E::Model>> = HashMap::new();
    for row in find
        .first_of_each(parent, parents, sort, size as u64 + 1)
        .await?
    {
        let Value::Uuid(Some(of)) = row.get(parent) else {
            return Err(Error::Fault("a row without its parent".to_owned()));
        };
        let page = pages.entry(Id::from_uuid(of)).or_default();
        if page.rows.len() < size {
            page.rows.push((list.cursor::<E>(&row)?, row));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(Window::new(None, None, None, None).unwrap().size(), 20);
        assert_eq!(
            Window::new(Some(100), None, None, None).unwrap().size(),
            100
        );
        for (first, last) in [
            (Some(0), None),
            (Some(-1), None),
            (Some(101), None),
            (None, Some(0)),
            (Some(1), Some(1)),
            (Some(i32::MAX), None),
        ] {
            assert!(
                Window::new(first, None, last, None).is_err(),
                "{first:?} {last:?}"
            );
        }
        assert!(Window::new(Some(1), None, None, Some("x".to_owned())).is_err());
    }

    proptest::proptest! {
        #[test]
        fn cursors_return_to_their_own_list_alone(text: String, number: i64, key: u128, filter: String, other: String) {
            let id = uuid::Uuid::from_u128(key);
            let (mine, theirs) = (List::new((), &filter).unwrap(), List::new((), &other).unwrap());
            for (value, bound) in [(Sorted::Text(text.clone()), Value::from(text)), (Sorted::Int(number), Value::from(number))] {
                let cursor = mine.mark(value, id).unwrap();
                let mark = mine.parse(&cursor).unwrap();
                assert_eq!((mark.value.bind(), mark.id), (bound, id));
                assert_eq!(theirs.parse(&cursor).is_some(), filter == other);
                // A cursor cut short, or longer than it was, is none.
                assert!(mine.parse(cursor.get(1..).unwrap()).is_none());
                assert!(mine.parse(&format!("{cursor}A")).is_none());
            }
        }

        #[test]
        fn what_is_no_cursor_is_refused(text: String) {
            assert!(List::new((), &()).unwrap().parse(&text).is_none());
        }
    }
}
