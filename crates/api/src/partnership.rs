//! Partnerships, their agreements and signatures.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::outbox;
use domain::partnership::{self as model, commands, queries};

use crate::agreement::{Agreement, AgreementOf, Signature, SignaturesOf};
use crate::audit::{AuditEntry, AuditOrder};
use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::network::Network;
use crate::rows::{access, asking, by_id, load, read};
use crate::scalar::Date;
use crate::school::School;

/// Where a partnership stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum PartnershipState {
    /// Proposed; the other side has not answered.
    Invited,
    /// Both want it; the agreement is being written and signed.
    Accepted,
    /// The other side said no.
    Declined,
    /// Nobody answered in time.
    Lapsed,
    /// Both sides signed.
    Active,
    /// Paused.
    Suspended,
    /// Over.
    Ended,
}

/// One of the two sides of a partnership.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Side")]
pub enum PartnershipSide {
    /// The Leading school.
    Leading,
    /// The Magnetic school.
    Magnetic,
}

/// A Leading and a Magnetic school that work together in a network.
pub struct Partnership {
    row: model::Partnership,
    /// The Magnetic school, where it was read along.
    magnetic: Option<domain::school::School>,
}

impl From<model::Partnership> for Partnership {
    fn from(row: model::Partnership) -> Self {
        let magnetic = None;
        Self { row, magnetic }
    }
}

impl From<queries::Found> for Partnership {
    fn from(found: queries::Found) -> Self {
        Self {
            row: found.row,
            magnetic: found.beside,
        }
    }
}

/// Whether the Magnetic schools of a list of partnerships are asked for.
pub(crate) fn with_magnetic(ctx: &Context<'_>) -> bool {
    let asked = ctx.look_ahead();
    asked.field("nodes").field("magnetic").exists()
        || asked
            .field("edges")
            .field("node")
            .field("magnetic")
            .exists()
}

/// A Leading and a Magnetic school that work together in a network. That it is active is public; everything else is
/// for the two schools and the trainers of their regions.
#[Object]
impl Partnership {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.row.id)
    }

    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Where it stands.
    async fn state(&self) -> PartnershipState {
        self.row.state.into()
    }

    /// The network it is part of.
    async fn network(&self, ctx: &Context<'_>) -> Result<Option<Network>> {
        Ok(by_id(ctx, self.row.network_id).await?.map(Network))
    }

    /// The Leading school.
    async fn leading(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        Ok(by_id(ctx, self.row.leading_id).await?.map(School))
    }

    /// The Magnetic school.
    async fn magnetic(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        Ok(match self.magnetic.clone() {
            None => by_id(ctx, self.row.magnetic_id).await?.map(School),
            known => known.map(School),
        })
    }

    /// Which side proposed it.
    async fn proposed_by(&self) -> PartnershipSide {
        self.row.proposed_by.into()
    }

    /// When it was proposed.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// The day on which the invitation lapses when nobody answers.
    async fn lapses_on(&self) -> Date {
        Date(self.row.lapses_on)
    }

    /// When both sides had signed.
    async fn active_since(&self) -> Option<DateTime<Utc>> {
        self.row.active_since
    }

    /// When it ended, was declined or lapsed.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.row.ended_at
    }

    /// The agreement, for members of the two schools and the trainers of their regions; null before it is written.
    async fn agreement(&self, ctx: &Context<'_>) -> Result<Option<Agreement>> {
        Ok(load(ctx, AgreementOf(self.row.id)).await?.map(Agreement))
    }

    /// Who signed the agreement as it stands, at most one a side.
    async fn signatures(&self, ctx: &Context<'_>) -> Result<Vec<Signature>> {
        let signatures = load(ctx, SignaturesOf(self.row.id))
            .await?
            .unwrap_or_default();
        Ok(signatures.into_iter().map(Signature).collect())
    }

    /// What happened to it, the latest first unless told otherwise; for members of the two schools and the trainers of
    /// their regions.
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which order.", default_with = "AuditOrder::Newest")]
        order_by: AuditOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<AuditEntry>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, key) = (access(ctx)?, self.row.id.uuid());
        let page = read(
            ctx,
            outbox::queries::history(access, key, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, AuditEntry, || {
            outbox::queries::history_count(access, key)
        })
        .await
        .map(Some)
    }

    /// Whether the viewer may accept or decline the invitation.
    async fn viewer_can_answer(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.allowed(access(ctx)?).answer)
    }

    /// Whether the viewer may write the agreement.
    async fn viewer_can_write_agreement(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.allowed(access(ctx)?).write_agreement)
    }

    /// Whether the viewer may sign the agreement now: it is written, and their side has not signed it.
    async fn viewer_can_sign(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(side) = self.row.allowed(access(ctx)?).sign else {
            return Ok(false);
        };
        let signed = load(ctx, SignaturesOf(self.row.id))
            .await?
            .unwrap_or_default();
        let written = load(ctx, AgreementOf(self.row.id)).await?.is_some();
        Ok(written && !signed.iter().any(|signature| signature.side == side))
    }

    /// Whether the viewer may pause it.
    async fn viewer_can_suspend(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.allowed(access(ctx)?).suspend)
    }

    /// Whether the viewer may end the pause.
    async fn viewer_can_resume(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.allowed(access(ctx)?).resume)
    }

    /// Whether the viewer may begin the joint plan of a school year.
    async fn viewer_can_plan(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.may_plan(access(ctx)?))
    }

    /// Whether the viewer may end it, or take back the invitation.
    async fn viewer_can_end(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.row.allowed(access(ctx)?).end)
    }
}

