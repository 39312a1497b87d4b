//! Searching the piggy bank: what a query means, which works it finds for this viewer, and how many under each facet.
//!
//! Two statements. The first tells how rare each word is, in its four degrees of nearness, and what a misspelt one may
//! have meant. The second ranks by BM25 (the rarer a word and the more of the work it is, the better), under the
//! viewer's visibility, so that neither a count nor a facet knows of a work that the viewer does not. The postings are
//! rows of `resource_term`, read in ranges, and the SQL is the same on both databases.

use std::collections::HashMap;

use sea_orm::sea_query::{
    CommonTableExpression, Expr, ExprTrait, Func, Order, Query as Sql, SelectStatement, SimpleExpr,
    UnionType, WithClause, WithQuery,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::entity::{Column, Entity, version};
use super::index::{self, ONE, count, term, text, variant};
use super::queries::Filter;
use super::{Kind, Licence, Resource, ResourceVersion, State};
use crate::authz::{Job, Viewer};
use crate::db::{Access, Beside};
use crate::error::{Error, Refusal, Result};
use crate::id::Id;
use crate::network::Network;
use crate::page::{List, Page, Window};
use crate::search::excerpt::{Marker, Piece};
use crate::search::query::Query;
use crate::search::{BEGINNINGS, beginning, stem};
use crate::text::Language;

/// The most characters of a query.
pub const LONGEST_QUERY: usize = 300;
/// Sorts after every letter a word may go on with.
const AFTER_ALL: char = '\u{10FFFF}';
/// How soon more of the same word counts less, BM25's k.
const SATURATION: f64 = 1.4;
/// How much of a word's score comes of all degrees of nearness together; the rest of the best one.
const TOGETHER: f64 = 0.25;
/// Scores are whole numbers, which add up alike in any order: a cursor finds its place again.
const SCALE: f64 = 1e6;
/// Works that score less than this many tenths of the best are not meant.
const ENOUGH: i64 = 3;
/// The most guesses at misspelt words that are looked at.
const GUESSES: u64 = 500;
/// The degrees of nearness.
const DEGREES: [&str; 4] = ["four", "five", "stem", "exact"];

/// A word looked for, and how much each degree of nearness to it tells.
#[derive(Debug, Clone)]
struct Sought {
    word: String,
    stem: String,
    open: bool,
    tells: [f64; 4],
}

/// What a query means.
#[derive(Debug, Default)]
struct Meaning {
    query: Query,
    sought: Vec<Sought>,
    /// The query with its misspelt words put right.
    meant: Option<String>,
}

/// How many works there are under one value of a facet, all other filters holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count<T> {
    /// The value.
    pub value: T,
    /// How many.
    pub works: u64,
}

/// The works found, by what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By kind.
    pub kinds: Vec<Count<Kind>>,
    /// By language.
    pub languages: Vec<Count<Language>>,
    /// By the subject's code; those for all subjects are left out.
    pub subjects: Vec<Count<String>>,
    /// By grade; a work for several counts under each.
    pub grades: Vec<Count<i32>>,
    /// By licence.
    pub licences: Vec<Count<Licence>>,
    /// By network; those of none are left out.
    pub networks: Vec<Count<Id<Network>>>,
}

/// What of the answer is wanted; the rest is not worked out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// The counts of facets.
    pub facets: bool,
    /// How many there are in all.
    pub total: bool,
    /// Titles and excerpts with marks.
    pub excerpts: bool,
}

/// A work that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The work.
    pub resource: Resource,
    /// Its newest version, when excerpts were wanted.
    pub version: Option<ResourceVersion>,
    /// Its title, marked.
    pub title: Vec<Piece>,
    /// Where it speaks of what was looked for, marked.
    pub excerpt: Vec<Piece>,
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// One page, the best first, of equals the latest.
    pub page: Page<Hit>,
    /// Counts, when wanted.
    pub facets: Facets,
    /// How many there are, when wanted.
    pub total: Option<u64>,
    /// What the query was taken for, when words of it are misspelt.
    pub meant: Option<String>,
}

