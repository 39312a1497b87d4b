//! Who sees a partnership, who may change it, and which tables each change touches.

use chrono::NaiveDate;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, agreement, signature};
use super::{Agreement, Partnership, Side, Signature, State, Step};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything, nothing};
use crate::error::Refusal;
use crate::network::{self, Network};
use crate::school::{self, School};

impl Visible for Entity {
    /// That two schools work together is public; everything before and after, for those inside.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.is_admin() {
            return everything();
        }
        Condition::any()
            .add(Column::State.eq(State::Active))
            .add(within(viewer))
    }
}

impl Visible for agreement::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::all().add(agreement::Column::PartnershipId.in_subquery(inside(viewer)))
    }
}

impl Visible for signature::Entity {
    fn visible_to(viewer: &Viewer) -> Condition {
        Condition::all().add(signature::Column::PartnershipId.in_subquery(inside(viewer)))
    }
}

/// Holds for the partnerships of the viewer's own schools and of the regions they train.
fn within(viewer: &Viewer) -> Condition {
    let Some(standing) = viewer.standing() else {
        return nothing();
    };
    let schools: Vec<_> = standing.schools.iter().copied().collect();
    let mut within = Condition::any()
        .add(Column::LeadingId.is_in(schools.iter().copied()))
        .add(Column::MagneticId.is_in(schools));
    if !standing.regions.is_empty() {
        within = within
            .add(Column::LeadingId.in_subquery(school::policy::in_regions(viewer)))
            .add(Column::MagneticId.in_subquery(school::policy::in_regions(viewer)));
    }
    within
}

/// The ids of the partnerships whose inside this viewer sees: agreement, signatures, history.
pub(crate) fn inside(viewer: &Viewer) -> SelectStatement {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(within(viewer))
        .into_query()
}

/// A side invites the other.
pub struct Invite<'a> {
    /// In this network, …
    pub network: &'a Network,
    /// … which this school leads,
    pub leading: &'a School,
    /// this school becomes a partner,
    pub magnetic: &'a School,
    /// proposed by this side.
    pub by: Side,
}

impl Invite<'_> {
    fn proposer(&self) -> &School {
        match self.by {
            Side::Leading => self.leading,
            Side::Magnetic => self.magnetic,
        }
    }
}

impl Action for Invite<'_> {
    const NAME: &'static str = "partnership.invite";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.coordinates(self.proposer().id) || viewer.is(Job::Operator))?;
        if self.leading.id == self.magnetic.id {
            return Err(Refusal::SameSchool);
        }
        if self.network.state == network::State::Closed {
            return Err(Refusal::NetworkClosed);
        }
        Ok(())
    }
}

impl Writes<Entity> for Invite<'_> {
    fn covers(&self, row: &Partnership) -> bool {
        row.network_id == self.network.id
            && row.leading_id == self.leading.id
            && row.magnetic_id == self.magnetic.id
    }
}

/// The side that was asked says yes or no.
pub struct Answer<'a> {
    /// The invitation.
    pub partnership: &'a Partnership,
    /// [`Step::Accept`] or [`Step::Decline`].
    pub step: Step,
    /// The day of the answer.
    pub today: NaiveDate,
}

impl Action for Answer<'_> {
    const NAME: &'static str = "partnership.answer";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let asked = self.partnership.proposed_by.other();
        viewer.require(viewer.coordinates(self.partnership.school(asked)))?;
        possible(self.partnership, self.step)?;
        if self.today >= self.partnership.lapses_on {
            Err(Refusal::Expired)
        } else {
            Ok(())
        }
    }
}

impl Writes<Entity> for Answer<'_> {
    fn covers(&self, row: &Partnership) -> bool {
        row.id == self.partnership.id
    }
}

/// Nobody answered in time.
pub struct Lapse<'a> {
    /// The invitation.
    pub partnership: &'a Partnership,
    /// Today.
    pub today: NaiveDate,
}

impl Action for Lapse<'_> {
    const NAME: &'static str = "partnership.lapse";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Calendar) && self.today >= self.partnership.lapses_on)?;
        possible(self.partnership, Step::Lapse)
    }
}

impl Writes<Entity> for Lapse<'_> {
    fn covers(&self, row: &Partnership) -> bool {
        row.id == self.partnership.id
    }
}

/// A side writes the agreement, before both have signed.
pub struct WriteAgreement<'a> {
    /// Of this partnership.
    pub partnership: &'a Partnership,
}

impl Action for WriteAgreement<'_> {
    const NAME: &'static str = "agreement.write";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(side_of(viewer, self.partnership).is_some())?;
        possible(self.partnership, Step::Activate)
    }
}

impl Writes<agreement::Entity> for WriteAgreement<'_> {
    fn covers(&self, row: &Agreement) -> bool {
        row.partnership_id == self.partnership.id
    }
}

impl Writes<signature::Entity> for WriteAgreement<'_> {
    fn covers(&self, row: &Signature) -> bool {
        row.partnership_id == self.partnership.id
    }
}

/// A side signs the agreement as it stands; the second signature makes the partnership active.
pub struct Sign<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// For this side.
    pub side: Side,
}

impl Action for Sign<'_> {
    const NAME: &'static str = "agreement.sign";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.coordinates(self.partnership.school(self.side)))?;
        possible(self.partnership, Step::Activate)
    }
}

impl Writes<signature::Entity> for Sign<'_> {
    fn covers(&self, row: &Signature) -> bool {
        row.partnership_id == self.partnership.id && row.side == self.side
    }
}

impl Writes<Entity> for Sign<'_> {
    fn covers(&self, row: &Partnership) -> bool {
        row.id == self.partnership.id
    }
}

impl Writes<network::entity::Entity> for Sign<'_> {
    fn covers(&self, row: &Network) -> bool {
        row.id == self.partnership.network_id
    }
}

/// A side pauses, resumes or ends it. An invitation is ended by whoever proposed it: the other side declines.
pub struct Turn<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// [`Step::Suspend`], [`Step::Resume`] or [`Step::End`].
    pub step: Step,
}

impl Action for Turn<'_> {
    const NAME: &'static str = "partnership.turn";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let may = match self.partnership.state {
            State::Invited => {
                viewer.coordinates(self.partnership.school(self.partnership.proposed_by))
            }
            _ => side_of(viewer, self.partnership).is_some(),
        };
        viewer.require(may)?;
        possible(self.partnership, self.step)
    }
}

impl Writes<Entity> for Turn<'_> {
    fn covers(&self, row: &Partnership) -> bool {
        row.id == self.partnership.id
    }
}

impl Writes<network::entity::Entity> for Turn<'_> {
    fn covers(&self, row: &Network) -> bool {
        row.id == self.partnership.network_id
    }
}

/// The side this viewer speaks for: the Leading one if both.
pub(crate) fn side_of(viewer: &Viewer, partnership: &Partnership) -> Option<Side> {
    [Side::Leading, Side::Magnetic]
        .into_iter()
        .find(|side| viewer.coordinates(partnership.school(*side)))
}

fn possible(partnership: &Partnership, step: Step) -> Result<(), Refusal> {
    match partnership.state.after(step) {
        Some(_) => Ok(()),
        None => Err(Refusal::WrongState {
            state: partnership.state.name(),
        }),
    }
}
