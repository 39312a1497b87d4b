//! Studies: the viewer's own, each with what it waits for. What is done in one is in the modules.

mod consent;
mod edit;
mod findings;
mod group;
mod invite;
mod lesson;
mod note;
mod pupil;
mod report;
mod shared;
mod show;
pub(crate) mod standing;
mod template;
pub(crate) mod wording;
mod workspace;

use askama::Template;
use axum::{Router, extract::Query, response::Response, routing::get};
use graphql_client::GraphQLQuery;

use crate::{
    fault::Fault,
    visit::{Frame, Visit},
    window::Window,
    word::{Language, ResearchLessonState, StudyMemberState, StudyRole, StudyState},
};
use standing::standing;

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/studies", get(list))
        .merge(consent::routes())
        .merge(edit::routes())
        .merge(findings::routes())
        .merge(group::routes())
        .merge(invite::routes())
        .merge(lesson::routes())
        .merge(note::routes())
        .merge(pupil::routes())
        .merge(report::routes())
        .merge(shared::routes())
        .merge(show::routes())
        .merge(template::routes())
}

/// Where files are sent to.
pub(crate) fn sent_to() -> Router {
    lesson::sent_to()
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/studies.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "Language",
        "ResearchLessonState",
        "StudyMemberState",
        "StudyRole",
        "StudyState"
    )
)]
struct StudiesPage;

standing!(studies_page::StudiesPageStudiesNodes);

#[derive(Template)]
#[template(path = "study/list.html")]
struct List {
    frame: Frame,
    studies: studies_page::StudiesPageStudies,
}

impl List {
    /// How many of these wait for the viewer.
    fn due(&self) -> i64 {
        let studies = self.studies.nodes.iter();
        let due = studies.filter(|study| study.standing().next().is_some_and(|it| it.is_due()));
        i64::try_from(due.count()).unwrap_or(i64::MAX)
    }

    /// The list's address up to the cursor.
    fn address(&self) -> String {
        format!("{}?", self.frame.at("/studies"))
    }
}

async fn list(visit: Visit, Query(window): Query<Window>) -> Result<Response, Fault> {
    let variables = studies_page::Variables {
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<StudiesPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    visit.page(&List {
        frame,
        studies: found.studies.ok_or(Fault::NotFound)?,
    })
}
