//! Endorsements of versions.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::endorsement::{self as model, commands, queries};
use domain::id::Id;
use domain::resource;

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::resource::Resource;
use crate::resource_version::ResourceVersion;
use crate::rows::{Fault, Rows, access, asking, by_id};

/// Somebody who knows the field stands for a version of a work.
pub struct Endorsement(pub model::Endorsement);

/// Somebody who knows the field stands for a version of a work: a trainer of the region, or an administrator. Visible
/// to whoever sees the work.
#[Object]
impl Endorsement {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The work.
    async fn resource(&self, ctx: &Context<'_>) -> Result<Option<Resource>> {
        Ok(by_id(ctx, self.0.resource_id).await?.map(Resource::from))
    }

    /// The version it is for.
    async fn resource_version(&self, ctx: &Context<'_>) -> Result<Option<ResourceVersion>> {
        Ok(by_id(ctx, self.0.version_id).await?.map(ResourceVersion))
    }

    /// Who endorsed it, for those who are signed in.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }

    /// What is good about it.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// When.
    async fn endorsed_at(&self) -> DateTime<Utc> {
        self.0.endorsed_at
    }

    /// When it was taken back; null while it holds.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.withdrawn_at
    }

    /// Whether the viewer may take it back.
    async fn viewer_can_withdraw(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.may_withdraw(access(ctx)?))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EndorsementsOf(pub(crate) Id<resource::Resource>);

impl Loader<EndorsementsOf> for Rows {
    type Value = Vec<model::Endorsement>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[EndorsementsOf],
    ) -> Result<HashMap<EndorsementsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for row in queries::of_all(&self.0, &ids).await? {
            of.entry(EndorsementsOf(row.resource_id))
                .or_default()
                .push(row);
        }
        Ok(of)
    }
}

/// An endorsement to give.
#[derive(InputObject)]
pub struct EndorsementGiveInput {
    /// For this version.
    version_id: ID,
    /// What is good about it, at most 1,000 characters.
    note: Option<String>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// An endorsement to take back.
#[derive(InputObject)]
pub struct EndorsementWithdrawInput {
    /// Which one.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct EndorsementPayload {
    /// The endorsement as it is now; null when nothing was done.
    endorsement: Option<Endorsement>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Endorsing works.
#[derive(Default)]
pub struct EndorsementMutation;

#[Object]
impl EndorsementMutation {
    /// Endorses a version of somebody else's work. Trainers of the region where its school is; administrators.
    async fn endorsement_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version, and why.")] input: EndorsementGiveInput,
    ) -> Result<EndorsementPayload> {
        let note = input.note.as_deref().unwrap_or_default();
        let key = input.idempotency_key.as_deref();
        payload(ctx, async {
            let version = given(&input.version_id, "versionId")?;
            commands::give(asking(ctx)?, version, note, key).await
        })
        .await
    }

    /// Takes an endorsement back. Whoever gave it; administrators.
    async fn endorsement_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: EndorsementWithdrawInput,
    ) -> Result<EndorsementPayload> {
        payload(ctx, async {
            commands::withdraw(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Endorsement>>,
) -> Result<EndorsementPayload> {
    let (endorsement, user_errors) = outcome(ctx, command.await)?;
    Ok(EndorsementPayload {
        endorsement: endorsement.map(Endorsement),
        user_errors,
    })
}
