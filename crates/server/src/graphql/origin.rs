//! Which pages may call with the cookies of their reader.
//!
//! A browser adds cookies on its own, so a foreign page could act as whoever reads it. A bearer token it does not
//! have, and without either it acts as nobody.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};

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