/// Searches the works that the viewer sees.
pub async fn search(
    access: &Access,
    text: &str,
    filter: &Filter,
    window: &Window,
    wanted: Wanted,
) -> Result<Found> {
    if text.chars().count() > LONGEST_QUERY {
        return Err(Refusal::TooLong { max: LONGEST_QUERY }.of("query"));
    }
    let list = List::new("search", &(text, filter))?;
    let mark = window.score_mark(&list)?;
    let meaning = understand(access, Query::read(text), text).await?;
    let rows: Vec<Line> = access
        .find::<Entity>()
        .filter(meaning.condition())
        .filter(unfaceted(filter).condition())
        .shape(|select| candidates(select, &meaning, filter))
        .woven(|found| {
            let page = page(mark, window.size() as u64 + 1);
            weave(access, &meaning, found, page, wanted)
        })
        .await?;
    let mut best: Vec<(Uuid, i64)> = rows.iter().filter_map(Line::hit).collect();
    best.sort_unstable_by_key(|(id, score)| std::cmp::Reverse((*score, *id)));
    let page = window.cut_scored(&list, best)?;
    Ok(Found {
        page: hits(access, &meaning, page, wanted).await?,
        facets: facets(&rows)?,
        total: wanted.total.then(|| {
            let total = rows.iter().find(|row| row.what == TOTAL);
            total.map_or(0, |row| row.number as u64)
        }),
        meant: meaning.meant,
    })
}

/// The filter without what facets count.
fn unfaceted(filter: &Filter) -> Filter {
    Filter {
        states: Some(vec![State::Shared]),
        kinds: None,
        languages: None,
        subjects: None,
        grade: None,
        licences: None,
        network: None,
        ..filter.clone()
    }
}

/// How rare a word is in each degree; or a guess (`n` is [`GUESS`]); or how many works there are ([`WORKS`]).
#[derive(FromQueryResult)]
struct Rarity {
    n: i32,
    word: Option<String>,
    four: i64,
    five: i64,
    stem: i64,
    exact: i64,
}

const GUESS: i32 = -1;
const WORKS: i32 = -2;

async fn understand(access: &Access, query: Query, text: &str) -> Result<Meaning> {
    if query.is_empty() {
        return Ok(Meaning {
            query,
            ..Meaning::default()
        });
    }
    let last = query.words.len() - 1;
    let mut sought: Vec<Sought> = Vec::with_capacity(query.words.len());
    for (at, word) in query.words.iter().enumerate() {
        sought.push(Sought {
            word: word.clone(),
            stem: stem(word),
            open: query.open && at == last,
            tells: [0.0; 4],
        });
    }
    let mut rows = rarities(access, &sought).await?;
    let meant = put_right(&mut sought, &rows, text);
    if meant.is_some() {
        // What was meant is as rare as it is.
        rows = rarities(access, &sought).await?;
    }
    let works = rows.iter().find(|row| row.n == WORKS);
    let works = works.map_or(0, |row| row.four) as f64;
    for row in rows {
        let at = usize::try_from(row.n).ok();
        if let Some(sought) = at.and_then(|at| sought.get_mut(at)) {
            sought.tells = [row.four, row.five, row.stem, row.exact].map(|having| {
                let having = (having as f64).min(works);
                (1.0 + (works - having + 0.5) / (having + 0.5)).ln()
            });
        }
    }
    Ok(Meaning {
        query,
        sought,
        meant,
    })
}

