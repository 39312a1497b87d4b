//! What an error may say: a code always, a library's own words only about the document, nothing about us.

use std::time::Duration;

use async_graphql::{ErrorExtensionValues, Pos, Response, ServerError, Value};
use axum::http::StatusCode;

use super::{Closed, Limits};

/// Why a request was refused or failed before a resolver could say so: `extensions.code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The request is not a GraphQL request.
    BadRequest,
    /// The body or message is over its limit.
    BodyTooLarge,
    /// The document is over its limit.
    DocumentTooLarge,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// A value does not fit its scalar or its bounds.
    InputInvalid,
    /// Fields are nested too deep.
    TooDeep,
    /// Too many fields, aliases, directives or too large pages.
    TooComplex,
    /// Several secrets would be tested at once.
    TooManyCredentialMutations,
    /// The schema may not be asked about itself.
    IntrospectionDisabled,
    /// The hash is unknown: send the document too.
    PersistedQueryNotFound,
    /// Only documents known beforehand are served.
    DocumentNotTrusted,
    /// A method that may not change anything.
    MethodNotAllowed,
    /// A content type that is not taken.
    UnsupportedMediaType,
    /// No media type both sides know.
    NotAcceptable,
    /// A page of another site.
    ForeignOrigin,
    /// The credentials are wrong or have ended.
    Unauthenticated,
    /// The budget is used up, or too much is open.
    Throttled,
    /// A part we need is away.
    Unavailable,
    /// It took too long.
    Timeout,
    /// Our fault.
    Internal,
}

impl Code {
    /// The code as clients see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::BodyTooLarge => "BODY_TOO_LARGE",
            Self::DocumentTooLarge => "DOCUMENT_TOO_LARGE",
            Self::ParseFailed => "PARSE_FAILED",
            Self::ValidationFailed => "VALIDATION_FAILED",
            Self::InputInvalid => "INPUT_INVALID",
            Self::TooDeep => "TOO_DEEP",
            Self::TooComplex => "TOO_COMPLEX",
            Self::TooManyCredentialMutations => "TOO_MANY_CREDENTIAL_MUTATIONS",
            Self::IntrospectionDisabled => "INTROSPECTION_DISABLED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::DocumentNotTrusted => "DOCUMENT_NOT_TRUSTED",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::ForeignOrigin => "FOREIGN_ORIGIN",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Throttled => "THROTTLED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL",
        }
    }

    /// The status that says it, when it is about the HTTP request rather than about the document.
    pub(super) fn http_status(self) -> Option<StatusCode> {
        Some(match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Throttled => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable | Self::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => return None,
        })
    }
}

/// A request that is not executed, or not to its end.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) locations: Vec<Pos>,
    /// When to come back.
    pub(super) retry_after: Option<Duration>,
}

impl Refusal {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            locations: Vec::new(),
            retry_after: None,
        }
    }

    pub(super) fn throttled(message: &str, retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(Code::Throttled, message)
        }
    }

    pub(super) fn timeout() -> Self {
        Self {
            retry_after: Some(Duration::from_secs(1)),
            ..Self::new(Code::Timeout, "The request took too long.")
        }
    }

    /// Whole seconds until the next try, at least one.
    pub(super) fn retry_seconds(&self) -> Option<u64> {
        self.retry_after
            .map(|wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
            .map(|seconds| seconds.max(1))
    }

    pub(super) fn into_error(self, request_id: &str) -> ServerError {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code.as_str());
        if let Some(seconds) = self.retry_seconds() {
            extensions.set("retryAfter", seconds);
        }
        if self.code == Code::Internal {
            extensions.set("requestId", request_id);
        }
        let mut error = ServerError::new(self.message, None);
        error.locations = self.locations;
        error.extensions = Some(extensions);
        error
    }
}

impl From<Closed> for Refusal {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Unauthenticated => Self::new(
                Code::Unauthenticated,
                "The credentials are not valid or have ended.",
            ),
            Closed::Throttled(wait) => Self::throttled("Too many requests.", wait),
            Closed::Unavailable => Self {
                retry_after: Some(Duration::from_secs(1)),
                ..Self::new(Code::Unavailable, "The service is not available.")
            },
        }
    }
}

/// Whether the library refused the document: nothing was executed.
pub(super) fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response
            .errors
            .iter()
            .all(|error| error.path.is_empty() && error.source.is_none())
}

/// Whether one of the errors has this code.
pub(super) fn has(errors: &[ServerError], code: Code) -> bool {
    let code = Value::from(code.as_str());
    let mut codes = errors
        .iter()
        .filter_map(|error| error.extensions.as_ref()?.get("code"));
    codes.any(|other| *other == code)
}

/// Gives every error a code, hides what nobody meant to say, and cuts floods.
pub(super) fn mask(response: &mut Response, limits: &Limits, request_id: &str) {
    let refused = is_request_error(response);
    response.errors.truncate(limits.errors);
    for error in &mut response.errors {
        if error
            .extensions
            .as_ref()
            .is_some_and(|all| all.get("code").is_some())
        {
            error.source = None;
            continue;
        }
        let code = if refused {
            Code::ValidationFailed
        } else if is_input_error(error) {
            Code::InputInvalid
        } else {
            Code::Internal
        };
        if code == Code::Internal {
            tracing::error!(request_id, path = ?error.path, message = error.message, "fault in a resolver");
            error.message = "Something went wrong on our side.".into();
            error.extensions = None;
            error.source = None;
        }
        cut(&mut error.message);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("code", code.as_str());
        if code == Code::Internal {
            extensions.set("requestId", request_id);
        }
    }
}

/// The library's words about an argument. Errors that reached it through `?` carry a source and are not meant.
fn is_input_error(error: &ServerError) -> bool {
    const WORDS: [&str; 3] = [
        "Failed to parse \"",
        "Expected input type \"",
        "Invalid value for argument \"",
    ];
    error.source.is_none() && WORDS.iter().any(|words| error.message.starts_with(words))
}

/// Documents and values are echoed by the library: not at any length.
pub(super) fn cut(message: &mut String) {
    const LONGEST: usize = 300;
    if message.len() > LONGEST {
        message.truncate(message.floor_char_boundary(LONGEST));
        message.push('…');
    }
}
