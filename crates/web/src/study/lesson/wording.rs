//! What the codes of lessons are called, each as one Rust type.

use graphql_client::GraphQLQuery;
use i18n::Locale;

use crate::scalar::Id;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/lesson.graphql",
    normalization = "rust",
    response_derives = "Clone, Debug, PartialEq"
)]
#[expect(dead_code, reason = "never run: its document names the enumerations")]
struct LessonWords;

pub(super) use crate::{
    study::wording::{lesson_hand as hand, lesson_state as state},
    word::ResearchLessonState,
};
pub(super) use lesson_words::{ObservationState, ResearchLessonStep, SheetCellKind};

/// The steps of a lesson in their order.
pub(super) const STEPS: [ResearchLessonStep; 6] = [
    ResearchLessonStep::Freeze,
    ResearchLessonStep::Thaw,
    ResearchLessonStep::Teach,
    ResearchLessonStep::OpenDiscussion,
    ResearchLessonStep::Discuss,
    ResearchLessonStep::Close,
];

/// What an interview asks, in its order.
pub(super) const INTERVIEW: [SheetCellKind; 5] = [
    SheetCellKind::Enjoyed,
    SheetCellKind::Learned,
    SheetCellKind::CanDo,
    SheetCellKind::Helped,
    SheetCellKind::WouldChange,
];

/// What a discussion comes to after the pupils, in its order.
pub(super) const DISCUSSION: [SheetCellKind; 4] = [
    SheetCellKind::Class,
    SheetCellKind::Teaching,
    SheetCellKind::Next,
    SheetCellKind::Closing,
];

/// All kinds of cells.
pub(super) const KINDS: [SheetCellKind; 15] = [
    SheetCellKind::Activity,
    SheetCellKind::Resources,
    SheetCellKind::Criterion,
    SheetCellKind::Predicted,
    SheetCellKind::Observed,
    SheetCellKind::Enjoyed,
    SheetCellKind::Learned,
    SheetCellKind::CanDo,
    SheetCellKind::Helped,
    SheetCellKind::WouldChange,
    SheetCellKind::Discussed,
    SheetCellKind::Class,
    SheetCellKind::Teaching,
    SheetCellKind::Next,
    SheetCellKind::Closing,
];

pub(super) fn kind(say: &Locale, kind: &SheetCellKind) -> String {
    match kind {
        SheetCellKind::Activity => say.lesson_activity(),
        SheetCellKind::Resources => say.lesson_resources(),
        SheetCellKind::Criterion => say.lesson_criterion(),
        SheetCellKind::Predicted => say.lesson_predicted(),
        SheetCellKind::Observed => say.lesson_observed(),
        SheetCellKind::Enjoyed => say.lesson_enjoyed(),
        SheetCellKind::Learned => say.lesson_learned(),
        SheetCellKind::CanDo => say.lesson_can_do(),
        SheetCellKind::Helped => say.lesson_helped(),
        SheetCellKind::WouldChange => say.lesson_would_change(),
        SheetCellKind::Discussed => say.lesson_discussed(),
        SheetCellKind::Class => say.lesson_class(),
        SheetCellKind::Teaching => say.lesson_teaching(),
        SheetCellKind::Next => say.lesson_next(),
        SheetCellKind::Closing => say.lesson_closing(),
        SheetCellKind::Other(kind) => kind.clone(),
    }
}

/// The answer that a lesson's page begins with.
pub(super) fn headline(
    say: &Locale,
    state: &ResearchLessonState,
    discussing: bool,
    number: i64,
) -> String {
    match state {
        ResearchLessonState::Planning => say.lesson_headline_planning(number),
        ResearchLessonState::Frozen => say.lesson_headline_frozen(number),
        ResearchLessonState::Taught if discussing => say.lesson_headline_discussing(number),
        ResearchLessonState::Taught => say.lesson_headline_taught(number),
        ResearchLessonState::Discussed => say.lesson_headline_discussed(number),
        ResearchLessonState::Closed => say.lesson_headline_closed(number),
        ResearchLessonState::Other(state) => state.clone(),
    }
}

/// What a step is called, and what it needs and brings.
pub(super) fn step(say: &Locale, step: &ResearchLessonStep) -> (String, String) {
    match step {
        ResearchLessonStep::Freeze => (say.lesson_freeze(), say.lesson_freeze_text()),
        ResearchLessonStep::Thaw => (say.lesson_thaw(), say.lesson_thaw_text()),
        ResearchLessonStep::Teach => (say.lesson_teach(), say.lesson_teach_text()),
        ResearchLessonStep::OpenDiscussion => (
            say.lesson_open_discussion(),
            say.lesson_open_discussion_text(),
        ),
        ResearchLessonStep::Discuss => (say.lesson_discuss(), say.lesson_discuss_text()),
        ResearchLessonStep::Close => (say.lesson_close(), say.lesson_close_text()),
        ResearchLessonStep::Other(step) => (step.clone(), String::new()),
    }
}