/// Which partnerships. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct PartnershipFilter {
    /// Of this network.
    network_id: Option<ID>,
    /// With this school on either side.
    school_id: Option<ID>,
    /// In one of these states; at most 7.
    #[graphql(validator(max_items = 7))]
    states: Option<Vec<PartnershipState>>,
}

impl From<PartnershipFilter> for queries::Filter {
    fn from(filter: PartnershipFilter) -> Self {
        Self {
            network: filter.network_id.as_ref().map(wanted),
            school: filter.school_id.as_ref().map(wanted),
            states: filter
                .states
                .map(|states| states.into_iter().map(Into::into).collect()),
        }
    }
}

/// How a list of partnerships is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum PartnershipOrder {
    /// The latest proposed first.
    Newest,
    /// In the order in which they were proposed.
    Oldest,
}

/// Reading partnerships.
#[derive(Default)]
pub struct PartnershipQuery;

#[Object]
impl PartnershipQuery {
    /// The partnership with this id. Everybody, once it is active; before and after, members of the two schools,
    /// trainers of their regions and administrators.
    async fn partnership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Partnership>> {
        match id.parse() {
            Ok(id) => Ok(by_id::<model::Partnership>(ctx, id)
                .await?
                .map(Partnership::from)),
            Err(_) => Ok(None),
        }
    }

    /// Partnerships, newest first unless told otherwise. Everybody, each those they may see.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn partnerships(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<PartnershipFilter>,
        #[graphql(desc = "In which order.", default_with = "PartnershipOrder::Newest")]
        order_by: PartnershipOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Partnership>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, filter) = (access(ctx)?, filter.unwrap_or_default().into());
        let page = read(
            ctx,
            queries::page(
                access,
                &filter,
                order_by.into(),
                &window,
                with_magnetic(ctx),
            ),
        )
        .await?;
        connect(ctx, page, Partnership::from, || {
            queries::count(access, &filter)
        })
        .await
        .map(Some)
    }
}

/// Who is to work with whom.
#[derive(InputObject)]
pub struct PartnershipInviteInput {
    /// The network.
    network_id: ID,
    /// The Leading school, one that leads the network.
    leading_id: ID,
    /// The school that becomes a partner.
    magnetic_id: ID,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// A partnership in the version the viewer saw.
#[derive(InputObject)]
pub struct PartnershipStepInput {
    /// The partnership.
    id: ID,
    /// The version the viewer saw.
    version: i32,
    /// Why: needed to suspend or end, possible when declining, at most 1,000 characters.
    reason: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct PartnershipPayload {
    /// The partnership as it is now; null when nothing was done.
    partnership: Option<Partnership>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with partnerships.
#[derive(Default)]
pub struct PartnershipMutation;

#[Object]
impl PartnershipMutation {
    /// One side invites the other: a Leading school a Magnetic one, or a school asks to join.
    /// Coordinators of either school.
    async fn partnership_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to work with whom.")] input: PartnershipInviteInput,
    ) -> Result<PartnershipPayload> {
        payload(ctx, async {
            let new = commands::NewPartnership {
                network: given(&input.network_id, "networkId")?,
                leading: given(&input.leading_id, "leadingId")?,
                magnetic: given(&input.magnetic_id, "magneticId")?,
            };
            commands::invite(asking(ctx)?, new, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// The side that was asked says yes. Coordinators of the school that was asked.
    async fn partnership_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: PartnershipStepInput,
    ) -> Result<PartnershipPayload> {
        payload(ctx, async {
            commands::accept(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// The side that was asked says no. Coordinators of the school that was asked.
    async fn partnership_decline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and perhaps why.")] input: PartnershipStepInput,
    ) -> Result<PartnershipPayload> {
        let reason = input.reason.as_deref();
        payload(ctx, async {
            commands::decline(asking(ctx)?, given(&input.id, "id")?, input.version, reason).await
        })
        .await
    }

    /// A pause, with a reason. Coordinators of the two schools.
    async fn partnership_suspend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: PartnershipStepInput,
    ) -> Result<PartnershipPayload> {
        let reason = input.reason.as_deref().unwrap_or_default();
        payload(ctx, async {
            commands::suspend(asking(ctx)?, given(&input.id, "id")?, input.version, reason).await
        })
        .await
    }

    /// The pause is over. Coordinators of the two schools.
    async fn partnership_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: PartnershipStepInput,
    ) -> Result<PartnershipPayload> {
        payload(ctx, async {
            commands::resume(asking(ctx)?, given(&input.id, "id")?, input.version).await
        })
        .await
    }

    /// It is over, with a reason; an invitation is taken back. Coordinators of the two schools; of an invitation,
    /// those of the school that proposed it.
    async fn partnership_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: PartnershipStepInput,
    ) -> Result<PartnershipPayload> {
        let reason = input.reason.as_deref().unwrap_or_default();
        payload(ctx, async {
            commands::end(asking(ctx)?, given(&input.id, "id")?, input.version, reason).await
        })
        .await
    }
}

pub(crate) async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Partnership>>,
) -> Result<PartnershipPayload> {
    let (partnership, user_errors) = outcome(ctx, command.await)?;
    Ok(PartnershipPayload {
        partnership: partnership.map(Partnership::from),
        user_errors,
    })
}
