//! Whom the lead of a study finds to invite: people of the schools of its network, by their name. Nothing but the name
//! and the school is told, few at once, and not often, so that nobody copies a list of teachers from it.

use sea_orm::sea_query::LikeExpr;
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, RelationDef,
};

use super::policy::Lead;
use super::{Seat, Study, queries};
use crate::audience;
use crate::authz::{Job, Viewer, allowed};
use crate::db::Access;
use crate::error::{Refusal, Result};
use crate::id::Id;
use crate::membership::{self, ScopeKind};
use crate::person::{self, Person};
use crate::school::fold::fold;
use crate::school::{self, School};
use crate::sign_in_attempt;

/// The most that are told at once.
pub const MOST: usize = 20;

/// The fewest letters of a name that are looked for.
pub const LETTERS: usize = 3;

/// Somebody who can be invited.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: Person,
    /// The school they belong to.
    pub school: School,
}

impl FromQueryResult for Candidate {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            person: Person::from_query_result(row, "p_")?,
            school: School::from_query_result(row, "s_")?,
        })
    }
}

/// People of the schools of the study's network whose first, middle or last name begins so, at most [`MOST`].
pub async fn find(access: &Access, study: Id<Study>, name: &str) -> Result<Vec<Candidate>> {
    let name = fold(name);
    if name.chars().count() < LETTERS {
        return Err(Refusal::TooShort { min: LETTERS }.of("name"));
    }
    let study = access.get(study).await?;
    let study = study.ok_or_else(|| Refusal::NotFound.of("studyId"))?;
    let own = queries::own(access, &[study.id]).await?;
    let seat = Seat::of(&study, own.first(), access.today());
    allowed(&Lead { seat: &seat }, access.viewer())?;
    let job = |job| access.db().access(Viewer::system(job));
    if let Some(person) = access.viewer().id() {
        sign_in_attempt::commands::count_search(&job(Job::Door), person).await?;
    }
    let Some(network) = study.network_id else {
        return Ok(Vec::new());
    };
    use membership::entity::{Column, Entity};
    use person::entity as account;
    let to_person: RelationDef = Entity::belongs_to(account::Entity)
        .from(Column::PersonId)
        .to(account::Column::Id)
        .into();
    let to_school: RelationDef = Entity::belongs_to(school::entity::Entity)
        .from(Column::ScopeId)
        .to(school::entity::Column::Id)
        .into();
    // Folded text has letters, digits and spaces only: nothing that LIKE would read as a pattern.
    let starts = |with: String| account::Column::SortName.like(LikeExpr::new(with));
    let named = Condition::any()
        .add(starts(format!("{name}%")))
        .add(starts(format!("% {name}%")));
    let operator = job(Job::Operator);
    let mut found: Vec<Candidate> = operator
        .find::<Entity>()
        .filter(membership::queries::live())
        .filter(Column::ScopeKind.eq(ScopeKind::School))
        .filter(Column::ScopeId.in_subquery(audience::of_network(network)))
        .shape(|mut select| {
            for column in account::Column::iter() {
                select = select.column_as(column, format!("p_{}", column.as_str()));
            }
            for column in school::entity::Column::iter() {
                select = select.column_as(column, format!("s_{}", column.as_str()));
            }
            select
                .join(JoinType::InnerJoin, to_person)
                .join(JoinType::InnerJoin, to_school)
                .filter(account::Column::State.eq(person::State::Active))
                .filter(named)
                .order_by_asc(account::Column::SortName)
                .order_by_asc(account::Column::Id)
                .order_by_asc(school::entity::Column::Id)
        })
        // Somebody may have two roles at a school.
        .limit(2 * MOST as u64)
        .all_as()
        .await?;
    found.dedup_by_key(|one| (one.person.id, one.school.id));
    found.truncate(MOST);
    Ok(found)
}
