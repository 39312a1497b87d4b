//! Credit for works, and records of it.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::credit::{self as model, commands, queries};
use domain::id::Id;
use domain::person;

use crate::errors::{UserError, outcome};
use crate::ids::shown;
use crate::rows::{Fault, Rows, access, asking, read};

/// What became of somebody's works.
#[derive(SimpleObject)]
pub struct Credit {
    /// How many are shared.
    works: i64,
    /// How often these were used by others.
    uses: i64,
    /// How often others took copies.
    copies: i64,
    /// How many endorsements hold.
    endorsements: i64,
}

impl From<model::Credit> for Credit {
    fn from(credit: model::Credit) -> Self {
        Self {
            works: credit.works,
            uses: credit.uses,
            copies: credit.copies,
            endorsements: credit.endorsements,
        }
    }
}

/// The credit of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CreditOf(pub(crate) Id<person::Person>);

impl Loader<CreditOf> for Rows {
    type Value = model::Credit;
    type Error = Fault;

    async fn load(&self, keys: &[CreditOf]) -> Result<HashMap<CreditOf, model::Credit>, Fault> {
        let people: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = queries::of_all(&self.0, &people).await?;
        Ok(found
            .into_iter()
            .map(|of| (CreditOf(of.person_id), of.credit))
            .collect())
    }
}

/// A record of somebody's credit, as it was when it was issued.
pub struct CreditRecord(pub model::CreditRecord);

/// A record of somebody's credit, as it was when it was issued: for attestation. Visible to them, and to whoever has
/// its code.
#[Object]
impl CreditRecord {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What it is checked by: 26 letters and digits. Whoever has it reads the record.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The name the person went by.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How many works were shared.
    async fn works(&self) -> i64 {
        self.0.works
    }

    /// How often these had been used by others.
    async fn uses(&self) -> i64 {
        self.0.uses
    }

    /// How often others had taken copies.
    async fn copies(&self) -> i64 {
        self.0.copies
    }

    /// How many endorsements held.
    async fn endorsements(&self) -> i64 {
        self.0.endorsements
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime<Utc> {
        self.0.issued_at
    }
}

/// Checking records.
#[derive(Default)]
pub struct CreditQuery;

#[Object]
impl CreditQuery {
    /// The record with this code; small letters, spaces and dashes do not matter. Everybody who has the code.
    async fn credit_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The code, at most 60 characters.",
            validator(chars_max_length = 60)
        )]
        code: String,
    ) -> Result<Option<CreditRecord>> {
        let found = read(ctx, queries::by_code(access(ctx)?, &code)).await?;
        Ok(found.map(CreditRecord))
    }
}

/// A record to issue.
#[derive(InputObject)]
pub struct CreditRecordIssueInput {
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct CreditRecordPayload {
    /// The record; null when nothing was done.
    credit_record: Option<CreditRecord>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Issuing records.
#[derive(Default)]
pub struct CreditMutation;

#[Object]
impl CreditMutation {
    /// Issues a record of the viewer's credit as it is today, with a code to check it by. People who are signed in.
    async fn credit_record_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to repeat it safely.")] input: CreditRecordIssueInput,
    ) -> Result<CreditRecordPayload> {
        let done = async { commands::issue(asking(ctx)?, input.idempotency_key.as_deref()).await };
        let (record, user_errors) = outcome(ctx, done.await)?;
        Ok(CreditRecordPayload {
            credit_record: record.map(CreditRecord),
            user_errors,
        })
    }
}
