//! The table `person`. Contact data and credentials have narrower audiences and so tables of their own.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::db::Row;
use crate::id::{Id, Noun};
use crate::text::Language;

/// Where an account stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    serde::Serialize,
    serde::Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// May sign in.
    Active,
    /// May not, until somebody restores the account.
    Suspended,
    /// Gone: the row stays so that what they did keeps an author without a name.
    Erased,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Their id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The name they go by.
    pub name: String,
    /// The folded name, to sort and search by.
    pub sort_name: String,
    /// The language they read.
    pub language: Language,
    /// Where the account stands.
    pub state: State,
    /// Grows by one with each edit.
    pub version: i32,
    /// Since when.
    pub created_at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Noun for Model {
    const PREFIX: &'static str = "per";
}

impl Row for Model {
    fn id(&self) -> Id<Self> {
        self.id
    }
}

/// How a person is reached.
pub mod contact {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;

    /// Who sees an address, besides the person, the coordinators of their schools and administrators.
    #[derive(
        Debug,
        Clone,
        Copy,
        PartialEq,
        Eq,
        Hash,
        EnumIter,
        DeriveActiveEnum,
        serde::Serialize,
        serde::Deserialize,
    )]
    #[sea_orm(
        rs_type = "String",
        db_type = "String(StringLen::N(16))",
        rename_all = "snake_case"
    )]
    #[serde(rename_all = "snake_case")]
    pub enum Shown {
        /// Nobody else.
        Nobody,
        /// Everybody who is signed in.
        SignedIn,
    }

    /// The address of one person.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_contact")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Id<super::Model>,
        /// The e-mail address as the person wrote it.
        pub email: String,
        /// Its folded form; unique.
        pub email_folded: String,
        /// Who sees it.
        pub shown: Shown,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
