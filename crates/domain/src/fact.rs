//! What can happen, and who hears of it.
//!
//! A fact is self-contained: it carries the names of schools as they were, so that the audit still reads right after a
//! merger and a notice needs no look-up. It names persons by id only, so that erasing a person erases them here.
//! The enum is closed: a new fact without an audience here, or without its Kazakh sentence in `notify`, does not compile.

pub mod bank;
mod link;
pub mod plan;
pub mod study;

use chrono::NaiveDate;
use sea_orm::{DeriveActiveEnum, EnumIter, sea_query::StringLen};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::announcement::{self, Announcement};
use crate::designation::{self, Designation};
use crate::file::File;
use crate::id::Id;
use crate::invitation::Invitation;
use crate::membership::{Membership, Role};
use crate::network::Network;
use crate::partnership::{Partnership, Side};
use crate::person::Person;
use crate::plan::Activity;
use crate::resource::Resource;
use crate::school::School;
use crate::sign_in_link::SignInLink;
use crate::study::Study;
use crate::text::Localized;

pub use link::Link;

/// A school as it was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The school.
    pub school: Id<School>,
    /// What it was called.
    pub name: Localized,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each variant is its own sentence, and its fields repeat the words of the domain"
)]
pub enum Fact {
    PartnershipInvited {
        link: Link,
        by: Side,
        lapses_on: NaiveDate,
    },
    PartnershipAccepted {
        link: Link,
        by: Side,
    },
    PartnershipDeclined {
        link: Link,
        by: Side,
        reason: String,
    },
    PartnershipLapsed {
        link: Link,
    },
    AgreementWritten {
        link: Link,
        by: Side,
        version: i32,
    },
    AgreementSigned {
        link: Link,
        by: Side,
    },
    PartnershipActivated {
        link: Link,
    },
    PartnershipSuspended {
        link: Link,
        by: Side,
        reason: String,
    },
    PartnershipResumed {
        link: Link,
        by: Side,
    },
    PartnershipEnded {
        link: Link,
        by: Side,
        reason: String,
    },
    NetworkFounded {
        network: Id<Network>,
        name: Localized,
        leading: Named,
    },
    NetworkChanged {
        network: Id<Network>,
        name: Localized,
    },
    NetworkClosed {
        network: Id<Network>,
        name: Localized,
        leading: Vec<Id<School>>,
        reason: String,
    },
    FileAdded {
        file: Id<File>,
    },
    FileRemoved {
        file: Id<File>,
    },
    DesignationNominated {
        designation: Id<Designation>,
        school: Named,
        kind: designation::Kind,
    },
    DesignationAwarded {
        designation: Id<Designation>,
        school: Named,
        kind: designation::Kind,
        until: Option<NaiveDate>,
    },
    DesignationExpired {
        designation: Id<Designation>,
        school: Named,
        kind: designation::Kind,
    },
    DesignationWithdrawn {
        designation: Id<Designation>,
        school: Named,
        kind: designation::Kind,
        reason: String,
    },
    SchoolAdded {
        school: Named,
    },
    SchoolChanged {
        school: Named,
    },
    SchoolClaimed {
        school: Named,
    },
    SchoolClosed {
        school: Named,
        reason: String,
    },
    SchoolMerged {
        school: Named,
        into: Named,
    },
    SchoolsImported {
        run: Uuid,
        file: String,
        added: u64,
        changed: u64,
        rejected: u64,
    },
    InvitationSent {
        invitation: Id<Invitation>,
        role: Role,
        place: Localized,
    },
    InvitationRevoked {
        invitation: Id<Invitation>,
    },
    InvitationAccepted {
        invitation: Id<Invitation>,
        person: Id<Person>,
        inviter: Option<Id<Person>>,
        role: Role,
        place: Localized,
    },
    SignInLinkRequested {
        link: Id<SignInLink>,
        person: Option<Id<Person>>,
    },
    SignedIn {
        person: Id<Person>,
    },
    PasswordChanged {
        person: Id<Person>,
    },
    SessionsEnded {
        person: Id<Person>,
        count: u64,
    },
    AccessTokenCreated {
        person: Id<Person>,
        name: String,
    },
    AccessTokenRevoked {
        person: Id<Person>,
        name: String,
    },
    PersonChanged {
        person: Id<Person>,
    },
    PersonSuspended {
        person: Id<Person>,
        reason: String,
    },
    PersonRestored {
        person: Id<Person>,
    },
    Bank(bank::BankFact),
    Plan(plan::PlanFact),
    Study(study::StudyFact),
    CalendarFeedCreated {
        person: Id<Person>,
    },
    CalendarFeedRevoked {
        person: Id<Person>,
    },
    MembershipEnded {
        membership: Id<Membership>,
        person: Id<Person>,
        role: Role,
        place: Localized,
    },
    AnnouncementPublished {
        announcement: Id<Announcement>,
        scope: announcement::Scope,
        title: Localized,
        text: Localized,
    },
}

