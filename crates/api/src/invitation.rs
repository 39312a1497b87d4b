//! Invitations: sent, looked at behind their link, accepted.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::error::Refusal;
use domain::invitation::{self as model, commands, queries};
use domain::membership::{Role as DomainRole, Scope, ScopeKind};

use crate::connection::{Connection, Paging, connect};
use crate::errors::{UserError, outcome};
use crate::ids::{given, shown, wanted};
use crate::membership::{Role, region, region_id, school};
use crate::person::Person;
use crate::region::Region;
use crate::rows::{access, asking, by_id, read};
use crate::scalar::ApiLanguage;
use crate::school::School;
use crate::session::{EntryPayload, caller, enter};

/// Where an invitation stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::State")]
pub enum InvitationState {
    /// It can be accepted.
    Open,
    /// It was accepted.
    Accepted,
    /// It was taken back.
    Revoked,
    /// Nobody came in time.
    Expired,
}

/// A link by e-mail that makes a person a member somewhere, once.
pub struct Invitation(pub model::Invitation);

/// A link by e-mail that makes a person a member somewhere, once, within seven days. Visible to whoever sent it, the
/// coordinators of the school, and administrators.
#[Object]
impl Invitation {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// The e-mail address it went to.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The language of the letter.
    async fn language(&self) -> ApiLanguage {
        self.0.language.into()
    }

    /// As what.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// The school, when the role is at one.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        school(ctx, self.0.scope()).await
    }

    /// The id of the region, when the role is in one.
    async fn region_id(&self) -> Option<ID> {
        region_id(self.0.scope())
    }

    /// Who sent it; null when the operator did.
    async fn invited_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.invited_by_id {
            Some(person) => Ok(by_id(ctx, person).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// Who accepted it.
    async fn accepted_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.accepted_by_id {
            Some(person) => Ok(by_id(ctx, person).await?.map(Person)),
            None => Ok(None),
        }
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> Result<InvitationState> {
        Ok(self.0.state(access(ctx)?.now()).into())
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it runs out.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// Whether the viewer may take it back.
    async fn viewer_can_revoke(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(queries::may_revoke(access(ctx)?.viewer(), &self.0))
    }
}

/// An invitation as whoever holds its link sees it.
pub struct InvitationPreview {
    invitation: model::Invitation,
    has_account: bool,
}

/// An invitation as whoever holds its link sees it.
#[Object]
impl InvitationPreview {
    /// The e-mail address it is for.
    async fn email(&self) -> &str {
        &self.invitation.email
    }

    /// As what.
    async fn role(&self) -> Role {
        self.invitation.role.into()
    }

    /// The school, when the role is at one.
    async fn school(&self, ctx: &Context<'_>) -> Result<Option<School>> {
        school(ctx, self.invitation.scope()).await
    }

    /// The id of the region, when the role is in one.
    async fn region_id(&self) -> Option<ID> {
        region_id(self.invitation.scope())
    }

    /// The region, when the role is in one.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        region(ctx, self.invitation.scope()).await
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> Result<InvitationState> {
        Ok(self.invitation.state(access(ctx)?.now()).into())
    }

    /// When it runs out.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.invitation.expires_at
    }

    /// Whether there is an account with this address, which has to sign in before it accepts.
    async fn has_account(&self) -> bool {
        self.has_account
    }
}

/// Which invitations. Everything given must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct InvitationFilter {
    /// To this school.
    school_id: Option<ID>,
    /// True for those that can be accepted now, false for those that can't.
    open: Option<bool>,
}

impl From<InvitationFilter> for queries::Filter {
    fn from(filter: InvitationFilter) -> Self {
        Self {
            school: filter.school_id.as_ref().map(wanted),
            open: filter.open,
        }
    }
}

/// How a list of invitations is sorted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "queries::By")]
pub enum InvitationOrder {
    /// The latest sent first.
    Newest,
    /// In the order in which they were sent.
    Oldest,
}

/// Reading invitations.
#[derive(Default)]
pub struct InvitationQuery;

