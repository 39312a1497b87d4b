//! Everybody with an account, and one of them: suspended and restored.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;
use serde::Deserialize;

use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, PersonState, Role},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/admin/persons", get(list))
        .route("/admin/persons/{id}", get(show).post(change))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/persons.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("PersonState", "Role")
)]
struct PersonsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/person.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("PersonState", "Role")
)]
struct PersonPage;

commands! { "queries/person.graphql";
    PersonSuspend person_suspend PersonSuspendInput;
    PersonRestore person_restore PersonRestoreInput;
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(flatten)]
    window: Window,
}

#[derive(Template)]
#[template(path = "admin/persons.html")]
struct List {
    frame: Frame,
    q: String,
    persons: persons_page::PersonsPagePersons,
}

async fn list(visit: Visit, Query(search): Query<Search>) -> Result<Response, Fault> {
    let q = search.q.trim().to_owned();
    let variables = persons_page::Variables {
        query: Some(q.clone()).filter(|q| !q.is_empty()),
        first: search.window.first(),
        after: search.window.after(),
        last: search.window.last(),
        before: search.window.before(),
    };
    let (frame, found) = super::open::<PersonsPage>(&visit, variables).await?;
    visit.page(&List {
        frame,
        q,
        persons: found.persons.ok_or(Fault::NotFound)?,
    })
}

#[derive(Template)]
#[template(path = "admin/person.html")]
struct Show {
    frame: Frame,
    form: Form,
    person: person_page::PersonPageNodeOnPerson,
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Show, Fault> {
    let variables = person_page::Variables { id };
    let (frame, found) = super::open::<PersonPage>(visit, variables).await?;
    let Some(person_page::PersonPageNode::Person(person)) = found.node else {
        return Err(Fault::NotFound);
    };
    Ok(Show {
        frame: frame.of(&form),
        form,
        person,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn change(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let version = posted.version("version")?;
    let errors = match &*posted.text("do") {
        "suspend" => {
            let input = person_suspend::PersonSuspendInput {
                id: id.clone(),
                reason: posted.text("reason"),
                version,
            };
            visit.run::<PersonSuspend>(input).await?
        }
        "restore" => {
            let id = id.clone();
            let input = person_restore::PersonRestoreInput { id, version };
            visit.run::<PersonRestore>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
