//! Coming in, with a password or a mailed link, and going out.
//!
//! A mailed link opens a page with a button: programs that open links in letters must not use them up.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::{get, post},
};
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use crate::{
    command::Errors,
    cookie,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
    word::{self, Language},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/sign-in", get(show).post(enter))
        .route("/sign-in/{token}", get(show_link).post(use_link))
        .route("/forgotten", get(show_forgotten).post(send_reset))
        .route("/reset/{token}", get(show_reset).post(reset))
        .route("/sign-out", post(leave))
}

/// An operation that lets somebody in. Each has a type of its own for the payload they share, the fragment `Entered`
/// of its document; it becomes an [`Entry`].
// rustfmt moves the attribute further right each time.
#[rustfmt::skip]
macro_rules! entrance {
    ($name:ident, $module:ident, $document:tt) => {
        #[derive(graphql_client::GraphQLQuery)]
        #[graphql(
            schema_path = "../../schema.graphql",
            query_path = $document,
            normalization = "rust",
            custom_scalars_module = "crate::scalar",
            extern_enums("Language")
        )]
        pub(crate) struct $name;

        impl From<$module::Entered> for $crate::sign_in::Entry {
            fn from(payload: $module::Entered) -> Self {
                $crate::sign_in::Entry {
                    token: payload.token,
                    lasts: payload
                        .session
                        .map(|session| session.expires_at - session.created_at),
                    language: payload.viewer.map(|viewer| viewer.language),
                    errors: payload
                        .user_errors
                        .into_iter()
                        .map(|error| (error.field, error.message))
                        .collect(),
                }
            }
        }
    };
}

pub(crate) use entrance;

entrance!(SignIn, sign_in, "queries/sign_in.graphql");
entrance!(SignInLinkUse, sign_in_link_use, "queries/sign_in.graphql");
entrance!(PasswordReset, password_reset, "queries/sign_in.graphql");

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/sign_in.graphql",
    normalization = "rust"
)]
struct SignInLinkRequest;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/sign_in.graphql",
    normalization = "rust"
)]
struct SignOut;

/// What became of an attempt to come in.
pub(crate) struct Entry {
    pub(crate) token: Option<String>,
    pub(crate) lasts: Option<chrono::TimeDelta>,
    pub(crate) language: Option<Language>,
    pub(crate) errors: Errors,
}

impl Entry {
    /// The answer to who is in: their cookie, and on to `target` or the first page in their language. Errors when
    /// they are not. `shared`: the browser forgets the session when it is closed.
    pub(crate) fn admit(
        self,
        visit: &Visit,
        target: &str,
        shared: bool,
        flash: Flash,
    ) -> Result<Response, Errors> {
        let Some(token) = self.token else {
            return Err(self.errors);
        };
        let locale = self.language.as_ref().and_then(word::locale);
        let home = format!("/{}", locale.unwrap_or(visit.say));
        let target = if target.is_empty() { &home } else { target };
        let mut response = visit.go_back(target, flash);
        let seconds = self
            .lasts
            .and_then(|lasts| u32::try_from(lasts.num_seconds()).ok());
        let seconds = seconds.filter(|_| !shared);
        visit.keep(&mut response, cookie::SESSION, &token, seconds);
        Ok(response)
    }
}

#[derive(Deserialize)]
struct Back {
    #[serde(default, rename = "return")]
    to: String,
}

#[derive(Template)]
#[template(path = "sign_in/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    back: String,
}

async fn show(visit: Visit, Query(back): Query<Back>) -> Result<Response, Fault> {
    visit.page(&Show {
        frame: visit.frame().await?,
        form: Form::default(),
        back: back.to,
    })
}