async fn rarities(access: &Access, sought: &[Sought]) -> Result<Vec<Rarity>> {
    let works = Sql::select()
        .expr_as(Expr::val(WORKS), "n")
        .expr_as(Expr::val(None::<String>), "word")
        .expr_as(Expr::col(count::Column::Works), "four")
        .exprs((0..3).map(|_| Expr::val(0_i64)))
        .from(count::Entity)
        .to_owned();
    let mut all: Vec<SelectStatement> = vec![works];
    for (n, sought) in sought.iter().enumerate() {
        let n = i32::try_from(n).unwrap_or(WORKS);
        let counts = sought.degrees().map(|degree| {
            let one = Expr::case(degree, Expr::val(1));
            Expr::from(Func::count(one))
        });
        let rows = postings(access, sought.range(), |select| {
            select
                .expr(Expr::val(n))
                .expr(Expr::val(None::<String>))
                .exprs(counts)
        });
        all.push(rows);
    }
    let keys = sought
        .iter()
        .filter(|sought| sought.word.chars().count() >= index::SHORTEST_GUESSED)
        .flat_map(|sought| index::keys(&sought.word));
    access
        .find::<variant::Entity>()
        .filter(variant::Column::Variant.is_in(keys))
        .limit(GUESSES)
        .shape(|select| {
            select
                .select_only()
                .expr_as(Expr::val(GUESS), "n")
                .expr_as(Expr::col(variant::Column::Word), "word")
                .expr(Expr::val(0_i64))
                .expr(Expr::val(0_i64))
                .expr(Expr::val(0_i64))
                .expr(Expr::val(0_i64))
                .distinct()
        })
        .woven(|guesses| {
            // A limit binds to the whole union unless the select stands in brackets.
            let guesses = Sql::select()
                .column(sea_orm::sea_query::Asterisk)
                .from_subquery(guesses, "guess")
                .to_owned();
            let mut all = all.into_iter().chain([guesses]);
            let mut first = all.next().unwrap_or_default();
            for other in all {
                first.union(UnionType::All, other);
            }
            first
        })
        .await
}

/// Puts what is nowhere in place of words that are one or two letters away, and tells the query that this makes.
fn put_right(sought: &mut [Sought], rows: &[Rarity], text: &str) -> Option<String> {
    let mut meant = None;
    for (at, sought) in sought.iter_mut().enumerate() {
        let known = rows
            .iter()
            .any(|row| usize::try_from(row.n) == Ok(at) && row.stem + row.exact > 0);
        let letters = sought.word.chars().count();
        if known || letters < index::SHORTEST_GUESSED {
            continue;
        }
        let most = if letters < 8 { 1 } else { 2 };
        let guesses = rows.iter().filter(|row| row.n == GUESS);
        let guesses = guesses.filter_map(|row| row.word.as_deref());
        let near = guesses
            .map(|guess| (strsim::damerau_levenshtein(guess, &sought.word), guess))
            .filter(|(distance, _)| *distance <= most)
            .min();
        if let Some((_, right)) = near {
            let before = meant.as_deref().unwrap_or(text);
            meant = Some(replaced(before, &sought.word, right));
            sought.word = right.to_owned();
            sought.stem = stem(right);
            sought.open = false;
        }
    }
    meant
}

/// The text with another word wherever this folded one stands.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let mut right = String::new();
    let mut done = 0;
    for found in crate::search::words(text).filter(|found| found.folded == word) {
        right.push_str(text.get(done..found.at.start).unwrap_or_default());
        right.push_str(with);
        done = found.at.end;
    }
    right.push_str(text.get(done..).unwrap_or_default());
    right
}

/// Rows of the index. How rare a word is, is the same for everybody; who may see the works is asked where they are read.
fn postings(
    access: &Access,
    which: Condition,
    shape: impl FnOnce(sea_orm::Select<term::Entity>) -> sea_orm::Select<term::Entity>,
) -> SelectStatement {
    access
        .db()
        .access(Viewer::system(Job::Door))
        .find::<term::Entity>()
        .filter(which)
        .shape(|select| shape(select.select_only()))
        .into_query()
}

fn begins(with: &str) -> Condition {
    let mut end = with.to_owned();
    end.push(AFTER_ALL);
    Condition::all()
        .add(term::Column::Term.gte(with))
        .add(term::Column::Term.lt(end))
}

