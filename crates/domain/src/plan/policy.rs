//! Who sees a plan and what is inside it, and who works on it.
//!
//! The network sees the summary: that there is a plan, and the activities agreed on. The inside (who accepted, what is
//! not agreed yet, who answers for what, evidence, reports) is for the two schools and the trainers of their regions,
//! and a report for a trainer only once it was sent.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, acceptance, activity, activity_person, evidence, report};
use super::{Acceptance, Activity, Evidence, Plan, Report, ReportState, Responsible, State, Step};
use crate::audience::networks;
use crate::authz::{Action, Job, Standing, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::partnership::policy::{inside, side_of};
use crate::partnership::{self, Partnership, Side};
use crate::school::School;

impl Visible for Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        Condition::any()
            .add(Column::PartnershipId.in_subquery(inside(viewer)))
            .add(to_network(standing))
    }
}

impl Visible for acceptance::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(acceptance::Column::PlanId, viewer)
    }
}

impl Visible for activity::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        let summary = Condition::all()
            .add(activity::Column::Agreed.eq(true))
            .add(activity::Column::PlanId.in_subquery(ids(to_network(standing))));
        Condition::any()
            .add(within(activity::Column::PlanId, viewer))
            .add(summary)
    }
}

impl Visible for activity_person::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(activity_person::Column::PlanId, viewer)
    }
}

impl Visible for evidence::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        within(evidence::Column::PlanId, viewer)
    }
}

impl Visible for report::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        let Some(standing) = viewer.standing() else {
            return nothing();
        };
        let schools: Vec<_> = standing.schools.iter().copied().collect();
        let sent = Condition::all()
            .add(report::Column::State.ne(ReportState::Draft))
            .add(within(report::Column::PlanId, viewer));
        Condition::any()
            .add(report::Column::PlanId.in_subquery(of_schools(&schools)))
            .add(sent)
    }
}

/// Holds for what belongs to a plan whose inside the viewer sees.
pub(crate) fn within<C: ColumnTrait>(plan: C, viewer: &Viewer) -> Condition {
    Condition::all().add(plan.in_subquery(ids(
        Condition::all().add(Column::PartnershipId.in_subquery(inside(viewer))),
    )))
}

/// Holds for the plans of their networks that were agreed.
fn to_network(standing: &Standing) -> Condition {
    Condition::all()
        .add(Column::AgreedAt.is_not_null())
        .add(Column::NetworkId.in_subquery(networks(standing)))
}

pub(super) fn ids(which: Condition) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(which)
        .into_query()
}

/// The ids of the plans in which one of these schools has a part.
pub(super) fn of_schools(schools: &[Id<School>]) -> SelectStatement {
    let either = Condition::any()
        .add(partnership::entity::Column::LeadingId.is_in(schools.iter().copied()))
        .add(partnership::entity::Column::MagneticId.is_in(schools.iter().copied()));
    ids(Condition::all().add(Column::PartnershipId.in_subquery(partnerships(either))))
}

pub(super) fn partnerships(which: Condition) -> SelectStatement {
    partnership::entity::Entity::find()
        .select_only()
        .column(partnership::entity::Column::Id)
        .filter(which)
        .into_query()
}

/// A side begins the plan of a school year.
pub struct Create<'a> {
    /// Of this partnership.
    pub partnership: &'a Partnership,
}

impl Action for Create<'_> {
    const NAME: &'static str = "plan.create";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(side_of(viewer, self.partnership).is_some())?;
        active(self.partnership)
    }
}

impl Writes<Entity> for Create<'_> {
    fn covers(&self, row: &Plan) -> bool {
        row.partnership_id == self.partnership.id
    }
}

/// A side changes what is to be agreed.
pub struct Change<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Of this partnership.
    pub partnership: &'a Partnership,
}

impl Action for Change<'_> {
    const NAME: &'static str = "plan.change";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(side_of(viewer, self.partnership).is_some())?;
        active(self.partnership)?;
        possible(self.plan, Step::Change)
    }
}

impl Writes<Entity> for Change<'_> {
    fn covers(&self, row: &Plan) -> bool {
        row.id == self.plan.id
    }
}

impl Writes<acceptance::Entity> for Change<'_> {
    fn covers(&self, row: &Acceptance) -> bool {
        row.plan_id == self.plan.id
    }
}

impl Writes<activity::Entity> for Change<'_> {
    fn covers(&self, row: &Activity) -> bool {
        row.plan_id == self.plan.id
    }
}

