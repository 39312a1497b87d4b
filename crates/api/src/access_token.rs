//! Personal access tokens: for programs that act for a person.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access_token::{self as model, commands};

use crate::errors::{UserError, outcome};
use crate::ids::{given, shown};
use crate::rows::{access, asking};
use crate::scalar::Date;

/// What a program may do with an access token.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Reach")]
pub enum AccessTokenScope {
    /// Read what the person may read.
    Read,
    /// Change as well what the person may change, except who gets in: passwords, tokens, sessions, roles.
    Write,
}

/// Lets a program in as a person.
pub struct AccessToken(pub model::AccessToken);

/// Lets a program in as a person. Visible to its owner; the token itself was shown once.
#[Object]
impl AccessToken {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What the owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it may.
    async fn scope(&self) -> AccessTokenScope {
        self.0.reach.into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it runs out.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// When it was taken back; null while it is good.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }
}

/// A token to make.
#[derive(InputObject)]
pub struct AccessTokenCreateInput {
    /// What to call it, at most 100 characters.
    name: String,
    /// What it may.
    scope: AccessTokenScope,
    /// The last day on which it is good, within a year.
    expires_on: Date,
}

/// Which token.
#[derive(InputObject)]
pub struct AccessTokenRevokeInput {
    /// The token.
    id: ID,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct AccessTokenCreatePayload {
    /// The token's text, shown this once; null when nothing was done.
    token: Option<String>,
    /// The token's entry; null when nothing was done.
    access_token: Option<AccessToken>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// What became of it.
#[derive(SimpleObject)]
pub struct AccessTokenRevokePayload {
    /// The token's entry as it is now; null when nothing was done.
    access_token: Option<AccessToken>,
    /// What the person can mend; empty when it was done. At most 20.
    user_errors: Vec<UserError>,
}

/// Doing things with access tokens.
#[derive(Default)]
pub struct AccessTokenMutation;

#[Object]
impl AccessTokenMutation {
    /// Makes an access token of the viewer, who may have 50. Everybody who is signed in.
    async fn access_token_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new token.")] input: AccessTokenCreateInput,
    ) -> Result<AccessTokenCreatePayload> {
        let (reach, last_day) = (input.scope.into(), input.expires_on.0);
        let created = commands::create(access(ctx)?, &input.name, reach, last_day).await;
        let (created, user_errors) = outcome(ctx, created)?;
        let (access_token, token) = created.unzip();
        Ok(AccessTokenCreatePayload {
            token,
            access_token: access_token.map(AccessToken),
            user_errors,
        })
    }

    /// Takes an access token of the viewer back. The person whose it is.
    async fn access_token_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: AccessTokenRevokeInput,
    ) -> Result<AccessTokenRevokePayload> {
        let revoked = async { commands::revoke(asking(ctx)?, given(&input.id, "id")?).await };
        let (access_token, user_errors) = outcome(ctx, revoked.await)?;
        Ok(AccessTokenRevokePayload {
            access_token: access_token.map(AccessToken),
            user_errors,
        })
    }
}