fn same(word: &str) -> Condition {
    Condition::all().add(term::Column::Term.eq(word))
}

impl Sought {
    fn new(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            stem: stem(word),
            open: false,
            tells: [0.0; 4],
        }
    }

    /// The part of the index that holds whatever is near.
    fn range(&self) -> Condition {
        let letters = self.word.chars().count();
        let near = if letters >= BEGINNINGS.0 {
            begins(beginning(&self.word, BEGINNINGS.0))
        } else if self.open && letters > 1 {
            begins(&self.word)
        } else {
            same(&self.word)
        };
        let short = self.stem.chars().count() < BEGINNINGS.0 && self.stem != self.word;
        if short {
            Condition::any().add(near).add(same(&self.stem))
        } else {
            near
        }
    }

    /// What holds for the rows of the range that are near in each degree.
    fn degrees(&self) -> [Condition; 4] {
        let same_stem = Condition::all().add(term::Column::Stem.eq(&self.stem));
        let (long, longer) = BEGINNINGS;
        let letters = self.word.chars().count();
        let beginning_with = |length: usize| {
            if letters >= length {
                begins(beginning(&self.word, length))
            } else {
                same(&self.word)
            }
        };
        let exact = if self.open {
            begins(&self.word)
        } else {
            same(&self.word)
        };
        [
            beginning_with(long),
            beginning_with(longer),
            same_stem,
            exact,
        ]
    }

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
        let together = DEGREES.map(|name| Expr::col(name)).into_iter();
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

impl Meaning {
    /// Holds for works that have the phrases and not what is excluded.
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        for word in &self.query.excluded {
            let sought = Sought::new(word);
            let with = term::Entity::find()
                .select_only()
                .column(term::Column::ResourceId)
                .filter(sought.range())
                .filter(
                    Condition::any()
                        .add(term::Column::Stem.eq(&sought.stem))
                        .add(term::Column::Term.eq(word)),
                )
                .into_query();
            all = all.add(Column::Id.not_in_subquery(with));
        }
        for phrase in &self.query.phrases {
            let with = text::Entity::find()
                .select_only()
                .expr(Expr::val(1))
                .filter(
                    Expr::col((text::Entity, text::Column::ResourceId))
                        .eq(Expr::col((Entity, Column::Id))),
                )
                .filter(text::Column::Words.like(format!("% {} %", phrase.join(" "))))
                .into_query();
            all = all.add(Expr::exists(with));
        }
        all
    }
}

