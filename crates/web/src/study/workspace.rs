//! What every page of a study shares: the study as it is read, its stages on the red line, and the guide of each.

use graphql_client::GraphQLQuery;

use super::standing::{Standing, standing};
use crate::{
    fault::Fault,
    form::Form,
    scalar::Id,
    visit::{Frame, Visit},
    word::{
        AudienceRung, ConsentKind, Language, ResearchLessonState, Role, StudyMemberState,
        StudyRole, StudyStageKind, StudyState, StudyStep,
    },
};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "../../schema.graphql",
    query_path = "queries/study.graphql",
    normalization = "rust",
    custom_scalars_module = "crate::scalar",
    extern_enums(
        "AudienceRung",
        "ConsentKind",
        "Language",
        "ResearchLessonState",
        "Role",
        "StudyMemberState",
        "StudyRole",
        "StudyStageKind",
        "StudyState",
        "StudyStep"
    )
)]
pub(super) struct StudyPage;

pub(super) type Study = study_page::StudyPageStudy;
pub(super) type Member = study_page::StudyPageStudyMembers;
pub(super) type Pupil = study_page::StudyPageStudyCasePupils;
pub(super) type Own = study_page::StudyPageStudyViewerMember;

standing!(study_page::StudyPageStudy);

/// What one page asks for beyond what all of them show.
#[derive(Default)]
pub(super) struct Ask {
    /// The notes, after this cursor.
    pub(super) notes: Option<Option<String>>,
    pub(super) ledger: bool,
    pub(super) report: bool,
    /// The viewer's schools.
    pub(super) places: bool,
    /// The people of this school.
    pub(super) people_of: Option<Id>,
    /// Schools that this finds.
    pub(super) search: Option<String>,
    /// People of the network's schools whose name begins so.
    pub(super) named: Option<String>,
}

/// A study as a page found it.
pub(super) struct Workspace {
    pub(super) frame: Frame,
    pub(super) study: Study,
    pub(super) found: study_page::ResponseData,
}

/// For whoever takes part or is asked to; for others there is no such page.
pub(super) async fn open(visit: &Visit, id: Id, ask: Ask, form: &Form) -> Result<Workspace, Fault> {
    let variables = study_page::Variables {
        id,
        notes: ask.notes.is_some(),
        after: ask.notes.flatten(),
        ledger: ask.ledger,
        report: ask.report,
        places: ask.places,
        people: ask.people_of.is_some(),
        of: ask.people_of.unwrap_or_default(),
        search: ask.search.is_some(),
        query: ask.search,
        named: ask.named.is_some(),
        name: ask.named.unwrap_or_default(),
    };
    let (frame, mut found) = visit.open::<StudyPage>(variables).await?;
    if frame.viewer.is_none() {
        return Err(Fault::SignIn);
    }
    let study = found.study.take().ok_or(Fault::NotFound)?;
    Ok(Workspace {
        frame: frame.of(form),
        study,
        found,
    })
}

/// The same for a page that is for those alone who take part.
pub(super) async fn inside(
    visit: &Visit,
    id: Id,
    ask: Ask,
    form: &Form,
) -> Result<Workspace, Fault> {
    let workspace = open(visit, id, ask, form).await?;
    if workspace.study.standing().takes_part() {
        Ok(workspace)
    } else {
        Err(Fault::NotFound)
    }
}

/// A stage on the red line.
pub(super) struct Stop {
    pub(super) hand: &'static str,
    pub(super) name: String,
    pub(super) language: Language,
    pub(super) address: String,
    pub(super) current: bool,
}

impl Stop {
    /// What its knot says, in words.
    pub(super) fn said(&self, frame: &Frame) -> String {
        match self.hand {
            "done" => frame.say.study_stop_done(),
            "now" => frame.say.study_stop_now(),
            _ => frame.say.study_stop_todo(),
        }
    }
}

/// The page of a stage; none for what belongs to a research lesson.
fn page(kind: &StudyStageKind) -> Option<&'static str> {
    Some(match kind {
        StudyStageKind::Group => "group",
        StudyStageKind::Protocol => "protocol",
        StudyStageKind::Study | StudyStageKind::Proposal => "notes",
        StudyStageKind::Pupils => "pupils",
        StudyStageKind::Conclude => "findings",
        StudyStageKind::Share => "report",
        _ => return None,
    })
}

/// How far a study has come, in steps: what is before is done, what is after is not begun.
fn reached(study: &Standing) -> u8 {
    match study.state {
        StudyState::Draft => 0,
        StudyState::Formed => 1,
        StudyState::Focused | StudyState::Cycling => 2,
        StudyState::Concluding => 3,
        StudyState::Reported => 4,
        StudyState::Shared => 5,
        // A study that rests does not say where it stood: its lessons do, or else its pupils.
        _ if !study.lessons.is_empty() => 2,
        _ if study.pupils > 0 => 1,
        _ => 0,
    }
}

