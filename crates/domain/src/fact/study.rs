//! What happens in studies. No fact says anything about a case pupil.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Audience, Fact, Reason};
use crate::id::Id;
use crate::person::Person;
use crate::research_lesson::{self, ResearchLesson};
use crate::study::{self, Role, Study};
use crate::study_template::StudyTemplate;
use crate::text::Localized;

/// A study as it was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutStudy {
    /// The study.
    pub study: Id<Study>,
    /// Its theme.
    pub theme: String,
}

/// What a group worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worked {
    /// Notes on what is known.
    Note,
    /// Case pupils.
    CasePupil,
    /// Consents.
    Consent,
    /// What is known of a lesson.
    Lesson,
    /// Who observes whom.
    Observers,
    /// A sheet: stages and cells.
    Sheet,
    /// Observations.
    Observations,
    /// The report.
    Report,
}

/// Something that happened in a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "study_fact", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each variant is its own sentence, and its fields repeat the words of the domain"
)]
pub enum StudyFact {
    TemplateWritten {
        template: Id<StudyTemplate>,
        name: Localized,
    },
    Created {
        study: AboutStudy,
    },
    Changed {
        study: AboutStudy,
    },
    Turned {
        study: AboutStudy,
        state: study::State,
        reason: Option<String>,
    },
    Invited {
        study: AboutStudy,
        person: Id<Person>,
        role: Role,
    },
    Joined {
        study: AboutStudy,
        person: Id<Person>,
        inviter: Id<Person>,
    },
    Declined {
        study: AboutStudy,
        person: Id<Person>,
        inviter: Id<Person>,
    },
    ProtocolAccepted {
        study: AboutStudy,
        person: Id<Person>,
    },
    Left {
        study: AboutStudy,
        person: Id<Person>,
    },
    LeadOffered {
        study: AboutStudy,
        person: Id<Person>,
    },
    LeadDeclined {
        study: AboutStudy,
        person: Id<Person>,
    },
    LeadTaken {
        study: AboutStudy,
        person: Id<Person>,
    },
    Worked {
        study: AboutStudy,
        on: Worked,
        lesson: Option<Id<ResearchLesson>>,
    },
    ObserverAssigned {
        study: AboutStudy,
        lesson: Id<ResearchLesson>,
        number: i32,
        person: Id<Person>,
    },
    CellCommented {
        study: AboutStudy,
        lesson: Id<ResearchLesson>,
        number: i32,
    },
    LessonTurned {
        study: AboutStudy,
        lesson: Id<ResearchLesson>,
        number: i32,
        state: research_lesson::State,
        discussing: bool,
    },
    DiscussionDue {
        study: AboutStudy,
        lesson: Id<ResearchLesson>,
        number: i32,
    },
}

impl Fact {
    /// That a group worked on something; with nobody to be told.
    pub(crate) fn worked(
        study: AboutStudy,
        on: Worked,
        lesson: Option<Id<ResearchLesson>>,
    ) -> Self {
        Self::Study(StudyFact::Worked { study, on, lesson })
    }

    /// The study that is no longer as it was.
    pub fn study(&self) -> Option<Id<Study>> {
        match self {
            Self::Study(fact) => fact.study(),
            _ => None,
        }
    }
}

impl StudyFact {
    /// The key of what it happened to.
    pub fn subject(&self) -> Uuid {
        match self {
            Self::TemplateWritten { template, .. } => template.uuid(),
            Self::Created { study }
            | Self::Changed { study }
            | Self::Turned { study, .. }
            | Self::Invited { study, .. }
            | Self::Joined { study, .. }
            | Self::Declined { study, .. }
            | Self::ProtocolAccepted { study, .. }
            | Self::Left { study, .. }
            | Self::LeadOffered { study, .. }
            | Self::LeadDeclined { study, .. }
            | Self::LeadTaken { study, .. }
            | Self::Worked { study, .. }
            | Self::ObserverAssigned { study, .. }
            | Self::CellCommented { study, .. }
            | Self::LessonTurned { study, .. }
            | Self::DiscussionDue { study, .. } => study.study.uuid(),
        }
    }

    /// The study it happened to.
    pub fn study(&self) -> Option<Id<Study>> {
        match self {
            Self::TemplateWritten { .. } => None,
            other => Some(Id::from_uuid(other.subject())),
        }
    }

    /// Who hears of it, and why.
    pub fn audience(&self) -> (Audience, Reason) {
        match self {
            Self::TemplateWritten { .. }
            | Self::Created { .. }
            | Self::Changed { .. }
            | Self::ProtocolAccepted { .. }
            | Self::Worked { .. } => (Audience::Nobody, Reason::StudyChanged),
            Self::Invited { person, .. }
            | Self::LeadOffered { person, .. }
            | Self::ObserverAssigned { person, .. } => {
                (Audience::Person(*person), Reason::StudyWaits)
            }
            Self::Joined { inviter, .. } | Self::Declined { inviter, .. } => {
                (Audience::Person(*inviter), Reason::StudyChanged)
            }
            Self::DiscussionDue { study, .. } => (Audience::Group(study.study), Reason::StudyWaits),
            Self::Turned { study, .. }
            | Self::Left { study, .. }
            | Self::LeadDeclined { study, .. }
            | Self::LeadTaken { study, .. }
            | Self::CellCommented { study, .. } => {
                (Audience::Group(study.study), Reason::StudyChanged)
            }
            // That a plan stands or rests again, the group knows without being told.
            Self::LessonTurned { study, state, .. } => match state {
                research_lesson::State::Planning | research_lesson::State::Frozen => {
                    (Audience::Nobody, Reason::StudyChanged)
                }
                research_lesson::State::Taught
                | research_lesson::State::Discussed
                | research_lesson::State::Closed => {
                    (Audience::Group(study.study), Reason::StudyChanged)
                }
            },
        }
    }
}