/// Why somebody is told: what preferences are set by.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A partnership waits for this person's school.
    PartnershipWaits,
    /// A partnership of their school changed.
    PartnershipChanged,
    /// Their network changed.
    NetworkChanged,
    /// A designation of their school changed.
    DesignationChanged,
    /// Their school's entry changed.
    SchoolChanged,
    /// Somebody they invited came, or their own role changed.
    MembershipChanged,
    /// A work was shared with their network.
    ResourceShared,
    /// Somebody made something of their work, or wrote to them about one.
    ResourceAnswered,
    /// A work was reported, hidden or withdrawn.
    ResourceModerated,
    /// A joint plan, one of its activities or its report waits for them.
    PlanWaits,
    /// A joint plan of their school changed.
    PlanChanged,
    /// A study waits for them.
    StudyWaits,
    /// A study in which they take part changed.
    StudyChanged,
    /// Their account: passwords, tokens, sessions.
    Security,
    /// Something was announced to everybody, to their region or their network.
    Announcement,
}

/// Who hears of a fact. Whoever did it is never told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Nobody: it is recorded, and that is all.
    Nobody,
    /// One person.
    Person(Id<Person>),
    /// The coordinators of these schools.
    Coordinators(Vec<Id<School>>),
    /// Everybody to whom something is announced.
    All(announcement::Scope),
    /// The coordinators of the schools of a network.
    Network(Id<Network>),
    /// These persons.
    People(Vec<Id<Person>>),
    /// Those who wrote a work.
    Authors(Id<Resource>),
    /// Administrators, and the trainers of the region where this school is.
    Moderators(Option<Id<School>>),
    /// Those who used a work in class or took copies of it.
    Takers(Id<Resource>),
    /// Those who take part in a study.
    Group(Id<Study>),
    /// The coordinators of these schools, and those of their people who answer for an activity.
    Activity(Id<Activity>, Vec<Id<School>>),
    /// The trainers of the region where this school is.
    Trainers(Id<School>),
}

impl Audience {
    /// Whether it may be as large as the country: such a fact has a lane of its own, so that no other waits for it.
    pub fn is_wide(&self) -> bool {
        matches!(self, Self::All(_))
    }
}

impl Fact {
    /// The key of what it happened to.
    pub fn subject(&self) -> Uuid {
        match self {
            Self::PartnershipInvited { link, .. }
            | Self::PartnershipAccepted { link, .. }
            | Self::PartnershipDeclined { link, .. }
            | Self::PartnershipLapsed { link }
            | Self::AgreementWritten { link, .. }
            | Self::AgreementSigned { link, .. }
            | Self::PartnershipActivated { link }
            | Self::PartnershipSuspended { link, .. }
            | Self::PartnershipResumed { link, .. }
            | Self::PartnershipEnded { link, .. } => link.partnership.uuid(),
            Self::NetworkFounded { network, .. }
            | Self::NetworkChanged { network, .. }
            | Self::NetworkClosed { network, .. } => network.uuid(),
            Self::DesignationNominated { designation, .. }
            | Self::DesignationAwarded { designation, .. }
            | Self::DesignationExpired { designation, .. }
            | Self::DesignationWithdrawn { designation, .. } => designation.uuid(),
            Self::SchoolAdded { school }
            | Self::SchoolChanged { school }
            | Self::SchoolClaimed { school }
            | Self::SchoolClosed { school, .. }
            | Self::SchoolMerged { school, .. } => school.school.uuid(),
            Self::FileAdded { file } | Self::FileRemoved { file } => file.uuid(),
            Self::SchoolsImported { run, .. } => *run,
            Self::AnnouncementPublished { announcement, .. } => announcement.uuid(),
            Self::InvitationSent { invitation, .. }
            | Self::InvitationRevoked { invitation }
            | Self::InvitationAccepted { invitation, .. } => invitation.uuid(),
            Self::SignInLinkRequested { link, .. } => link.uuid(),
            Self::SignedIn { person }
            | Self::PasswordChanged { person }
            | Self::SessionsEnded { person, .. }
            | Self::AccessTokenCreated { person, .. }
            | Self::AccessTokenRevoked { person, .. }
            | Self::CalendarFeedCreated { person }
            | Self::CalendarFeedRevoked { person }
            | Self::PersonChanged { person }
            | Self::PersonSuspended { person, .. }
            | Self::PersonRestored { person } => person.uuid(),
            Self::Bank(fact) => fact.subject(),
            Self::Plan(fact) => fact.subject(),
            Self::Study(fact) => fact.subject(),
            Self::MembershipEnded { membership, .. } => membership.uuid(),
        }
    }

