//! How studies, their members, notes and reports are found.

use sea_orm::sea_query::{Expr, Order as Direction, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType,
    QueryFilter, QueryResult, QuerySelect, QueryTrait, RelationDef,
};
use serde::Serialize;

use super::entity::{Column, Entity, member, note, report};
use super::policy::{Lead, Retell, Speak, TakeLead, Turn, Work};
use super::{Member, MemberState, Note, Report, Role, Seat, State, Step, Study};
use crate::authz::{Visible, allowed};
use crate::db::{Access, Find, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::page::{Dated, List, Page, Window, fetch};
use crate::person::{self, Person};
use crate::school::{self, School};
use crate::study_template::{self, StudyTemplate};

/// How a list is sorted.
pub use crate::page::Age as By;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// Which studies. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Only those in which the viewer takes part or is asked to, or only the others.
    pub mine: Option<bool>,
    /// Of this network.
    pub network: Option<Id<Network>>,
    /// With somebody of this school.
    pub school: Option<Id<School>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
}

impl Filter {
    fn condition(&self, access: &Access) -> Condition {
        let seats = |which: Condition| {
            member::Entity::find()
                .select_only()
                .column(member::Column::StudyId)
                .filter(which)
                .into_query()
        };
        let mine = access.viewer().id().map(|person| {
            let live = Condition::all()
                .add(member::Column::PersonId.eq(person))
                .add(member::Column::State.is_in([MemberState::Invited, MemberState::Joined]));
            seats(live)
        });
        let mine = match (self.mine, mine) {
            (None, _) | (Some(false), None) => None,
            (Some(true), Some(mine)) => Some(Column::Id.in_subquery(mine)),
            (Some(false), Some(mine)) => Some(Column::Id.not_in_subquery(mine)),
            (Some(true), None) => Some(Expr::cust("1 = 0")),
        };
        let school = self.school.map(|school| {
            let there = Condition::all()
                .add(member::Column::SchoolId.eq(school))
                .add(member::Column::State.eq(MemberState::Joined));
            Column::Id.in_subquery(seats(there))
        });
        let states = self.states.as_ref();
        Condition::all()
            .add_option(mine)
            .add_option(self.network.map(|id| Column::NetworkId.eq(id)))
            .add_option(school)
            .add_option(states.map(|states| Column::State.is_in(states.iter().copied())))
    }
}

/// The study with this id and its template, in one statement.
pub async fn with_template(
    access: &Access,
    id: Id<Study>,
) -> Result<Option<(Study, Option<StudyTemplate>)>> {
    let to_template: RelationDef = Entity::belongs_to(study_template::entity::Entity)
        .from(Column::TemplateId)
        .to(study_template::entity::Column::Id)
        .into();
    let find = access.find::<Entity>().by_id(id).shape(|mut select| {
        for column in study_template::entity::Column::iter() {
            select = select.column_as(column, format!("t_{}", column.as_str()));
        }
        select.join(JoinType::InnerJoin, to_template)
    });
    let found = find.all_as::<WithTemplate>().await?.into_iter().next();
    Ok(found.map(|found| (found.study, Some(found.template))))
}

struct WithTemplate {
    study: Study,
    template: StudyTemplate,
}

impl FromQueryResult for WithTemplate {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            study: Study::from_query_result(row, prefix)?,
            template: StudyTemplate::from_query_result(row, "t_")?,
        })
    }
}

/// A part of the list.
pub async fn page(
    access: &Access,
    filter: &Filter,
    by: By,
    window: &Window,
) -> Result<Page<Study>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition(access))
}

/// A member with who it is and for which school, as far as the viewer may see: one statement for all three.
#[derive(Debug, Clone)]
pub struct MemberCard {
    /// The membership.
    pub member: Member,
    /// The person.
    pub person: Option<Person>,
    /// The school.
    pub school: Option<School>,
}

impl FromQueryResult for MemberCard {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            member: Member::from_query_result(row, prefix)?,
            person: Person::from_query_result_optional(row, "p_")?,
            school: School::from_query_result_optional(row, "s_")?,
        })
    }
}

/// Everybody who was ever asked to take part in these studies, as far as the viewer may see; the first asked first. A
/// study asks few: at most a hundred each on average.
pub async fn members(access: &Access, of: &[Id<Study>]) -> Result<Vec<MemberCard>> {
    let viewer = access.viewer().clone();
    let seen = viewer.clone();
    let to_person: RelationDef = member::Entity::belongs_to(person::entity::Entity)
        .from(member::Column::PersonId)
        .to(person::entity::Column::Id)
        .into();
    let to_school: RelationDef = member::Entity::belongs_to(school::entity::Entity)
        .from(member::Column::SchoolId)
        .to(school::entity::Column::Id)
        .into();
    access
        .find::<member::Entity>()
        .any_of(member::Column::StudyId, of)
        .order(member::Column::CreatedAt, Direction::Asc)
        .order(member::Column::Id, Direction::Asc)
        .limit(100 * of.len() as u64)
        .shape(|mut select| {
            for column in person::entity::Column::iter() {
                select = select.column_as(column, format!("p_{}", column.as_str()));
            }
            for column in school::entity::Column::iter() {
                select = select.column_as(column, format!("s_{}", column.as_str()));
            }
            select
                .join(
                    JoinType::LeftJoin,
                    to_person.on_condition(move |_, _| person::entity::Entity::visible_to(&viewer)),
                )
                .join(
                    JoinType::LeftJoin,
                    to_school.on_condition(move |_, _| school::entity::Entity::visible_to(&seen)),
                )
        })
        .all_as()
        .await
}

