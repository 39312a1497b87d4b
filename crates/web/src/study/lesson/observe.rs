//! Taking notes in a lesson, on a phone: what was seen, apart from what it may mean. A script keeps the notes on the
//! device and hands them in when there is a connection; without it the form hands in one at a time.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    At, address, missing, number,
    wording::{ObservationState, ResearchLessonState},
};
use crate::{
    clock,
    command::Errors,
    fault::{Fault, percent},
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route(
        "/studies/{id}/lessons/{number}/observe",
        get(show).post(note),
    )
}

operations! { LessonObservePage ObservationsSync }

type Study = lesson_observe_page::LessonObservePageStudy;
type Lesson = lesson_observe_page::LessonObservePageStudyLessons;
type Note = lesson_observe_page::LessonObservePageStudyLessonsObservationsNodes;

/// Whom and what the form begins with.
#[derive(Deserialize)]
struct Subject {
    pupil: Option<Id>,
    stage: Option<Id>,
}

#[derive(Template)]
#[template(path = "study/lesson/observe.html")]
struct Observe {
    frame: Frame,
    form: Form,
    study: Study,
    lesson: Lesson,
    number: i64,
    /// Who takes the notes.
    person: Id,
}

impl Observe {
    fn at(&self, rest: &str) -> String {
        self.frame.at(&address(&self.study.id, self.number, rest))
    }

    /// Does the API take notes as the lesson stands?
    fn takes(&self) -> bool {
        use ResearchLessonState::{Discussed, Frozen, Taught};
        matches!(self.lesson.state, Frozen | Taught | Discussed)
    }

    fn stages(&self) -> Vec<(String, String)> {
        let stages = self.lesson.stages.iter();
        let stages = stages.map(|stage| (stage.id.clone(), stage.name.clone()));
        std::iter::once((String::new(), self.frame.say.lesson_no_stage()))
            .chain(stages)
            .collect()
    }

    fn stage(&self, note: &Note) -> &str {
        let mut stages = self.lesson.stages.iter();
        let stage = stages.find(|stage| Some(&stage.id) == note.stage_id.as_ref());
        stage.map_or("", |stage| &stage.name)
    }

    /// The viewer's own notes, the latest first.
    fn own(&self) -> Vec<&Note> {
        let page = self.lesson.observations.as_ref();
        let notes = page.into_iter().flat_map(|page| page.nodes.iter().rev());
        let own = |note: &&Note| {
            note.author
                .as_ref()
                .is_some_and(|author| author.id == self.person)
        };
        notes.filter(own).collect()
    }
}

async fn open(visit: &Visit, study: Id, at: i64) -> Result<Observe, Fault> {
    let variables = lesson_observe_page::Variables { study, number: at };
    let (frame, found) = visit.open::<LessonObservePage>(variables).await?;
    let study = found.study.filter(|study| study.viewer_can_work);
    let mut study = study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or(Fault::NotFound)?;
    let person = frame.viewer.as_ref().map(|viewer| viewer.person.id.clone());
    Ok(Observe {
        person: person.ok_or(Fault::SignIn)?,
        frame,
        form: Form::default(),
        study,
        lesson,
        number: at,
    })
}

async fn show(
    visit: Visit,
    Path((id, at)): At,
    Query(subject): Query<Subject>,
) -> Result<Response, Fault> {
    let mut page = open(&visit, id, number(&at)?).await?;
    // Whoever was given a pupil to watch begins with that one.
    let mut observers = page.lesson.observers.iter();
    let own = observers.find(|observer| {
        let watcher = observer.person.as_ref();
        watcher.is_some_and(|watcher| watcher.id == page.person)
    });
    let own = own.and_then(|observer| Some(observer.pupil.as_ref()?.id.clone()));
    page.form = Form::default()
        .with("id", fresh_id())
        .with("takenAt", page.frame.clock(&clock::now()))
        .with("pupilId", subject.pupil.or(own).unwrap_or_default())
        .with("stageId", subject.stage.unwrap_or_default());
    visit.page(&page)
}

async fn note(visit: Visit, Path((id, at)): At, posted: Posted) -> Result<Response, Fault> {
    let at = number(&at)?;
    let mut errors = Errors::new();
    match visit.instant(&posted.text("takenAt")) {
        None => {
            errors.push((
                vec!["takenAt".to_owned()],
                visit.say.lesson_malformed_time(),
            ));
        }
        Some(taken_at) => {
            let note = observations_sync::ObservationInput {
                id: posted.text("id"),
                taken_at,
                pupil_id: posted.optional("pupilId"),
                stage_id: posted.optional("stageId"),
                fact: posted.text("fact"),
                interpretation: posted.optional("interpretation"),
            };
            let input = observations_sync::ObservationsSyncInput {
                lesson_id: posted.text("lessonId"),
                notes: vec![note],
            };
            let variables = observations_sync::Variables { input };
            let done = visit.ask::<ObservationsSync>(variables).await?.done;
            let whole = done.user_errors.into_iter();
            errors.extend(whole.map(|error| (error.field, error.message)));
            let refused = done.refused.into_iter().flat_map(|note| note.user_errors);
            errors.extend(refused.map(|error| (error.field, error.message)));
        }
    }
    if errors.is_empty() {
        let subject = [("pupil", "pupilId"), ("stage", "stageId")];
        let subject: Vec<_> = subject
            .iter()
            .map(|(name, field)| format!("{name}={}", percent(&posted.text(field))))
            .collect();
        let rest = format!("/observe?{}", subject.join("&"));
        return Ok(visit.go(&address(&id, at, &rest), Flash::Saved));
    }
    let mut page = open(&visit, id, at).await?;
    page.form = Form::again(posted, errors);
    page.frame = page.frame.of(&page.form);
    visit.refused(&page)
}

/// An id as devices make them: the time, then chance. In the form it makes sure that what is sent twice is there once.
fn fresh_id() -> String {
    let mut bytes: [u8; 16] = rand::random();
    let millis = clock::now().timestamp_millis().to_be_bytes();
    for (byte, of) in bytes.iter_mut().zip(millis.iter().skip(2)) {
        *byte = *of;
    }
    let marked = [(6, 0x0f, 0x70), (8, 0x3f, 0x80)];
    for (at, keep, mark) in marked {
        if let Some(byte) = bytes.get_mut(at) {
            *byte = *byte & keep | mark;
        }
    }
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("obs_{digits}")
}

#[cfg(test)]
mod tests {
    use super::fresh_id;

    #[test]
    fn ids_are_as_devices_make_them() {
        let (first, second) = (fresh_id(), fresh_id());
        assert_ne!(first, second);
        assert_eq!(first.len(), 36);
        assert_eq!(first.as_bytes()[16], b'7', "{first}");
        assert!(
            matches!(first.as_bytes()[20], b'8' | b'9' | b'a' | b'b'),
            "{first}"
        );
        assert_eq!(first[..10], second[..10], "made in the same days");
    }
}
