//! Day, night, or as the device has it: a form in the footer of every page.

use axum::{Router, response::Response, routing::post};

use crate::{
    cookie,
    fault::Fault,
    flash::Flash,
    form::Posted,
    visit::{Theme, Visit},
};

pub(crate) fn routes() -> Router {
    Router::new().route("/theme", post(keep))
}

async fn keep(visit: Visit, posted: Posted) -> Result<Response, Fault> {
    let theme = Theme::read(&posted.text("theme")).unwrap_or_default();
    let mut response = visit.go_back(&posted.text("return"), Flash::ThemeKept);
    visit.keep(
        &mut response,
        cookie::THEME,
        theme.word(),
        Some(cookie::YEAR),
    );
    Ok(response)
}
