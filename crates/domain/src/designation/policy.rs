//! Who sees a designation, and who awards it.

use sea_orm::{ColumnTrait, Condition};

use super::entity::{Column, Entity, State};
use super::{Designation, Step};
use crate::authz::{Action, Job, Viewer, Visible, Writes, everything};
use crate::error::Refusal;
use crate::id::Id;
use crate::school::School;

impl Visible for Entity {
    /// What was awarded is public; a nomination, also one that came to nothing, is for the school, the region's
    /// trainers and administrators.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.is_admin() {
            return everything();
        }
        let awarded = Condition::all()
            .add(Column::State.eq(State::Withdrawn))
            .add(Column::AwardedById.is_not_null());
        let public = Condition::any()
            .add(Column::State.is_in([State::Awarded, State::Expired]))
            .add(awarded);
        match viewer.standing() {
            None => public,
            Some(standing) => public
                .add(Column::SchoolId.is_in(standing.schools.iter().copied()))
                .add(Column::SchoolId.in_subquery(crate::school::policy::in_regions(viewer))),
        }
    }
}

/// A school's coordinator proposes it.
pub struct Nominate<'a> {
    /// The school.
    pub school: &'a School,
    /// The new designation's id.
    pub designation: Id<Designation>,
}

impl Action for Nominate<'_> {
    const NAME: &'static str = "designation.nominate";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.coordinates(self.school.id))?;
        open(self.school)
    }
}

impl Writes<Entity> for Nominate<'_> {
    fn covers(&self, row: &Designation) -> bool {
        row.id == self.designation && row.school_id == self.school.id
    }
}

/// A trainer of the school's region awards it, nominated or not.
pub struct Award<'a> {
    /// The school.
    pub school: &'a School,
    /// The designation's id.
    pub designation: Id<Designation>,
}

impl Action for Award<'_> {
    const NAME: &'static str = "designation.award";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is_admin() || viewer.trains(self.school.region_id))?;
        open(self.school)
    }
}

impl Writes<Entity> for Award<'_> {
    fn covers(&self, row: &Designation) -> bool {
        row.id == self.designation && row.school_id == self.school.id
    }
}

/// A trainer of the school's region takes it back; a nomination, the school's coordinator as well.
pub struct Withdraw<'a> {
    /// The school.
    pub school: &'a School,
    /// The designation.
    pub designation: &'a Designation,
}

impl Action for Withdraw<'_> {
    const NAME: &'static str = "designation.withdraw";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let own = self.designation.state == State::Nominated
            && viewer.coordinates(self.designation.school_id);
        viewer.require(viewer.is_admin() || viewer.trains(self.school.region_id) || own)?;
        possible(self.designation, Step::Withdraw)
    }
}

impl Writes<Entity> for Withdraw<'_> {
    fn covers(&self, row: &Designation) -> bool {
        row.id == self.designation.id
    }
}

/// Its last day is over.
pub struct Expire<'a> {
    /// The designation.
    pub designation: &'a Designation,
}

impl Action for Expire<'_> {
    const NAME: &'static str = "designation.expire";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is(Job::Calendar))?;
        possible(self.designation, Step::Expire)
    }
}

impl Writes<Entity> for Expire<'_> {
    fn covers(&self, row: &Designation) -> bool {
        row.id == self.designation.id
    }
}

fn open(school: &School) -> Result<(), Refusal> {
    if school.state.is_open() {
        Ok(())
    } else {
        Err(Refusal::WrongState {
            state: school.state.name(),
        })
    }
}

fn possible(designation: &Designation, step: Step) -> Result<(), Refusal> {
    match designation.state.after(step) {
        Some(_) => Ok(()),
        None => Err(Refusal::WrongState {
            state: designation.state.name(),
        }),
    }
}
