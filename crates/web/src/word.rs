//! The schema's enumerations, each as one Rust type, and their words in the page's language.

use graphql_client::GraphQLQuery;
use i18n::Locale;
use serde::Serialize;

use crate::fault::Fault;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/word.graphql",
    normalization = "rust",
    response_derives = "Clone, Debug, PartialEq"
)]
#[expect(dead_code, reason = "never run: its document names the enumerations")]
struct Words;

pub(crate) use words::{
    AccessTokenScope, ActivityKind, ActivityState, AudienceRung, ConsentKind, DesignationKind,
    DesignationState, EmailAudience, ImportKind, InvitationState, Language, LicenceCode,
    NetworkState, NotificationChannel, NotificationReason, PartnershipSide, PartnershipState,
    PersonState, PlanReportState, PlanState, PlanTerm, ResearchLessonState, ResourceKind,
    ResourceKinship, ResourceOrder, ResourceState, Role, SchoolState, StudyMemberState, StudyRole,
    StudyStageKind, StudyState, StudyStep,
};

/// The value as the schema writes it: what an option of a form sends.
pub(crate) fn written(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The one of these that was sent.
pub(crate) fn sent<T: Serialize + Clone>(options: &[T], text: &str) -> Result<T, Fault> {
    let found = options.iter().find(|option| written(option) == text);
    found.cloned().ok_or(Fault::Form)
}

/// The languages as a form offers them.
pub(crate) const LANGUAGES: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

/// Each language under its own name.
pub(crate) fn languages(say: Locale) -> Vec<(String, String)> {
    let names = [say.language_kk(), say.language_ru(), say.language_en()];
    LANGUAGES.iter().map(written).zip(names).collect()
}

/// As what somebody acts.
pub(crate) fn role(say: &Locale, role: &Role) -> String {
    match role {
        Role::PlatformAdmin => say.role_platform_admin(),
        Role::Trainer => say.role_trainer(),
        Role::Coordinator => say.role_coordinator(),
        Role::Teacher => say.role_teacher(),
        Role::Other(role) => code(role),
    }
}

pub(crate) fn person_state(say: &Locale, state: &PersonState) -> String {
    match state {
        PersonState::Active => say.state_person_active(),
        PersonState::Suspended => say.state_person_suspended(),
        PersonState::Erased => say.state_person_erased(),
        PersonState::Other(state) => code(state),
    }
}

pub(crate) fn import_kind(say: &Locale, kind: &ImportKind) -> String {
    match kind {
        ImportKind::Schools => say.schools_title(),
        ImportKind::Networks => say.networks_title(),
        ImportKind::Resources => say.import_resources(),
        ImportKind::Other(kind) => code(kind),
    }
}

pub(crate) fn reason(say: &Locale, reason: &NotificationReason) -> String {
    match reason {
        NotificationReason::PartnershipWaits => say.reason_partnership_waits(),
        NotificationReason::PartnershipChanged => say.reason_partnership_changed(),
        NotificationReason::NetworkChanged => say.reason_network_changed(),
        NotificationReason::SchoolChanged => say.reason_school_changed(),
        NotificationReason::DesignationChanged => say.reason_designation_changed(),
        NotificationReason::MembershipChanged => say.reason_membership_changed(),
        NotificationReason::ResourceShared => say.reason_resource_shared(),
        NotificationReason::ResourceAnswered => say.reason_resource_answered(),
        NotificationReason::ResourceModerated => say.reason_resource_moderated(),
        NotificationReason::PlanWaits => say.reason_plan_waits(),
        NotificationReason::PlanChanged => say.reason_plan_changed(),
        NotificationReason::StudyWaits => say.reason_study_waits(),
        NotificationReason::StudyChanged => say.reason_study_changed(),
        NotificationReason::Security => say.reason_security(),
        NotificationReason::Announcement => say.reason_announcement(),
        NotificationReason::Other(reason) => code(reason),
    }
}

/// The ways to be told.
pub(crate) const CHANNELS: [NotificationChannel; 4] = [
    NotificationChannel::Email,
    NotificationChannel::Digest,
    NotificationChannel::InApp,
    NotificationChannel::None,
];

/// The ways to be told, as a form offers them.
pub(crate) fn channels(say: Locale) -> Vec<(String, String)> {
    let words = [
        say.channel_email(),
        say.channel_digest(),
        say.channel_in_app(),
        say.channel_none(),
    ];
    CHANNELS.iter().map(written).zip(words).collect()
}

/// A code that is newer than this page is shown as it is.
fn code(code: &str) -> String {
    code.to_owned()
}

pub(crate) fn network_state(say: &Locale, state: &NetworkState) -> String {
    match state {
        NetworkState::Forming => say.state_network_forming(),
        NetworkState::Active => say.state_network_active(),
        NetworkState::Dormant => say.state_network_dormant(),
        NetworkState::Closed => say.state_network_closed(),
        NetworkState::Other(state) => code(state),
    }
}

pub(crate) fn partnership_state(say: &Locale, state: &PartnershipState) -> String {
    match state {
        PartnershipState::Invited => say.state_partnership_invited(),
        PartnershipState::Accepted => say.state_partnership_accepted(),
        PartnershipState::Declined => say.state_partnership_declined(),
        PartnershipState::Lapsed => say.state_partnership_lapsed(),
        PartnershipState::Active => say.state_partnership_active(),
        PartnershipState::Suspended => say.state_partnership_suspended(),
        PartnershipState::Ended => say.state_partnership_ended(),
        PartnershipState::Other(state) => code(state),
    }
}

/// The answer that a partnership's page begins with.
pub(crate) fn partnership_finding(say: &Locale, state: &PartnershipState) -> String {
    match state {
        PartnershipState::Invited => say.partnership_finding_invited(),
        PartnershipState::Accepted => say.partnership_finding_accepted(),
        PartnershipState::Declined => say.partnership_finding_declined(),
        PartnershipState::Lapsed => say.partnership_finding_lapsed(),
        PartnershipState::Active => say.partnership_finding_active(),
        PartnershipState::Suspended => say.partnership_finding_suspended(),
        PartnershipState::Ended => say.partnership_finding_ended(),
        PartnershipState::Other(state) => code(state),
    }
}

pub(crate) fn school_state(say: &Locale, state: &SchoolState) -> String {
    match state {
        SchoolState::Unclaimed => say.state_school_unclaimed(),
        SchoolState::Verified => say.state_school_verified(),
        SchoolState::Closed => say.state_school_closed(),
        SchoolState::Merged => say.state_school_merged(),
        SchoolState::Other(state) => code(state),
    }
}

/// The hand that draws it.
pub(crate) fn school_hand(state: &SchoolState) -> &'static str {
    match state {
        SchoolState::Verified => "done",
        SchoolState::Unclaimed => "plan",
        _ => "rest",
    }
}

