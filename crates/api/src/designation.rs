//! Designations: what schools are named, and by whom.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::designation::{self as model, commands, queries};
use domain::id::Id;

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::person::Person;
use crate::rows::{Fault, Rows, access, asking, by_id};
use crate::scalar::Date;
use crate::school::School;

/// What a school is named. The words shown for the two are configuration of an installation.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum DesignationKind {
    /// Supports a circle of partner schools.
    Leading,
    /// Is supported, and gives back.
    Magnetic,
}

/// Where a designation stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum DesignationState {
    /// Proposed by the school.
    Nominated,
    /// Valid from its first to its last day.
    Awarded,
    /// Its last day is over.
    Expired,
    /// Taken back, with a reason.
    Withdrawn,
}

/// A school is named for a time.
pub struct Designation(pub model::Designation);

/// A school is named for a time. Nominations are for the school, the trainers of its region and administrators; what
/// was awarded is public.
#[Object]
impl Designation {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The school.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        Ok(by_id(ctx, self.0.school_id).await?.map(School))
    }

    /// As what.
    async fn kind(&self) -> DesignationKind {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn state(&self) -> DesignationState {
        self.0.state.into()
    }

    /// First day.
    async fn from(&self) -> Date {
        Date(self.0.from_day)
    }

    /// First day on which it is over; null for an open end.
    async fn until(&self) -> Option<Date> {
        self.0.until_day.map(Date)
    }

    /// Whether it holds today.
    async fn current(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.holds_on(access(ctx)?.today()))
    }

    /// Order, decision or web address that shows it.
    async fn evidence(&self) -> &str {
        &self.0.evidence
    }

    /// Who awarded it; null for guests, and when it was imported.
    async fn awarded_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.awarded_by_id {
            Some(person) => Ok(by_id(ctx, person).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// Why it was withdrawn.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Since when it is recorded.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Whether the viewer may take it back.
    async fn viewer_can_withdraw(&self, ctx: &Context<'_>) -> Result<bool> {
        let school = by_id(ctx, self.0.school_id).await?;
        let access = access(ctx)?;
        Ok(school.is_some_and(|school| self.0.may_withdraw(access, &school)))
    }
}

/// The designations of a school that the viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DesignationsOf(pub(crate) Id<domain::school::School>);

impl Loader<DesignationsOf> for Rows {
    type Value = Vec<model::Designation>;
    type Error = Fault;

    async fn load(
        &self,
        keys: &[DesignationsOf],
    ) -> Result<HashMap<DesignationsOf, Self::Value>, Fault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        for row in queries::of_schools(&self.0, &ids).await? {
            of.entry(DesignationsOf(row.school_id))
                .or_default()
                .push(row);
        }
        Ok(of)
    }
}

/// A school is proposed or named.
#[derive(InputObject)]
pub struct DesignationInput {
    /// The school.
    school_id: ID,
    /// As what.
    kind: DesignationKind,
    /// First day.
    from: Date,
    /// First day on which it is over; left out or null for an open end.
    until: Option<Date>,
    /// Order, decision or web address that shows it, at most 500 characters.
    evidence: String,
    /// Sent again by the same person, it returns the first answer instead of a second effect. At most 100 characters.
    idempotency_key: Option<String>,
}

impl DesignationInput {
    fn terms(&self) -> domain::error::Result<commands::Terms> {
        Ok(commands::Terms {
            school: given(&self.school_id, "schoolId")?,
            kind: self.kind.into(),
            from: self.from.0,
            until: self.until.map(|day| day.0),
            evidence: self.evidence.clone(),
        })
    }
}

/// The end of a designation before its time.
#[derive(InputObject)]
pub struct DesignationWithdrawInput {
    /// The designation.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why, at most 1,000 characters.
    reason: String,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct DesignationPayload {
    /// The designation as it is now; null when nothing was done.
    designation: Option<Designation>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with designations.
#[derive(Default)]
pub struct DesignationMutation;

#[Object]
impl DesignationMutation {
    /// Proposes a school for a designation. Coordinators of the school.
    async fn designation_nominate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The school, as what, from when.")] input: DesignationInput,
    ) -> Result<DesignationPayload> {
        let key = input.idempotency_key.as_deref();
        payload(ctx, async {
            commands::nominate(asking(ctx)?, &input.terms()?, key).await
        })
        .await
    }

    /// Names a school, nominated or not; a nomination for the same becomes the award. Trainers of the school's region,
    /// platform administrators.
    async fn designation_award(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The school, as what, from when.")] input: DesignationInput,
    ) -> Result<DesignationPayload> {
        let key = input.idempotency_key.as_deref();
        payload(ctx, async {
            commands::award(asking(ctx)?, &input.terms()?, key).await
        })
        .await
    }

    /// Takes a designation back, with a reason. Trainers of the school's region, platform administrators; of a
    /// nomination, also the school's coordinators.
    async fn designation_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: DesignationWithdrawInput,
    ) -> Result<DesignationPayload> {
        payload(ctx, async {
            let id = given(&input.id, "id")?;
            commands::withdraw(asking(ctx)?, id, input.version, &input.reason).await
        })
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Designation>>,
) -> Result<DesignationPayload> {
    let (designation, user_errors) = outcome(ctx, command.await)?;
    Ok(DesignationPayload {
        designation: designation.map(Designation),
        user_errors,
    })
}
