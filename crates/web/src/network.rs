//! Networks: the list, and one with its diagram.

mod diagram;
mod edit;

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
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, Language, NetworkState, PartnershipState, Role},
};
use diagram::{Diagram, Partner};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/networks", get(list))
        .route("/networks/{id}", get(show))
        .merge(edit::routes())
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/networks.graphql",
    normalization = "rust",
    extern_enums("Language", "NetworkState")
)]
struct NetworksPage;

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(flatten)]
    window: Window,
}

#[derive(Template)]
#[template(path = "network/list.html")]
struct List {
    frame: Frame,
    q: String,
    networks: networks_page::NetworksPageNetworks,
}

async fn list(visit: Visit, Query(search): Query<Search>) -> Result<Response, Fault> {
    let q = search.q.trim().to_owned();
    let variables = networks_page::Variables {
        theme: Some(q.clone()).filter(|q| !q.is_empty()),
        first: search.window.first(),
        after: search.window.after(),
        last: search.window.last(),
        before: search.window.before(),
    };
    let (frame, found) = visit.open::<NetworksPage>(variables).await?;
    visit.page(&List {
        frame,
        q,
        networks: found.networks.ok_or(Fault::NotFound)?,
    })
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/network.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "NetworkState", "PartnershipState", "Role")
)]
struct NetworkPage;

#[derive(Template)]
#[template(path = "network/show.html")]
struct Show {
    frame: Frame,
    network: network_page::NetworkPageNetwork,
    diagram: Diagram,
    links: Vec<network_page::NetworkPageNetworkPartnershipsNodes>,
    more: bool,
    /// Those whose report the viewer may read.
    studies: Vec<network_page::NetworkPageStudiesNodes>,
    /// May the viewer propose a partnership in it?
    proposes: bool,
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let (frame, found) = visit
        .open::<NetworkPage>(network_page::Variables { id })
        .await?;
    let mut network = found.network.ok_or(Fault::NotFound)?;
    let partnerships = network.partnerships.take();
    let more = partnerships
        .as_ref()
        .is_some_and(|list| list.page_info.has_next_page);
    let links = partnerships.map(|list| list.nodes).unwrap_or_default();
    let proposes = network.state != NetworkState::Closed
        && found.viewer.is_some_and(|viewer| {
            let mut places = viewer.memberships.iter();
            places.any(|place| place.role == Role::Coordinator)
        });
    let leading = network.leading.first().map(|school| &*school.name.text);
    let partners = links.iter().filter_map(|link| {
        let school = link.magnetic.as_ref()?;
        Some(Partner {
            name: &school.name.text,
            anchor: format!("#{}", link.id),
            hand: word::partnership_hand(&link.state),
            state: word::partnership_state(&visit.say, &link.state),
        })
    });
    visit.page(&Show {
        frame,
        diagram: Diagram::of(leading.unwrap_or_default(), partners),
        network,
        links,
        more,
        studies: found.studies.map(|list| list.nodes).unwrap_or_default(),
        proposes,
    })
}
