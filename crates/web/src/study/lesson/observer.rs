//! Who watches whom in a lesson.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::{At, address, missing, number, wording::ResearchLessonState};
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route(
        "/studies/{id}/lessons/{number}/observers",
        get(show).post(change),
    )
}

operations! { LessonObserversPage }

commands! { "queries/lesson.graphql";
    ObserverAssign observer_assign ObserverInput;
    ObserverRelease observer_release ObserverInput;
}

type Study = lesson_observers_page::LessonObserversPageStudy;
type Lesson = lesson_observers_page::LessonObserversPageStudyLessons;
type Observer = lesson_observers_page::LessonObserversPageStudyLessonsObservers;

#[derive(Template)]
#[template(path = "study/lesson/observers.html")]
struct Page {
    frame: Frame,
    form: Form,
    study: Study,
    lesson: Lesson,
    number: i64,
}

impl Page {
    fn back(&self) -> String {
        self.frame.at(&address(&self.study.id, self.number, ""))
    }

    /// Are observers still chosen?
    fn open(&self) -> bool {
        use ResearchLessonState::{Frozen, Planning};
        matches!(self.lesson.state, Frozen | Planning)
    }

    /// Those of the group, to choose from.
    fn people(&self) -> Vec<(String, String)> {
        use lesson_observers_page::{StudyMemberState, StudyRole};
        let members = self.study.members.iter();
        let members = members.filter(|member| {
            matches!(member.state, StudyMemberState::Joined)
                && !matches!(member.role, StudyRole::Expert)
        });
        let people = members.filter_map(|member| member.person.as_ref());
        people
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect()
    }

    fn of(&self, pupil: &str) -> Vec<&Observer> {
        let observers = self.lesson.observers.iter();
        let theirs =
            |observer: &&Observer| observer.pupil.as_ref().is_some_and(|it| it.id == pupil);
        observers.filter(theirs).collect()
    }

    /// The letters of those nobody watches.
    fn unwatched(&self) -> String {
        let pupils = self.study.case_pupils.iter();
        let alone = pupils.filter(|pupil| self.of(&pupil.id).is_empty());
        alone
            .map(|pupil| pupil.letter.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

async fn open(visit: &Visit, study: Id, at: i64, form: Form) -> Result<Page, Fault> {
    let variables = lesson_observers_page::Variables { study, number: at };
    let (frame, found) = visit.open::<LessonObserversPage>(variables).await?;
    let study = found.study.filter(|study| study.viewer_can_work);
    let mut study = study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or(Fault::NotFound)?;
    Ok(Page {
        frame: frame.of(&form),
        form,
        study,
        lesson,
        number: at,
    })
}

async fn show(visit: Visit, Path((id, at)): At) -> Result<Response, Fault> {
    let page = open(&visit, id, number(&at)?, Form::default()).await?;
    visit.page(&page)
}

async fn change(visit: Visit, Path((id, at)): At, posted: Posted) -> Result<Response, Fault> {
    macro_rules! run {
        ($act:ident, $module:ident) => {{
            let input = $module::ObserverInput {
                lesson_id: posted.text("lessonId"),
                person_id: posted.text("personId"),
                pupil_id: posted.text("pupilId"),
            };
            visit.run::<$act>(input).await?
        }};
    }
    let errors = match &*posted.text("do") {
        "assign" => run!(ObserverAssign, observer_assign),
        "release" => run!(ObserverRelease, observer_release),
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    let page = open(&visit, id, number(&at)?, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
