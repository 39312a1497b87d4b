//! How many works there are under each value of a filter, all other filters holding.

use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait, Query as Sql, SelectStatement, SimpleExpr};
use uuid::Uuid;

use super::ranking::Line;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::network::Network;
use crate::resource::entity::Column;
use crate::resource::queries::Filter;
use crate::resource::{GRADES, Kind, Licence, State};
use crate::text::Language;

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

/// The filter without what facets count.
pub(super) fn unfaceted(filter: &Filter) -> Filter {
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

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    Kind = 2,
    Language,
    Subject,
    Grade,
    Licence,
    Network,
}

impl Facet {
    pub(super) const ALL: [Self; 6] = [
        Self::Kind,
        Self::Language,
        Self::Subject,
        Self::Grade,
        Self::Licence,
        Self::Network,
    ];

    /// The column that tells whether a work misses this filter.
    pub(super) fn miss(self) -> &'static str {
        match self {
            Self::Kind => "misses_kind",
            Self::Language => "misses_language",
            Self::Subject => "misses_subject",
            Self::Grade => "misses_grade",
            Self::Licence => "misses_licence",
            Self::Network => "misses_network",
        }
    }

    pub(super) fn condition(self, filter: &Filter) -> Option<Condition> {
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
    pub(super) fn counts(self) -> SelectStatement {
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

pub(super) fn no_id() -> SimpleExpr {
    Expr::val(None::<Uuid>)
}

/// The counts among the lines of an answer.
pub(super) fn read(rows: &[Line]) -> Result<Facets> {
    let mut facets = Facets::default();
    let mut grades = [0_u64; (GRADES.1 - GRADES.0 + 1) as usize];
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
            for (grade, sum) in (GRADES.0..).zip(grades.iter_mut()) {
                if (row.low..=row.high).contains(&grade) {
                    *sum += works;
                }
            }
        }
    }
    let grades = (GRADES.0..).zip(grades).filter(|(_, works)| *works > 0);
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