#[Object]
impl InvitationQuery {
    /// The invitation behind a link; null for a token that is none. Whoever has the link.
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token in the link.", validator(chars_max_length = 100))]
        token: String,
    ) -> Result<Option<InvitationPreview>> {
        let found = read(ctx, queries::by_token(access(ctx)?.db(), &token)).await?;
        Ok(found.map(|(invitation, has_account)| InvitationPreview {
            invitation,
            has_account,
        }))
    }

    /// Invitations, newest first unless told otherwise. Everybody, each those they sent; coordinators those to their
    /// school; platform administrators all.
    #[expect(
        clippy::too_many_arguments,
        reason = "Relay's four, and what a list has"
    )]
    async fn invitations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<InvitationFilter>,
        #[graphql(desc = "In which order.", default_with = "InvitationOrder::Newest")]
        order_by: InvitationOrder,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Invitation>>> {
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
            queries::page(access, &filter, order_by.into(), &window),
        )
        .await?;
        connect(ctx, page, Invitation, || queries::count(access, &filter))
            .await
            .map(Some)
    }
}

/// Whom to invite, as what, where.
#[derive(InputObject)]
pub struct InvitationSendInput {
    /// The e-mail address.
    email: String,
    /// The language of the letter.
    language: ApiLanguage,
    /// As what.
    role: Role,
    /// The school or region; left out for a role on the whole platform.
    scope_id: Option<ID>,
    /// Sent again with the same key, the same request has one effect. At most 100 characters.
    idempotency_key: Option<String>,
}

/// Which invitation.
#[derive(InputObject)]
pub struct InvitationRevokeInput {
    /// The invitation.
    id: ID,
}

/// The token of an invitation, and who accepts.
#[derive(InputObject)]
pub struct InvitationAcceptInput {
    /// The token in the link.
    token: String,
    /// The name to go by, at most 100 characters; needed by those without an account.
    name: Option<String>,
    /// The language to read; that of the letter when left out.
    language: Option<ApiLanguage>,
    /// A password of 10 to 256 characters of any kind; left out by those who prefer links by e-mail.
    password: Option<String>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct InvitationPayload {
    /// The invitation as it is now; null when nothing was done.
    invitation: Option<Invitation>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with invitations.
#[derive(Default)]
pub struct InvitationMutation;

#[Object]
impl InvitationMutation {
    /// Invites somebody. Coordinators of a school to it; trainers the coordinator of a school of their region that nobody
    /// speaks for; administrators of the platform to anything.
    async fn invitation_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, as what, where.")] input: InvitationSendInput,
    ) -> Result<InvitationPayload> {
        payload(ctx, async {
            let role: DomainRole = input.role.into();
            let scope = match (role.scope(), &input.scope_id) {
                (ScopeKind::Platform, None) => Scope::Platform,
                (ScopeKind::Platform, Some(_)) => return Err(Refusal::RoleScope.of("scopeId")),
                (_, None) => return Err(Refusal::Required.of("scopeId")),
                (ScopeKind::Region, Some(id)) => Scope::Region(given(id, "scopeId")?),
                (ScopeKind::School, Some(id)) => Scope::School(given(id, "scopeId")?),
            };
            let new = commands::NewInvitation {
                email: input.email.clone(),
                language: input.language.into(),
                role,
                scope,
            };
            commands::send(asking(ctx)?, &new, input.idempotency_key.as_deref()).await
        })
        .await
    }

    /// Takes an open invitation back. Whoever sent it, coordinators of the school, platform administrators.
    async fn invitation_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: InvitationRevokeInput,
    ) -> Result<InvitationPayload> {
        payload(ctx, async {
            commands::revoke(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Accepts an invitation, with an account made on the way for those who have none, and begins a new session; all
    /// before it end. Whoever has the link.
    async fn invitation_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link, and who accepts.")] input: InvitationAcceptInput,
    ) -> Result<EntryPayload> {
        let newcomer = commands::Newcomer {
            name: input.name,
            language: input.language.map(Into::into),
            password: input.password,
        };
        let (access, caller) = (access(ctx)?, caller(ctx)?);
        let (db, viewer) = (access.db(), access.viewer());
        enter(
            ctx,
            commands::accept(db, viewer, &input.token, &newcomer, caller),
        )
        .await
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Invitation>>,
) -> Result<InvitationPayload> {
    let (invitation, user_errors) = outcome(ctx, command.await)?;
    Ok(InvitationPayload {
        invitation: invitation.map(Invitation),
        user_errors,
    })
}
