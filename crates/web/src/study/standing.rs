//! Where a study stands, and what it waits for: the same on the first page, in the list and in the study.

use i18n::Locale;

use crate::{
    scalar::DateTime,
    visit::Frame,
    word::{ResearchLessonState, StudyMemberState, StudyRole, StudyState},
};

/// What is read of a study to tell what it waits for.
pub(crate) struct Standing {
    pub(crate) state: StudyState,
    /// The viewer's own part, and whether they accepted the protocol.
    pub(crate) own: Option<(StudyRole, StudyMemberState, bool)>,
    /// Teachers who joined, and those of them who accepted the protocol.
    pub(crate) teachers: usize,
    pub(crate) accepted: usize,
    pub(crate) question: bool,
    /// Case pupils, and those of them whose progress is written.
    pub(crate) pupils: usize,
    pub(crate) progressed: usize,
    /// Number, state and when it was taught.
    pub(crate) lessons: Vec<(i64, ResearchLessonState, Option<DateTime>)>,
    /// How many research lessons the template asks for.
    pub(crate) wanted: i64,
}

/// The standing of a study as an operation has it.
macro_rules! standing {
    ($study:path) => {
        impl $study {
            pub(crate) fn standing(&self) -> $crate::study::standing::Standing {
                use $crate::word::{StudyMemberState, StudyRole};
                let teachers = || {
                    let members = self.members.iter();
                    members.filter(|one| {
                        one.state == StudyMemberState::Joined && one.role != StudyRole::Expert
                    })
                };
                let lessons = self.lessons.iter();
                $crate::study::standing::Standing {
                    state: self.state.clone(),
                    own: self.viewer_member.as_ref().map(|own| {
                        let accepted = own.protocol_accepted_at.is_some();
                        (own.role.clone(), own.state.clone(), accepted)
                    }),
                    teachers: teachers().count(),
                    accepted: teachers()
                        .filter(|one| one.protocol_accepted_at.is_some())
                        .count(),
                    question: !self.question.is_empty(),
                    pupils: self.case_pupils.len(),
                    progressed: self
                        .case_pupils
                        .iter()
                        .filter(|pupil| !pupil.progress.is_empty())
                        .count(),
                    lessons: lessons
                        .map(|lesson| (lesson.number, lesson.state.clone(), lesson.taught_at))
                        .collect(),
                    wanted: self
                        .template
                        .as_ref()
                        .map_or(0, |template| template.lessons),
                }
            }
        }
    };
}

pub(crate) use standing;

/// What a study waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The viewer is asked to join.
    Answer,
    /// The viewer has yet to accept the protocol.
    Accept,
    /// The lesson was taught then, and is to be discussed within a day.
    Discuss(i64, Option<DateTime>),
    /// The group is too small.
    Invite,
    /// Somebody else has yet to accept the protocol.
    Accepting,
    Form,
    Question,
    Pupils,
    Focus,
    /// The lesson of this number is yet to be begun.
    Begin(i64),
    Plan(i64),
    Teach(i64),
    Close(i64),
    Conclude,
    Progress,
    Report,
    Share,
    Resume,
}

/// Three case pupils, each typical of a group of learners, or a multiple.
const PUPILS: usize = 3;

impl Standing {
    /// Does the viewer take part?
    pub(crate) fn takes_part(&self) -> bool {
        matches!(self.own, Some((_, StudyMemberState::Joined, _)))
    }

    /// How many teachers joined, for a sentence.
    pub(crate) fn teachers_shown(&self) -> i64 {
        i64::try_from(self.teachers).unwrap_or(i64::MAX)
    }

    /// What it waits for; nothing once it is over, and nothing for who takes no part.
    pub(crate) fn next(&self) -> Option<Next> {
        let (role, state, accepted) = self.own.as_ref()?;
        let over = matches!(self.state, StudyState::Shared | StudyState::Abandoned);
        if over {
            return None;
        }
        match state {
            StudyMemberState::Invited => return Some(Next::Answer),
            StudyMemberState::Joined => {}
            _ => return None,
        }
        if self.state == StudyState::Paused {
            return Some(Next::Resume);
        }
        if !accepted && *role != StudyRole::Expert {
            return Some(Next::Accept);
        }
        match self.state {
            StudyState::Draft if self.teachers < 2 => Some(Next::Invite),
            StudyState::Draft if self.accepted < self.teachers => Some(Next::Accepting),
            StudyState::Draft => Some(Next::Form),
            StudyState::Formed if !self.question => Some(Next::Question),
            StudyState::Formed if self.pupils == 0 || !self.pupils.is_multiple_of(PUPILS) => {
                Some(Next::Pupils)
            }
            StudyState::Formed => Some(Next::Focus),
            StudyState::Focused | StudyState::Cycling => Some(self.lesson()),
            StudyState::Concluding if self.progressed < self.pupils => Some(Next::Progress),
            StudyState::Concluding => Some(Next::Report),
            StudyState::Reported => Some(Next::Share),
            _ => None,
        }
    }

