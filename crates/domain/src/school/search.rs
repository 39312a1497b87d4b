//! How a school is found by what people type: any name it has or had, any name its place has or had, in any spelling,
//! by the beginnings of words, and with one letter wrong.
//!
//! `school_term` and `region_term` hold the folded words; `search_word` is the dictionary of both, and
//! `search_word_variant` each longer word with one letter left out. A word of the query stands for its exact form and
//! all words that begin with it; only if there are none, for the words one error away.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::sea_query::{
    BinOper, Expr, ExprTrait, OnConflict, Query, SelectStatement, SimpleExpr,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait,
};

use super::entity::Column;
use super::fold::{place_words, query_words, words};
use super::{School, SchoolName};
use crate::authz::{Action, Permit};
use crate::db::{Access, Tx, dialect};
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::region::Region;
use crate::text::Localized;

/// The most characters of a query.
pub const LONGEST_QUERY: usize = 100;
/// The most words of a query that count.
const MOST_WORDS: usize = 6;
/// Words shorter than this are taken as typed.
const SHORTEST_GUESSED: usize = 4;
/// Sorts after every letter a word may go on with.
const AFTER_ALL: char = '\u{10FFFF}';

/// The table `school_term`: a word by which a school is found.
pub mod term {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::school::School;

    /// A word of a school.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "school_term")]
    pub struct Model {
        /// The folded word.
        #[sea_orm(primary_key, auto_increment = false)]
        pub term: String,
        /// Of which school.
        #[sea_orm(primary_key, auto_increment = false)]
        pub school_id: Id<School>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table `region_term`: a word of a region's names, also former ones, or of what it lies or lay in.
pub mod place {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::region::Region;

    /// A word of a region.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "region_term")]
    pub struct Model {
        /// The folded word.
        #[sea_orm(primary_key, auto_increment = false)]
        pub term: String,
        /// Of which region.
        #[sea_orm(primary_key, auto_increment = false)]
        pub region_id: Id<Region>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table `search_word`: every word there is.
pub mod word {
    use sea_orm::entity::prelude::*;

    /// A word.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_word")]
    pub struct Model {
        /// Folded.
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table `search_word_variant`: a word with one letter left out.
pub mod variant {
    use sea_orm::entity::prelude::*;

