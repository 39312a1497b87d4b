//! The words of joint plans.

use i18n::Locale;

use super::{ActivityKind, ActivityState, PlanReportState, PlanState, PlanTerm, code};

/// What is to be said first of a plan.
pub(crate) fn plan_finding(say: &Locale, state: &PlanState) -> String {
    match state {
        PlanState::Draft => say.plan_finding_draft(),
        PlanState::Agreed => say.plan_finding_agreed(),
        PlanState::Running => say.plan_finding_running(),
        PlanState::Reported => say.plan_finding_reported(),
        PlanState::Acknowledged => say.plan_finding_acknowledged(),
        PlanState::Returned => say.plan_finding_returned(),
        PlanState::Other(state) => code(state),
    }
}

pub(crate) fn plan_state(say: &Locale, state: &PlanState) -> String {
    match state {
        PlanState::Draft => say.state_plan_draft(),
        PlanState::Agreed => say.state_plan_agreed(),
        PlanState::Running => say.state_plan_running(),
        PlanState::Reported => say.state_plan_reported(),
        PlanState::Acknowledged => say.state_plan_acknowledged(),
        PlanState::Returned => say.state_plan_returned(),
        PlanState::Other(state) => code(state),
    }
}

/// The hand that draws it.
pub(crate) fn plan_hand(state: &PlanState) -> &'static str {
    match state {
        PlanState::Draft => "plan",
        PlanState::Returned => "due",
        _ => "done",
    }
}

pub(crate) fn activity_kind(say: &Locale, kind: &ActivityKind) -> String {
    say.activity_kind(match kind {
        ActivityKind::LessonStudy => "lesson-study",
        ActivityKind::OpenLesson => "open-lesson",
        ActivityKind::Seminar => "seminar",
        ActivityKind::MasterClass => "master-class",
        ActivityKind::Mentoring => "mentoring",
        ActivityKind::Visit => "visit",
        ActivityKind::Conference => "conference",
        ActivityKind::Meeting | ActivityKind::Other(_) => "meeting",
    })
}

/// Where an activity stands; one that is planned is only proposed until both sides agreed on it.
pub(crate) fn activity_state(say: &Locale, state: &ActivityState, agreed: &bool) -> String {
    match state {
        ActivityState::Planned if *agreed => say.state_activity_planned(),
        ActivityState::Planned => say.state_activity_proposed(),
        ActivityState::Done => say.state_activity_done(),
        ActivityState::Cancelled => say.state_activity_cancelled(),
        ActivityState::Other(state) => code(state),
    }
}

/// The hand that draws it.
pub(crate) fn activity_hand(state: &ActivityState, agreed: &bool) -> &'static str {
    match state {
        ActivityState::Done => "done",
        ActivityState::Planned if *agreed => "now",
        ActivityState::Planned => "plan",
        _ => "rest",
    }
}

pub(crate) fn plan_report_state(say: &Locale, state: &PlanReportState) -> String {
    match state {
        PlanReportState::Draft => say.state_plan_report_draft(),
        PlanReportState::Sent => say.state_plan_report_sent(),
        PlanReportState::Acknowledged => say.state_plan_report_acknowledged(),
        PlanReportState::Returned => say.state_plan_report_returned(),
        PlanReportState::Other(state) => code(state),
    }
}

/// The hand that draws it.
pub(crate) fn plan_report_hand(state: &PlanReportState) -> &'static str {
    match state {
        PlanReportState::Draft => "plan",
        PlanReportState::Returned => "due",
        _ => "done",
    }
}

pub(crate) fn plan_term(say: &Locale, term: &PlanTerm) -> String {
    match term {
        PlanTerm::HalfYear => say.plan_term_half(),
        PlanTerm::Year => say.plan_term_year(),
        PlanTerm::Other(term) => code(term),
    }
}

/// As addresses have it.
pub(crate) fn plan_term_address(term: &PlanTerm) -> &'static str {
    match term {
        PlanTerm::HalfYear => "half",
        _ => "year",
    }
}
