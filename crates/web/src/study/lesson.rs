//! One research lesson: its sheet, which is plan, observation form, interview and record of the discussion in one, and
//! the steps it takes.

/// Names operations of the lessons' document.
macro_rules! operations {
    ($($name:ident)*) => {$(
        #[derive(graphql_client::GraphQLQuery)]
        #[graphql(
            schema_path = "../../schema.graphql",
            query_path = "queries/lesson.graphql",
            normalization = "rust",
            custom_scalars_module = "crate::scalar",
            extern_enums(
                "Language",
                "ObservationState",
                "ResearchLessonState",
                "ResearchLessonStep",
                "SheetCellKind"
            )
        )]
        struct $name;
    )*};
}

mod card;
mod cell;
mod compare;
mod observation;
mod observe;
mod observer;
mod photo;
mod sheet;
mod stage;
mod wording;

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};
use i18n::Locale;

use self::wording::{ResearchLessonState, ResearchLessonStep, SheetCellKind};
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::{self, Language},
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/{id}/lessons/{number}", get(show).post(step))
        .merge(card::routes())
        .merge(cell::routes())
        .merge(compare::routes())
        .merge(observation::routes())
        .merge(observe::routes())
        .merge(observer::routes())
        .merge(photo::routes())
        .merge(stage::routes())
}

/// Where files are sent to.
pub(super) fn sent_to() -> Router {
    photo::sent_to()
}

operations! { LessonPage }

commands! { "queries/lesson.graphql";
    ResearchLessonFreeze research_lesson_freeze ResearchLessonStepInput;
    ResearchLessonThaw research_lesson_thaw ResearchLessonStepInput;
    ResearchLessonTeach research_lesson_teach ResearchLessonStepInput;
    ResearchLessonOpenDiscussion research_lesson_open_discussion ResearchLessonStepInput;
    ResearchLessonDiscuss research_lesson_discuss ResearchLessonStepInput;
    ResearchLessonClose research_lesson_close ResearchLessonStepInput;
}

type Study = lesson_page::LessonPageStudy;
type Lesson = lesson_page::LessonPageStudyLessons;
type Note = lesson_page::LessonPageStudyLessonsObservationsNodes;

/// Where a lesson is: its study's id, and its number.
type At = Path<(String, String)>;

/// Where one of its notes is: the study's id, the lesson's number, the note's id.
type AtNote = Path<(String, String, String)>;

/// The number in an address.
fn number(text: &str) -> Result<i64, Fault> {
    let number = text.parse::<u8>().map_err(|_| Fault::NotFound)?;
    Ok(number.into())
}

/// There is none for this visitor; somebody whose session is over signs in and comes back.
fn missing(frame: &Frame) -> Fault {
    if frame.viewer.is_some() {
        Fault::NotFound
    } else {
        Fault::SignIn
    }
}

/// The address of a lesson's page, or of one below it.
fn address(study: &str, number: impl std::fmt::Display, rest: &str) -> String {
    format!("/studies/{study}/lessons/{number}{rest}")
}

#[derive(Template)]
#[template(path = "study/lesson/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    study: Study,
    lesson: Lesson,
    number: i64,
}

async fn open(visit: &Visit, study: Id, number: i64, form: Form) -> Result<Show, Fault> {
    let variables = lesson_page::Variables { study, number };
    let (frame, found) = visit.open::<LessonPage>(variables).await?;
    let mut study = found.study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or_else(|| missing(&frame))?;
    Ok(Show {
        frame: frame.of(&form),
        form,
        study,
        lesson,
        number,
    })
}

async fn show(visit: Visit, Path((id, at)): At) -> Result<Response, Fault> {
    let page = open(&visit, id, number(&at)?, Form::default()).await?;
    visit.page(&page)
}

/// One of the buttons, each named by the step it asks for.
async fn step(visit: Visit, Path((id, at)): At, posted: Posted) -> Result<Response, Fault> {
    let number = number(&at)?;
    let (lesson, version) = (posted.text("id"), posted.version("version")?);
    macro_rules! run {
        ($step:ident, $module:ident) => {{
            let input = $module::ResearchLessonStepInput {
                id: lesson,
                version,
            };
            visit.run::<$step>(input).await?
        }};
    }
    let errors = match word::sent(&wording::STEPS, &posted.text("do"))? {
        ResearchLessonStep::Freeze => run!(ResearchLessonFreeze, research_lesson_freeze),
        ResearchLessonStep::Thaw => run!(ResearchLessonThaw, research_lesson_thaw),
        ResearchLessonStep::Teach => run!(ResearchLessonTeach, research_lesson_teach),
        ResearchLessonStep::OpenDiscussion => {
            run!(
                ResearchLessonOpenDiscussion,
                research_lesson_open_discussion
            )
        }
        ResearchLessonStep::Discuss => run!(ResearchLessonDiscuss, research_lesson_discuss),
        ResearchLessonStep::Close => run!(ResearchLessonClose, research_lesson_close),
        ResearchLessonStep::Other(_) => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    // The page is read again: whoever was too late sees what is now.
    let page = open(&visit, id, number, Form::again(posted, errors)).await?;
    visit.refused(&page)
}

impl Show {
    /// An address below the lesson's.
    fn at(&self, rest: &str) -> String {
        self.frame.at(&address(&self.study.id, self.number, rest))
    }

    fn headline(&self, say: &Locale) -> String {
        let discussing = self.lesson.discussing_since.is_some();
        wording::headline(say, &self.lesson.state, discussing, self.number)
    }

    /// May somebody hand in what they saw?
    fn observes(&self) -> bool {
        use ResearchLessonState::{Discussed, Frozen, Taught};
        self.study.viewer_can_work && matches!(self.lesson.state, Frozen | Taught | Discussed)
    }

    /// Are observers still chosen?
    fn assigns(&self) -> bool {
        use ResearchLessonState::{Frozen, Planning};
        self.study.viewer_can_work && matches!(self.lesson.state, Frozen | Planning)
    }

    /// Is the plan still written?
    fn plans(&self) -> bool {
        self.study.viewer_can_work && self.lesson.state == ResearchLessonState::Planning
    }

    /// Does the viewer take part? Schools that read a shared plan see nothing about case pupils.
    fn inside(&self) -> bool {
        !self.study.case_pupils.is_empty()
    }

    /// The names of those who watch this pupil.
    fn watched_by(&self, pupil: &str) -> String {
        let observers = self.lesson.observers.iter();
        let theirs =
            observers.filter(|observer| observer.pupil.as_ref().is_some_and(|it| it.id == pupil));
        let names = theirs.filter_map(|observer| Some(observer.person.as_ref()?.name.as_str()));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Who has the sheet before them, besides the viewer.
    fn present(&self) -> String {
        let own = self.frame.viewer.as_ref().map(|viewer| &viewer.person.name);
        let others = self.lesson.present.iter().map(|person| &person.name);
        let others: Vec<_> = others.filter(|name| Some(*name) != own).cloned().collect();
        others.join(", ")
    }

    fn others_words(&self, say: &Locale) -> Vec<(i64, String)> {
        let others = self.study.others.iter();
        let others = others.filter(|other| other.number != self.number);
        let words = others.map(|other| (other.number, wording::state(say, &other.state)));
        words.collect()
    }
}