    /// A variant of a word.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_word_variant")]
    pub struct Model {
        /// What is left; the word itself as well.
        #[sea_orm(primary_key, auto_increment = false)]
        pub variant: String,
        /// The word.
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Words that were written to the dictionary before, so that a long import does not offer them again.
#[derive(Debug, Default)]
pub(crate) struct Known(HashSet<String>);

/// The words of a school: of all its names and of its place.
pub(crate) fn terms_of(school: &School, names: &[SchoolName]) -> BTreeSet<String> {
    let named = names.iter().map(SchoolName::name).chain([school.name()]);
    let mut terms: BTreeSet<String> = named.flat_map(|name| each(&name, words)).collect();
    terms.extend(school.place.as_deref().into_iter().flat_map(place_words));
    terms
}

/// The words of a place's name.
pub(crate) fn terms_of_place(name: &Localized) -> BTreeSet<String> {
    let words = each(name, |text| place_words(text).collect());
    words.into_iter().collect()
}

fn each(name: &Localized, split: fn(&str) -> Vec<String>) -> Vec<String> {
    let texts = [name.kk.as_deref(), name.ru.as_deref(), name.en.as_deref()];
    texts.into_iter().flatten().flat_map(split).collect()
}

/// Replaces the words of these schools. `replacing` tells whether they had any before.
pub(crate) async fn index_schools<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    schools: BTreeMap<Id<School>, BTreeSet<String>>,
    known: &mut Known,
    replacing: bool,
) -> Result<()> {
    if replacing {
        let ids = schools.keys().map(|id| id.uuid()).collect();
        term::Entity::delete_many()
            .filter(dialect::any_of(tx.raw(permit), term::Column::SchoolId, ids))
            .exec(tx.raw(permit))
            .await?;
    }
    let new = schools.values().flatten();
    let new = new.filter(|term| known.0.insert((*term).clone()));
    learn(tx, permit, new.cloned().collect()).await?;
    let rows = schools.into_iter().flat_map(|(school_id, terms)| {
        terms
            .into_iter()
            .map(move |term| term::Model { term, school_id })
    });
    add(tx, permit, rows.collect()).await
}

/// Replaces the words of these regions.
pub(crate) async fn index_regions<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    regions: BTreeMap<Id<Region>, BTreeSet<String>>,
) -> Result<()> {
    let ids = regions.keys().map(|id| id.uuid()).collect();
    place::Entity::delete_many()
        .filter(dialect::any_of(
            tx.raw(permit),
            place::Column::RegionId,
            ids,
        ))
        .exec(tx.raw(permit))
        .await?;
    learn(tx, permit, regions.values().flatten().cloned().collect()).await?;
    let rows = regions.into_iter().flat_map(|(region_id, terms)| {
        terms
            .into_iter()
            .map(move |term| place::Model { term, region_id })
    });
    add(tx, permit, rows.collect()).await
}

/// Adds words to the dictionary.
async fn learn<A: Action>(tx: &Tx, permit: &Permit<A>, new: BTreeSet<String>) -> Result<()> {
    let (words, variants) = dictionary(new);
    add(tx, permit, words).await?;
    add(tx, permit, variants).await
}

/// The dictionary's rows for these words.
pub(crate) fn dictionary(words: BTreeSet<String>) -> (Vec<word::Model>, Vec<variant::Model>) {
    let variants: BTreeSet<(String, String)> = words
        .iter()
        .filter(|word| word.chars().count() >= SHORTEST_GUESSED)
        .flat_map(|word| {
            let of = |variant| (variant, word.clone());
            shorter(word).into_iter().chain([word.clone()]).map(of)
        })
        .collect();
    let variants = variants
        .into_iter()
        .map(|(variant, word)| variant::Model { variant, word });
    let variants = variants.collect();
    let words = words.into_iter().map(|word| word::Model { word });
    (words.collect(), variants)
}

/// Adds rows that may be there already.
async fn add<A, M>(tx: &Tx, permit: &Permit<A>, rows: Vec<M>) -> Result<()>
where
    A: Action,
    M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + sea_orm::ModelTrait,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    let rows: Vec<_> = rows.collect();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(dialect::ROWS_A_STATEMENT).collect();
        M::Entity::insert_many(some)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx.raw(permit))
            .await?;
    }
    Ok(())
}

/// The word with each of its letters left out.
fn shorter(word: &str) -> BTreeSet<String> {
    word.char_indices()
        .map(|(at, c)| {
            let (head, tail) = word.split_at(at);
            let mut variant = head.to_owned();
            variant.push_str(tail.get(c.len_utf8()..).unwrap_or_default());
            variant
        })
        .collect()
}

/// One word of a query, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sought {
    /// Exactly this: a number.
    Exactly(String),
    /// Whatever begins so.
    Beginning(String),
    /// One of these, each one error away.
    Nearly(Vec<String>),
}

/// What a query asks for; none when it has no words.
pub(crate) async fn understand(access: &Access, query: &str) -> Result<Option<Vec<Sought>>> {
    if query.chars().count() > LONGEST_QUERY {
        return Err(Refusal::TooLong { max: LONGEST_QUERY }.of("query"));
    }
    let mut words = query_words(query);
    words.truncate(MOST_WORDS);
    words.dedup();
    if words.is_empty() {
        return Ok(None);
    }
    let is_number = |word: &String| word.chars().all(char::is_numeric);
    let begun = |word: &&String| !is_number(word);
    let first_of_each = words.iter().filter(begun).map(|word| {
        let first = Query::select()
            .expr(Expr::col(word::Column::Word).min())
            .from(word::Entity)
            .cond_where(from_to(word::Column::Word, word))
            .take();
        word::Column::Word.in_subquery(first)
    });
    let any = first_of_each.fold(Condition::any(), Condition::add);
    let there: Vec<String> = if words.iter().any(|word| !is_number(word)) {
        let rows = access.find::<word::Entity>().filter(any).all().await?;
        rows.into_iter().map(|row| row.word).collect()
    } else {
        Vec::new()
    };
    let is_missing = |word: &String| {
        !is_number(word)
            && word.chars().count() >= SHORTEST_GUESSED
            && !there.iter().any(|found| found.starts_with(word))
    };
    let keys: BTreeSet<String> = words
        .iter()
        .filter(|word| is_missing(word))
        .flat_map(|word| shorter(word).into_iter().chain([word.clone()]))
        .collect();
    let near = if keys.is_empty() {
        Vec::new()
    } else {
        let find = access.find::<variant::Entity>();
        find.filter(variant::Column::Variant.is_in(keys))
            .all()
            .await?
    };
    let sought = words.into_iter().map(|word| {
        if is_number(&word) {
            Sought::Exactly(word)
        } else if is_missing(&word) {
            let close: BTreeSet<String> = near
                .iter()
                .filter(|row| strsim::damerau_levenshtein(&row.word, &word) == 1)
                .map(|row| row.word.clone())
                .collect();
            Sought::Nearly(close.into_iter().collect())
        } else {
            Sought::Beginning(word)
        }
    });
    Ok(Some(sought.collect()))
}

fn from_to(column: impl ColumnTrait, word: &str) -> Condition {
    let mut end = word.to_owned();
    end.push(AFTER_ALL);
    Condition::all().add(column.gte(word)).add(column.lt(end))
}

impl Sought {
    /// Holds for the schools that this word finds.
    pub(crate) fn condition(&self) -> Condition {
        match self {
            Self::Exactly(word) => having(
                term::Column::Term.eq(word).into(),
                place::Column::Term.eq(word).into(),
            ),
            Self::Beginning(word) => having(
                Inner(from_to(term::Column::Term, word)),
                Inner(from_to(place::Column::Term, word)),
            ),
            Self::Nearly(words) => having(
                term::Column::Term.is_in(words).into(),
                place::Column::Term.is_in(words).into(),
            ),
        }
    }

