//! The schema's enumerations, each as one Rust type, and their words in the page's language.

use graphql_client::GraphQLQuery;
use i18n::Locale;

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
    DesignationKind, DesignationState, Language, NetworkState, PartnershipSide, PartnershipState,
    SchoolState,
};

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

pub(crate) fn designation_kind(say: &Locale, kind: &DesignationKind) -> String {
    match kind {
        DesignationKind::Leading => say.partnership_side_leading(),
        DesignationKind::Magnetic => say.partnership_side_magnetic(),
        DesignationKind::Other(kind) => code(kind),
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

pub(crate) fn side(say: &Locale, side: &PartnershipSide) -> String {
    match side {
        PartnershipSide::Leading => say.partnership_side_leading(),
        PartnershipSide::Magnetic => say.partnership_side_magnetic(),
        PartnershipSide::Other(side) => code(side),
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
