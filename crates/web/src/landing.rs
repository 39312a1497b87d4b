//! The first page: for guests what this is, with real figures; for others what waits for them.

use askama::Template;
use axum::{Router, response::Response, routing::get};

use crate::{
    fault::Fault,
    home::{self, FirstPage, first_page},
    visit::{Frame, Visit},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/", get(show))
}

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
    let ask = async |guest| {
        visit
            .open::<FirstPage>(first_page::Variables { guest })
            .await
    };
    let guest = !visit.has_session();
    let (mut frame, mut found) = ask(guest).await?;
    if !guest {
        if let Some(viewer) = found.viewer {
            let (partnerships, plans) = (found.partnerships, found.plans);
            return home::show(&visit, frame, viewer, partnerships, plans, found.studies);
        }
        // The session is over: they are a guest after all.
        (frame, found) = ask(true).await?;
    }
    visit.page(&Landing {
        frame,
        networks: found
            .networks
            .and_then(|list| list.total_count)
            .unwrap_or_default(),
        partnerships: found
            .running
            .and_then(|list| list.total_count)
            .unwrap_or_default(),
        survey: visit.say.percent(94, 100).unwrap_or_default(),
        coverage: visit.say.percent(2701, 7014).unwrap_or_default(),
    })
}
