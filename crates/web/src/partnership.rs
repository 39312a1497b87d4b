//! One partnership: where it stands, what was agreed, who signed.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language, PartnershipSide, PartnershipState},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/partnerships/{id}", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/partnership.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "PartnershipSide", "PartnershipState")
)]
struct PartnershipPage;

#[derive(Template)]
#[template(path = "partnership/show.html")]
struct Show {
    frame: Frame,
    partnership: partnership_page::PartnershipPagePartnership,
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let variables = partnership_page::Variables { id };
    let (frame, found) = visit.open::<PartnershipPage>(variables).await?;
    let partnership = found.partnership.ok_or(Fault::NotFound)?;
    visit.page(&Show { frame, partnership })
}
