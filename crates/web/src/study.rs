//! Studies: mine, and one with its stages. What is done in one is in the modules.

mod lesson;

use axum::Router;

pub(crate) fn routes() -> Router {
    Router::new().merge(lesson::routes())
}
