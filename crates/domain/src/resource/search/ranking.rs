//! The statement that ranks the works found and counts them.

use sea_orm::sea_query::{
    CommonTableExpression, Expr, ExprTrait, Func, Order, Query as Sql, SelectStatement, SimpleExpr,
    UnionType, WithClause, WithQuery,
};
use sea_orm::{Condition, FromQueryResult, JoinType, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::Wanted;
use super::facet::{Facet, no_id};
use super::meaning::{Meaning, Sought, postings};
use crate::db::Access;
use crate::resource::entity::{Column, Entity};
use crate::resource::index::{ONE, term};
use crate::resource::queries::Filter;

/// How soon more of the same word counts less, BM25's k.
const SATURATION: f64 = 1.4;
/// How much of a word's score comes of all degrees of nearness together; the rest of the best one.
const TOGETHER: f64 = 0.25;
/// Scores are whole numbers, which add up alike in any order: a cursor finds its place again.
const SCALE: f64 = 1e6;
/// Works that score less than this many tenths of the best are not meant.
const ENOUGH: i64 = 3;
/// The degrees of nearness.
const DEGREES: [&str; 4] = ["four", "five", "stem", "exact"];

/// One line of the answer: a work, the total, or a count of a facet.
#[derive(FromQueryResult)]
pub(super) struct Line {
    pub(super) what: i32,
    pub(super) word: Option<String>,
    pub(super) id: Option<Uuid>,
    pub(super) low: i32,
    pub(super) high: i32,
    pub(super) number: i64,
}

const HIT: i32 = 0;
pub(super) const TOTAL: i32 = 1;

impl Line {
    pub(super) fn hit(&self) -> Option<(Uuid, i64)> {
        self.id
            .filter(|_| self.what == HIT)
            .map(|id| (id, self.number))
    }
}

impl Sought {
    /// The score of each work for this word alone.
    fn scores(&self, access: &Access) -> SelectStatement {
        let shares = DEGREES.into_iter().zip(self.degrees());
        let shares = shares.map(|(name, degree)| {
            let share = Expr::case(degree, Expr::col(term::Column::Weight)).finally(0);
            (name, Expr::from(Func::sum(share)))
        });
        let weights = postings(access, self.range(), |mut select| {
            for (name, share) in shares {
                select = select.expr_as(share, name);
            }
            select
                .column(term::Column::ResourceId)
                .group_by(term::Column::ResourceId)
        });
        let mut degrees = Sql::select();
        degrees.column(term::Column::ResourceId);
        for (name, tells) in DEGREES.into_iter().zip(self.tells) {
            let weight = || Expr::col(name).cast_as("DOUBLE PRECISION");
            let saturated = weight().div(weight().add(SATURATION * ONE));
            degrees.expr_as(saturated.mul(tells), name);
        }
        degrees.from_subquery(weights, "weights");
        let together = DEGREES.map(Expr::col).into_iter();
        let together = together.reduce(ExprTrait::add).unwrap_or(Expr::val(0.0));
        let score = together
            .mul(TOGETHER)
            .add(best(&DEGREES).mul(1.0 - TOGETHER))
            .mul(SCALE)
            .cast_as("BIGINT");
        Sql::select()
            .column(term::Column::ResourceId)
            .expr_as(score, "score")
            .from_subquery(degrees, "degrees")
            .to_owned()
    }
}

/// The greatest of these columns: the two databases call the function differently.
fn best(columns: &[&'static str]) -> SimpleExpr {
    let (Some(first), rest) = (columns.first(), columns.get(1..).unwrap_or_default()) else {
        return Expr::val(0.0);
    };
    if rest.is_empty() {
        return Expr::col(*first);
    }
    let others = rest.iter().fold(Condition::all(), |all, other| {
        all.add(Expr::col(*first).gte(Expr::col(*other)))
    });
    Expr::case(others, Expr::col(*first))
        .finally(best(rest))
        .into()
}

/// The works with their score, their facets, and how many filters of facets they miss.
pub(super) fn candidates(
    mut select: sea_orm::Select<Entity>,
    meaning: &Meaning,
    filter: &Filter,
) -> sea_orm::Select<Entity> {
    let score = if meaning.sought.is_empty() {
        Expr::val(0_i64)
    } else {
        QueryTrait::query(&mut select).join(
            JoinType::InnerJoin,
            "scored",
            Expr::col(("scored", term::Column::ResourceId)).eq(Expr::col((Entity, Column::Id))),
        );
        Expr::col(("scored", "score"))
    };
    let mut misses = Expr::val(0);
    select = select
        .select_only()
        .columns([
            Column::Id,
            Column::Kind,
            Column::Language,
            Column::Subject,
            Column::GradeFrom,
            Column::GradeTo,
            Column::Licence,
            Column::NetworkId,
        ])
        .expr_as(score, "score");
    if let Some(lacks) = meaning.lacks() {
        select = select.expr_as(lacks, "lacks");
    }
    for facet in Facet::ALL {
        let miss = facet
            .condition(filter)
            .map_or(Expr::val(0), |fits| Expr::case(fits, 0).finally(1).into());
        select = select.expr_as(miss.clone(), facet.miss());
        misses = misses.add(miss);
    }
    select.expr_as(misses, "misses")
}

/// The best works behind the mark.
pub(super) fn page(mark: Option<(i64, Uuid)>, size: u64) -> SelectStatement {
    let mut page = Sql::select();
    page.expr_as(Expr::val(HIT), "what")
        .expr_as(Expr::val(None::<String>), "word")
        .expr_as(Expr::col(Column::Id), "id")
        .expr_as(Expr::val(0), "low")
        .expr_as(Expr::val(0), "high")
        .expr_as(Expr::col("score"), "number")
        .from("kept")
        .and_where(Expr::col("misses").eq(0))
        .order_by("score", Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(size);
    if let Some((score, id)) = mark {
        let row = Expr::tuple([Expr::col("score"), Expr::col(Column::Id)]);
        page.and_where(row.lt(Expr::tuple([Expr::val(score), Expr::val(id)])));
    }
    Sql::select()
        .column(sea_orm::sea_query::Asterisk)
        .from_subquery(page, "page")
        .to_owned()
}

/// The whole statement: words to scores, scores to works, works to a page, a total and counts.
pub(super) fn weave(
    access: &Access,
    meaning: &Meaning,
    found: SelectStatement,
    mut page: SelectStatement,
    wanted: Wanted,
) -> WithQuery {
    let mut with = WithClause::new();
    let mut each = meaning.sought.iter().map(|sought| sought.scores(access));
    if let Some(mut all) = each.next() {
        for other in each {
            all.union(UnionType::All, other);
        }
        let sum = Expr::from(Func::sum(Expr::col("score"))).cast_as("BIGINT");
        let scored = Sql::select()
            .column(term::Column::ResourceId)
            .expr_as(sum, "score")
            .from_subquery(all, "each")
            .group_by_col(term::Column::ResourceId)
            .to_owned();
        with.cte(
            CommonTableExpression::new()
                .query(scored)
                .table_name("scored")
                .to_owned(),
        );
    }
    let mut add = |name: &'static str, query: SelectStatement| {
        let table = CommonTableExpression::new()
            .query(query)
            .table_name(name)
            .to_owned();
        with.cte(table);
    };
    add("found", found);
    let mut from = "found";
    if meaning.lacks().is_some() {
        // The works with the phrases; where none has them, those with their words.
        let fewest = only(from, Expr::col("lacks").min());
        add("phrased", all_of(from, Expr::col("lacks").eq(fewest)));
        from = "phrased";
    }
    let enough = only(from, Expr::col("score").max()).mul(ENOUGH);
    let good = Expr::col("score").mul(10_i64).gte(enough);
    add("kept", all_of(from, good));
    if wanted.total {
        let total = Sql::select()
            .expr(Expr::val(TOTAL))
            .expr(Expr::val(None::<String>))
            .expr(no_id())
            .expr(Expr::val(0))
            .expr(Expr::val(0))
            .expr(Expr::cust("COUNT(*)"))
            .from("kept")
            .and_where(Expr::col("misses").eq(0))
            .to_owned();
        page.union(UnionType::All, total);
    }
    if wanted.facets {
        for facet in Facet::ALL {
            page.union(UnionType::All, facet.counts());
        }
    }
    page.with(with)
}

/// One value of a table.
fn only(from: &'static str, value: SimpleExpr) -> SimpleExpr {
    let select = Sql::select().expr(value).from(from).to_owned();
    SimpleExpr::SubQuery(None, Box::new(select.into()))
}

/// The rows of a table for which this holds.
fn all_of(from: &'static str, which: SimpleExpr) -> SelectStatement {
    Sql::select()
        .column(sea_orm::sea_query::Asterisk)
        .from(from)
        .and_where(which)
        .to_owned()
}
