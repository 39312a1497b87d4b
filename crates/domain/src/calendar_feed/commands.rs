//! Feeds are made, and taken back.

use super::policy::Keep;
use super::{CalendarFeed, MOST, PREFIX, entity, queries};
use crate::db::{Access, Once};
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::network::Network;
use crate::person::Person;
use crate::secret;

/// Makes a feed of the viewer: of a network, or of their own schools. Its token is told this once, and again to the same
/// request sent again.
pub async fn create(
    access: &Access,
    network: Option<Id<Network>>,
    key: Option<&str>,
) -> Result<(CalendarFeed, String)> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let tx = match access
        .begin_once(key, &("calendar_feed.create", network))
        .await?
    {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before: Option<CalendarFeed> = access.get(Id::from_uuid(id)).await?;
            let before = before.ok_or(Refusal::NotFound)?;
            let token = token(access, before.id)?;
            return Ok((before, token));
        }
    };
    // Held, so that of two at once both see how many there are.
    tx.lock::<Person>(person, "").await?;
    let permit = tx.permit(Keep { person })?;
    if let Some(network) = network {
        tx.get::<Network>(network, "networkId").await?;
    }
    let before = tx.find::<entity::Entity>().filter(queries::live());
    if before.count().await? >= MOST as u64 {
        return Err(Refusal::TooMany { max: MOST }.into());
    }
    let id = Id::fresh();
    let token = token(access, id)?;
    let feed = CalendarFeed {
        id,
        person_id: person,
        network_id: network,
        token_digest: secret::token_digest(&token),
        created_at: tx.now(),
        revoked_at: None,
    };
    let feed = tx.insert(&permit, feed).await?;
    tx.record(&permit, Fact::CalendarFeedCreated { person })
        .await?;
    tx.commit_as(feed.id).await?;
    Ok((feed, token))
}

/// Computed from the installation's secret and never kept, so that it can be told again to whoever asked for it.
fn token(access: &Access, id: Id<CalendarFeed>) -> Result<String> {
    Ok(format!("{PREFIX}_{}", access.db().secret().link_token(id)?))
}

/// Takes a feed of the viewer back. What was taken back already stays so.
pub async fn revoke(access: &Access, id: Id<CalendarFeed>) -> Result<CalendarFeed> {
    let tx = access.begin().await?;
    let feed = tx.lock(id, "id").await?;
    let person = feed.person_id;
    let permit = tx.permit(Keep { person })?;
    if feed.revoked_at.is_some() {
        return Ok(feed);
    }
    let revoked = CalendarFeed {
        revoked_at: Some(tx.now()),
        ..feed
    };
    let revoked = tx.update(&permit, revoked).await?;
    tx.record(&permit, Fact::CalendarFeedRevoked { person })
        .await?;
    tx.commit().await?;
    Ok(revoked)
}
