//! Schools.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language, PartnershipState},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/schools/{id}", get(show))
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/school.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums("Language", "PartnershipState")
)]
struct SchoolPage;

#[derive(Template)]
#[template(path = "school/show.html")]
struct Show {
    frame: Frame,
    school: school_page::SchoolPageSchool,
    links: Vec<school_page::SchoolPagePartnershipsNodes>,
}

impl Show {
    /// The school on the other side.
    fn other<'a>(
        id: &str,
        link: &'a school_page::SchoolPagePartnershipsNodes,
    ) -> Option<&'a school_page::Named> {
        [&link.leading, &link.magnetic]
            .into_iter()
            .flatten()
            .find(|side| side.id != id)
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let variables = school_page::Variables { id };
    let (frame, found) = visit.open::<SchoolPage>(variables).await?;
    visit.page(&Show {
        frame,
        school: found.school.ok_or(Fault::NotFound)?,
        links: found
            .partnerships
            .map(|list| list.nodes)
            .unwrap_or_default(),
    })
}
