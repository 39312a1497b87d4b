//! Reading without a connection: the service worker, what it is told, and the page it falls back to.

use askama::Template;
use axum::{
    Json, Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

use crate::{
    asset,
    fault::Fault,
    visit::{Frame, Visit},
};

/// Pages under a language.
pub(crate) fn routes() -> Router {
    Router::new()
        .route("/offline", get(show))
        .route("/manifest.webmanifest", get(manifest))
}

/// Outside the languages: a service worker governs what lies below its own address.
pub(crate) fn files() -> Router {
    Router::new().route("/sw.js", get(worker))
}

#[derive(Template)]
#[template(path = "offline.html")]
struct Offline {
    frame: Frame,
}

async fn show(visit: Visit) -> Result<Response, Fault> {
    // The copy that is kept is read by whoever holds the device.
    let frame = visit.bare_frame();
    visit.page(&Offline { frame })
}

async fn manifest(visit: Visit) -> Response {
    let say = visit.say;
    let manifest = json!({
        "name": say.site_name(),
        "short_name": say.site_name(),
        "description": say.landing_lede(),
        "lang": say.tag(),
        "start_url": format!("/{say}"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#FCFDFB",
        "theme_color": "#0E5546",
        "icons": [{ "src": asset::MARK_SVG, "sizes": "any", "type": "image/svg+xml" }],
    });
    let kind = [(header::CONTENT_TYPE, "application/manifest+json")];
    (kind, Json(manifest)).into_response()
}

/// The worker has to keep its address, so what changes with each version is written into its first line.
async fn worker() -> Response {
    let kept: Vec<_> = asset::ASSETS.iter().map(|asset| asset.path).collect();
    let offline: Vec<_> = i18n::Locale::ALL
        .iter()
        .map(|locale| json!({ "language": locale.tag(), "copy": locale.offline_copy() }))
        .collect();
    let told = json!({ "assets": kept, "languages": offline });
    let script = format!("const told = {told};\n{}", include_str!("offline/sw.js"));
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; connect-src 'self'",
        ),
    ];
    (headers, script).into_response()
}