/// The works with their score, their facets, and how many filters of facets they miss.
fn candidates(
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
    for facet in Facet::ALL {
        let miss = facet
            .condition(filter)
            .map_or(Expr::val(0), |fits| Expr::case(fits, 0).finally(1).into());
        select = select.expr_as(miss.clone(), facet.miss());
        misses = misses.add(miss);
    }
    select.expr_as(misses, "misses")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Facet {
    Kind = 2,
    Language,
    Subject,
    Grade,
    Licence,
    Network,
}

impl Facet {
    const ALL: [Self; 6] = [
        Self::Kind,
        Self::Language,
        Self::Subject,
        Self::Grade,
        Self::Licence,
        Self::Network,
    ];

    /// The column that tells whether a work misses this filter.
    fn miss(self) -> &'static str {
        match self {
            Self::Kind => "misses_kind",
            Self::Language => "misses_language",
            Self::Subject => "misses_subject",
            Self::Grade => "misses_grade",
            Self::Licence => "misses_licence",
            Self::Network => "misses_network",
        }
    }

    fn condition(self, filter: &Filter) -> Option<Condition> {
        let only = match self {
            Self::Kind => Filter {
                kinds: Some(filter.kinds.clone()?),
                ..Filter::default()
            },
            Self::Language => Filter {
                languages: Some(filter.languages.clone()?),
                ..Filter::default()
            },
            Self::Subject => Filter {
                subjects: Some(filter.subjects.clone()?),
                ..Filter::default()
            },
            Self::Grade => Filter {
                grade: Some(filter.grade?),
                ..Filter::default()
            },
            Self::Licence => Filter {
                licences: Some(filter.licences.clone()?),
                ..Filter::default()
            },
            Self::Network => Filter {
                network: Some(filter.network?),
                ..Filter::default()
            },
        };
        Some(only.condition())
    }

    /// How many works there are under each of its values, whatever this one filter says.
    fn counts(self) -> SelectStatement {
        let none = || Expr::val(None::<String>);
        let (word, id, grades): (SimpleExpr, SimpleExpr, bool) = match self {
            Self::Kind => (Expr::col(Column::Kind), no_id(), false),
            Self::Language => (Expr::col(Column::Language), no_id(), false),
            Self::Subject => (Expr::col(Column::Subject), no_id(), false),
            Self::Licence => (Expr::col(Column::Licence), no_id(), false),
            Self::Network => (none(), Expr::col(Column::NetworkId), false),
            Self::Grade => (none(), no_id(), true),
        };
        let mut counts = Sql::select();
        counts
            .expr_as(Expr::val(self as i32), "what")
            .expr_as(word, "word")
            .expr_as(id, "id");
        if grades {
            counts
                .expr_as(Expr::col(Column::GradeFrom), "low")
                .expr_as(Expr::col(Column::GradeTo), "high");
        } else {
            counts
                .expr_as(Expr::val(0), "low")
                .expr_as(Expr::val(0), "high");
        }
        counts
            .expr_as(Expr::cust("COUNT(*)"), "number")
            .from("kept")
            .and_where(Expr::col("misses").eq(Expr::col(self.miss())));
        match self {
            Self::Kind => counts.group_by_col(Column::Kind),
            Self::Language => counts.group_by_col(Column::Language),
            Self::Subject => counts.group_by_col(Column::Subject),
            Self::Licence => counts.group_by_col(Column::Licence),
            Self::Network => counts.group_by_col(Column::NetworkId),
            Self::Grade => counts.group_by_columns([Column::GradeFrom, Column::GradeTo]),
        };
        counts
    }
}

fn no_id() -> SimpleExpr {
    Expr::val(None::<Uuid>)
}

/// One line of the answer: a work, the total, or a count of a facet.
#[derive(FromQueryResult)]
struct Line {
    what: i32,
    word: Option<String>,
    id: Option<Uuid>,
    low: i32,
    high: i32,
    number: i64,
}

const HIT: i32 = 0;
const TOTAL: i32 = 1;

impl Line {
    fn hit(&self) -> Option<(Uuid, i64)> {
        self.id
            .filter(|_| self.what == HIT)
            .map(|id| (id, self.number))
    }
}

