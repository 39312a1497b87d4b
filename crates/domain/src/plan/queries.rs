//! How plans, their activities, evidence and reports are found.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, Order as Direction, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::Serialize;

use super::entity::{Column, Entity, acceptance, activity, activity_person, evidence, report};
use super::policy::{Accept, CarryOut, Change, Create, WriteReport, ids, of_schools, partnerships};
use super::{
    Acceptance, Activity, ActivityState, Evidence, MOST_ACTIVITIES, MOST_EVIDENCE,
    MOST_RESPONSIBLE, Plan, Report, ReportState, Responsible, State, school_year,
};
use crate::authz::allowed;
use crate::db::{Access, Find};
use crate::error::Result;
use crate::id::Id;
use crate::network::Network;
use crate::page::{Dated, List, Order, Page, Window, fetch};
use crate::partnership::{self, Partnership, Side};
use crate::school::{self, School};

/// How a list is sorted.
pub use crate::page::Age as By;

impl Dated for Entity {
    const DATE: Column = Column::CreatedAt;
}

/// Which plans. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Filter {
    /// Of this network.
    pub network: Option<Id<Network>>,
    /// Of this partnership.
    pub partnership: Option<Id<Partnership>>,
    /// In which this school has a part.
    pub school: Option<Id<School>>,
    /// Of the school year that begins in this calendar year.
    pub year: Option<i32>,
    /// Only of the school year of today.
    pub this_year: bool,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Only those that wait for the viewer: to accept, to report again, to answer a report.
    pub awaits_viewer: bool,
}

impl Filter {
    fn condition(&self, access: &Access) -> Condition {
        let states = self.states.as_ref();
        Condition::all()
            .add_option(self.network.map(|id| Column::NetworkId.eq(id)))
            .add_option(self.partnership.map(|id| Column::PartnershipId.eq(id)))
            .add_option(
                self.school
                    .map(|id| Column::Id.in_subquery(of_schools(&[id]))),
            )
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.this_year.then(|| this_year(access)))
            .add_option(states.map(|states| Column::State.is_in(states.iter().copied())))
            .add_option(self.awaits_viewer.then(|| awaiting(access)))
    }
}

/// Holds for the plans of the school year of today.
fn this_year(access: &Access) -> Expr {
    Column::Year.eq(school_year(access.today()))
}

/// Holds for plans that the other side accepted and the viewer's did not, whose report was returned to the viewer's
/// side, or is with the viewer as the trainer of the region.
fn awaiting(access: &Access) -> Condition {
    use partnership::entity::Column::{LeadingId, MagneticId};
    let Some(standing) = access.viewer().standing() else {
        return crate::authz::nothing();
    };
    let mine: Vec<_> = standing.coordinates.iter().copied().collect();
    let accepted = |side: Side| {
        acceptance::Entity::find()
            .select_only()
            .column(acceptance::Column::PlanId)
            .filter(acceptance::Column::Side.eq(side))
            .into_query()
    };
    let to_accept = |side: Side, school: partnership::entity::Column| {
        let own = Condition::all().add(school.is_in(mine.iter().copied()));
        Condition::all()
            .add(Column::State.eq(State::Draft))
            .add(Column::PartnershipId.in_subquery(partnerships(own)))
            .add(Column::Id.in_subquery(accepted(side.other())))
            .add(Column::Id.not_in_subquery(accepted(side)))
    };
    let reports = |state: ReportState| {
        report::Entity::find()
            .select_only()
            .column(report::Column::PlanId)
            .filter(report::Column::State.eq(state))
            .into_query()
    };
    let returned = Condition::all()
        .add(Column::Id.in_subquery(reports(ReportState::Returned)))
        .add(Column::Id.in_subquery(of_schools(&mine)));
    let trained =
        Condition::all().add(LeadingId.in_subquery(school::policy::in_regions(access.viewer())));
    let sent = Condition::all()
        .add(Column::Id.in_subquery(reports(ReportState::Sent)))
        .add(Column::PartnershipId.in_subquery(partnerships(trained)));
    Condition::any()
        .add(to_accept(Side::Leading, LeadingId))
        .add(to_accept(Side::Magnetic, MagneticId))
        .add(returned)
        .add(sent)
}

