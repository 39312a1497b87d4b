//! Who sees a person.

use sea_orm::Condition;

use super::entity::Entity;
use crate::authz::{Viewer, Visible, everything, nothing};

impl Visible for Entity {
    /// Names are for people who are signed in: colleagues find each other, crawlers do not.
    fn visible_to(viewer: &Viewer) -> Condition {
        if viewer.id().is_some() {
            everything()
        } else {
            nothing()
        }
    }
}
