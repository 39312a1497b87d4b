//! A research lesson: its sheet, its observers, what was seen and what was said of it.

use axum::Router;

pub(crate) fn routes() -> Router {
    Router::new()
}
