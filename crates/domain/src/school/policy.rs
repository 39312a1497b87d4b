//! Who sees a school: everybody, it is a public register. And who changes its entry.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, name};
use super::search::{term, variant, word};
use super::{School, SchoolName, State};
use crate::authz::{Action, Viewer, Visible, Writes, everything};
use crate::designation::{self, Designation};
use crate::error::Refusal;
use crate::id::Id;
use crate::membership::{self, Membership};
use crate::network::{self, Network, NetworkLead};
use crate::partnership::{self, Partnership};
use crate::region::Region;

impl Visible for Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

impl Visible for name::Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

impl Visible for term::Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

impl Visible for word::Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

impl Visible for variant::Entity {
    fn visible_to(_: &Viewer) -> Condition {
        everything()
    }
}

/// The ids of the schools in the regions that this viewer trains.
pub(crate) fn in_regions(viewer: &Viewer) -> SelectStatement {
    let regions = viewer
        .standing()
        .map(|s| s.regions.iter().copied().collect::<Vec<_>>())
        .unwrap_or_default();
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RegionId.is_in(regions))
        .into_query()
}

/// A trainer of the region, or an administrator, adds a school that no registry has.
pub struct Add {
    /// Where it lies.
    pub region: Option<Id<Region>>,
    /// The new school's id.
    pub school: Id<School>,
}

impl Action for Add {
    const NAME: &'static str = "school.add";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is_admin() || viewer.trains(self.region))
    }
}

impl Writes<Entity> for Add {
    fn covers(&self, row: &School) -> bool {
        row.id == self.school
    }
}

impl Writes<name::Entity> for Add {
    fn covers(&self, row: &SchoolName) -> bool {
        row.school_id == self.school
    }
}

/// The entry is corrected by the school's coordinator, a trainer of its region or an administrator.
pub struct Update<'a> {
    /// The school as it stands.
    pub school: &'a School,
}

impl Action for Update<'_> {
    const NAME: &'static str = "school.update";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(
            viewer.is_admin()
                || viewer.coordinates(self.school.id)
                || viewer.trains(self.school.region_id),
        )?;
        open(self.school)
    }
}

impl Writes<Entity> for Update<'_> {
    fn covers(&self, row: &School) -> bool {
        row.id == self.school.id
    }
}

impl Writes<name::Entity> for Update<'_> {
    fn covers(&self, row: &SchoolName) -> bool {
        row.school_id == self.school.id
    }
}

/// The school moves to another district: also where it comes to, somebody must agree.
pub struct Move<'a> {
    /// The school as it stands.
    pub school: &'a School,
    /// Where it comes to.
    pub to: Option<Id<Region>>,
}

impl Action for Move<'_> {
    const NAME: &'static str = "school.move";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let may = viewer.trains(self.school.region_id) && viewer.trains(self.to);
        viewer.require(viewer.is_admin() || may)
    }
}

/// A trainer of its region, or an administrator, notes that the school is no more.
pub struct Close<'a> {
    /// The school.
    pub school: &'a School,
}

impl Action for Close<'_> {
    const NAME: &'static str = "school.close";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.is_admin() || viewer.trains(self.school.region_id))?;
        open(self.school)
    }
}

impl Writes<Entity> for Close<'_> {
    fn covers(&self, row: &School) -> bool {
        row.id == self.school.id
    }
}

/// Two entries are one school, or one school became part of the other: whoever answers for both says so.
pub struct Merge<'a> {
    /// The school that goes …
    pub school: &'a School,
    /// … into this one.
    pub into: &'a School,
}

impl Merge<'_> {
    fn of(&self, school: Id<School>) -> bool {
        school == self.school.id || school == self.into.id
    }
}

impl Action for Merge<'_> {
    const NAME: &'static str = "school.merge";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        let both = viewer.trains(self.school.region_id) && viewer.trains(self.into.region_id);
        viewer.require(viewer.is_admin() || both)?;
        if self.school.id == self.into.id {
            return Err(Refusal::SameSchool);
        }
        if self.school.state == State::Merged {
            return Err(Refusal::AlreadyMerged);
        }
        open(self.into)
    }
}

impl Writes<Entity> for Merge<'_> {
    fn covers(&self, row: &School) -> bool {
        self.of(row.id) || row.merged_into_id == Some(self.into.id)
    }
}

impl Writes<name::Entity> for Merge<'_> {
    fn covers(&self, row: &SchoolName) -> bool {
        row.school_id == self.into.id
    }
}

impl Writes<membership::entity::Entity> for Merge<'_> {
    fn covers(&self, row: &Membership) -> bool {
        matches!(row.scope(), membership::Scope::School(school) if self.of(school))
    }
}

impl Writes<partnership::entity::Entity> for Merge<'_> {
    fn covers(&self, row: &Partnership) -> bool {
        self.of(row.leading_id) || self.of(row.magnetic_id)
    }
}

/// The networks of the partnerships that end because both sides became one.
impl Writes<network::entity::Entity> for Merge<'_> {
    fn covers(&self, _: &Network) -> bool {
        true
    }
}

impl Writes<network::entity::lead::Entity> for Merge<'_> {
    fn covers(&self, row: &NetworkLead) -> bool {
        self.of(row.school_id)
    }
}

impl Writes<designation::entity::Entity> for Merge<'_> {
    fn covers(&self, row: &Designation) -> bool {
        self.of(row.school_id)
    }
}

fn open(school: &School) -> Result<(), Refusal> {
    match school.state {
        State::Unclaimed | State::Verified => Ok(()),
        State::Merged => Err(Refusal::AlreadyMerged),
        State::Closed => Err(Refusal::WrongState {
            state: school.state.name(),
        }),
    }
}
