//! A letter: what goes out by e-mail. The queue is filled with the notifications, in the transaction that settles
//! their fact.

pub mod commands;
pub mod entity;
pub mod policy;
pub mod queries;

use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::clock::Timestamp;
use crate::fact::Fact;
use crate::id::Id;
use crate::notification::{Notification, QuietHours, digest_day, digest_span};
use crate::outbox::Record;

pub use entity::{Kind, Model as Mail};

/// A digest waits for what arrived in its last moment to be committed.
const DIGEST_DELAY: TimeDelta = TimeDelta::minutes(1);

impl Mail {
    /// The letter that a notification makes at once.
    pub(crate) fn notice(row: &Notification, quiet: Option<QuietHours>, zone: Tz) -> Self {
        Self {
            person_id: Some(row.person_id),
            due_at: quiet.map_or(row.created_at, |quiet| quiet.over(row.created_at, zone)),
            ..Self::new(Kind::Notice, Some(row.fact_id), row.created_at)
        }
    }

    /// The digest that a notification stands on.
    pub(crate) fn digest(row: &Notification, quiet: Option<QuietHours>, zone: Tz) -> Self {
        let day = digest_day(row.created_at, zone);
        let (_, full) = digest_span(day, zone);
        let due = full + DIGEST_DELAY;
        Self {
            person_id: Some(row.person_id),
            day: Some(day),
            due_at: quiet.map_or(due, |quiet| quiet.over(due, zone)),
            ..Self::new(Kind::Digest, None, row.created_at)
        }
    }

    /// The letter that a fact makes by itself, whatever its audience prefers. It was asked for: no quiet hours.
    pub(crate) fn of(fact: &Fact, id: Id<Record>, now: Timestamp) -> Option<Self> {
        match fact {
            Fact::InvitationSent { .. } => Some(Self::new(Kind::Invitation, Some(id), now)),
            // Asked for with an address nobody has: nothing goes out.
            Fact::SignInLinkRequested { person, .. } => person.map(|person| Self {
                person_id: Some(person),
                ..Self::new(Kind::Link, Some(id), now)
            }),
            _ => None,
        }
    }

    fn new(kind: Kind, fact: Option<Id<Record>>, now: Timestamp) -> Self {
        Self {
            id: Id::fresh(),
            kind,
            person_id: None,
            fact_id: fact,
            day: None,
            created_at: now,
            due_at: now,
            attempts: 0,
            settled_at: None,
            parked_at: None,
        }
    }
}
