//! What the codes of studies are called.

use i18n::Locale;

use crate::word::{
    AudienceRung, ConsentKind, ResearchLessonState, StudyMemberState, StudyRole, StudyStageKind,
    StudyState,
};

pub(crate) fn state(say: &Locale, state: &StudyState) -> String {
    match state {
        StudyState::Draft => say.study_state_draft(),
        StudyState::Formed => say.study_state_formed(),
        StudyState::Focused => say.study_state_focused(),
        StudyState::Cycling => say.study_state_cycling(),
        StudyState::Concluding => say.study_state_concluding(),
        StudyState::Reported => say.study_state_reported(),
        StudyState::Shared => say.study_state_shared(),
        StudyState::Paused => say.study_state_paused(),
        StudyState::Abandoned => say.study_state_abandoned(),
        StudyState::Other(state) => state.clone(),
    }
}

/// The hand that draws it.
pub(crate) fn hand(state: &StudyState) -> &'static str {
    match state {
        StudyState::Shared => "done",
        StudyState::Draft => "plan",
        StudyState::Paused | StudyState::Abandoned | StudyState::Other(_) => "rest",
        _ => "now",
    }
}

pub(super) fn lesson_state(say: &Locale, state: &ResearchLessonState) -> String {
    match state {
        ResearchLessonState::Planning => say.study_lesson_planning(),
        ResearchLessonState::Frozen => say.study_lesson_frozen(),
        ResearchLessonState::Taught => say.study_lesson_taught(),
        ResearchLessonState::Discussed => say.study_lesson_discussed(),
        ResearchLessonState::Closed => say.study_lesson_closed(),
        ResearchLessonState::Other(state) => state.clone(),
    }
}

/// The hand that draws it.
pub(super) fn lesson_hand(state: &ResearchLessonState) -> &'static str {
    match state {
        ResearchLessonState::Closed => "done",
        ResearchLessonState::Taught => "due",
        ResearchLessonState::Planning => "plan",
        _ => "now",
    }
}

pub(super) fn role(say: &Locale, role: &StudyRole) -> String {
    match role {
        StudyRole::Lead => say.study_role_lead(),
        StudyRole::Member => say.study_role_member(),
        StudyRole::Moderator => say.study_role_moderator(),
        StudyRole::Facilitator => say.study_role_facilitator(),
        StudyRole::Expert => say.study_role_expert(),
        StudyRole::Other(role) => role.clone(),
    }
}

pub(super) fn member_state(say: &Locale, state: &StudyMemberState) -> String {
    match state {
        StudyMemberState::Invited => say.study_member_invited(),
        StudyMemberState::Joined => say.study_member_joined(),
        StudyMemberState::Declined => say.study_member_declined(),
        StudyMemberState::Left => say.study_member_left(),
        StudyMemberState::Other(state) => state.clone(),
    }
}

/// The hand that draws it.
pub(super) fn member_hand(state: &StudyMemberState) -> &'static str {
    match state {
        StudyMemberState::Joined => "done",
        StudyMemberState::Invited => "plan",
        _ => "rest",
    }
}

pub(super) fn consent(say: &Locale, kind: &ConsentKind) -> String {
    match kind {
        ConsentKind::Monitoring => say.study_consent_monitoring(),
        ConsentKind::Media => say.study_consent_media(),
        ConsentKind::Publication => say.study_consent_publication(),
        ConsentKind::Other(kind) => kind.clone(),
    }
}

pub(super) fn stage_kind(say: &Locale, kind: &StudyStageKind) -> String {
    match kind {
        StudyStageKind::Group => say.study_stage_group(),
        StudyStageKind::Protocol => say.study_stage_protocol(),
        StudyStageKind::Study => say.study_stage_study(),
        StudyStageKind::Proposal => say.study_stage_proposal(),
        StudyStageKind::Pupils => say.study_stage_pupils(),
        StudyStageKind::Plan => say.study_stage_plan(),
        StudyStageKind::Teach => say.study_stage_teach(),
        StudyStageKind::Interview => say.study_stage_interview(),
        StudyStageKind::Discuss => say.study_stage_discuss(),
        StudyStageKind::Conclude => say.study_stage_conclude(),
        StudyStageKind::Share => say.study_stage_share(),
        StudyStageKind::Other(kind) => kind.clone(),
    }
}

/// With whom a report is shared.
pub(super) fn rung(say: &Locale, rung: &AudienceRung) -> String {
    match rung {
        AudienceRung::School => say.study_rung_school(),
        AudienceRung::Network => say.study_rung_network(),
        AudienceRung::SignedIn => say.audience_signed_in(),
        AudienceRung::Public => say.audience_public(),
        AudienceRung::Author => say.audience_author(),
        AudienceRung::Partnership => say.audience_partnership(),
        AudienceRung::Other(rung) => rung.clone(),
    }
}
