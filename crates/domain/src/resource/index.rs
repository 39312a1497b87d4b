//! The index by which shared works are found, written in the transaction that shares, edits or withdraws them.
//!
//! `resource_term` has a row for each word of a work: the word, its stem, and a weight that says how much of the work
//! the word is (BM25's share of a document, fields and lengths reckoned in). A row says nothing about who may see the
//! work: a search joins the works themselves, so that no change of audience touches the index.
//!
//! A stem is written once and compared with the stem of what is looked for: when [`crate::search::stem`] changes, the
//! index is to be written anew.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::entity::label;
use super::{Resource, ResourceLabel, ResourceVersion, State, policy::seen, queries};
use crate::authz::{Action, Job, Permit, Viewer, Visible};
use crate::db::{Tx, dialect};
use crate::error::Result;
use crate::id::Id;
use crate::search::{BEGINNINGS, beginning, is_stop, stem, words};

/// How many words of a body are read: a long article is found by its first pages.
const BODY: usize = 5000;
/// The longest word that is kept, in letters.
const LONGEST: usize = 40;
/// Weights are kept as whole numbers: this is one.
pub(crate) const ONE: f64 = 1000.0;
/// How much the length of a field counts, BM25's b.
const LENGTH: f64 = 0.85;
/// The shortest word that is guessed at when nothing has it.
pub(crate) const SHORTEST_GUESSED: usize = 4;

/// The table `resource_term`: a word by which a work is found.
pub mod term {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::resource::Resource;

    /// A word of a work.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_term")]
    pub struct Model {
        /// The folded word.
        #[sea_orm(primary_key, auto_increment = false)]
        pub term: String,
        /// Of which work.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<Resource>,
        /// Its stem.
        pub stem: String,
        /// How much of the work it is, in thousandths.
        pub weight: i32,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table `resource_words`: all folded words of a work in a row, where phrases are looked for.
pub mod text {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::resource::Resource;

    /// The words of a work.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_words")]
    pub struct Model {
        /// Of which work.
        #[sea_orm(primary_key, auto_increment = false)]
        pub resource_id: Id<Resource>,
        /// The words, each between spaces; `|` between texts.
        pub words: String,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table `resource_word_variant`: a word of any work with one letter left out, and the word itself.
pub mod variant {
    use sea_orm::entity::prelude::*;

    /// A variant of a word.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_word_variant")]
    pub struct Model {
        /// What is left.
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

/// The table `resource_count`, of one row: how many works are in the index.
pub mod count {
    use sea_orm::entity::prelude::*;