/// A part of the list.
pub async fn page(access: &Access, filter: &Filter, by: By, window: &Window) -> Result<Page<Plan>> {
    fetch(found(access, filter), &List::new(by, filter)?, window).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &Filter) -> Result<u64> {
    found(access, filter).count().await
}

fn found<'a>(access: &'a Access, filter: &Filter) -> Find<'a, Entity> {
    access.find().filter(filter.condition(access))
}

/// How a list of activities is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum ByDay {
    /// As the year goes.
    #[default]
    Soonest,
    /// The last of the year first.
    Latest,
}

impl Order<activity::Entity> for ByDay {
    fn column(self) -> activity::Column {
        activity::Column::StartsOn
    }

    fn descending(self) -> bool {
        self == Self::Latest
    }
}

/// Which activities. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ActivityFilter {
    /// Of this network.
    pub network: Option<Id<Network>>,
    /// In which this school has a part.
    pub school: Option<Id<School>>,
    /// Only those of the viewer's own schools.
    pub mine: bool,
    /// Of the school year that begins in this calendar year.
    pub year: Option<i32>,
    /// Only of the school year of today.
    pub this_year: bool,
    /// That begin on this day or later.
    pub from: Option<NaiveDate>,
    /// Only those agreed on by both sides as they are.
    pub agreed: bool,
    /// In one of these states.
    pub states: Option<Vec<ActivityState>>,
}

impl ActivityFilter {
    fn condition(&self, access: &Access) -> Condition {
        use activity::Column::{Agreed, PlanId, StartsOn, State};
        let plan = Condition::all()
            .add_option(self.network.map(|id| Column::NetworkId.eq(id)))
            .add_option(self.year.map(|year| Column::Year.eq(year)))
            .add_option(self.this_year.then(|| this_year(access)));
        let plan = (!plan.is_empty()).then(|| PlanId.in_subquery(ids(plan)));
        let own = self.mine.then(|| {
            let schools = access.viewer().standing().map(|standing| {
                let schools: Vec<_> = standing.schools.iter().copied().collect();
                PlanId.in_subquery(of_schools(&schools))
            });
            schools.unwrap_or_else(|| Expr::cust("1 = 0"))
        });
        let states = self.states.as_ref();
        Condition::all()
            .add_option(plan)
            .add_option(own)
            .add_option(self.school.map(|id| PlanId.in_subquery(of_schools(&[id]))))
            .add_option(self.from.map(|day| StartsOn.gte(day)))
            .add_option(self.agreed.then(|| Agreed.eq(true)))
            .add_option(states.map(|states| State.is_in(states.iter().copied())))
    }
}

/// A part of the list of activities.
pub async fn activities(
    access: &Access,
    filter: &ActivityFilter,
    by: ByDay,
    window: &Window,
) -> Result<Page<Activity>> {
    fetch(active(access, filter), &List::new(by, filter)?, window).await
}

/// How many activities there are.
pub async fn activity_count(access: &Access, filter: &ActivityFilter) -> Result<u64> {
    active(access, filter).count().await
}

fn active<'a>(access: &'a Access, filter: &ActivityFilter) -> Find<'a, activity::Entity> {
    access.find().filter(filter.condition(access))
}

/// The first activities as the year goes, at most so many: what a calendar shows.
pub async fn calendar(
    access: &Access,
    filter: &ActivityFilter,
    most: u64,
) -> Result<Vec<Activity>> {
    active(access, filter)
        .order(activity::Column::StartsOn, Direction::Asc)
        .order(activity::Column::Id, Direction::Asc)
        .limit(most)
        .all()
        .await
}

