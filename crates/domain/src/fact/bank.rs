//! What happens in the methodological piggy bank.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::study::AboutStudy;
use super::{Audience, Reason};
use crate::audience;
use crate::collection::Collection;
use crate::credit::CreditRecord;
use crate::id::Id;
use crate::network::Network;
use crate::person::Person;
use crate::resource::Resource;
use crate::school::School;
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
    Retold {
        work: Work,
        study: AboutStudy,
        joined: Vec<Id<Person>>,
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
    Used {
        work: Work,
    },
    Endorsed {
        work: Work,
        number: i32,
    },
    EndorsementWithdrawn {
        work: Work,
    },
    Commented {
        work: Work,
    },
    Mentioned {
        work: Work,
        people: Vec<Id<Person>>,
    },
    CommentRemoved {
        work: Work,
    },
    Reported {
        work: Work,
        school: Option<Id<School>>,
    },
    ReportDismissed {
        work: Work,
    },
    Hidden {
        work: Work,
        reason: String,
    },
    Restored {
        work: Work,
    },
    CollectionChanged {
        collection: Id<Collection>,
    },
    CollectionDeleted {
        collection: Id<Collection>,
    },
    CreditRecordIssued {
        record: Id<CreditRecord>,
    },
}

impl BankFact {
    /// The key of what it happened to.
    pub fn subject(&self) -> Uuid {
        match self {
            Self::CollectionChanged { collection } | Self::CollectionDeleted { collection } => {
                collection.uuid()
            }
            Self::CreditRecordIssued { record } => record.uuid(),
            Self::Begun { work }
            | Self::Retold { work, .. }
            | Self::Written { work, .. }
            | Self::Shared { work, .. }
            | Self::Aimed { work, .. }
            | Self::Copied { work, .. }
            | Self::Withdrawn { work, .. }
            | Self::Used { work }
            | Self::Endorsed { work, .. }
            | Self::EndorsementWithdrawn { work }
            | Self::Commented { work }
            | Self::Mentioned { work, .. }
            | Self::CommentRemoved { work }
            | Self::Reported { work, .. }
            | Self::ReportDismissed { work }
            | Self::Hidden { work, .. }
            | Self::Restored { work } => work.resource.uuid(),
        }
    }

    /// The work it happened to, if it happened to one.
    pub fn resource(&self) -> Option<Id<Resource>> {
        match self {
            Self::CollectionChanged { .. }
            | Self::CollectionDeleted { .. }
            | Self::CreditRecordIssued { .. } => None,
            _ => Some(Id::from_uuid(self.subject())),
        }
    }

    /// Who hears of it, and why.
    pub fn audience(&self) -> (Audience, Reason) {
        match self {
            Self::Begun { .. }
            | Self::Aimed { .. }
            | Self::CommentRemoved { .. }
            | Self::ReportDismissed { .. }
            | Self::CollectionChanged { .. }
            | Self::CollectionDeleted { .. }
            | Self::CreditRecordIssued { .. } => (Audience::Nobody, Reason::ResourceShared),
            Self::Retold { joined: people, .. }
            | Self::Written { joined: people, .. }
            | Self::Mentioned { people, .. } => {
                (Audience::People(people.clone()), Reason::ResourceAnswered)
            }
            Self::Shared { network, .. } => (
                network.map_or(Audience::Nobody, Audience::Network),
                Reason::ResourceShared,
            ),
            Self::Copied { work, .. }
            | Self::Used { work }
            | Self::Endorsed { work, .. }
            | Self::EndorsementWithdrawn { work }
            | Self::Commented { work } => {
                (Audience::Authors(work.resource), Reason::ResourceAnswered)
            }
            Self::Reported { school, .. } => {
                (Audience::Moderators(*school), Reason::ResourceModerated)
            }
            Self::Hidden { work, .. } | Self::Restored { work } => {
                (Audience::Authors(work.resource), Reason::ResourceModerated)
            }
            Self::Withdrawn { work, .. } => {
                (Audience::Takers(work.resource), Reason::ResourceModerated)
            }
        }
    }
}
