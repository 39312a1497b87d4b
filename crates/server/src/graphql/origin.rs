//! Which pages may call with the cookies of their reader.
//!
//! A browser adds cookies on its own, so a foreign page could act as whoever reads it. A bearer token it does not
//! have, and without either it acts as nobody.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

use super::fault::{Code, Refusal};

/// Whose page sends the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Not a page, or a page of ours.
    Own,
    /// A page of a site on the list.
    Listed(HeaderValue),
    /// A page of any other site.
    Foreign,
}

/// Finds out by `Origin`, and where a browser leaves it out by `Sec-Fetch-Site`.
pub(super) fn origin(parts: &Parts, listed: &[String]) -> Origin {
    let headers = &parts.headers;
    let Some(origin) = headers.get(header::ORIGIN) else {
        let site = HeaderName::from_static("sec-fetch-site");
        return match headers.get(site) {
            Some(site) if site == "cross-site" => Origin::Foreign,
            _ => Origin::Own,
        };
    };
    let Ok(text) = origin.to_str() else {
        return Origin::Foreign;
    };
    if listed
        .iter()
        .any(|listed| listed.eq_ignore_ascii_case(text))
    {
        return Origin::Listed(origin.clone());
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    match (text.split_once("://"), host) {
        (Some((_, ours)), Some(host)) if ours.eq_ignore_ascii_case(host) => Origin::Own,
        _ => Origin::Foreign,
    }
}

/// Refuses foreign pages that come with cookies and without a token of their own.
pub(super) fn check(origin: &Origin, headers: &HeaderMap) -> Result<(), Refusal> {
    let cookies = headers.contains_key(header::COOKIE);
    let token = headers.contains_key(header::AUTHORIZATION);
    if *origin == Origin::Foreign && cookies && !token {
        return Err(foreign());
    }
    Ok(())
}

/// The same rule for routes beside the API, which listed pages may use as well: uploads and downloads.
pub fn shared(routes: Router, listed: &[String]) -> Router {
    let listed: Arc<[String]> = listed.into();
    routes.layer(from_fn(move |request: Request, next: Next| {
        let listed = Arc::clone(&listed);
        async move {
            let (parts, body) = request.into_parts();
            let whose = origin(&parts, &listed);
            let asks = parts
                .headers
                .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
            let mut response = if parts.method == Method::OPTIONS && asks {
                preflight(&whose)
            } else if parts.method.is_safe() || check(&whose, &parts.headers).is_ok() {
                next.run(Request::from_parts(parts, body)).await
            } else {
                StatusCode::FORBIDDEN.into_response()
            };
            if let Origin::Listed(_) = whose {
                share(&whose, response.headers_mut());
                let exposed = HeaderValue::from_static(EXPOSED);
                let headers = response.headers_mut();
                headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
            }
            response
        }
    }))
}

/// What pages of other sites may send with an upload, and read of its answer.
const SENT: &str = "authorization, content-type, if-range, range, tus-resumable, upload-checksum, upload-length, \
                    upload-metadata, upload-offset, x-http-method-override";
const EXPOSED: &str = "content-range, location, retry-after, tus-checksum-algorithm, tus-extension, tus-max-size, \
                       tus-resumable, tus-version, upload-expires, upload-length, upload-metadata, upload-offset, \
                       x-request-id";

fn preflight(whose: &Origin) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Origin::Listed(_) = whose {
        for (name, value) in [
            (
                header::ACCESS_CONTROL_ALLOW_METHODS,
                "GET, HEAD, POST, PATCH, DELETE",
            ),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, SENT),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ] {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

pub(super) fn foreign() -> Refusal {
    Refusal::new(Code::ForeignOrigin, "This page may not call here.")
}

/// Tells the browsers of listed pages that they may read the answer, and caches that it depends.
pub(super) fn share(origin: &Origin, headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("Accept, Origin"));
    if let Origin::Listed(origin) = origin {
        let yes = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
        let exposed = HeaderValue::from_static("retry-after, x-request-id");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
}
