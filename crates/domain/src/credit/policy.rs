//! Who sees a record of credit, and who has one issued.

use sea_orm::{ColumnTrait, Condition};

use super::CreditRecord;
use super::entity::{Column, Entity};
use crate::authz::{Action, Viewer, Visible, Writes, nothing};
use crate::error::Refusal;
use crate::id::Id;
use crate::person::Person;

impl Visible for Entity {
    /// Its owner. Whoever was given the code checks it by that.
    fn visible_to(viewer: &Viewer) -> Condition {
        viewer.id().map_or_else(nothing, |person| {
            Condition::all().add(Column::PersonId.eq(person))
        })
    }
}

/// Somebody has a record of their credit issued.
pub struct Issue {
    /// Whose.
    pub person: Id<Person>,
}

impl Action for Issue {
    const NAME: &'static str = "credit_record.issue";

    fn decide(&self, viewer: &Viewer) -> Result<(), Refusal> {
        viewer.require(viewer.id() == Some(self.person))
    }
}

impl Writes<Entity> for Issue {
    fn covers(&self, row: &CreditRecord) -> bool {
        row.person_id == self.person
    }
}
