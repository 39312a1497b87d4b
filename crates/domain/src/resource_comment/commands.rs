//! Commenting on a work, and removing a comment.

use serde::Serialize;

use super::ResourceComment;
use super::policy::{Comment, Remove};
use super::queries as found;
use crate::db::{Access, Once};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::fact::bank::BankFact;
use crate::id::Id;
use crate::person::Person;
use crate::resource::{Resource, queries};
use crate::text;

/// The most persons a comment speaks to by name.
const MENTIONS: usize = 10;

/// What somebody has to say.
#[derive(Debug, Clone, Serialize)]
pub struct NewComment {
    /// About which work.
    pub resource: Id<Resource>,
    /// What.
    pub text: String,
    /// To whom by name; each must be able to read the work.
    pub mentions: Vec<Id<Person>>,
}

/// Whoever reads a work comments on it. Its authors are told, and whoever is spoken to by name.
pub async fn add(access: &Access, new: &NewComment, key: Option<&str>) -> Result<ResourceComment> {
    let text = text::prose(&new.text, 2000).map_err(|refusal| refusal.of("text"))?;
    if text.is_empty() {
        return Err(Refusal::Required.of("text"));
    }
    let mut mentions = Vec::new();
    for person in &new.mentions {
        if !mentions.contains(person) {
            mentions.push(*person);
        }
    }
    if mentions.len() > MENTIONS {
        return Err(Refusal::TooMany { max: MENTIONS }.of("mentionIds"));
    }
    let tx = match access.begin_once(key, &("resource.comment", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let added = access.get(Id::from_uuid(id)).await?;
            return added.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let before = tx.lock(new.resource, "resourceId").await?;
    let comment = Id::fresh();
    let permit = tx.permit(Comment {
        resource: &before,
        comment,
    })?;
    if found::readers(&tx, &before, &mentions).await? < mentions.len() {
        return Err(Refusal::NotFound.of("mentionIds"));
    }
    let row = ResourceComment {
        id: comment,
        resource_id: before.id,
        person_id: access.viewer().id().ok_or(Refusal::SignInRequired)?,
        text,
        mentions: serde_json::to_string(&mentions)?,
        created_at: tx.now(),
        removed_at: None,
    };
    let row = tx.insert(&permit, row).await?;
    let mut counted = before.clone();
    counted.comments += 1;
    let resource = tx.update(&permit, counted).await?;
    let work = resource.work();
    tx.record(&permit, Fact::Bank(BankFact::Commented { work }))
        .await?;
    if !mentions.is_empty() {
        let fact = BankFact::Mentioned {
            work: resource.work(),
            people: mentions,
        };
        tx.record(&permit, Fact::Bank(fact)).await?;
    }
    tx.commit_as(comment).await?;
    Ok(row)
}

/// Whoever wrote a comment, or a moderator of the work, removes it: that there was one stays.
pub async fn remove(access: &Access, id: Id<ResourceComment>) -> Result<ResourceComment> {
    let tx = access.begin().await?;
    let of = tx.get(id, "id").await?;
    let before = tx.lock(of.resource_id, "id").await?;
    let comment = tx.lock(id, "id").await?;
    let region = queries::region_of(&tx, &before).await?;
    let permit = tx.permit(Remove {
        comment: &comment,
        region,
    })?;
    let row = ResourceComment {
        text: String::new(),
        mentions: "[]".to_owned(),
        removed_at: Some(tx.now()),
        ..comment.clone()
    };
    let row = tx.update(&permit, row).await?;
    let mut counted = before;
    counted.comments -= 1;
    let resource = tx.update(&permit, counted).await?;
    let work = resource.work();
    tx.record(&permit, Fact::Bank(BankFact::CommentRemoved { work }))
        .await?;
    tx.commit().await?;
    Ok(row)
}
