//! Server-rendered pages: the API's first client. They know `schema.graphql` and nothing else of the platform.
//!
//! A page is a file: its operation in `queries/`, its template in `templates/`, its handler and routes in `src/`.
//! Shared: [`visit`] (one request), [`form`], [`fault`], [`flash`], [`csrf`], [`cookie`], [`asset`], [`icon`],
//! [`markdown`] (what people write), [`mod@print`] (what goes on paper), [`xml`] (documents for other programs).
//!
//! To add a page:
//!
//! 1. Its operation in `queries/NOUN.graphql`; names in fragments (`fragment Words on LocalizedText { text language }`).
//!    A page is one operation: what the layout shows is written into it, what only some see is asked for by `@include`.
//! 2. Its sentences in `locales/{kk,ru,en}/NOUN.ftl`.
//! 3. Its template in `templates/NOUN/`: extends `layout.html`, has a field `frame: Frame`, says `frame.say.…()`.
//! 4. Its handler in `src/NOUN.rs`: takes a [`visit::Visit`], gets frame and data from `visit.open::<Operation>(…)`, answers
//!    `visit.page(&Template)`. What is missing is `Fault::NotFound`. Its `routes()` are merged in [`routers`].
//! 5. A form posts to the address it is shown at; the handler takes a [`form::Posted`] as its last argument (which
//!    checks the token), runs the mutation (named by `command::commands!`), and answers `visit.go(…, Flash::…)`, or with `Form::again(posted, errors)`
//!    in `visit.refused(&Template)`. An input is named as the API names its field.
//! 6. Enumerations shared by operations are named in `queries/word.graphql` and worded in [`word`].
//!
//! Everything works without scripts; the scripts in `assets/` only improve.

mod about;
mod address;
mod admin;
mod asset;
mod bank;
mod clock;
mod command;
mod cookie;
mod csrf;
mod execute;
mod fault;
mod flash;
mod form;
mod home;
mod icon;
mod invite;
mod landing;
mod language;
mod markdown;
mod membership;
mod network;
mod notification;
mod oai;
mod offline;
mod partnership;
mod plan;
mod print;
mod propose;
mod region;
mod scalar;
mod school;
mod settings;
mod sign_in;
mod sitemap;
mod study;
mod theme;
mod visit;
mod window;
mod word;
mod xml;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use i18n::Locale;
use tower_http::{compression::CompressionLayer, timeout::RequestBodyTimeoutLayer};

pub use cookie::session;
pub use execute::{Caller, Execute, Sent};

use crate::{csrf::Seal, execute::Executor, fault::Fault, visit::Site, visit::Visit};

/// How long the sender of a file may say nothing.
const QUIET: std::time::Duration = std::time::Duration::from_secs(60);

/// What an installation says about its pages.
#[derive(Clone)]
pub struct Settings {
    /// Do browsers reach us by https? If so cookies carry the `__Host-` prefix and never travel in clear.
    pub secure: bool,
    /// Scheme and host that people's browsers use, where that is known.
    pub public_url: Option<String>,
    /// The address that letters of this installation come from.
    pub contact: String,
    /// The key of forms' tokens: 32 bytes of this installation's secret, used for nothing else.
    pub form_key: [u8; 32],
    /// Where the installation's clocks are.
    pub time_zone: chrono_tz::Tz,
}

/// All pages: `/`, everything under `/kk`, `/ru` and `/en`, `/assets`, and a page for what is nowhere; and apart, those
/// that files are sent to, which need more time and room than the others.
pub fn routers(executor: impl Execute, settings: Settings) -> (Router, Router) {
    let site = Arc::new(Site {
        executor: Executor::new(executor),
        seal: Seal::new(settings.form_key),
        secure: settings.secure,
        public_url: settings.public_url,
        contact: settings.contact,
        zone: settings.time_zone,
    });
    let pages = Router::new()
        .merge(invite::routes())
        .merge(landing::routes())
        .merge(about::routes())
        .merge(admin::routes())
        .merge(bank::routes())
        .merge(membership::routes())
        .merge(network::routes())
        .merge(notification::routes())
        .merge(offline::routes())
        .merge(partnership::routes())
        .merge(plan::routes())
        .merge(propose::routes())
        .merge(region::routes())
        .merge(school::routes())
        .merge(settings::routes())
        .merge(sign_in::routes())
        .merge(study::routes())
        .merge(theme::routes())
        .fallback(async || Fault::NotFound);
    let router = Router::new()
        .route("/", get(language::choose))
        .merge(oai::routes())
        .merge(sitemap::routes())
        .merge(in_each_language(&pages))
        .fallback(async || Fault::NotFound)
        .layer(from_fn_with_state(Arc::clone(&site), around))
        .layer(CompressionLayer::new())
        .route("/assets/{name}", get(asset::serve))
        .merge(offline::files());
    let sent_to = in_each_language(&bank::sent_to().merge(study::sent_to()))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyTimeoutLayer::new(QUIET))
        .layer(from_fn_with_state(site, around));
    (router, sent_to)
}

fn in_each_language(pages: &Router) -> Router {
    Locale::ALL
        .into_iter()
        .fold(Router::new(), |router, locale| {
            router.nest(&format!("/{locale}"), pages.clone())
        })
}

/// Around every page: reads who visits, refuses other sites' forms, shows faults as pages, sets the headers.
async fn around(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let (say, rest) = language::of(path, &parts.headers, site.secure);
    let visit = Visit::new(Arc::clone(&site), say, rest, &parts);
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    let foreign = !parts.method.is_safe() && !csrf::same_site(&parts.headers, host);
    parts.extensions.insert(visit.clone());

    let mut response = if foreign {
        Fault::Form.into_response()
    } else {
        next.run(Request::from_parts(parts, body)).await
    };
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        response = fault.show(&visit).await;
    }
    visit.settle(&mut response);
    guard(response.headers_mut());
    response
}

/// What a page may load and who may keep it: everything from here, nothing inline, no copies in shared caches.
fn guard(headers: &mut HeaderMap) {
    const SAID: [(HeaderName, &str); 4] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
             require-trusted-types-for 'script'; trusted-types worker; manifest-src 'self'; worker-src 'self'",
        ),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "cookie, accept-language, save-data"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in SAID {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}
