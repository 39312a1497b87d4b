//! What the platform is, what it keeps, and for whom it works.

use askama::Template;
use axum::{Router, response::Response, routing::get};

use crate::{
    fault::Fault,
    visit::{Frame, Visit},
};

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/about", get(about))
        .route("/privacy", get(privacy))
        .route("/accessibility", get(accessibility))
}

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    frame: Frame,
}

async fn about(visit: Visit) -> Result<Response, Fault> {
    let frame = visit.frame().await?;
    visit.page(&About { frame })
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct Privacy {
    frame: Frame,
}

async fn privacy(visit: Visit) -> Result<Response, Fault> {
    let frame = visit.frame().await?;
    visit.page(&Privacy { frame })
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    frame: Frame,
}

async fn accessibility(visit: Visit) -> Result<Response, Fault> {
    let frame = visit.frame().await?;
    visit.page(&Accessibility { frame })
}
