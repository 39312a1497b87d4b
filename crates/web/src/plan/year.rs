//! The year of a network at a glance: every activity that the viewer may see, in the order of days.

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
    word::{self, ActivityKind, ActivityState, Language, PlanState},
};

pub(super) fn routes() -> Router {
    Router::new().route("/networks/{id}/plan", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/plan.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("ActivityKind", "ActivityState", "Language", "PlanState")
)]
struct NetworkPlanPage;

#[derive(Deserialize)]
struct Search {
    /// The calendar year in which the school year begins; this one when left out.
    year: Option<i64>,
    #[serde(flatten)]
    window: Window,
}

#[derive(Template)]
#[template(path = "plan/year.html")]
struct Year {
    frame: Frame,
    year: i64,
    this_year: i64,
    network: network_plan_page::NetworkPlanPageNetwork,
    plans: Vec<network_plan_page::NetworkPlanPagePlansNodes>,
    activities: network_plan_page::NetworkPlanPageActivities,
}

impl Year {
    fn address(&self, year: &i64) -> String {
        let path = format!("/networks/{}/plan?year={year}", self.network.id);
        self.frame.at(&path)
    }

    /// The years one may turn to.
    fn turns(&self) -> [i64; 3] {
        [self.this_year - 1, self.this_year, self.this_year + 1]
    }

    /// Is this the year that is shown?
    fn shows(&self, year: &i64) -> bool {
        self.year == *year
    }

    /// The list's address up to the cursor.
    fn list(&self) -> String {
        format!("{}&", self.address(&self.year))
    }
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Fault> {
    let year = search.year.filter(|year| (1900..=9999).contains(year));
    let variables = network_plan_page::Variables {
        id,
        year,
        this_year: year.is_none(),
        first: search.window.first(),
        after: search.window.after(),
        last: search.window.last(),
        before: search.window.before(),
    };
    let (frame, found) = visit.open::<NetworkPlanPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    visit.page(&Year {
        frame,
        year: year.unwrap_or(found.school_year),
        this_year: found.school_year,
        network: found.network.ok_or(Fault::NotFound)?,
        plans: found.plans.map(|list| list.nodes).unwrap_or_default(),
        activities: found.activities.ok_or(Fault::NotFound)?,
    })
}