impl Study {
    /// What the page begins with: the question, or the theme while there is none.
    pub(super) fn heading(&self) -> &str {
        if self.question.is_empty() {
            &self.theme
        } else {
            &self.question
        }
    }

    /// The address of a page of it: `at(frame, "/notes")`.
    pub(super) fn at(&self, frame: &Frame, page: &str) -> String {
        frame.at(&format!("/studies/{}{page}", self.id))
    }

    /// Its stages in their order; `here` is the page that is open.
    pub(super) fn stops(&self, frame: &Frame, here: &str) -> Vec<Stop> {
        let standing = self.standing();
        let at = reached(&standing);
        let mut stops = Vec::new();
        let mut lessons = false;
        for stage in self.template.iter().flat_map(|template| &template.stages) {
            let Some(page) = page(&stage.kind) else {
                if !lessons {
                    stops.extend(self.lesson_stops(frame, at));
                    lessons = true;
                }
                continue;
            };
            let place = match stage.kind {
                StudyStageKind::Group | StudyStageKind::Protocol => 0,
                StudyStageKind::Conclude => 3,
                StudyStageKind::Share => 4,
                _ => 1,
            };
            stops.push(Stop {
                hand: hand(place, at),
                name: stage.name.text.clone(),
                language: stage.name.language.clone(),
                address: self.at(frame, &format!("/{page}")),
                current: page == here,
            });
        }
        stops
    }

    fn lesson_stops(&self, frame: &Frame, at: u8) -> Vec<Stop> {
        let say = &frame.say;
        let begun = self.lessons.iter().map(|lesson| Stop {
            hand: if lesson.state == ResearchLessonState::Closed {
                "done"
            } else {
                "now"
            },
            name: say.study_lesson(lesson.number),
            language: own_language(frame),
            address: self.at(frame, &format!("/lessons/{}", lesson.number)),
            current: false,
        });
        let wanted = self.template.as_ref().map_or(0, |it| it.lessons);
        let count = i64::try_from(self.lessons.len()).unwrap_or(i64::MAX);
        let coming = (count + 1..=wanted).filter(|_| at < 3).map(|number| Stop {
            hand: "todo",
            name: say.study_lesson(number),
            language: own_language(frame),
            address: self.at(frame, "#lessons"),
            current: false,
        });
        begun.chain(coming).collect()
    }

    /// The guide of the stage whose page this is; the first of several that share the page.
    pub(super) fn guide(&self, here: &str) -> Option<&study_page::StudyPageStudyTemplateStages> {
        let mut stages = self.template.iter().flat_map(|it| &it.stages);
        stages.find(|stage| page(&stage.kind) == Some(here))
    }

    /// The guide of the stage that the study is at.
    pub(super) fn guide_now(&self) -> Option<&study_page::StudyPageStudyTemplateStages> {
        use super::standing::Next;
        let kind = match self.standing().next()? {
            Next::Answer | Next::Invite | Next::Form | Next::Question => StudyStageKind::Group,
            Next::Accept | Next::Accepting => StudyStageKind::Protocol,
            Next::Pupils | Next::Focus => StudyStageKind::Pupils,
            Next::Begin(_) | Next::Plan(_) => StudyStageKind::Plan,
            Next::Teach(_) => StudyStageKind::Teach,
            Next::Discuss(..) | Next::Close(_) => StudyStageKind::Discuss,
            Next::Conclude | Next::Progress | Next::Report => StudyStageKind::Conclude,
            Next::Share => StudyStageKind::Share,
            Next::Resume => return None,
        };
        let mut stages = self.template.iter().flat_map(|it| &it.stages);
        stages.find(|stage| stage.kind == kind)
    }

    /// Those who take part or are asked to.
    pub(super) fn group(&self) -> impl Iterator<Item = &Member> {
        let there = |member: &&Member| {
            matches!(
                member.state,
                StudyMemberState::Joined | StudyMemberState::Invited
            )
        };
        self.members.iter().filter(there)
    }

    /// The names of the schools of those who joined, each once.
    pub(super) fn schools(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let joined = self.members.iter();
        let joined = joined.filter(|member| member.state == StudyMemberState::Joined);
        for school in joined.filter_map(|member| member.school.as_ref()) {
            if !names.contains(&&*school.name.text) {
                names.push(&school.name.text);
            }
        }
        names
    }

    /// May this step be taken now, as far as its state goes?
    pub(super) fn may(&self, step: StudyStep) -> bool {
        self.viewer_steps.contains(&step)
    }
}

/// The knot of what is done at this point of the way.
fn hand(place: u8, at: u8) -> &'static str {
    match place.cmp(&at) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "todo",
    }
}

/// The language that sentences of ours are in.
fn own_language(frame: &Frame) -> Language {
    match frame.say {
        i18n::Locale::Kk => Language::Kk,
        i18n::Locale::Ru => Language::Ru,
        i18n::Locale::En => Language::En,
    }
}