async fn enter(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let (email, back) = (posted.text("email"), posted.text("return"));
    let errors = if posted.has("link") {
        let purpose = sign_in_link_request::SignInLinkPurpose::SignIn;
        match request(&visit, email, purpose).await? {
            errors if errors.is_empty() => return Ok(visit.go("/sign-in", Flash::LinkSent)),
            errors => errors,
        }
    } else {
        let input = sign_in::SignInInput {
            email,
            password: posted.raw("password").to_owned(),
        };
        let found = visit.ask::<SignIn>(sign_in::Variables { input }).await?;
        let entry = Entry::from(found.sign_in);
        match entry.admit(&visit, &back, posted.has("shared"), Flash::SignedIn) {
            Ok(response) => return Ok(response),
            Err(errors) => errors,
        }
    };
    let form = Form::again(posted, errors);
    visit.refused(&Show {
        frame: visit.frame().await?.of(&form),
        form,
        back,
    })
}

/// Asks for a letter with a link. The answer is the same whether or not there is an account.
async fn request(
    visit: &Visit,
    email: String,
    purpose: sign_in_link_request::SignInLinkPurpose,
) -> Result<Errors, Fault> {
    let input = sign_in_link_request::SignInLinkRequestInput { email, purpose };
    let variables = sign_in_link_request::Variables { input };
    let found = visit.ask::<SignInLinkRequest>(variables).await?;
    let errors = found.sign_in_link_request.user_errors.into_iter();
    Ok(errors.map(|error| (error.field, error.message)).collect())
}

#[derive(Template)]
#[template(path = "sign_in/link.html")]
struct ShowLink {
    frame: Frame,
    form: Form,
}

async fn show_link(visit: Visit) -> Result<Response, Fault> {
    visit.page(&ShowLink {
        frame: visit.frame().await?,
        form: Form::default(),
    })
}

async fn use_link(
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let input = sign_in_link_use::SignInLinkUseInput { token };
    let variables = sign_in_link_use::Variables { input };
    let found = visit.ask::<SignInLinkUse>(variables).await?;
    let entry = Entry::from(found.sign_in_link_use);
    match entry.admit(&visit, "", posted.has("shared"), Flash::SignedIn) {
        Ok(response) => Ok(response),
        Err(errors) => {
            let form = Form::again(posted, errors);
            visit.refused(&ShowLink {
                frame: visit.frame().await?.of(&form),
                form,
            })
        }
    }
}

#[derive(Template)]
#[template(path = "sign_in/forgotten.html")]
struct Forgotten {
    frame: Frame,
    form: Form,
}

async fn show_forgotten(visit: Visit) -> Result<Response, Fault> {
    visit.page(&Forgotten {
        frame: visit.frame().await?,
        form: Form::default(),
    })
}

async fn send_reset(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let purpose = sign_in_link_request::SignInLinkPurpose::ResetPassword;
    let errors = request(&visit, posted.text("email"), purpose).await?;
    if errors.is_empty() {
        return Ok(visit.go("/sign-in", Flash::LinkSent));
    }
    let form = Form::again(posted, errors);
    visit.refused(&Forgotten {
        frame: visit.frame().await?.of(&form),
        form,
    })
}

#[derive(Template)]
#[template(path = "sign_in/reset.html")]
struct Reset {
    frame: Frame,
    form: Form,
}

async fn show_reset(visit: Visit) -> Result<Response, Fault> {
    visit.page(&Reset {
        frame: visit.frame().await?,
        form: Form::default(),
    })
}

async fn reset(visit: Visit, Path(token): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let input = password_reset::PasswordResetInput {
        token,
        new_password: posted.raw("newPassword").to_owned(),
    };
    let variables = password_reset::Variables { input };
    let found = visit.ask::<PasswordReset>(variables).await?;
    match Entry::from(found.password_reset).admit(&visit, "", posted.has("shared"), Flash::SignedIn)
    {
        Ok(response) => Ok(response),
        Err(errors) => {
            let form = Form::again(posted, errors);
            visit.refused(&Reset {
                frame: visit.frame().await?.of(&form),
                form,
            })
        }
    }
}

/// Ends the session; the browser forgets the pages it kept for reading offline as well.
async fn leave(visit: Visit, _: Posted) -> Result<Response, Fault> {
    // Whoever presses the button is out, even where the session had ended before.
    visit.ask::<SignOut>(sign_out::Variables {}).await.ok();
    Ok(visit.out(""))
}
