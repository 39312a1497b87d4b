//! What happens in the methodological piggy bank.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Audience, Reason};
use crate::audience;
use crate::id::Id;
use crate::network::Network;
use crate::person::Person;
use crate::resource::Resource;
use crate::text::Localized;

/// A work as it was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The work.
    pub resource: Id<Resource>,
    /// What it was called.
    pub title: Localized,
}

/// Something that happened to a work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "bank", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each variant is its own sentence, and its fields repeat the words of the domain"
)]
pub enum BankFact {
    Begun {
        work: Work,
    },
    Written {
        work: Work,
        joined: Vec<Id<Person>>,
    },
    Shared {
        work: Work,
        number: i32,
        network: Option<Id<Network>>,
    },
    Aimed {
        work: Work,
        audience: audience::Audience,
    },
    Copied {
        work: Work,
        copy: Id<Resource>,
        translation: bool,
    },
    Withdrawn {
        work: Work,
        reason: String,
    },
}

impl BankFact {
    /// The key of what it happened to.
    pub fn subject(&self) -> Uuid {
        self.work().resource.uuid()
    }

    /// The work it happened to.
    pub fn work(&self) -> &Work {
        match self {
            Self::Begun { work }
            | Self::Written { work, .. }
            | Self::Shared { work, .. }
            | Self::Aimed { work, .. }
            | Self::Copied { work, .. }
            | Self::Withdrawn { work, .. } => work,
        }
    }

    /// Who hears of it, and why.
    pub fn audience(&self) -> (Audience, Reason) {
        match self {
            Self::Begun { .. } | Self::Aimed { .. } => (Audience::Nobody, Reason::ResourceShared),
            Self::Written { joined, .. } => {
                (Audience::People(joined.clone()), Reason::ResourceAnswered)
            }
            Self::Shared { network, .. } => (
                network.map_or(Audience::Nobody, Audience::Network),
                Reason::ResourceShared,
            ),
            Self::Copied { work, .. } => {
                (Audience::Authors(work.resource), Reason::ResourceAnswered)
            }
            Self::Withdrawn { work, .. } => {
                (Audience::Takers(work.resource), Reason::ResourceModerated)
            }
        }
    }
}
