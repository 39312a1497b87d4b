//! Tokens are made, and taken back.

use chrono::{Days, NaiveDate, NaiveTime};

use super::policy::{Create, Revoke};
use super::{AccessToken, LONGEST, MOST, PREFIX, Reach, entity, queries};
use crate::db::Access;
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::person::Person;
use crate::secret;
use crate::text;

/// Makes a token of the viewer that is good until the end of `last_day`; the text is told this once.
pub async fn create(
    access: &Access,
    name: &str,
    reach: Reach,
    last_day: NaiveDate,
) -> Result<(AccessToken, String)> {
    let person = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let mut missteps = Missteps::default();
    let name = missteps.check("name", text::line(name, 100));
    if last_day < access.today() {
        missteps.add("expiresOn", Refusal::DatePast);
    } else if access
        .today()
        .checked_add_days(Days::new(LONGEST.into()))
        .is_none_or(|most| last_day > most)
    {
        missteps.add("expiresOn", Refusal::DateTooFar { days: LONGEST });
    }
    missteps.finish()?;
    let midnight = last_day
        .checked_add_days(Days::new(1))
        .unwrap_or(last_day)
        .and_time(NaiveTime::MIN)
        .and_local_timezone(access.db().clock().zone());
    let expires_at = midnight.earliest().map_or_else(
        || access.now() + chrono::Duration::days(1),
        |at| at.to_utc(),
    );
    let tx = access.begin().await?;
    // Held, so that of two at once both see how many there are.
    tx.lock::<Person>(person, "").await?;
    let permit = tx.permit(Create { person })?;
    let before = tx.find::<entity::Entity>().filter(queries::live(tx.now()));
    if before.count().await? >= MOST as u64 {
        return Err(Refusal::TooMany { max: MOST }.into());
    }
    let text = secret::token(PREFIX)?;
    let token = AccessToken {
        id: Id::fresh(),
        person_id: person,
        name: name.unwrap_or_default(),
        reach,
        token_digest: secret::token_digest(&text),
        created_at: tx.now(),
        expires_at,
        revoked_at: None,
    };
    let token = tx.insert(&permit, token).await?;
    let name = token.name.clone();
    tx.record(&permit, Fact::AccessTokenCreated { person, name })
        .await?;
    tx.commit().await?;
    Ok((token, text))
}

/// Takes a token of the viewer back. What was taken back already stays so.
pub async fn revoke(access: &Access, id: Id<AccessToken>) -> Result<AccessToken> {
    let tx = access.begin().await?;
    let token = tx.lock(id, "id").await?;
    let person = token.person_id;
    let permit = tx.permit(Revoke { person })?;
    if token.revoked_at.is_some() {
        return Ok(token);
    }
    let revoked = AccessToken {
        revoked_at: Some(tx.now()),
        ..token
    };
    let revoked = tx.update(&permit, revoked).await?;
    let name = revoked.name.clone();
    tx.record(&permit, Fact::AccessTokenRevoked { person, name })
        .await?;
    tx.commit().await?;
    Ok(revoked)
}