/// The activities of these plans as the year goes, at most a hundred each.
pub async fn activities_of(access: &Access, of: &[Id<Plan>]) -> Result<Vec<Activity>> {
    access
        .find::<activity::Entity>()
        .any_of(activity::Column::PlanId, of)
        .order(activity::Column::StartsOn, Direction::Asc)
        .order(activity::Column::Id, Direction::Asc)
        .limit((MOST_ACTIVITIES * of.len()) as u64)
        .all()
        .await
}

/// Which sides accepted these plans as they stand.
pub async fn acceptances(access: &Access, of: &[Id<Plan>]) -> Result<Vec<Acceptance>> {
    access
        .find::<acceptance::Entity>()
        .any_of(acceptance::Column::PlanId, of)
        .all()
        .await
}

/// The reports on these plans, at most two each.
pub async fn reports(access: &Access, of: &[Id<Plan>]) -> Result<Vec<Report>> {
    access
        .find::<report::Entity>()
        .any_of(report::Column::PlanId, of)
        .order(report::Column::Term, Direction::Asc)
        .all()
        .await
}

/// Who answers for these activities, at most ten each.
pub async fn responsible(access: &Access, of: &[Id<Activity>]) -> Result<Vec<Responsible>> {
    access
        .find::<activity_person::Entity>()
        .any_of(activity_person::Column::ActivityId, of)
        .order(activity_person::Column::PersonId, Direction::Asc)
        .limit((MOST_RESPONSIBLE * of.len()) as u64)
        .all()
        .await
}

/// Those of `people` who answer for an activity.
pub(crate) fn responsible_among(
    activity: Id<Activity>,
    people: SelectStatement,
) -> SelectStatement {
    activity_person::Entity::find()
        .select_only()
        .column(activity_person::Column::PersonId)
        .filter(activity_person::Column::ActivityId.eq(activity))
        .filter(activity_person::Column::PersonId.in_subquery(people))
        .into_query()
}

/// The evidence of these activities, at most twenty pieces each.
pub async fn evidence(access: &Access, of: &[Id<Activity>]) -> Result<Vec<Evidence>> {
    access
        .find::<evidence::Entity>()
        .any_of(evidence::Column::ActivityId, of)
        .order(evidence::Column::Id, Direction::Asc)
        .limit((MOST_EVIDENCE * of.len()) as u64)
        .all()
        .await
}

/// What the viewer may do with a plan right now; the same decisions as the commands'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Add, change and take out activities.
    pub change: bool,
    /// Accept it: for these sides.
    pub accept: [Option<Side>; 2],
    /// Note what became of activities, and show evidence.
    pub carry_out: bool,
    /// Write and send reports.
    pub report: bool,
}

impl Plan {
    /// What `access`'s viewer may do. Whether a side accepted already, the caller sees for itself.
    pub fn allowed(&self, access: &Access, partnership: &Partnership) -> Allowed {
        let (plan, viewer) = (self, access.viewer());
        let accept = |side| {
            let accept = Accept {
                plan,
                partnership,
                side,
            };
            allowed(&accept, viewer).is_ok().then_some(side)
        };
        Allowed {
            change: allowed(&Change { plan, partnership }, viewer).is_ok(),
            accept: [accept(Side::Leading), accept(Side::Magnetic)],
            carry_out: allowed(&CarryOut { plan, partnership }, viewer).is_ok(),
            report: allowed(&WriteReport { plan, partnership }, viewer).is_ok(),
        }
    }
}

impl Report {
    /// Whether `access`'s viewer may acknowledge or return it; `leading` is the Leading school.
    pub fn may_answer(&self, access: &Access, leading: &School) -> bool {
        let answer = super::policy::Answer {
            report: self,
            leading,
        };
        allowed(&answer, access.viewer()).is_ok()
    }
}

impl Partnership {
    /// Whether `access`'s viewer may begin a plan of a school year.
    pub fn may_plan(&self, access: &Access) -> bool {
        allowed(&Create { partnership: self }, access.viewer()).is_ok()
    }
}