/// The best works behind the mark.
fn page(mark: Option<(i64, Uuid)>, size: u64) -> SelectStatement {
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

fn weave(
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
    let top = Sql::select()
        .expr(Expr::col("score").max())
        .from("found")
        .to_owned();
    let enough = Expr::col("score")
        .mul(10_i64)
        .gte(Expr::from(SimpleExpr::SubQuery(None, Box::new(top.into()))).mul(ENOUGH));
    let kept = Sql::select()
        .column(sea_orm::sea_query::Asterisk)
        .from("found")
        .and_where(enough)
        .to_owned();
    for (name, query) in [("found", found), ("kept", kept)] {
        with.cte(
            CommonTableExpression::new()
                .query(query)
                .table_name(name)
                .to_owned(),
        );
    }
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

fn facets(rows: &[Line]) -> Result<Facets> {
    let mut facets = Facets::default();
    let mut grades = [0_u64; (super::GRADES.1 - super::GRADES.0 + 1) as usize];
    for row in rows {
        let works = row.number as u64;
        let word = row.word.as_deref();
        if row.what == Facet::Kind as i32 {
            facets.kinds.extend(counted(word, works)?);
        } else if row.what == Facet::Language as i32 {
            facets.languages.extend(counted(word, works)?);
        } else if row.what == Facet::Licence as i32 {
            facets.licences.extend(counted(word, works)?);
        } else if row.what == Facet::Subject as i32 {
            facets.subjects.extend(word.map(|code| Count {
                value: code.to_owned(),
                works,
            }));
        } else if row.what == Facet::Network as i32 {
            facets.networks.extend(row.id.map(|id| Count {
                value: Id::from_uuid(id),
                works,
            }));
        } else if row.what == Facet::Grade as i32 {
            for (grade, sum) in (super::GRADES.0..).zip(grades.iter_mut()) {
                if (row.low..=row.high).contains(&grade) {
                    *sum += works;
                }
            }
        }
    }
    let grades = (super::GRADES.0..)
        .zip(grades)
        .filter(|(_, works)| *works > 0);
    facets.grades = grades
        .map(|(value, works)| Count { value, works })
        .collect();
    most_first(&mut facets.kinds);
    most_first(&mut facets.languages);
    most_first(&mut facets.subjects);
    most_first(&mut facets.licences);
    most_first(&mut facets.networks);
    facets.networks.truncate(NETWORKS);
    Ok(facets)
}

/// The most networks that are counted out.
const NETWORKS: usize = 50;

fn counted<T: sea_orm::ActiveEnum<Value = String>>(
    word: Option<&str>,
    works: u64,
) -> Result<Option<Count<T>>> {
    word.map(|word| {
        let value = T::try_from_value(&word.to_owned()).map_err(Error::from)?;
        Ok(Count { value, works })
    })
    .transpose()
}

/// Sorts so that answers are alike: what most have first, equals by value.
fn most_first<T: std::fmt::Debug>(counts: &mut [Count<T>]) {
    counts
        .sort_by_cached_key(|count| (std::cmp::Reverse(count.works), format!("{:?}", count.value)));
}

/// The works of a page, in its order.
async fn hits(
    access: &Access,
    meaning: &Meaning,
    page: Page<Uuid>,
    wanted: Wanted,
) -> Result<Page<Hit>> {
    let ids: Vec<Id<Resource>> = page.rows.iter().map(|(_, id)| Id::from_uuid(*id)).collect();
    let find = access.find::<Entity>().any_of(Column::Id, &ids);
    let found: Vec<(Resource, Option<ResourceVersion>)> = if ids.is_empty() {
        Vec::new()
    } else if wanted.excerpts {
        let rows = find
            .beside::<version::Entity>(Column::NewestId, version::Column::Id, access.viewer())
            .all_as::<Beside<Resource, ResourceVersion>>()
            .await?;
        rows.into_iter().map(|row| (row.row, row.beside)).collect()
    } else {
        let rows = find.all().await?;
        rows.into_iter().map(|row| (row, None)).collect()
    };
    let mut found: HashMap<Uuid, _> = found
        .into_iter()
        .map(|(resource, version)| (resource.id.uuid(), (resource, version)))
        .collect();
    let words: Vec<String> = meaning.sought.iter().map(|it| it.word.clone()).collect();
    let marker = Marker::new(&words, meaning.sought.last().is_some_and(|last| last.open));
    let language = access.viewer().language;
    let rows = page.rows.into_iter().filter_map(|(cursor, id)| {
        let (resource, version) = found.remove(&id)?;
        let title = resource.title();
        let (title, excerpt) = match &version {
            Some(version) => {
                let summary = version.summary();
                let text = format!("{} {}", summary.read(language).1, version.body);
                let title = marker.whole(title.read(language).1);
                (title, marker.excerpt(text.trim()))
            }
            None => Default::default(),
        };
        let hit = Hit {
            resource,
            version,
            title,
            excerpt,
        };
        Some((cursor, hit))
    });
    Ok(Page {
        rows: rows.collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_right_where_they_stand() {
        assert_eq!(
            replaced("\"Фотосинтиз\" 7 сынып", "фотосинтиз", "фотосинтез"),
            "\"фотосинтез\" 7 сынып"
        );
    }
}
