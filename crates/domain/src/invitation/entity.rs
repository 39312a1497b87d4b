//! The table `invitation`.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::membership::{Role, Scope, ScopeKind};
use crate::person::Person;
use crate::text::Language;

/// An invitation. Its token is computed from the id and the installation's secret; here is only the digest.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// To whom, as written.
    pub email: String,
    /// To whom, folded.
    pub email_folded: String,
    /// The language of the letter.
    pub language: Language,
    /// As what.
    pub role: Role,
    /// Where: the kind …
    pub scope_kind: ScopeKind,
    /// … and the key; nil for the platform.
    pub scope_id: Uuid,
    /// Digest of the token in the link; unique.
    pub token_digest: Vec<u8>,
    /// By whom; none when the operator sent it from the command line.
    pub invited_by_id: Option<Id<Person>>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it runs out.
    pub expires_at: Timestamp,
    /// When it was used or taken back.
    pub closed_at: Option<Timestamp>,
    /// Who it made a member; none while open, and when it was taken back.
    pub accepted_by_id: Option<Id<Person>>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "inv";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl Model {
    /// Where the role will hold.
    pub fn scope(&self) -> Scope {
        Scope::from_columns(self.scope_kind, self.scope_id)
    }
}
