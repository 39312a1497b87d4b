//! GraphQL over HTTP, as its specification says; streams of events on the same path.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use async_graphql::{Executor, parser::types::OperationType};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};
use tower_http::request_id::RequestId;

use super::{
    Door,
    accept::{self, Accepted, Streamed},
    answer::Media,
    engine::Engine,
    fault::{Code, Refusal},
    origin::{self, Origin},
    params, stream,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers a browser's question whether a page of another origin may call.
pub(super) async fn preflight<E: Executor, D: Door>(
    State(engine): State<Arc<Engine<E, D>>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let origin = origin::origin(&parts, &engine.config.origins);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(
        header::ALLOW,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    );
    origin::share(&origin, headers);
    if let Origin::Listed(_) = origin {
        for (name, value) in [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "authorization, content-type, accept-language",
            ),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Answers one request, GET or POST.
pub(super) async fn serve<E: Executor, D: Door>(
    State(engine): State<Arc<Engine<E, D>>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let id = request_id(&parts);
    let origin = origin::origin(&parts, &engine.config.origins);
    let exchange = exchange(&engine, &parts, body, &origin, &id);
    let mut response = match tokio::time::timeout(engine.config.limits.request, exchange).await {
        Ok(response) => response,
        Err(_) => {
            let media = accept::negotiate(&parts.headers).map_or(Media::Json, |it| it.media);
            engine
                .refuse(None, Refusal::timeout(), &id)
                .into_http(media)
        }
    };
    let headers = response.headers_mut();
    origin::share(&origin, headers);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

async fn exchange<E: Executor, D: Door>(
    engine: &Arc<Engine<E, D>>,
    parts: &Parts,
    body: Body,
    origin: &Origin,
    id: &str,
) -> Response {
    let accepted = match origin::check(origin, &parts.headers)
        .and_then(|()| accept::negotiate(&parts.headers))
    {
        Ok(accepted) => accepted,
        Err(refusal) => return engine.refuse(None, refusal, id).into_http(Media::Json),
    };
    let refuse = |refusal| engine.refuse(None, refusal, id).into_http(accepted.media);
    let request = if parts.method == Method::POST {
        params::from_body(&parts.headers, body, engine.config.limits.body_bytes).await
    } else {
        params::from_address(&parts.uri)
    };
    let request = match request {
        Ok(request) => request,
        Err(refusal) => return refuse(refusal),
    };
    let session = match engine.open(parts, None).await {
        Ok(session) => session,
        Err(refusal) => return refuse(refusal),
    };
    let refuse = |refusal: Refusal| {
        let about_document = refusal.code.http_status().is_none();
        let answer = engine.refuse(Some(&session), refusal, id);
        if about_document && accepted.stream == Streamed::Preferred {
            return stream::refused(&answer);
        }
        answer.into_http(accepted.media)
    };
    let admitted = match engine.admit(request) {
        Ok(admitted) => admitted,
        Err(refusal) => return refuse(refusal),
    };
    let streamed = match way(&parts.method, admitted.plan.kind, accepted) {
        Ok(streamed) => streamed,
        Err(refusal) => return refuse(refusal),
    };
    let seat = if streamed {
        match engine.subscriptions.take(&session.counted_as) {
            Some(seat) => Some(seat),
            None => return refuse(stream::full()),
        }
    } else {
        None
    };
    let ready = match engine.ready(&session, admitted, id).await {
        Ok(ready) => ready,
        Err(refusal) => return refuse(refusal),
    };
    match seat {
        Some(seat) => stream::events(engine, session, ready, seat, id),
        None => engine.execute(ready).await.into_http(accepted.media),
    }
}

/// Whether the operation is answered as a stream, and whether this method may run it at all.
fn way(method: &Method, kind: OperationType, accepted: Accepted) -> Result<bool, Refusal> {
    if method != Method::POST && kind == OperationType::Mutation {
        let message = "Mutations are sent by POST.";
        return Err(Refusal::new(Code::MethodNotAllowed, message));
    }
    match (kind, accepted.stream) {
        (_, Streamed::Preferred) | (OperationType::Subscription, Streamed::Possible) => Ok(true),
        (OperationType::Subscription, Streamed::No) => Err(Refusal::new(
            Code::NotAcceptable,
            "Subscriptions need Accept: text/event-stream, or a socket at /graphql/ws.",
        )),
        _ => Ok(false),
    }
}

/// The id a layer gave the request, or a number of our own.
pub(super) fn request_id(parts: &Parts) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let given = parts.extensions.get::<RequestId>();
    let given = given.and_then(|id| id.header_value().to_str().ok());
    match given {
        Some(id)
            if id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
        {
            id.to_owned()
        }
        _ => format!(
            "{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        ),
    }
}
