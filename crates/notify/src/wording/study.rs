//! What happens in studies, in words.

use domain::fact::study::StudyFact;
use domain::research_lesson;
use domain::study::{Role, State};
use i18n::Locale;

use super::Notice;

/// What a fact of a study reads like; none for one that nobody is told of.
pub(super) fn notice(say: Locale, fact: &StudyFact) -> Option<Notice> {
    let because = |reason: &Option<String>| reason.as_ref().map(|reason| say.notice_reason(reason));
    Some(match fact {
        StudyFact::Invited { study, role, .. } => match role {
            Role::Expert => say.notice_study_invited_expert(&study.theme),
            Role::Lead | Role::Member | Role::Moderator | Role::Facilitator => {
                say.notice_study_invited(&study.theme)
            }
        }
        .into(),
        StudyFact::Joined { study, .. } => say.notice_study_joined(&study.theme).into(),
        StudyFact::Declined { study, .. } => say.notice_study_declined(&study.theme).into(),
        StudyFact::Left { study, .. } => say.notice_study_left(&study.theme).into(),
        StudyFact::LeadOffered { study, .. } => say.notice_lead_offered(&study.theme).into(),
        StudyFact::LeadDeclined { study, .. } => say.notice_lead_declined(&study.theme).into(),
        StudyFact::LeadTaken { study, .. } => say.notice_lead_taken(&study.theme).into(),
        StudyFact::Turned {
            study,
            state,
            reason,
        } => Notice {
            title: turned(say, *state, &study.theme),
            body: because(reason),
        },
        StudyFact::ObserverAssigned { study, number, .. } => {
            say.notice_observer_assigned(*number, &study.theme).into()
        }
        StudyFact::CellCommented { study, number, .. } => {
            say.notice_cell_commented(*number, &study.theme).into()
        }
        StudyFact::DiscussionDue { study, number, .. } => {
            say.notice_discussion_due(*number, &study.theme).into()
        }
        StudyFact::LessonTurned {
            study,
            number,
            state,
            discussing,
            ..
        } => match state {
            research_lesson::State::Planning | research_lesson::State::Frozen => return None,
            research_lesson::State::Taught if *discussing => {
                say.notice_discussion_opened(*number, &study.theme)
            }
            research_lesson::State::Taught => say.notice_lesson_taught(*number, &study.theme),
            research_lesson::State::Discussed => say.notice_lesson_discussed(*number, &study.theme),
            research_lesson::State::Closed => say.notice_lesson_closed(*number, &study.theme),
        }
        .into(),
        StudyFact::TemplateWritten { .. }
        | StudyFact::Created { .. }
        | StudyFact::Changed { .. }
        | StudyFact::ProtocolAccepted { .. }
        | StudyFact::Worked { .. } => return None,
    })
}

fn turned(say: Locale, state: State, theme: &str) -> String {
    match state {
        State::Shared => say.notice_study_shared(theme),
        State::Paused => say.notice_study_paused(theme),
        State::Abandoned => say.notice_study_abandoned(theme),
        State::Draft
        | State::Formed
        | State::Focused
        | State::Cycling
        | State::Concluding
        | State::Reported => say.notice_study_further(theme),
    }
}
