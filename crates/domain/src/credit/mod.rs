//! Credit: what became of the works of an author, and a record of it that an attestation commission can check.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

pub use entity::Model as CreditRecord;

/// What became of somebody's works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Credit {
    /// How many are shared.
    pub works: i64,
    /// How often these were used by others.
    pub uses: i64,
    /// How often others took copies.
    pub copies: i64,
    /// How many endorsements hold.
    pub endorsements: i64,
}