    /// The count.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_count")]
    pub struct Model {
        /// 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        /// How many.
        pub works: i64,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Visible for term::Entity {
    /// Whoever sees the work.
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::all().add(term::Column::ResourceId.in_subquery(seen(viewer)))
    }
}

impl Visible for variant::Entity {
    /// Whoever sees a shared work with the word: a guess at a misspelling must not tell what others keep to themselves.
    fn visible_to(viewer: &Viewer) -> Condition {
        let mut having = super::entity::Entity::find()
            .filter(super::entity::Entity::visible_to(viewer))
            .filter(super::entity::Column::State.eq(State::Shared));
        let works = sea_orm::QueryTrait::query(&mut having);
        let with = works
            .clear_selects()
            .expr(Expr::val(1))
            .inner_join(
                term::Entity,
                Expr::col((term::Entity, term::Column::ResourceId)).eq(Expr::col((
                    super::entity::Entity,
                    super::entity::Column::Id,
                ))),
            )
            .and_where(
                Expr::col((term::Entity, term::Column::Term))
                    .eq(Expr::col((variant::Entity, variant::Column::Word))),
            )
            .to_owned();
        Condition::all().add(Expr::exists(with))
    }
}

/// The rows of the index for one work.
pub(crate) struct Entry {
    /// Its words.
    pub terms: Vec<term::Model>,
    /// All of them in a row.
    pub text: text::Model,
}

/// What a work is found by: the newest version's words, and those of its card.
pub(crate) fn entry(version: &ResourceVersion, labels: &[ResourceLabel]) -> Entry {
    let resource_id = version.resource_id;
    let labels: Vec<&str> = labels.iter().map(|label| label.word.as_str()).collect();
    let labels = labels.join(" ");
    let (title, summary) = (version.title(), version.summary());
    // What a field counts, and how long it usually is.
    let fields = [
        (title.kk.as_deref(), 2.0, 5.0),
        (title.ru.as_deref(), 2.0, 5.0),
        (title.en.as_deref(), 2.0, 5.0),
        (Some(labels.as_str()), 1.5, 5.0),
        (summary.kk.as_deref(), 1.2, 50.0),
        (summary.ru.as_deref(), 1.2, 50.0),
        (summary.en.as_deref(), 1.2, 50.0),
        (Some(version.body.as_str()), 1.0, 100.0),
    ];
    let mut weights: BTreeMap<String, f64> = BTreeMap::new();
    let mut row = String::from(" ");
    for (text, counts, usual) in fields {
        let words: Vec<String> = words(text.unwrap_or_default())
            .take(BODY)
            .map(|word| word.folded)
            .collect();
        let telling = || words.iter().filter(|word| !is_stop(word) && fits(word));
        let length = telling().count() as f64;
        let share = counts / (1.0 - LENGTH + LENGTH * length / usual);
        for word in telling() {
            *weights.entry(word.clone()).or_default() += share;
            // A short stem lies before all that is looked through for its longer forms.
            let stem = stem(word);
            if stem != *word && stem.chars().count() < BEGINNINGS.0 {
                *weights.entry(stem).or_default() += share;
            }
        }
        for word in &words {
            row.push_str(word);
            row.push(' ');
        }
        row.push_str("| ");
    }
    let terms = weights.into_iter().map(|(term, weight)| term::Model {
        stem: stem(&term),
        term,
        resource_id,
        weight: (weight * ONE).round().clamp(1.0, 1e6) as i32,
    });
    Entry {
        terms: terms.collect(),
        text: text::Model {
            resource_id,
            words: row,
        },
    }
}

fn fits(word: &str) -> bool {
    beginning(word, LONGEST).len() == word.len()
}

/// The words by which a misspelt one is guessed.
pub(crate) fn variants(terms: &BTreeSet<&str>) -> Vec<variant::Model> {
    let guessed = terms.iter().filter(|term| {
        term.chars().count() >= SHORTEST_GUESSED && term.chars().all(char::is_alphabetic)
    });
    let rows = guessed.flat_map(|word| {
        keys(word).into_iter().map(|variant| variant::Model {
            variant,
            word: (*word).to_owned(),
        })
    });
    rows.collect()
}

/// A word, and what is left of it when one letter is left out.
pub(crate) fn keys(word: &str) -> BTreeSet<String> {
    let shorter = word.char_indices().map(|(at, c)| {
        let (head, tail) = word.split_at(at);
        format!("{head}{}", tail.get(c.len_utf8()..).unwrap_or_default())
    });
    shorter.chain([word.to_owned()]).collect()
}

/// Makes the index follow a work from what it was to what it is. `anew` tells that its words may be others.
pub(crate) async fn follow<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    (before, after): (&Resource, &Resource),
    anew: bool,
) -> Result<()> {
    let (was, is) = (before.state == State::Shared, after.state == State::Shared);
    if was && (!is || anew) {
        remove(tx, permit, after.id).await?;
    }
    if is && (!was || anew) {
        put(tx, permit, after).await?;
    }
    // Last, for this one row is everybody's until the transaction ends.
    match (was, is) {
        (false, true) => counted(tx, permit, 1).await,
        (true, false) => counted(tx, permit, -1).await,
        _ => Ok(()),
    }
}

async fn remove<A: Action>(tx: &Tx, permit: &Permit<A>, of: Id<Resource>) -> Result<()> {
    term::Entity::delete_many()
        .filter(term::Column::ResourceId.eq(of))
        .exec(tx.raw(permit))
        .await?;
    text::Entity::delete_many()
        .filter(text::Column::ResourceId.eq(of))
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}

async fn put<A: Action>(tx: &Tx, permit: &Permit<A>, resource: &Resource) -> Result<()> {
    let Some(version) = queries::newest_of(tx, resource).await? else {
        return Ok(());
    };
    let labels = tx.find_as::<label::Entity>(Job::Door);
    let labels = labels.filter(label::Column::ResourceId.eq(resource.id));
    let entry = entry(&version, &labels.all().await?);
    let known = entry.terms.iter().map(|row| row.term.as_str()).collect();
    add(tx, permit, variants(&known)).await?;
    add(tx, permit, entry.terms).await?;
    add(tx, permit, vec![entry.text]).await
}

/// Counts the works of an index that was filled whole.
pub(crate) async fn count_filled<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    works: usize,
) -> Result<()> {
    counted(tx, permit, works as i64).await
}

async fn counted<A: Action>(tx: &Tx, permit: &Permit<A>, by: i64) -> Result<()> {
    count::Entity::update_many()
        .col_expr(
            count::Column::Works,
            Expr::col(count::Column::Works).add(by),
        )
        .exec(tx.raw(permit))
        .await?;
    Ok(())
}

/// Adds rows that may be there already, in the order of their keys, so that two who add the same do not lock each other
/// out.
async fn add<A, M>(tx: &Tx, permit: &Permit<A>, mut rows: Vec<M>) -> Result<()>
where
    A: Action,
    M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + sea_orm::ModelTrait + Keyed,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    rows.sort_by_cached_key(Keyed::key);
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    loop {
        let some: Vec<_> = rows.by_ref().take(dialect::ROWS_A_STATEMENT).collect();
        if some.is_empty() {
            return Ok(());
        }
        M::Entity::insert_many(some)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx.raw(permit))
            .await?;
    }
}

/// By what rows are put in order.
trait Keyed {
    fn key(&self) -> (String, String);
}

impl Keyed for term::Model {
    fn key(&self) -> (String, String) {
        (self.term.clone(), String::new())
    }
}

impl Keyed for text::Model {
    fn key(&self) -> (String, String) {
        Default::default()
    }
}

impl Keyed for variant::Model {
    fn key(&self) -> (String, String) {
        (self.variant.clone(), self.word.clone())
    }
}
