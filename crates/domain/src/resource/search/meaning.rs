//! What a query means: its words, how much each tells, and what misspelt ones may have meant.

use sea_orm::sea_query::{
    Expr, ExprTrait, Func, Query as Sql, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait,
};

use crate::authz::{Job, Viewer};
use crate::db::Access;
use crate::error::Result;
use crate::resource::entity::{Column, Entity};
use crate::resource::index::{self, count, term, text, variant};
use crate::search::query::Query;
use crate::search::{BEGINNINGS, beginning, stem};

/// Sorts after every letter a word may go on with.
const AFTER_ALL: char = '\u{10FFFF}';
/// The most guesses at misspelt words that are looked at.
const GUESSES: u64 = 500;
/// A word looked for, and how much each degree of nearness to it tells.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    pub(super) word: String,
    stem: String,
    pub(super) open: bool,
    pub(super) tells: [f64; 4],
}

/// What a query means.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    query: Query,
    pub(super) sought: Vec<Sought>,
    /// The query with its misspelt words put right.
    pub(super) meant: Option<String>,
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

pub(super) async fn understand(access: &Access, query: Query, text: &str) -> Result<Meaning> {
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
    let rows = rarities(access, &sought).await?;
    // What was meant is taken to be as rare as what was typed, which nothing has.
    let meant = put_right(&mut sought, &rows, text);
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
        .expr_as(Expr::val(0_i64), "five")
        .expr_as(Expr::val(0_i64), "stem")
        .expr_as(Expr::val(0_i64), "exact")
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
                .expr_as(Expr::val(0_i64), "four")
                .expr_as(Expr::val(0_i64), "five")
                .expr_as(Expr::val(0_i64), "stem")
                .expr_as(Expr::val(0_i64), "exact")
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
pub(super) fn postings(
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
    pub(super) fn range(&self) -> Condition {
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
    pub(super) fn degrees(&self) -> [Condition; 4] {
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
}

impl Meaning {
    /// Holds for works that have nothing of what is excluded.
    pub(super) fn condition(&self) -> Condition {
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
        all
    }

    /// How many of the phrases a work lacks; nothing when there are none.
    pub(super) fn lacks(&self) -> Option<SimpleExpr> {
        let each = self.query.phrases.iter().map(|phrase| -> SimpleExpr {
            let with = text::Entity::find()
                .select_only()
                .expr(Expr::val(1))
                .filter(
                    Expr::col((text::Entity, text::Column::ResourceId))
                        .eq(Expr::col((Entity, Column::Id))),
                )
                .filter(text::Column::Words.like(format!("% {} %", phrase.join(" "))))
                .into_query();
            Expr::case(Expr::exists(with), 0).finally(1).into()
        });
        each.reduce(ExprTrait::add)
    }
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
