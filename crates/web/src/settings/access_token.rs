//! The viewer's access tokens, for programs that act for them.

use askama::Template;
use axum::{Router, response::Response, routing::get};
use graphql_client::GraphQLQuery;
use i18n::Locale;

use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
    word::{self, AccessTokenScope},
};

pub(super) fn routes() -> Router {
    Router::new().route("/settings/tokens", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("AccessTokenScope")
)]
struct TokensPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("AccessTokenScope")
)]
struct AccessTokenCreate;

commands! { "queries/settings.graphql";
    AccessTokenRevoke access_token_revoke AccessTokenRevokeInput;
}

const SCOPES: [AccessTokenScope; 2] = [AccessTokenScope::Read, AccessTokenScope::Write];

#[derive(Template)]
#[template(path = "settings/tokens.html")]
struct Tokens {
    frame: Frame,
    form: Form,
    /// The token that was just made. It is shown this once.
    made: Option<String>,
    tokens: Vec<tokens_page::TokensPageViewerAccessTokens>,
}

impl Tokens {
    fn scopes(say: Locale) -> Vec<(String, String)> {
        let words = [say.tokens_read(), say.tokens_write()];
        SCOPES.iter().map(word::written).zip(words).collect()
    }
}

async fn open(visit: &Visit, form: Form, made: Option<String>) -> Result<Tokens, Fault> {
    let (frame, found) = visit.open::<TokensPage>(tokens_page::Variables {}).await?;
    Ok(Tokens {
        frame: frame.of(&form),
        form,
        made,
        tokens: found.viewer.ok_or(Fault::SignIn)?.access_tokens,
    })
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    let page = open(&visit, Form::default(), None).await?;
    visit.page(&page)
}

async fn change(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    if let Some(id) = posted.optional("revoke") {
        let input = access_token_revoke::AccessTokenRevokeInput { id };
        let errors = visit.run::<AccessTokenRevoke>(input).await?;
        if errors.is_empty() {
            return Ok(visit.stay(Flash::Saved));
        }
        let page = open(&visit, Form::again(Posted::default(), errors), None).await?;
        return visit.refused(&page);
    }
    let mut errors = Errors::new();
    if let Some(expires_on) = posted.date("expiresOn", &visit.say, &mut errors) {
        let input = access_token_create::AccessTokenCreateInput {
            expires_on,
            name: posted.text("name"),
            scope: word::sent(&SCOPES, &posted.text("scope"))?,
        };
        let variables = access_token_create::Variables { input };
        let found = visit.ask::<AccessTokenCreate>(variables).await?;
        let payload = found.access_token_create;
        if payload.token.is_some() {
            // Not redirected: the token is nowhere but in this answer.
            let page = open(&visit, Form::default(), payload.token).await?;
            return visit.page(&page);
        }
        let refused = payload.user_errors.into_iter();
        errors = refused.map(|error| (error.field, error.message)).collect();
    }
    let page = open(&visit, Form::again(posted, errors), None).await?;
    visit.refused(&page)
}
