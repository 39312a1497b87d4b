//! What the bank's codes are called.

use i18n::Locale;
use serde::{Deserialize, Serialize};

use crate::word::{AudienceRung, ResourceKind, ResourceKinship, ResourceOrder, ResourceState};

/// The sorts of works, as forms offer them.
pub(super) const KINDS: [ResourceKind; 8] = [
    ResourceKind::LessonPlan,
    ResourceKind::Worksheet,
    ResourceKind::Slides,
    ResourceKind::Assessment,
    ResourceKind::Video,
    ResourceKind::Link,
    ResourceKind::Article,
    ResourceKind::ToolkitStep,
];

pub(super) fn kind(say: &Locale, kind: &ResourceKind) -> String {
    match kind {
        ResourceKind::LessonPlan => say.kind_lesson_plan(),
        ResourceKind::Worksheet => say.kind_worksheet(),
        ResourceKind::Slides => say.kind_slides(),
        ResourceKind::Assessment => say.kind_assessment(),
        ResourceKind::Video => say.kind_video(),
        ResourceKind::Link => say.kind_link(),
        ResourceKind::Article => say.kind_article(),
        ResourceKind::ToolkitStep => say.kind_toolkit_step(),
        ResourceKind::Other(kind) => kind.clone(),
    }
}

pub(super) fn kind_icon(kind: &ResourceKind) -> &'static str {
    use crate::icon;
    match kind {
        ResourceKind::LessonPlan => icon::STUDY,
        ResourceKind::Worksheet => icon::GRID,
        ResourceKind::Slides | ResourceKind::Video => icon::SLIDES,
        ResourceKind::Assessment => icon::CHECK,
        ResourceKind::Article => icon::JOURNAL,
        ResourceKind::ToolkitStep => icon::BAG,
        ResourceKind::Link | ResourceKind::Other(_) => icon::DOC,
    }
}

pub(crate) fn state(say: &Locale, state: &ResourceState) -> String {
    match state {
        ResourceState::Draft => say.state_resource_draft(),
        ResourceState::Shared => say.state_resource_shared(),
        ResourceState::Hidden => say.state_resource_hidden(),
        ResourceState::Withdrawn => say.state_resource_withdrawn(),
        ResourceState::Other(state) => state.clone(),
    }
}

/// The hand that draws it.
pub(crate) fn state_hand(state: &ResourceState) -> &'static str {
    match state {
        ResourceState::Draft => "plan",
        ResourceState::Shared => "done",
        ResourceState::Hidden => "due",
        ResourceState::Withdrawn | ResourceState::Other(_) => "rest",
    }
}

pub(super) fn order(say: &Locale, order: &ResourceOrder) -> String {
    match order {
        ResourceOrder::Newest => say.bank_order_newest(),
        ResourceOrder::MostUsed => say.bank_order_used(),
        ResourceOrder::MostCopied => say.bank_order_copied(),
        // Harvesters' order: no page offers it.
        ResourceOrder::Changed => String::new(),
        ResourceOrder::Other(order) => order.clone(),
    }
}

pub(super) fn rung(say: &Locale, rung: &AudienceRung) -> String {
    match rung {
        AudienceRung::Author => say.audience_author(),
        AudienceRung::School => say.audience_school(),
        AudienceRung::Partnership => say.audience_partnership(),
        AudienceRung::Network => say.audience_network(),
        AudienceRung::SignedIn => say.audience_signed_in(),
        AudienceRung::Public => say.audience_public(),
        AudienceRung::Other(rung) => rung.clone(),
    }
}

pub(super) fn kinship(say: &Locale, kinship: &ResourceKinship) -> String {
    match kinship {
        ResourceKinship::Origin => say.kinship_origin(),
        ResourceKinship::Adaptation => say.kinship_adaptation(),
        ResourceKinship::Translation => say.kinship_translation(),
        ResourceKinship::Other(kinship) => kinship.clone(),
    }
}

/// What may be wrong with a work. Written by hand: one of its codes is a name that generated types keep for codes that
/// are newer than they.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ResourceReportGround {
    Copyright,
    Privacy,
    Harm,
    Mistake,
    Spam,
    Other,
    Appeal,
}

pub(super) fn ground(say: &Locale, ground: &ResourceReportGround) -> String {
    match ground {
        ResourceReportGround::Copyright => say.ground_copyright(),
        ResourceReportGround::Privacy => say.ground_privacy(),
        ResourceReportGround::Harm => say.ground_harm(),
        ResourceReportGround::Mistake => say.ground_mistake(),
        ResourceReportGround::Spam => say.ground_spam(),
        ResourceReportGround::Other => say.ground_other(),
        ResourceReportGround::Appeal => say.ground_appeal(),
    }
}

/// The grades a work is for.
pub(super) fn grades(say: &Locale, from: &i64, to: &i64) -> String {
    if from == to {
        say.bank_grade(*from)
    } else {
        say.bank_grades(*from, *to)
    }
}
