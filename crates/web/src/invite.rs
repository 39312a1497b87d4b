//! An invitation is read and accepted. Accepting one as the first coordinator of a school claims the school.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    sign_in::{Entry, entrance},
    visit::{Frame, Visit},
    word::{self, InvitationState, Language, Role, SchoolState},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/invite/{token}", get(show).post(accept))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/invite.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "Role", "InvitationState", "SchoolState")
)]
struct InvitePage;

entrance!(
    InvitationAccept,
    invitation_accept,
    "queries/invite.graphql"
);

#[derive(Template)]
#[template(path = "invite.html")]
struct Show {
    frame: Frame,
    form: Form,
    invitation: invite_page::InvitePageInvitation,
}

impl Show {
    fn claims(&self) -> bool {
        let school = self.invitation.school.as_ref();
        self.invitation.role == Role::Coordinator
            && school.is_some_and(|school| school.state == SchoolState::Unclaimed)
    }

    /// Why it can't be accepted.
    fn over(&self) -> Option<String> {
        let say = self.frame.say;
        match self.invitation.state {
            InvitationState::Open => None,
            InvitationState::Accepted => Some(say.refusal_used()),
            _ => Some(say.refusal_expired()),
        }
    }
}

async fn open(visit: &Visit, token: String, form: Form) -> Result<Show, Fault> {
    let variables = invite_page::Variables { token };
    let (frame, found) = visit.open::<InvitePage>(variables).await?;
    let invitation = found.invitation.ok_or(Fault::NotFound)?;
    Ok(Show {
        frame: frame.of(&form),
        form,
        invitation,
    })
}

async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Fault> {
    let language = match word::LANGUAGES
        .iter()
        .find(|language| word::locale(language) == Some(visit.say))
    {
        Some(language) => word::written(language),
        None => String::new(),
    };
    let form = Form::default().with("language", language);
    let page = open(&visit, token, form).await?;
    visit.page(&page)
}

async fn accept(
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Fault> {
    let language = match posted.optional("language") {
        Some(language) => Some(word::sent(&word::LANGUAGES, &language)?),
        None => None,
    };
    let password = Some(posted.raw("password").to_owned());
    let input = invitation_accept::InvitationAcceptInput {
        language,
        name: posted.optional("name"),
        password: password.filter(|password| !password.is_empty()),
        token: token.clone(),
    };
    let variables = invitation_accept::Variables { input };
    let found = visit.ask::<InvitationAccept>(variables).await?;
    let entry = Entry::from(found.invitation_accept);
    match entry.admit(&visit, "", posted.has("shared"), Flash::SignedIn) {
        Ok(response) => Ok(response),
        Err(errors) => {
            let page = open(&visit, token, Form::again(posted, errors)).await?;
            visit.refused(&page)
        }
    }
}
