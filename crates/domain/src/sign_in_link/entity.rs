//! The table `sign_in_link`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::person::Person;

/// A mailed link. Asked for with an unknown address, it belongs to nobody and opens nothing: the same work is done.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_link")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whom it signs in.
    pub person_id: Option<Id<Person>>,
    /// Whether it is for setting a new password.
    pub resets_password: bool,
    /// Digest of the token in the link; unique.
    pub token_digest: Vec<u8>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it runs out.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "lnk";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
