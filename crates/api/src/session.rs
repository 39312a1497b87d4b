//! Getting in and out: passwords, mailed links, sessions.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::db::Db;
use domain::session::{self as model, Caller, Entered, commands};
use domain::{credential, door, sign_in_link};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::rows::{access, asking, read};
use crate::viewer::Viewer;

/// How a client carries the token of its session.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum SessionKind {
    /// A browser, in a cookie.
    Cookie,
    /// An app, in a header.
    Bearer,
}

/// Somebody is signed in on one device.
pub struct Session(pub model::Session);

/// Somebody is signed in on one device. Visible to its owner.
#[Object]
impl Session {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// How the client carries the token.
    async fn kind(&self) -> SessionKind {
        self.0.kind.into()
    }

    /// What the client called itself, at most 200 characters.
    async fn user_agent(&self) -> &str {
        &self.0.user_agent
    }

    /// When it began.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was used last, to five minutes.
    async fn last_seen_at(&self) -> DateTime<Utc> {
        self.0.last_seen_at
    }

    /// When it runs out unless it is used.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// When it was ended; null while it lasts.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// Whether this request came with it.
    async fn current(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(model::queries::current(access(ctx)?) == Some(self.0.id))
    }
}

/// Who got in, and what to come back with.
pub struct EntryPayload {
    db: Db,
    entered: Option<Entered>,
    user_errors: Vec<UserError>,
}

/// Who got in, and what to come back with. A session before it is no longer good.
#[Object]
impl EntryPayload {
    /// The token of the new session, shown this once: send it as `Authorization: Bearer …`. Null when nobody got in.
    async fn token(&self) -> Option<&str> {
        self.entered.as_ref().map(|entered| entered.token.as_str())
    }

    /// The new session; null when nobody got in.
    async fn session(&self) -> Option<Session> {
        self.entered
            .as_ref()
            .map(|entered| Session(entered.session.clone()))
    }

    /// Who is signed in now; null when nobody got in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let Some(entered) = &self.entered else {
            return Ok(None);
        };
        let language = entered.person.language;
        let viewer = door::viewer(&self.db, Some(&entered.token), language);
        let access = self.db.access(read(ctx, viewer).await?);
        Ok(Some(Viewer::new(access, entered.person.id)))
    }

    /// What the person can mend; empty when they got in. At most 20.
    async fn user_errors(&self) -> &[UserError] {
        &self.user_errors
    }
}

/// Runs what lets somebody in.
pub(crate) async fn enter(
    ctx: &Context<'_>,
    entering: impl Future<Output = domain::error::Result<Entered>>,
) -> Result<EntryPayload> {
    let (entered, user_errors) = outcome(ctx, entering.await)?;
    Ok(EntryPayload {
        db: access(ctx)?.db().clone(),
        entered,
        user_errors,
    })
}

/// Where the request comes from.
pub(crate) fn caller<'a>(ctx: &Context<'a>) -> Result<&'a Caller> {
    ctx.data::<Caller>()
}

/// An address and its password.
#[derive(InputObject)]
pub struct SignInInput {
    /// The e-mail address.
    email: String,
    /// The password.
    password: String,
}

/// What a mailed link is for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInLinkPurpose {
    /// To sign in once.
    SignIn,
    /// To set a new password.
    ResetPassword,
}

/// Where a link is to be sent.
#[derive(InputObject)]
pub struct SignInLinkRequestInput {
    /// The e-mail address.
    email: String,
    /// What for.
    #[graphql(default_with = "SignInLinkPurpose::SignIn")]
    purpose: SignInLinkPurpose,
}

/// The token of a mailed link.
#[derive(InputObject)]
pub struct SignInLinkUseInput {
    /// The token in the link.
    token: String,
}

/// The token of a mailed link and a new password.
#[derive(InputObject)]
pub struct PasswordResetInput {
    /// The token in the link.
    token: String,
    /// The new password, 10 to 256 characters of any kind.
    new_password: String,
}

