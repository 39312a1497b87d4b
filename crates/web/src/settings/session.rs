//! Where the viewer is signed in.

use askama::Template;
use axum::{Router, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route("/settings/sessions", get(show).post(end))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar"
)]
struct SessionsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/settings.graphql",
    normalization = "rust"
)]
struct SessionsEndAll;

commands! { "queries/settings.graphql";
    SessionEnd session_end SessionEndInput;
}

#[derive(Template)]
#[template(path = "settings/sessions.html")]
struct Sessions {
    frame: Frame,
    form: Form,
    sessions: Vec<sessions_page::SessionsPageViewerSessions>,
}

async fn open(visit: &Visit, form: Form) -> Result<Sessions, Fault> {
    let (frame, found) = visit
        .open::<SessionsPage>(sessions_page::Variables {})
        .await?;
    Ok(Sessions {
        frame: frame.of(&form),
        form,
        sessions: found.viewer.ok_or(Fault::SignIn)?.sessions,
    })
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    let page = open(&visit, Form::default()).await?;
    visit.page(&page)
}

async fn end(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    if posted.has("all") {
        visit
            .ask::<SessionsEndAll>(sessions_end_all::Variables {})
            .await?;
        return Ok(visit.out("/sign-in"));
    }
    let input = session_end::SessionEndInput {
        id: posted.text("id"),
    };
    let errors = visit.run::<SessionEnd>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, Form::again(Posted::default(), errors)).await?;
    visit.refused(&page)
}
