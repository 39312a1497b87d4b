//! What every request passes, whatever it asks for, and the routes for those who run the server.

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Version};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use ipnet::IpNet;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::{Map, json};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::RequestId;
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument;

use crate::client_address::{ClientAddress, is_trusted};
use crate::config;
use crate::listen::Lifecycle;

/// Longest the checks of `/readyz` may take.
const READINESS_DEADLINE: Duration = Duration::from_secs(1);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// One thing a node needs, and how it is.
#[derive(Clone, Debug)]
pub struct Check {
    /// As `/readyz` shows it.
    pub name: &'static str,
    /// What is wrong; logged, never shown.
    pub state: Result<(), String>,
    /// Can the node not serve without it?
    pub vital: bool,
}

type Readiness = dyn Fn() -> BoxFuture<'static, Vec<Check>> + Send + Sync;

/// What the layers of every route need to know.
#[derive(Clone)]
pub struct Edge {
    /// Proxies whose headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Do browsers reach us by https?
    pub https: bool,
    /// Longest a request that does not stream may take.
    pub request_timeout: Duration,
    /// Largest body of a request that does not stream, in bytes.
    pub body_bytes: usize,
    /// Makes the id of a request that brought none we believe.
    pub new_request_id: Arc<dyn Fn() -> String + Send + Sync>,
    /// What the node needs, asked anew each time.
    pub readiness: Arc<Readiness>,
    /// The recorder behind `/metrics`.
    pub metrics: PrometheusHandle,
    /// Shared with the accept loop.
    pub lifecycle: Lifecycle,
}

impl Edge {
    /// The edge that a configuration describes.
    pub fn new(
        server: &config::Server,
        new_request_id: impl Fn() -> String + Send + Sync + 'static,
        readiness: impl Fn() -> BoxFuture<'static, Vec<Check>> + Send + Sync + 'static,
        metrics: PrometheusHandle,
        lifecycle: Lifecycle,
    ) -> Self {
        Edge {
            trusted_proxies: server.trusted_proxies.clone(),
            https: server.is_https(),
            request_timeout: server.request_timeout,
            body_bytes: server.body_bytes,
            new_request_id: Arc::new(new_request_id),
            readiness: Arc::new(readiness),
            metrics,
            lifecycle,
        }
    }
}

/// Puts the layers around all routes and adds `/healthz`, `/readyz` and `/metrics`.
///
/// `app` gets a deadline and a limit on bodies; `streaming` (sockets, server-sent events, uploads)
/// keeps its own and has to end when [`Lifecycle::closing`] is cancelled. Requests of both carry
/// [`ClientAddress`] and [`RequestId`] as extensions.
pub fn assemble(app: Router, streaming: Router, edge: Edge) -> Router {
    let edge = Arc::new(edge);
    let own = Router::new()
        .route("/healthz", get(async || "alive"))
        .route("/readyz", get(ready))
        .route(
            "/metrics",
            get(async |State(edge): State<Arc<Edge>>| edge.metrics.render()),
        )
        .with_state(Arc::clone(&edge));
    app.merge(own)
        .layer(RequestBodyLimitLayer::new(edge.body_bytes))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            edge.request_timeout,
        ))
        .merge(streaming)
        .layer(from_fn_with_state(edge, each_request))
}

async fn each_request(
    State(edge): State<Arc<Edge>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let id = request_id(&edge, peer, request.headers());
    let client = ClientAddress::of(peer.ip(), request.headers(), &edge.trusted_proxies);
    // The pattern, never the path: paths and queries carry invitations and other secrets.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let method = known(request.method());
    let version = request.version();
    // Ids are made of letters; should they ever not be, the answer is still worth sending.
    let name = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unnamed"));
    request
        .extensions_mut()
        .insert(RequestId::new(name.clone()));
    request.extensions_mut().insert(client);

    let span = tracing::info_span!(
        "request",
        otel.name = %format_args!("{method} {route}"),
        otel.kind = "server",
        request_id = %id,
        method,
        route,
    );
    let mut response = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .instrument(span.clone())
        .await
        // The hook of `telemetry` has logged it inside this span.
        .unwrap_or_else(|_panic| {
            let fault = json!({ "error": "INTERNAL", "requestId": &*id });
            (StatusCode::INTERNAL_SERVER_ERROR, Json(fault)).into_response()
        });

    let took = began.elapsed();
    let seconds = took.as_secs_f64();
    let status = response.status();
    span.in_scope(|| {
        if matches!(route.as_str(), "/healthz" | "/readyz" | "/metrics") {
            tracing::debug!(status = status.as_u16(), seconds, "answered");
        } else {
            tracing::info!(status = status.as_u16(), seconds, "answered");
        }
    });
    metrics::counter!(
        "http_requests_total",
        "route" => route.clone(), "method" => method, "status" => status.as_u16().to_string(),
    )
    .increment(1);
    metrics::histogram!("http_request_seconds", "route" => route, "method" => method).record(took);

    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, name);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        or_insert(headers, header::RETRY_AFTER, "1");
    }
    // Clients that keep connections alive are sent to another node while we drain.
    if edge.lifecycle.is_draining() && version <= Version::HTTP_11 {
        or_insert(headers, header::CONNECTION, "close");
    }
    secure(headers, edge.https);
    response
}

/// Refuses browsers everything a page does not ask for; a route that wants more says so itself.
fn secure(headers: &mut HeaderMap, https: bool) {
    or_insert(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    or_insert(headers, header::REFERRER_POLICY, "same-origin");
    or_insert(headers, header::X_FRAME_OPTIONS, "DENY");
    or_insert(
        headers,
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    );
    if https {
        or_insert(
            headers,
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
}

fn or_insert(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

/// Clients invent methods; a label for each would fill the recorder.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::CONNECT => "CONNECT",
        _ => "other",
    }
}

/// A trusted proxy may name its request, so that one name runs through both logs.
fn request_id(edge: &Edge, peer: SocketAddr, headers: &HeaderMap) -> Arc<str> {
    let brought = headers
        .get(REQUEST_ID)
        .filter(|_| is_trusted(peer.ip(), &edge.trusted_proxies))
        .and_then(|value| value.to_str().ok())
        .filter(|id| (1..=64).contains(&id.len()))
        .filter(|id| {
            id.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        });
    match brought {
        Some(id) => Arc::from(id),
        None => Arc::from((edge.new_request_id)()),
    }
}

async fn ready(State(edge): State<Arc<Edge>>) -> Response {
    let checks = match tokio::time::timeout(READINESS_DEADLINE, (edge.readiness)()).await {
        Ok(checks) => checks,
        Err(_elapsed) => vec![Check {
            name: "checks",
            state: Err("no answer in time".into()),
            vital: true,
        }],
    };
    let draining = edge.lifecycle.is_draining();
    let ready = !draining
        && checks
            .iter()
            .all(|check| check.state.is_ok() || !check.vital);
    let mut shown = Map::new();
    for Check { name, state, vital } in checks {
        if let Err(error) = &state {
            tracing::warn!(check = name, vital, error, "not ready");
        }
        let state = if state.is_ok() { "ok" } else { "failing" };
        shown.insert(name.to_owned(), state.into());
    }
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({ "ready": ready, "draining": draining, "checks": shown });
    (status, Json(body)).into_response()
}
