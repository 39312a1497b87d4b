//! Consents: what families allowed.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::consent::{self as model, commands, queries};
use domain::id::Id;
use domain::study::Study;

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::rows::{Fault, Rows, access, asking, by_id};
use crate::scalar::Date;

/// What a consent allows.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum ConsentKind {
    /// To watch pupils in a lesson and write it down.
    Monitoring,
    /// To take photos or video.
    Media,
    /// To publish them.
    Publication,
}

/// What families allowed.
pub struct Consent(pub model::Consent);

/// What families allowed, how many of them or where the papers are, until when. For the group of the study without its
/// experts.
#[Object]
impl Consent {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What it allows.
    async fn kind(&self) -> ConsentKind {
        self.0.kind.into()
    }

    /// For whom or what: a class, a lesson.
    async fn scope(&self) -> &str {
        &self.0.scope
    }

    /// How many families gave it.
    async fn count(&self) -> Option<i32> {
        self.0.count
    }

    /// Where the papers are.
    async fn paper(&self) -> Option<&str> {
        self.0.paper.as_deref()
    }

    /// Since which day.
    async fn given_on(&self) -> Date {
        Date(self.0.given_on)
    }

    /// The last day on which it holds; null for an open end.
    async fn expires_on(&self) -> Option<Date> {
        self.0.expires_on.map(Date)
    }

    /// When it was withdrawn.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.withdrawn_at
    }

    /// Whether it holds today.
    async fn holds(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.holds_on(access(ctx)?.today()))
    }

    /// Who recorded it.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.recorded_by_id).await?.map(Person))
    }
}

/// Whether a study has a consent for media today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AllowsMedia(pub(crate) Id<Study>);

impl Loader<AllowsMedia> for Rows {
    type Value = ();
    type Error = Fault;

    async fn load(&self, keys: &[AllowsMedia]) -> Result<HashMap<AllowsMedia, ()>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let allowed = queries::allowed(&self.0, model::Kind::Media, &ids).await?;
        Ok(allowed
            .into_iter()
            .map(|id| (AllowsMedia(id), ()))
            .collect())
    }
}

/// What families allowed.
#[derive(InputObject)]
pub struct ConsentRecordInput {
    /// The study.
    study_id: ID,
    /// What it allows.
    kind: ConsentKind,
    /// For whom or what: a class, a lesson; at most 200 characters.
    scope: String,
    /// How many families gave it; this or `paper` is needed.
    count: Option<i32>,
    /// Where the papers are, at most 200 characters.
    paper: Option<String>,
    /// Since which day.
    given_on: Date,
    /// The last day on which it holds.
    expires_on: Option<Date>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A consent.
#[derive(InputObject)]
pub struct ConsentInput {
    /// The consent.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct ConsentPayload {
    /// The consent as it is now; null when nothing was done.
    consent: Option<Consent>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Keeping the ledger of consents.
#[derive(Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Records what families allowed. Members of the group.
    async fn consent_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The consent.")] input: ConsentRecordInput,
    ) -> Result<ConsentPayload> {
        payload(ctx, async {
            let new = commands::NewConsent {
                study: given(&input.study_id, "studyId")?,
                kind: input.kind.into(),
                scope: input.scope,
                count: input.count,
                paper: input.paper,
                given_on: input.given_on.0,
                expires_on: input.expires_on.map(|day| day.0),
            };
            commands::record(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// A consent is withdrawn: from that moment it allows nothing. Members of the group, however the study stands.
    async fn consent_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ConsentInput,
    ) -> Result<ConsentPayload> {
        payload(ctx, async {
            commands::withdraw(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Consent>>,
) -> Result<ConsentPayload> {
    let (consent, user_errors) = outcome(ctx, command.await)?;
    Ok(ConsentPayload {
        consent: consent.map(Consent),
        user_errors,
    })
}
