//! The first page: for guests what this is, with real figures; for others what waits for them.

use askama::Template;
use axum::{Router, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    home,
    visit::{Frame, Visit},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/landing.graphql",
    normalization = "rust"
)]
struct LandingPage;

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    frame: Frame,
    networks: i64,
    partnerships: i64,
    /// Of the schools that answered the survey, in percent.
    survey: String,
    /// How many of the country's schools answered, in percent.
    coverage: String,
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    let frame = visit.frame().await?;
    if frame.viewer.is_some() {
        return home::show(visit, frame).await;
    }
    let found = visit.ask::<LandingPage>(landing_page::Variables {}).await?;
    visit.page(&Landing {
        frame,
        networks: found
            .networks
            .and_then(|list| list.total_count)
            .unwrap_or_default(),
        partnerships: found
            .partnerships
            .and_then(|list| list.total_count)
            .unwrap_or_default(),
        survey: visit.say.percent(94, 100).unwrap_or_default(),
        coverage: visit.say.percent(2701, 7014).unwrap_or_default(),
    })
}
