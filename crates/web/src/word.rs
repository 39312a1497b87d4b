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
struct Words;

pub(crate) use words::{Language, NetworkState, PartnershipState};

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

/// The language's tag, for `lang`; `None` when it is the page's own.
pub(crate) fn foreign(say: Locale, language: &Language) -> Option<&'static str> {
    let locale = match language {
        Language::Kk => Locale::Kk,
        Language::Ru => Locale::Ru,
        Language::En => Locale::En,
        Language::Other(_) => return None,
    };
    (locale != say).then_some(locale.tag())
}
