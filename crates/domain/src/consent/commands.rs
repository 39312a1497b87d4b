//! What the group does with consents: record them, withdraw them.

use chrono::NaiveDate;
use serde::Serialize;

use super::policy::Withdraw;
use super::queries::MOST;
use super::{Consent, Kind, queries};
use crate::db::{Access, Once};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::Worked;
use crate::id::Id;
use crate::pupil_text;
use crate::study::policy::Work;
use crate::study::{Study, queries as study};

/// What families allowed.
#[derive(Debug, Clone, Serialize)]
pub struct NewConsent {
    /// For which study.
    pub study: Id<Study>,
    /// What it allows.
    pub kind: Kind,
    /// For whom or what: a class, a lesson.
    pub scope: String,
    /// How many families gave it; this or `paper` is needed.
    pub count: Option<i32>,
    /// Where the papers are.
    pub paper: Option<String>,
    /// Since which day.
    pub given_on: NaiveDate,
    /// The last day on which it holds.
    pub expires_on: Option<NaiveDate>,
}

/// The group records a consent.
pub async fn record(access: &Access, new: &NewConsent, key: Option<&str>) -> Result<Consent> {
    let mut missteps = Missteps::default();
    let scope = missteps.check("scope", pupil_text::line(&new.scope, 200));
    let paper = new.paper.as_deref().filter(|text| !text.trim().is_empty());
    let paper = paper.map(|text| pupil_text::line(text, 200)).transpose();
    let paper = missteps.check("paper", paper).flatten();
    match new.count {
        Some(count) if !(1..=10_000).contains(&count) => missteps.add(
            "count",
            Refusal::OutOfRange {
                min: 1,
                max: 10_000,
            },
        ),
        None if paper.is_none() => missteps.add("count", Refusal::Required),
        _ => {}
    }
    if new.expires_on.is_some_and(|last| last < new.given_on) {
        missteps.add("expiresOn", Refusal::DateOrder);
    }
    missteps.finish()?;
    let tx = match access.begin_once(key, &("consent.record", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (_, seat) = study::held(&tx, new.study, "studyId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    if queries::count(&tx, new.study).await? >= MOST {
        return Err(Refusal::TooMany { max: 100 }.of("studyId"));
    }
    let recorded_by_id = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let consent = Consent {
        id: Id::fresh(),
        study_id: new.study,
        kind: new.kind,
        scope: scope.unwrap_or_default(),
        count: new.count,
        paper,
        given_on: new.given_on,
        expires_on: new.expires_on,
        withdrawn_at: None,
        recorded_by_id,
        created_at: tx.now(),
    };
    let consent = tx.insert(&permit, consent).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::Consent, None))
        .await?;
    tx.commit_as(consent.id).await?;
    Ok(consent)
}

/// A consent is withdrawn: from now on it allows nothing. Again is as good as once.
pub async fn withdraw(access: &Access, id: Id<Consent>) -> Result<Consent> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (_, seat) = study::held(&tx, seen.study_id, "id").await?;
    let consent = tx.lock(id, "id").await?;
    let permit = tx.permit(Withdraw { seat: &seat })?;
    if consent.withdrawn_at.is_some() {
        return Ok(consent);
    }
    let withdrawn = Consent {
        withdrawn_at: Some(tx.now()),
        ..consent
    };
    let withdrawn = tx.update(&permit, withdrawn).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::Consent, None))
        .await?;
    tx.commit().await?;
    Ok(withdrawn)
}
