//! An invitation: a link by e-mail that makes a person a member somewhere, once, within seven days.
//!
//! Sent as Coordinator of a school that nobody speaks for, it is the way to claim that school: accepting it makes the
//! school verified. open → accepted or taken back; an open one runs out by itself.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

use crate::clock::Timestamp;

pub use entity::Model as Invitation;

/// How long one is good for.
pub const LASTS: chrono::Duration = chrono::Duration::days(7);

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can be accepted.
    Open,
    /// It was.
    Accepted,
    /// It was taken back.
    Revoked,
    /// Nobody came in time.
    Expired,
}

impl Invitation {
    /// Where it stands at `now`.
    pub fn state(&self, now: Timestamp) -> State {
        match (self.closed_at, self.accepted_by_id) {
            (_, Some(_)) => State::Accepted,
            (Some(_), None) => State::Revoked,
            (None, None) if self.expires_at <= now => State::Expired,
            (None, None) => State::Open,
        }
    }

    pub(crate) fn closed(self, now: Timestamp) -> Self {
        Self {
            closed_at: Some(now),
            ..self
        }
    }
}