    /// 0 for the schools that have this very word, 1 for the others; none when all that are found are alike.
    fn miss(&self) -> Option<SimpleExpr> {
        let Self::Beginning(word) = self else {
            return None;
        };
        let exact = Self::Exactly(word.clone()).condition();
        Some(Expr::case(exact, 0).finally(1).into())
    }
}

/// What the schools found are sorted by: how many words they miss by, then their names.
pub(crate) fn rank(sought: &[Sought]) -> SimpleExpr {
    let misses = sought
        .iter()
        .filter_map(Sought::miss)
        .reduce(ExprTrait::add)
        .unwrap_or_else(|| Expr::val(0));
    let name = Expr::col((super::entity::Entity, Column::SortName));
    misses.cast_as("TEXT").binary(BinOper::Custom("||"), name)
}

/// A condition on one of the two tables of terms.
struct Inner(Condition);

impl From<Expr> for Inner {
    fn from(expression: Expr) -> Self {
        Self(Condition::all().add(expression))
    }
}

fn having(name: Inner, place: Inner) -> Condition {
    let named: SelectStatement = term::Entity::find()
        .select_only()
        .column(term::Column::SchoolId)
        .filter(name.0)
        .into_query();
    let placed: SelectStatement = place::Entity::find()
        .select_only()
        .column(place::Column::RegionId)
        .filter(place.0)
        .into_query();
    Condition::any()
        .add(Column::Id.in_subquery(named))
        .add(Column::RegionId.in_subquery(placed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_is_left_out_once() {
        let shorter: Vec<String> = shorter("abca").into_iter().collect();
        assert_eq!(shorter, ["aba", "abc", "aca", "bca"]);
    }
}
