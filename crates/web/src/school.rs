//! Schools: the list with its search, and one.

mod change;
mod designation;
pub(crate) mod invitation;

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use graphql_client::GraphQLQuery;
use i18n::Locale;
use serde::Deserialize;

use crate::{
    fault::Fault,
    scalar::Id,
    visit::{Frame, Visit},
    window::Window,
    word::{
        self, DesignationKind, DesignationState, Language, PartnershipState, Role, SchoolState,
    },
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/schools", get(list))
        .route("/schools/{id}", get(show))
        .merge(change::routes())
        .merge(designation::routes())
        .merge(invitation::routes())
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/schools.graphql",
    normalization = "rust",
    extern_enums("Language", "DesignationKind", "SchoolState")
)]
struct SchoolsPage;

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    /// A box that is ticked: Leading schools alone.
    leading: Option<String>,
    #[serde(flatten)]
    window: Window,
}

#[derive(Template)]
#[template(path = "school/list.html")]
struct List {
    frame: Frame,
    q: String,
    leading: bool,
    schools: schools_page::SchoolsPageSchools,
}

async fn list(visit: Visit, Query(search): Query<Search>) -> Result<Response, Fault> {
    let q = search.q.trim().to_owned();
    let leading = search.leading.is_some();
    let variables = schools_page::Variables {
        query: Some(q.clone()).filter(|q| !q.is_empty()),
        designated: leading.then_some(DesignationKind::Leading),
        first: search.window.first(),
        after: search.window.after(),
        last: search.window.last(),
        before: search.window.before(),
    };
    let (frame, found) = visit.open::<SchoolsPage>(variables).await?;
    visit.page(&List {
        frame,
        q,
        leading,
        schools: found.schools.ok_or(Fault::NotFound)?,
    })
}

impl List {
    /// The list's address up to the cursor.
    fn address(&self) -> String {
        let leading = if self.leading { "leading=1&" } else { "" };
        format!("{}{leading}", self.frame.list("/schools", &self.q))
    }
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/school.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "Language",
        "DesignationKind",
        "DesignationState",
        "PartnershipState",
        "Role",
        "SchoolState"
    )
)]
struct SchoolPage;

#[derive(Template)]
#[template(path = "school/show.html")]
struct Show {
    frame: Frame,
    school: school_page::SchoolPageSchool,
    links: Vec<school_page::SchoolPagePartnershipsNodes>,
    /// What the viewer is, and where.
    places: Vec<school_page::SchoolPageViewerMemberships>,
}

impl Show {
    /// The languages it teaches in, each by its own name; one that we have no name for, as it was given.
    fn languages(&self) -> String {
        let named = self.school.languages.iter().map(|code| {
            let known = code.parse::<Locale>();
            known.map_or_else(|_| code.clone(), Locale::language_own)
        });
        named.collect::<Vec<_>>().join(", ")
    }

    /// The schools that the viewer speaks for.
    fn own(&self) -> impl Iterator<Item = &school_page::SchoolPageViewerMembershipsSchool> {
        let places = self.places.iter();
        let coordinated = places.filter(|place| place.role == Role::Coordinator);
        coordinated.filter_map(|place| place.school.as_ref())
    }

    /// May the viewer invite people to it?
    fn invites(&self) -> bool {
        self.frame.admin()
            || self.own().any(|school| school.id == self.school.id)
            || (self.school.viewer_can_award && self.school.state == SchoolState::Unclaimed)
    }

    /// The networks into which the viewer may invite it.
    fn invited_to(&self) -> Vec<&school_page::SchoolPageViewerMembershipsSchoolNetworks> {
        self.own()
            .filter(|school| school.id != self.school.id)
            .flat_map(|own| {
                let led = |network: &&school_page::SchoolPageViewerMembershipsSchoolNetworks| {
                    network.leading.iter().any(|school| school.id == own.id)
                };
                own.networks.iter().filter(led)
            })
            .collect()
    }

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
        places: found
            .viewer
            .map(|viewer| viewer.memberships)
            .unwrap_or_default(),
    })
}
