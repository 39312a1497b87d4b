//! One answer, and how it looks over HTTP.

use std::collections::BTreeMap;

use async_graphql::{Response, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use serde::Serialize;

use super::{
    Limits,
    fault::{self, Code, Refusal},
};

/// The JSON media types an answer may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: 200 for whatever could be understood as a request.
    Json,
    /// `application/graphql-response+json`: the status tells.
    GraphqlResponse,
}

/// What is said to a request, or to one event of a subscription.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) errors: Vec<ServerError>,
    /// Absent when nothing was executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) extensions: BTreeMap<String, Value>,
    /// What resolvers want said in headers.
    #[serde(skip)]
    headers: HeaderMap,
    #[serde(skip)]
    code: Option<Code>,
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Answer {
    /// Masks what the library answered.
    pub(super) fn executed(mut response: Response, limits: &Limits, request_id: &str) -> Self {
        let refused = fault::is_request_error(&response);
        fault::mask(&mut response, limits, request_id);
        // A part of the answer may be there; whoever balances or retries looks at the status.
        let away = fault::has(&response.errors, Code::Unavailable);
        Self {
            errors: response.errors,
            data: (!refused).then_some(response.data),
            extensions: response.extensions,
            headers: response.http_headers,
            code: away.then_some(Code::Unavailable),
            retry_after: away.then_some(1),
        }
    }

    pub(super) fn refused(refusal: Refusal, request_id: &str) -> Self {
        Self {
            code: Some(refusal.code),
            retry_after: refusal.retry_seconds(),
            errors: vec![refusal.into_error(request_id)],
            data: None,
            extensions: BTreeMap::new(),
            headers: HeaderMap::new(),
        }
    }

    /// How it went, for the metrics.
    pub(super) fn outcome(&self) -> &'static str {
        match &self.data {
            _ if self.errors.is_empty() => "ok",
            _ if self.code == Some(Code::Unavailable) => "unavailable",
            _ if fault::has(&self.errors, Code::Internal) => "fault",
            Some(_) => "partial",
            None => "refused",
        }
    }

    /// The answer as JSON text.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| {
            tracing::error!(%error, "an answer can't be written as JSON");
            r#"{"errors":[{"message":"Something went wrong on our side.","extensions":{"code":"INTERNAL"}}]}"#.into()
        })
    }

    pub(super) fn into_http(self, media: Media) -> axum::response::Response {
        let about_http = self.code.and_then(Code::http_status);
        let status = match (about_http, media) {
            (Some(status), _) => status,
            (None, Media::GraphqlResponse) if self.data.is_none() => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        };
        let media = match media {
            Media::Json => "application/json; charset=utf-8",
            Media::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        };
        let mut response = axum::response::Response::new(Body::from(self.json()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.extend(self.headers);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        match self.code {
            Some(Code::MethodNotAllowed) => {
                headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
            }
            Some(Code::Unauthenticated) => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}
