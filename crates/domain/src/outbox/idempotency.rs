//! The same request sent twice has one effect: the key is kept in the transaction of the effect.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::db::{Access, Connection, Once, Tx};
use crate::error::{Error, Refusal, Result};
use crate::id::Id;
use crate::person::Person;

/// One key of one person, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Whose key: two persons may use the same text.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Id<Person>,
    /// The key as sent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Digest of the request's body.
    pub digest: Vec<u8>,
    /// The key of what came of it; none only inside the first transaction.
    pub subject_id: Option<Uuid>,
    /// When; kept for at least 24 hours.
    pub at: Timestamp,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The key a transaction began with.
pub struct Key {
    person: Id<Person>,
    key: String,
}

/// Claims the key, waiting for whoever just uses it, or tells what came of it before.
pub(crate) async fn begin(
    access: &Access,
    person: Id<Person>,
    key: &str,
    body: &impl serde::Serialize,
) -> Result<Once> {
    let key = crate::text::line(key, 100).map_err(|refusal| refusal.of("idempotencyKey"))?;
    let digest = Sha256::digest(serde_json::to_vec(body)?).to_vec();
    let row = Model {
        person_id: person,
        key: key.clone(),
        digest: digest.clone(),
        subject_id: None,
        at: access.now(),
    };
    let mut tx: Tx = access.begin().await?;
    match Entity::insert(row.into_active_model())
        .exec_without_returning(tx.executor())
        .await
        .map_err(Error::from)
    {
        Ok(_) => {
            tx.once = Some(Key { person, key });
            return Ok(Once::First(Box::new(tx)));
        }
        Err(Error::Duplicate(_)) => tx.roll_back().await,
        Err(other) => return Err(other),
    }
    let tx = access.begin().await?;
    let before = Entity::find_by_id((person, key)).one(tx.executor()).await?;
    match before {
        Some(before) if before.digest != digest => Err(Refusal::KeyReused.of("idempotencyKey")),
        Some(Model {
            subject_id: Some(subject),
            ..
        }) => Ok(Once::Again(subject)),
        // The first one gave up after we met its row: as good as never sent.
        _ => Err(Refusal::Conflict.of("idempotencyKey")),
    }
}

pub(crate) async fn settle(tx: &Connection, key: &Key, subject: Uuid) -> Result<()> {
    let row = ActiveModel {
        person_id: Set(key.person),
        key: Set(key.key.clone()),
        subject_id: Set(Some(subject)),
        ..Default::default()
    };
    Entity::update(row)
        .validate()?
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