    /// What the research lessons wait for.
    fn lesson(&self) -> Next {
        let mut open = self.lessons.iter();
        let open = open.find(|(_, state, _)| *state != ResearchLessonState::Closed);
        match open {
            Some((number, ResearchLessonState::Taught, at)) => Next::Discuss(*number, *at),
            Some((number, ResearchLessonState::Frozen, _)) => Next::Teach(*number),
            Some((number, ResearchLessonState::Discussed, _)) => Next::Close(*number),
            Some((number, _, _)) => Next::Plan(*number),
            None => {
                let taught = i64::try_from(self.lessons.len()).unwrap_or(i64::MAX);
                if taught < self.wanted {
                    Next::Begin(taught + 1)
                } else {
                    Next::Conclude
                }
            }
        }
    }
}

impl Next {
    /// Is it a step of the study, which whoever speaks for the group takes on its page?
    pub(crate) fn is_step(&self) -> bool {
        matches!(
            self,
            Next::Form | Next::Focus | Next::Conclude | Next::Resume
        )
    }

    /// Does it need this viewer rather than the group?
    pub(crate) fn is_due(&self) -> bool {
        matches!(self, Next::Answer | Next::Accept | Next::Discuss(..))
    }

    /// The hand that draws it.
    pub(crate) fn hand(&self) -> &'static str {
        if self.is_due() { "due" } else { "now" }
    }

    /// What to do.
    pub(crate) fn say(&self, say: &Locale) -> String {
        match self {
            Next::Answer => say.study_next_answer(),
            Next::Accept => say.study_next_accept(),
            Next::Discuss(number, _) => say.study_next_discuss(*number),
            Next::Invite => say.study_next_invite(),
            Next::Accepting => say.study_next_accepting(),
            Next::Form => say.study_next_form(),
            Next::Question => say.study_next_question(),
            Next::Pupils => say.study_next_pupils(),
            Next::Focus => say.study_next_focus(),
            Next::Begin(number) | Next::Plan(number) => say.study_next_plan(*number),
            Next::Teach(number) => say.study_next_teach(*number),
            Next::Close(number) => say.study_next_close(*number),
            Next::Conclude => say.study_next_conclude(),
            Next::Progress => say.study_next_progress(),
            Next::Report => say.study_next_report(),
            Next::Share => say.study_next_share(),
            Next::Resume => say.study_next_resume(),
        }
    }

    /// When at the latest.
    pub(crate) fn until(&self) -> Option<DateTime> {
        match self {
            Next::Discuss(_, Some(taught)) => taught.checked_add_signed(chrono::TimeDelta::days(1)),
            _ => None,
        }
    }

    /// When at the latest, in words.
    pub(crate) fn why(&self, frame: &Frame) -> Option<String> {
        let until = self.until()?;
        Some(frame.say.study_next_until(frame.moment(&until)))
    }

    /// The page where it is done.
    pub(crate) fn address(&self, study: &str) -> String {
        let page = match self {
            Next::Answer | Next::Invite => "/group",
            Next::Accept | Next::Accepting => "/protocol",
            Next::Question => "/edit",
            Next::Pupils => "/pupils",
            Next::Form | Next::Focus | Next::Conclude | Next::Resume => "",
            Next::Progress => "/findings",
            Next::Report | Next::Share => "/report",
            Next::Begin(_) => "/lessons/new",
            Next::Plan(number)
            | Next::Teach(number)
            | Next::Discuss(number, _)
            | Next::Close(number) => return format!("/studies/{study}/lessons/{number}"),
        };
        format!("/studies/{study}{page}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(state: StudyState) -> Standing {
        Standing {
            state,
            own: Some((StudyRole::Lead, StudyMemberState::Joined, true)),
            teachers: 2,
            accepted: 2,
            question: true,
            pupils: 3,
            progressed: 0,
            lessons: Vec::new(),
            wanted: 2,
        }
    }

    #[test]
    fn who_is_asked_answers_before_all_else() {
        let mut study = standing(StudyState::Cycling);
        study.own = Some((StudyRole::Member, StudyMemberState::Invited, false));
        assert_eq!(study.next(), Some(Next::Answer));
        study.own = Some((StudyRole::Member, StudyMemberState::Joined, false));
        assert_eq!(study.next(), Some(Next::Accept));
        study.own = Some((StudyRole::Expert, StudyMemberState::Joined, false));
        assert_eq!(study.next(), Some(Next::Begin(1)));
        study.own = Some((StudyRole::Member, StudyMemberState::Left, true));
        assert_eq!(study.next(), None);
    }

    #[test]
    fn lessons_follow_each_other() {
        let mut study = standing(StudyState::Cycling);
        study.lessons = vec![(1, ResearchLessonState::Closed, None)];
        assert_eq!(study.next(), Some(Next::Begin(2)));
        study.lessons.push((2, ResearchLessonState::Taught, None));
        assert_eq!(study.next(), Some(Next::Discuss(2, None)));
        study.lessons = vec![
            (1, ResearchLessonState::Closed, None),
            (2, ResearchLessonState::Closed, None),
        ];
        assert_eq!(study.next(), Some(Next::Conclude));
    }

    #[test]
    fn what_is_over_waits_for_nothing() {
        for state in [StudyState::Shared, StudyState::Abandoned] {
            assert_eq!(standing(state).next(), None);
        }
        assert_eq!(standing(StudyState::Reported).next(), Some(Next::Share));
    }
}