pub(crate) fn designation_state(say: &Locale, state: &DesignationState) -> String {
    match state {
        DesignationState::Nominated => say.state_designation_nominated(),
        DesignationState::Awarded => say.state_designation_awarded(),
        DesignationState::Expired => say.state_designation_expired(),
        DesignationState::Withdrawn => say.state_designation_withdrawn(),
        DesignationState::Other(state) => code(state),
    }
}

/// The hand that draws it: pen for what is, pencil for what is to be, plain for what rests or is over.
pub(crate) fn partnership_hand(state: &PartnershipState) -> &'static str {
    match state {
        PartnershipState::Active => "done",
        PartnershipState::Invited | PartnershipState::Accepted => "plan",
        _ => "rest",
    }
}

/// The hand that draws it.
pub(crate) fn network_hand(state: &NetworkState) -> &'static str {
    match state {
        NetworkState::Active => "done",
        NetworkState::Forming => "plan",
        _ => "rest",
    }
}

/// The language as pages have it; `None` for one that is newer than this page.
pub(crate) fn locale(language: &Language) -> Option<Locale> {
    match language {
        Language::Kk => Some(Locale::Kk),
        Language::Ru => Some(Locale::Ru),
        Language::En => Some(Locale::En),
        Language::Other(_) => None,
    }
}

mod plan;

pub(crate) use plan::{
    activity_hand, activity_kind, activity_state, plan_finding, plan_hand, plan_report_hand,
    plan_report_state, plan_state, plan_term, plan_term_address,
};
