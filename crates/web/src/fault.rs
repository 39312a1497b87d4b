//! Why there is no page, and the page that says so.

use std::fmt;

use askama::Template;
use axum::{
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};

use crate::visit::{Frame, Visit};

/// Why there is no page. A handler returns it; the layer around the pages shows it in the visitor's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is none, or none that the visitor may know of.
    NotFound,
    /// Only for people who are signed in: they are sent to sign in and come back.
    SignIn,
    /// The form was not shown by us to this browser, or its session ended meanwhile.
    Form,
    /// Too often.
    Throttled,
    /// Ours. Logged where it arose.
    Internal,
}

impl Fault {
    /// Logs a fault of ours; the visitor gets the request's id alone.
    pub(crate) fn internal(error: impl fmt::Display) -> Self {
        tracing::error!(%error, "page failed");
        Fault::Internal
    }

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::SignIn => StatusCode::SEE_OTHER,
            Fault::Form => StatusCode::FORBIDDEN,
            Fault::Throttled => StatusCode::TOO_MANY_REQUESTS,
            Fault::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page that says so.
    pub(crate) async fn show(self, visit: &Visit) -> Response {
        let say = visit.say;
        let (title, text) = match self {
            Fault::SignIn => {
                let back = Uri::try_from(visit.path()).ok().map(|uri| uri.to_string());
                let to = match back {
                    Some(back) => format!("/{say}/sign-in?return={}", percent(&back)),
                    None => format!("/{say}/sign-in"),
                };
                return Redirect::to(&to).into_response();
            }
            Fault::NotFound => (say.fault_not_found_title(), say.fault_not_found_text()),
            Fault::Form => (say.fault_form_title(), say.fault_form_text()),
            Fault::Throttled => (say.fault_throttled_title(), say.fault_throttled_text()),
            Fault::Internal => (say.fault_internal_title(), say.fault_internal_text()),
        };
        // Not `visit.frame()`: what failed may be what it asks for.
        let page = FaultPage {
            frame: visit.bare_frame(),
            title,
            text,
        };
        visit
            .answer(self.status(), &page)
            .unwrap_or_else(|fault| fault.status().into_response())
    }
}

/// Everything but what a path may contain as it is.
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    frame: Frame,
    title: String,
    text: String,
}