/// The password as it is and as it is to be.
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The password as it is; left out by those who have none.
    current_password: Option<String>,
    /// The new password, 10 to 256 characters of any kind.
    new_password: String,
}

/// Which session.
#[derive(InputObject)]
pub struct SessionEndInput {
    /// The session.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SignInLinkRequestPayload {
    /// What the person can mend. Whether there is an account makes no difference. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SessionPayload {
    /// The session as it is now; null when nothing was done.
    session: Option<Session>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct SessionsEndAllPayload {
    /// How many sessions ended; null when nothing was done.
    count: Option<u64>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Getting in and out.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Signs in with a password. Everybody.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the password.")] input: SignInInput,
    ) -> Result<EntryPayload> {
        let (db, caller) = (access(ctx)?.db(), caller(ctx)?);
        enter(
            ctx,
            door::sign_in(db, &input.email, &input.password, caller),
        )
        .await
    }

    /// Sends a link to an e-mail address, good for 15 minutes and once. The answer is the same whether or not there is
    /// an account. Everybody.
    async fn sign_in_link_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to, and what for.")] input: SignInLinkRequestInput,
    ) -> Result<SignInLinkRequestPayload> {
        let resets = input.purpose == SignInLinkPurpose::ResetPassword;
        let (db, caller) = (access(ctx)?.db(), caller(ctx)?);
        let requested = sign_in_link::commands::request(db, &input.email, resets, caller).await;
        let (_, user_errors) = outcome(ctx, requested)?;
        Ok(SignInLinkRequestPayload { user_errors })
    }

    /// Signs in with a mailed link. Whoever has the link.
    async fn sign_in_link_use(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: SignInLinkUseInput,
    ) -> Result<EntryPayload> {
        let (db, caller) = (access(ctx)?.db(), caller(ctx)?);
        enter(ctx, sign_in_link::commands::enter(db, &input.token, caller)).await
    }

    /// Sets a new password by a mailed link and signs in; all sessions before end. Whoever has the link.
    async fn password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the new password.")] input: PasswordResetInput,
    ) -> Result<EntryPayload> {
        let (db, caller) = (access(ctx)?.db(), caller(ctx)?);
        let (token, new) = (&input.token, &input.new_password);
        let reset = sign_in_link::commands::reset_password(db, token, new, caller);
        enter(ctx, reset).await
    }

    /// Changes the viewer's password; all their sessions end, and a new one begins. Everybody who is signed in.
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old and the new password.")] input: PasswordChangeInput,
    ) -> Result<EntryPayload> {
        let current = input.current_password.as_deref();
        let (access, caller) = (access(ctx)?, caller(ctx)?);
        let change = credential::commands::change(access, current, &input.new_password, caller);
        enter(ctx, change).await
    }

    /// Ends the session this request came with. Everybody who is signed in.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SessionPayload> {
        payload(ctx, async { commands::sign_out(asking(ctx)?).await }).await
    }

    /// Ends a session of the viewer. The person whose it is.
    async fn session_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SessionEndInput,
    ) -> Result<SessionPayload> {
        payload(ctx, async {
            commands::end(asking(ctx)?, given(&input.id, "id")?).await
        })
        .await
    }

    /// Ends every session of the viewer, this one as well. Everybody who is signed in.
    async fn sessions_end_all(&self, ctx: &Context<'_>) -> Result<SessionsEndAllPayload> {
        let (count, user_errors) = outcome(ctx, commands::end_all(access(ctx)?).await)?;
        Ok(SessionsEndAllPayload { count, user_errors })
    }
}

async fn payload(
    ctx: &Context<'_>,
    command: impl Future<Output = domain::error::Result<model::Session>>,
) -> Result<SessionPayload> {
    let (session, user_errors) = outcome(ctx, command.await)?;
    Ok(SessionPayload {
        session: session.map(Session),
        user_errors,
    })
}
