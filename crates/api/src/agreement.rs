//! Agreements of partnerships, and the signatures under them.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use domain::id::Id;
use domain::partnership::{self as model, commands, queries};

use crate::ids::given;
use crate::partnership::{PartnershipPayload, PartnershipSide, payload};
use crate::person::Person;
use crate::rows::{Fault, Rows, asking, by_id};
use crate::scalar::Date;

/// What the two schools agree on.
pub struct Agreement(pub(crate) model::Agreement);

/// What the two schools agree on. For members of the two schools and the trainers of their regions.
#[Object]
impl Agreement {
    /// The version: a signature is for one version.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What both want to reach.
    async fn aims(&self) -> &str {
        &self.0.aims
    }

    /// First day of the term.
    async fn starts_on(&self) -> Date {
        Date(self.0.starts_on)
    }

    /// Last day of the term.
    async fn ends_on(&self) -> Date {
        Date(self.0.ends_on)
    }

    /// What the Leading school gives.
    async fn leading_gives(&self) -> &str {
        &self.0.leading_gives
    }

    /// What the Magnetic school gives.
    async fn magnetic_gives(&self) -> &str {
        &self.0.magnetic_gives
    }

    /// Rules for photo and video.
    async fn media_rules(&self) -> &str {
        &self.0.media_rules
    }

    /// Who wrote this version.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.written_by_id).await?.map(Person))
    }

    /// When.
    async fn written_at(&self) -> DateTime<Utc> {
        self.0.written_at
    }
}

/// A side's signature under the agreement.
pub struct Signature(pub(crate) model::Signature);

/// A side's signature under the agreement.
#[Object]
impl Signature {
    /// For which side.
    async fn side(&self) -> PartnershipSide {
        self.0.side.into()
    }

    /// Who signed.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.person_id).await?.map(Person))
    }

    /// When.
    async fn signed_at(&self) -> DateTime<Utc> {
        self.0.signed_at
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AgreementOf(pub(crate) Id<model::Partnership>);

impl Loader<AgreementOf> for Rows {
    type Value = model::Agreement;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[AgreementOf],
    ) -> Result<HashMap<AgreementOf, model::Agreement>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = queries::agreements(&self.0, &ids).await?;
        Ok(found
            .into_iter()
            .map(|agreement| (AgreementOf(agreement.partnership_id), agreement))
            .collect())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SignaturesOf(pub(crate) Id<model::Partnership>);

impl Loader<SignaturesOf> for Rows {
    type Value = Vec<model::Signature>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[SignaturesOf],
    ) -> Result<HashMap<SignaturesOf, Vec<model::Signature>>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for signature in queries::signatures(&self.0, &ids).await? {
            of.entry(SignaturesOf(signature.partnership_id))
                .or_default()
                .push(signature);
        }
        Ok(of)
    }
}

/// What the two schools agree on.
#[derive(InputObject)]
pub struct AgreementWriteInput {
    /// The partnership.
    partnership_id: ID,
    /// The version of the agreement the writer saw; 0 when there was none.
    version: i32,
    /// What both want to reach, at most 4,000 characters.
    aims: String,
    /// First day of the term.
    starts_on: Date,
    /// Last day of the term.
    ends_on: Date,
    /// What the Leading school gives, at most 4,000 characters.
    leading_gives: String,
    /// What the Magnetic school gives, at most 4,000 characters.
    magnetic_gives: String,
    /// Rules for photo and video, at most 4,000 characters.
    media_rules: String,
}

/// A signature under one version of the agreement.
#[derive(InputObject)]
pub struct AgreementSignInput {
    /// The partnership.
    partnership_id: ID,
    /// The version of the agreement that the signer read.
    agreement_version: i32,
}

/// Doing things with agreements.
#[derive(Default)]
pub struct AgreementMutation;

#[Object]
impl AgreementMutation {
    /// A side writes the agreement or changes it; what was signed must then be signed again.
    /// Coordinators of the two schools, until both have signed.
    async fn agreement_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words.")] input: AgreementWriteInput,
    ) -> Result<PartnershipPayload> {
        payload(ctx, async {
            let id = given(&input.partnership_id, "partnershipId")?;
            let terms = commands::Terms {
                aims: input.aims,
                starts_on: input.starts_on.0,
                ends_on: input.ends_on.0,
                leading_gives: input.leading_gives,
                magnetic_gives: input.magnetic_gives,
                media_rules: input.media_rules,
            };
            commands::write_agreement(asking(ctx)?, id, input.version, &terms).await
        })
        .await
    }

    /// A side signs the agreement in the version it read; the second signature makes the partnership active.
    /// Coordinators of the two schools, each for theirs.
    async fn agreement_sign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: AgreementSignInput,
    ) -> Result<PartnershipPayload> {
        payload(ctx, async {
            commands::sign(
                asking(ctx)?,
                given(&input.partnership_id, "partnershipId")?,
                input.agreement_version,
            )
            .await
        })
        .await
    }
}
