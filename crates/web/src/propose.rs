//! A partnership is proposed: a Leading school invites one that it looks for, or a school asks to join.

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
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{Language, Role},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/networks/{id}/propose", get(show).post(propose))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/propose.graphql",
    normalization = "rust",
    extern_enums("Language", "Role")
)]
struct ProposePage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/propose.graphql",
    normalization = "rust"
)]
struct PartnershipInvite;

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
}

/// Two schools that may become partners.
struct Pair {
    leading: String,
    magnetic: String,
    name: String,
    language: Language,
    place: Option<String>,
    /// Sent again, the same proposal has one effect.
    key: String,
}

#[derive(Template)]
#[template(path = "partnership/propose.html")]
struct Propose {
    frame: Frame,
    form: Form,
    network: propose_page::ProposePageNetwork,
    q: String,
    /// The viewer invites for a Leading school of the network; else they ask to join.
    invites: bool,
    pairs: Vec<Pair>,
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Fault> {
    let page = open(&visit, id, search, Form::default()).await?;
    visit.page(&page)
}

async fn open(visit: &Visit, id: Id, search: Search, form: Form) -> Result<Propose, Fault> {
    let q = search.q.trim().to_owned();
    let variables = propose_page::Variables {
        id,
        query: Some(q.clone()),
        search: !q.is_empty(),
    };
    let (frame, found) = visit.open::<ProposePage>(variables).await?;
    let network = found.network.ok_or(Fault::NotFound)?;
    let own: Vec<_> = found
        .viewer
        .ok_or(Fault::SignIn)?
        .memberships
        .into_iter()
        .filter(|membership| membership.role == Role::Coordinator)
        .filter_map(|membership| membership.school)
        .collect();
    let mine = |id: &str| own.iter().any(|school| school.id == id);
    let led = network.leading.iter().find(|school| mine(&school.id));
    let (key, invites) = (csrf::fresh(), led.is_some());
    let pairs: Vec<_> = if let Some(leading) = led {
        let found = found.schools.map(|list| list.nodes).unwrap_or_default();
        let pair = |school: propose_page::ProposePageSchoolsNodes| Pair {
            leading: leading.id.clone(),
            key: format!("{key}-{}", school.id),
            magnetic: school.id,
            name: school.name.text,
            language: school.name.language,
            place: school.place,
        };
        let others = found.into_iter().filter(|school| school.id != leading.id);
        others.map(pair).collect()
    } else {
        // A network has schools that lead it; the first answers for it.
        let leading = network.leading.first().ok_or(Fault::NotFound)?;
        let pair = |school: propose_page::ProposePageViewerMembershipsSchool| Pair {
            leading: leading.id.clone(),
            key: format!("{key}-{}", school.id),
            magnetic: school.id,
            name: school.name.text,
            language: school.name.language,
            place: school.place,
        };
        own.into_iter().map(pair).collect()
    };
    if pairs.is_empty() && !invites {
        return Err(Fault::NotFound);
    }
    Ok(Propose {
        frame: frame.of(&form),
        form,
        network,
        q,
        invites,
        pairs,
    })
}

async fn propose(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
    posted: Posted,
) -> Result<Response, Fault> {
    let input = partnership_invite::PartnershipInviteInput {
        idempotency_key: posted.optional("idempotencyKey"),
        leading_id: posted.text("leadingId"),
        magnetic_id: posted.text("magneticId"),
        network_id: id.clone(),
    };
    let variables = partnership_invite::Variables { input };
    let found = visit.ask::<PartnershipInvite>(variables).await?;
    let payload = found.partnership_invite;
    if let Some(partnership) = payload.partnership {
        let address = format!("/partnerships/{}", partnership.id);
        return Ok(visit.go(&address, Flash::Proposed));
    }
    let errors = payload.user_errors.into_iter();
    // The inputs are hidden: what is wrong with them stands in the summary alone.
    let form = Form::again(
        Posted::default(),
        errors.map(|error| (error.field, error.message)),
    );
    let page = open(&visit, id, search, form).await?;
    visit.refused(&page)
}
