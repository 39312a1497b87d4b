//! The table `calendar_feed`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::network::Network;
use crate::person::Person;

/// A feed; here is only the digest of its token.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_feed")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// Whose.
    pub person_id: Id<Person>,
    /// Of which network; of the person's own schools when there is none.
    pub network_id: Option<Id<Network>>,
    /// Digest of the token; unique.
    pub token_digest: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "cal";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}
