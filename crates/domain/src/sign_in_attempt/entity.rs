//! The table `sign_in_attempt`, and who touches it: the door alone.

use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use crate::authz::{Viewer, Visible, nothing};
use crate::clock::Timestamp;

/// A count of attempts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempt")]
pub struct Model {
    /// Keyed digest of what is counted: an account, an account at an address, an address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Vec<u8>,
    /// How many were checked and wrong, or are being checked.
    pub count: i32,
    /// When the last was checked.
    pub last_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {
    fn visible_to(_: &Viewer) -> Condition {
        nothing()
    }
}