    /// Who hears of it, and why; exhaustive, so that nobody can forget.
    pub fn audience(&self) -> (Audience, Reason) {
        match self {
            Self::PartnershipInvited { link, .. }
            | Self::PartnershipAccepted { link, .. }
            | Self::AgreementWritten { link, .. }
            | Self::AgreementSigned { link, .. } => (link.coordinators(), Reason::PartnershipWaits),
            Self::PartnershipDeclined { link, .. }
            | Self::PartnershipLapsed { link }
            | Self::PartnershipActivated { link }
            | Self::PartnershipSuspended { link, .. }
            | Self::PartnershipResumed { link, .. }
            | Self::PartnershipEnded { link, .. } => {
                (link.coordinators(), Reason::PartnershipChanged)
            }
            Self::NetworkClosed { leading, .. } => (
                Audience::Coordinators(leading.clone()),
                Reason::NetworkChanged,
            ),
            Self::FileAdded { .. } | Self::FileRemoved { .. } => {
                (Audience::Nobody, Reason::ResourceShared)
            }
            Self::NetworkFounded { .. } | Self::NetworkChanged { .. } => {
                (Audience::Nobody, Reason::NetworkChanged)
            }
            Self::DesignationNominated { .. } => (Audience::Nobody, Reason::DesignationChanged),
            Self::DesignationAwarded { school, .. }
            | Self::DesignationExpired { school, .. }
            | Self::DesignationWithdrawn { school, .. } => (
                Audience::Coordinators(vec![school.school]),
                Reason::DesignationChanged,
            ),
            Self::SchoolChanged { school }
            | Self::SchoolClaimed { school }
            | Self::SchoolClosed { school, .. } => (
                Audience::Coordinators(vec![school.school]),
                Reason::SchoolChanged,
            ),
            Self::SchoolMerged { school, into } => (
                Audience::Coordinators(vec![school.school, into.school]),
                Reason::SchoolChanged,
            ),
            Self::SchoolAdded { .. } | Self::SchoolsImported { .. } => {
                (Audience::Nobody, Reason::SchoolChanged)
            }
            Self::InvitationAccepted { inviter, .. } => (
                inviter.map_or(Audience::Nobody, Audience::Person),
                Reason::MembershipChanged,
            ),
            Self::InvitationSent { .. } | Self::InvitationRevoked { .. } => {
                (Audience::Nobody, Reason::MembershipChanged)
            }
            Self::Bank(fact) => fact.audience(),
            Self::Plan(fact) => fact.audience(),
            Self::Study(fact) => fact.audience(),
            Self::MembershipEnded { person, .. } => {
                (Audience::Person(*person), Reason::MembershipChanged)
            }
            Self::PersonChanged { .. }
            | Self::CalendarFeedCreated { .. }
            | Self::CalendarFeedRevoked { .. }
            | Self::SignedIn { .. }
            | Self::SignInLinkRequested { .. } => (Audience::Nobody, Reason::Security),
            // The owner is told even when it was the owner: it may have been somebody else with the owner's password.
            Self::PasswordChanged { person } | Self::AccessTokenCreated { person, .. } => {
                (Audience::Person(*person), Reason::Security)
            }
            Self::SessionsEnded { .. } | Self::AccessTokenRevoked { .. } => {
                (Audience::Nobody, Reason::Security)
            }
            Self::PersonSuspended { person, .. } | Self::PersonRestored { person } => {
                (Audience::Person(*person), Reason::Security)
            }
            Self::AnnouncementPublished { scope, .. } => {
                (Audience::All(*scope), Reason::Announcement)
            }
        }
    }

    /// The partnership that is no longer as it was.
    pub fn partnership(&self) -> Option<Id<Partnership>> {
        match self {
            Self::PartnershipInvited { link, .. }
            | Self::PartnershipAccepted { link, .. }
            | Self::PartnershipDeclined { link, .. }
            | Self::PartnershipLapsed { link }
            | Self::AgreementWritten { link, .. }
            | Self::AgreementSigned { link, .. }
            | Self::PartnershipActivated { link }
            | Self::PartnershipSuspended { link, .. }
            | Self::PartnershipResumed { link, .. }
            | Self::PartnershipEnded { link, .. } => Some(link.partnership),
            _ => None,
        }
    }

    /// Whether whoever did it is told as well.
    pub fn tells_actor(&self) -> bool {
        matches!(
            self,
            Self::PasswordChanged { .. } | Self::AccessTokenCreated { .. }
        )
    }
}

impl Reason {
    /// Whether it can't wait for the digest unless the person says so.
    pub fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::PartnershipWaits | Self::PlanWaits | Self::StudyWaits | Self::Security
        )
    }
}