/// The notes of a study, the latest first.
pub async fn notes(access: &Access, of: Id<Study>, window: &Window) -> Result<Page<Note>> {
    fetch(notes_of(access, of), &List::new(By::Newest, &of)?, window).await
}

/// How many notes a study has.
pub async fn note_count(access: &Access, of: Id<Study>) -> Result<u64> {
    notes_of(access, of).count().await
}

fn notes_of(access: &Access, of: Id<Study>) -> Find<'_, note::Entity> {
    access.find().filter(note::Column::StudyId.eq(of))
}

impl Dated for note::Entity {
    const DATE: note::Column = note::Column::CreatedAt;
}

/// The reports of these studies that the viewer may read.
pub async fn reports(access: &Access, of: &[Id<Study>]) -> Result<Vec<Report>> {
    access
        .find::<report::Entity>()
        .any_of(report::Column::StudyId, of)
        .all()
        .await
}

/// The viewer's own membership of these studies.
pub async fn own(access: &Access, of: &[Id<Study>]) -> Result<Vec<Member>> {
    let Some(person) = access.viewer().id() else {
        return Ok(Vec::new());
    };
    access
        .find::<member::Entity>()
        .any_of(member::Column::StudyId, of)
        .filter(member::Column::PersonId.eq(person))
        .all()
        .await
}

/// The study, held until the end of the transaction, with the viewer's seat in it.
pub(crate) async fn held(tx: &Tx, id: Id<Study>, field: &'static str) -> Result<(Study, Seat)> {
    let study = tx.lock(id, field).await?;
    let seat = seat(tx, &study).await?;
    Ok((study, seat))
}

/// The viewer's seat.
pub(crate) async fn seat(tx: &Tx, study: &Study) -> Result<Seat> {
    let Some(person) = tx.access().viewer().id() else {
        return Ok(Seat::of(study, None, tx.today()));
    };
    let own = Condition::all()
        .add(member::Column::StudyId.eq(study.id))
        .add(member::Column::PersonId.eq(person));
    let own = tx.find::<member::Entity>().filter(own).one().await?;
    Ok(Seat::of(study, own.as_ref(), tx.today()))
}

/// The ids of the persons who take part in a study on this day.
pub(crate) fn taking_part(study: Id<Study>, day: chrono::NaiveDate) -> SelectStatement {
    let lasting = Condition::any()
        .add(member::Column::UntilDay.is_null())
        .add(member::Column::UntilDay.gte(day));
    member::Entity::find()
        .select_only()
        .column(member::Column::PersonId)
        .filter(member::Column::StudyId.eq(study))
        .filter(member::Column::State.eq(MemberState::Joined))
        .filter(lasting)
        .into_query()
}

/// Whether this person takes part today, and not as an expert.
pub(crate) async fn in_group(tx: &Tx, study: Id<Study>, person: Id<Person>) -> Result<bool> {
    let there = Condition::all()
        .add(member::Column::StudyId.eq(study))
        .add(member::Column::PersonId.eq(person))
        .add(member::Column::State.eq(MemberState::Joined))
        .add(member::Column::Role.ne(Role::Expert));
    Ok(tx
        .find::<member::Entity>()
        .filter(there)
        .limit(1)
        .one()
        .await?
        .is_some())
}

/// What the viewer may do with a study right now; the same decisions as the commands'.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Change its card, invite experts, take people out of the group.
    pub lead: bool,
    /// Work in the group.
    pub work: bool,
    /// Comment.
    pub speak: bool,
    /// Make a work of the bank of its report.
    pub retell: bool,
    /// Take these steps; whether what they need stands, the command says.
    pub steps: Vec<Step>,
}

impl Study {
    /// Whether `access`'s viewer, one of these, may take the lead.
    pub fn may_take_lead(&self, access: &Access, group: &[MemberCard]) -> bool {
        let lead = group.iter().find(|card| card.member.role == Role::Lead);
        let leads = |card: &MemberCard| {
            let account = card.person.as_ref();
            account.is_some_and(|account| account.state == person::State::Active)
        };
        let own = |card: &&MemberCard| Some(card.member.person_id) == access.viewer().id();
        group.iter().find(own).is_some_and(|own| {
            let take = TakeLead {
                study: self,
                member: &own.member,
                orphaned: !lead.is_some_and(leads),
                today: access.today(),
            };
            allowed(&take, access.viewer()).is_ok()
        })
    }

    /// What `access`'s viewer may do; `own` is their membership.
    pub fn allowed(&self, access: &Access, own: Option<&Member>) -> Allowed {
        let (viewer, seat) = (access.viewer(), Seat::of(self, own, access.today()));
        let may = |step: &Step| {
            let turn = Turn {
                seat: &seat,
                study: self,
                step: *step,
            };
            allowed(&turn, viewer).is_ok()
        };
        Allowed {
            lead: allowed(&Lead { seat: &seat }, viewer).is_ok(),
            work: allowed(&Work { seat: &seat }, viewer).is_ok(),
            speak: allowed(&Speak { seat: &seat }, viewer).is_ok(),
            retell: allowed(&Retell { seat: &seat }, viewer).is_ok(),
            // A study cycles by its first research lesson.
            steps: Step::iter()
                .filter(|step| *step != Step::Cycle)
                .filter(may)
                .collect(),
        }
    }
}