impl Writes<activity_person::Entity> for Change<'_> {
    fn covers(&self, row: &Responsible) -> bool {
        row.plan_id == self.plan.id
    }
}

/// A side accepts the plan as it stands; the second acceptance agrees it.
pub struct Accept<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Of this partnership.
    pub partnership: &'a Partnership,
    /// For this side.
    pub side: Side,
}

impl Action for Accept<'_> {
    const NAME: &'static str = "plan.accept";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.coordinates(self.partnership.school(self.side)))?;
        active(self.partnership)?;
        possible(self.plan, Step::Agree)
    }
}

impl Writes<Entity> for Accept<'_> {
    fn covers(&self, row: &Plan) -> bool {
        row.id == self.plan.id
    }
}

impl Writes<acceptance::Entity> for Accept<'_> {
    fn covers(&self, row: &Acceptance) -> bool {
        row.plan_id == self.plan.id && row.side == self.side
    }
}

impl Writes<activity::Entity> for Accept<'_> {
    fn covers(&self, row: &Activity) -> bool {
        row.plan_id == self.plan.id && row.agreed
    }
}

/// A side notes what became of what was agreed: done, cancelled, evidence.
pub struct CarryOut<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Of this partnership.
    pub partnership: &'a Partnership,
}

impl Action for CarryOut<'_> {
    const NAME: &'static str = "plan.carry_out";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(side_of(viewer, self.partnership).is_some())?;
        if self.plan.agreed_at.is_none() {
            return Err(self.plan.state.wrong());
        }
        possible(self.plan, Step::Begin)
    }
}

impl Writes<Entity> for CarryOut<'_> {
    fn covers(&self, row: &Plan) -> bool {
        row.id == self.plan.id && row.version == self.plan.version
    }
}

impl Writes<activity::Entity> for CarryOut<'_> {
    fn covers(&self, row: &Activity) -> bool {
        row.plan_id == self.plan.id
    }
}

impl Writes<evidence::Entity> for CarryOut<'_> {
    fn covers(&self, row: &Evidence) -> bool {
        row.plan_id == self.plan.id
    }
}

/// A side writes and sends a report on what was agreed.
pub struct WriteReport<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Of this partnership.
    pub partnership: &'a Partnership,
}

impl Action for WriteReport<'_> {
    const NAME: &'static str = "plan.report";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(side_of(viewer, self.partnership).is_some())?;
        if self.plan.agreed_at.is_none() || self.plan.state == State::Acknowledged {
            return Err(self.plan.state.wrong());
        }
        Ok(())
    }
}

impl Writes<Entity> for WriteReport<'_> {
    fn covers(&self, row: &Plan) -> bool {
        row.id == self.plan.id && row.version == self.plan.version
    }
}

impl Writes<report::Entity> for WriteReport<'_> {
    fn covers(&self, row: &Report) -> bool {
        row.plan_id == self.plan.id
    }
}

/// The trainer of the region where the Leading school is acknowledges or returns a report that was sent.
pub struct Answer<'a> {
    /// The report.
    pub report: &'a Report,
    /// The Leading school.
    pub leading: &'a School,
}

impl Action for Answer<'_> {
    const NAME: &'static str = "plan_report.answer";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.trains(self.leading.region_id))?;
        match self.report.state {
            ReportState::Sent => Ok(()),
            other => Err(other.wrong()),
        }
    }
}

impl Writes<Entity> for Answer<'_> {
    fn covers(&self, row: &Plan) -> bool {
        row.id == self.report.plan_id
    }
}

impl Writes<report::Entity> for Answer<'_> {
    fn covers(&self, row: &Report) -> bool {
        row.id == self.report.id
    }
}

/// People are reminded of an activity.
pub struct Remind<'a> {
    /// The activity.
    pub activity: &'a Activity,
}

impl Action for Remind<'_> {
    const NAME: &'static str = "activity.remind";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Calendar))
    }
}

impl Writes<activity::Entity> for Remind<'_> {
    fn covers(&self, row: &Activity) -> bool {
        row.id == self.activity.id
    }
}

fn active(partnership: &Partnership) -> Result<(), Refusal> {
    match partnership.state {
        partnership::State::Active => Ok(()),
        other => Err(Refusal::WrongState {
            state: other.name(),
        }),
    }
}

fn possible(plan: &Plan, step: Step) -> Result<(), Refusal> {
    match plan.state.after(step) {
        Some(_) => Ok(()),
        None => Err(plan.state.wrong()),
    }
}
