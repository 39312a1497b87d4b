//! Endorsing a version, and taking that back.

use super::Endorsement;
use super::policy::{Endorse, Withdraw};
use crate::db::{Access, Once};
use crate::error::{OnDuplicate, Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::resource::{ResourceVersion, queries};
use crate::text;

/// A trainer or administrator stands for a version of a work, and says why.
pub async fn give(
    access: &Access,
    version: Id<ResourceVersion>,
    note: &str,
    key: Option<&str>,
) -> Result<Endorsement> {
    let note = text::prose(note, 1000).map_err(|refusal| refusal.of("note"))?;
    let body = ("endorsement.give", version, &note);
    let tx = match access.begin_once(key, &body).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let given = access.get(Id::from_uuid(id)).await?;
            return given.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let version = tx.get(version, "versionId").await?;
    let before = tx.lock(version.resource_id, "versionId").await?;
    let authors = queries::authors_of(&tx, before.id).await?;
    let region = queries::region_of(&tx, &before).await?;
    let endorsement = Id::fresh();
    let permit = tx.permit(Endorse {
        resource: &before,
        region,
        authors: &authors,
        endorsement,
    })?;
    let row = Endorsement {
        id: endorsement,
        resource_id: before.id,
        version_id: version.id,
        person_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        note,
        endorsed_at: tx.now(),
        withdrawn_at: None,
    };
    let row = tx
        .insert(&permit, row)
        .await
        .on_duplicate(Refusal::AlreadyExists)?;
    let mut counted = before.clone();
    counted.endorsements += 1;
    let resource = tx.update(&permit, counted).await?;
    let fact = BankFact::Endorsed {
        work: resource.work(),
        number: version.number,
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit_as(endorsement).await?;
    Ok(row)
}

/// Whoever endorsed, or an administrator, takes it back.
pub async fn withdraw(access: &Access, id: Id<Endorsement>) -> Result<Endorsement> {
    let tx = access.begin().await?;
    let of = tx.get(id, "id").await?;
    let before = tx.lock(of.resource_id, "id").await?;
    let endorsement = tx.lock(id, "id").await?;
    let permit = tx.permit(Withdraw {
        endorsement: &endorsement,
    })?;
    let row = Endorsement {
        withdrawn_at: Some(tx.now()),
        ..endorsement.clone()
    };
    let row = tx.update(&permit, row).await?;
    let mut counted = before;
    counted.endorsements -= 1;
    let resource = tx.update(&permit, counted).await?;
    let fact = BankFact::EndorsementWithdrawn {
        work: resource.work(),
    };
    tx.record(&permit, Fact::Bank(fact)).await?;
    tx.commit().await?;
    Ok(row)
}
