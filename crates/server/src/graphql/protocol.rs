//! The messages of `graphql-transport-ws`, and why a socket is closed.

use axum::extract::ws::{CloseFrame, Message};
use serde_json::{Map, Value, json};

use super::answer::Answer;

/// The only protocol spoken.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";
/// The longest id of an operation, in bytes.
const LONGEST_ID: usize = 128;
/// The longest reason a close frame can hold, in bytes.
const LONGEST_REASON: usize = 123;

/// What a client says.
#[derive(Debug)]
pub(super) enum Said {
    Init(Option<Value>),
    Ping(Option<Value>),
    Pong,
    Subscribe {
        id: String,
        parameters: Map<String, Value>,
    },
    Complete {
        id: String,
    },
}

/// Why a socket is closed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Close {
    Away,
    TooLarge,
    TryLater,
    BadMessage(String),
    Unauthorized,
    Forbidden,
    Protocol,
    InitTimeout,
    Exists(String),
    TooManyInits,
    TooManySockets,
    TooManySubscriptions,
    Throttled,
}

impl Close {
    pub(super) fn frame(&self) -> Message {
        let (code, reason) = match self {
            Self::Away => (1001, "Going away".into()),
            Self::TooLarge => (1009, "Message too large".into()),
            Self::TryLater => (1013, "Try again later".into()),
            Self::BadMessage(what) => (4400, what.clone()),
            Self::Unauthorized => (4401, "Unauthorized".into()),
            Self::Forbidden => (4403, "Forbidden".into()),
            Self::Protocol => (4406, "Subprotocol not acceptable".into()),
            Self::InitTimeout => (4408, "Connection initialisation timeout".into()),
            Self::Exists(id) => (4409, exists(id)),
            Self::TooManyInits => (4429, "Too many initialisation requests".into()),
            Self::TooManySockets => (4429, "Too many sockets".into()),
            Self::TooManySubscriptions => (4429, "Too many subscriptions".into()),
            Self::Throttled => (4429, "Too many requests".into()),
        };
        let reason = cut(&reason, LONGEST_REASON).into();
        Message::Close(Some(CloseFrame { code, reason }))
    }
}

/// Keeps the end of the sentence when the id is long.
fn exists(id: &str) -> String {
    format!("Subscriber for {} already exists", cut(id, 80))
}

fn cut(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest))
        .unwrap_or(text)
}

/// Reads a message.
pub(super) fn read(text: &str) -> Result<Said, Close> {
    let bad = |what: &str| Close::BadMessage(what.into());
    let message = serde_json::from_str(text).map_err(|_| bad("Message is not JSON"))?;
    let Value::Object(mut message) = message else {
        return Err(bad("Message is not an object"));
    };
    let Some(Value::String(kind)) = message.remove("type") else {
        return Err(bad("Message has no type"));
    };
    match kind.as_str() {
        "connection_init" => Ok(Said::Init(payload(&mut message)?)),
        "ping" => Ok(Said::Ping(payload(&mut message)?)),
        "pong" => payload(&mut message).map(|_| Said::Pong),
        "complete" => Ok(Said::Complete {
            id: id(&mut message)?,
        }),
        "subscribe" => {
            let id = id(&mut message)?;
            let Some(Value::Object(parameters)) = payload(&mut message)? else {
                return Err(bad("Subscribe has no payload"));
            };
            Ok(Said::Subscribe { id, parameters })
        }
        _ => Err(bad("Message type is not known")),
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Option<Value>, Close> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(payload @ Value::Object(_)) => Ok(Some(payload)),
        Some(_) => Err(Close::BadMessage("Payload is not an object".into())),
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, Close> {
    match message.remove("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= LONGEST_ID => Ok(id),
        _ => Err(Close::BadMessage("Id must be a short string".into())),
    }
}

pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

pub(super) fn pong(payload: Option<Value>) -> String {
    let mut pong = json!({ "type": "pong" });
    if let (Some(payload), Value::Object(pong)) = (payload, &mut pong) {
        pong.insert("payload".into(), payload);
    }
    pong.to_string()
}

pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

/// `next`, or `error` when nothing was executed; the latter ends the operation.
pub(super) fn answer(id: &str, answer: &Answer) -> String {
    #[derive(serde::Serialize)]
    struct Sent<'a, P> {
        id: &'a str,
        r#type: &'static str,
        payload: P,
    }
    let text = match answer.data {
        Some(_) => serde_json::to_string(&Sent {
            id,
            r#type: "next",
            payload: answer,
        }),
        None => serde_json::to_string(&Sent {
            id,
            r#type: "error",
            payload: &answer.errors,
        }),
    };
    text.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer can't be written as JSON");
        complete(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_fit_a_close_frame() {
        for close in [
            Close::Exists("ұ".repeat(64)),
            Close::BadMessage("ұ".repeat(200)),
        ] {
            let Message::Close(Some(frame)) = close.frame() else {
                panic!("not a close frame");
            };
            assert!(frame.reason.len() <= LONGEST_REASON, "{}", frame.reason);
        }
    }
}
