//! Regions: the list, and one with its districts, networks and schools. For its trainers it is their desk.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{self, DesignationKind, Language, SchoolState},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/regions", get(list))
        .route("/regions/{code}", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/regions.graphql",
    normalization = "rust",
    extern_enums("Language")
)]
struct RegionsPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/regions.graphql",
    normalization = "rust",
    extern_enums("Language")
)]
struct RegionPage;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/region.graphql",
    normalization = "rust",
    extern_enums("Language", "DesignationKind", "SchoolState")
)]
struct RegionParts;

#[derive(Template)]
#[template(path = "region/list.html")]
struct List {
    frame: Frame,
    regions: regions_page::RegionsPageRegions,
}

async fn list(visit: Visit) -> Result<Response, Fault> {
    let (frame, found) = visit
        .open::<RegionsPage>(regions_page::Variables {})
        .await?;
    visit.page(&List {
        frame,
        regions: found.regions.ok_or(Fault::NotFound)?,
    })
}

#[derive(Template)]
#[template(path = "region/show.html")]
struct Show {
    frame: Frame,
    region: region_page::RegionPageRegion,
    districts: Vec<region_parts::RegionPartsRegionsNodes>,
    networks: region_parts::RegionPartsNetworks,
    schools: region_parts::RegionPartsSchools,
}

impl Show {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}{}?", self.frame.at("/regions/"), self.region.code)
    }
}

async fn show(
    visit: Visit,
    Path(code): Path<String>,
    Query(window): Query<Window>,
) -> Result<Response, Fault> {
    let (frame, found) = visit
        .open::<RegionPage>(region_page::Variables { code })
        .await?;
    let region = found.region.ok_or(Fault::NotFound)?;
    let variables = region_parts::Variables {
        id: region.id.clone(),
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let found = visit.ask::<RegionParts>(variables).await?;
    visit.page(&Show {
        frame,
        region,
        districts: found.regions.map(|list| list.nodes).unwrap_or_default(),
        networks: found.networks.ok_or(Fault::NotFound)?,
        schools: found.schools.ok_or(Fault::NotFound)?,
    })
}
