//! What was seen in a lesson, by everybody; and one note, mended by whoever took it until the discussion begins.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::{
    At, AtNote, address, missing, number,
    wording::{ObservationState, ResearchLessonState},
};
use crate::{
    command::commands,
    fault::{Fault, percent},
    flash::Flash,
    form::{Form, Posted},
    scalar::{DateTime, Id},
    visit::{Frame, Visit},
    window::Window,
};

pub(super) fn routes() -> Router {
    Router::new()
        .route("/studies/{id}/lessons/{number}/observations", get(list))
        .route(
            "/studies/{id}/lessons/{number}/observations/{observation}",
            get(show).post(update),
        )
}

operations! { LessonObservationsPage ObservationPage }

commands! { "queries/lesson.graphql";
    ObservationUpdate observation_update ObservationUpdateInput;
}

type Study = lesson_observations_page::LessonObservationsPageStudy;
type Lesson = lesson_observations_page::LessonObservationsPageStudyLessons;
type Notes = lesson_observations_page::LessonObservationsPageStudyLessonsObservations;
type Listed = lesson_observations_page::LessonObservationsPageStudyLessonsObservationsNodes;

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    pupil: Id,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "study/lesson/observations.html")]
struct List {
    frame: Frame,
    study: Study,
    lesson: Lesson,
    notes: Notes,
    number: i64,
    /// Whose notes; empty for all.
    pupil: Id,
}

impl List {
    fn at(&self, rest: &str) -> String {
        self.frame.at(&address(&self.study.id, self.number, rest))
    }

    fn stage(&self, note: &Listed) -> &str {
        let mut stages = self.lesson.stages.iter();
        let stage = stages.find(|stage| Some(&stage.id) == note.stage_id.as_ref());
        stage.map_or("", |stage| &stage.name)
    }

    /// Did the viewer take it?
    fn own(&self, note: &Listed) -> bool {
        let viewer = self.frame.viewer.as_ref().map(|viewer| &viewer.person.id);
        viewer.is_some() && note.author.as_ref().map(|author| &author.id) == viewer
    }

    /// May the viewer mend it?
    fn mends(&self, note: &Listed) -> bool {
        self.own(note) && note.state == ObservationState::Synced
    }

    /// Does it have a photo of theirs, or may it get one?
    fn pictures(&self, note: &Listed) -> bool {
        let may = self.study.allows_media && self.lesson.state != ResearchLessonState::Closed;
        self.own(note) && (note.has_photo || may)
    }

    /// Is this the pupil whose notes are shown?
    fn chosen(&self, pupil: &str) -> bool {
        self.pupil == pupil
    }

    /// The list's address up to the cursor.
    fn query(&self) -> String {
        format!(
            "{}?pupil={}&",
            self.at("/observations"),
            percent(&self.pupil)
        )
    }

    fn total(&self) -> i64 {
        self.notes.total_count.unwrap_or_default()
    }
}

async fn list(
    visit: Visit,
    Path((id, at)): At,
    Query(search): Query<Search>,
) -> Result<Response, Fault> {
    let at = number(&at)?;
    let window = Window::at(search.after, search.before);
    let pupil = Some(search.pupil.clone()).filter(|pupil| !pupil.is_empty());
    let variables = lesson_observations_page::Variables {
        study: id,
        number: at,
        filter: Some(lesson_observations_page::ObservationFilter {
            pupil_id: pupil,
            author_id: None,
        }),
        first: window.first(),
        after: window.after(),
        last: window.last(),
        before: window.before(),
    };
    let (frame, found) = visit.open::<LessonObservationsPage>(variables).await?;
    let mut study = found.study.ok_or_else(|| missing(&frame))?;
    let mut lesson = study.lessons.pop().ok_or_else(|| missing(&frame))?;
    // Schools that read a shared plan see nothing about case pupils.
    if study.case_pupils.is_empty() {
        return Err(Fault::NotFound);
    }
    let notes = lesson.observations.take().ok_or(Fault::NotFound)?;
    visit.page(&List {
        frame,
        study,
        lesson,
        notes,
        number: at,
        pupil: search.pupil,
    })
}

/// One note, ready to be mended.
struct Note {
    version: i64,
    taken_at: DateTime,
    /// The case pupil's letter; none for the class.
    letter: Option<String>,
    stage: String,
    fact: String,
    interpretation: String,
}

#[derive(Template)]
#[template(path = "study/lesson/observation.html")]
struct Mend {
    frame: Frame,
    form: Form,
    note: Note,
    back: String,
}

/// For whoever took it, until the discussion begins; for others there is no such page.
async fn open(visit: &Visit, study: Id, at: i64, id: Id, form: Form) -> Result<Mend, Fault> {
    use observation_page::ObservationPageNode as Found;
    let variables = observation_page::Variables {
        study,
        number: at,
        id,
    };
    let (frame, found) = visit.open::<ObservationPage>(variables).await?;
    let mut study = found.study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or_else(|| missing(&frame))?;
    let Some(Found::Observation(note)) = found.node else {
        return Err(Fault::NotFound);
    };
    let viewer = frame.viewer.as_ref().map(|viewer| &viewer.person.id);
    let own = viewer.is_some() && note.author.as_ref().map(|author| &author.id) == viewer;
    if !own || note.state != ObservationState::Synced || note.lesson_id != lesson.id {
        return Err(Fault::NotFound);
    }
    let mut stages = lesson.stages.into_iter();
    let stage = stages.find(|stage| Some(&stage.id) == note.stage_id.as_ref());
    Ok(Mend {
        back: frame.at(&address(&study.id, at, "/observations")),
        frame: frame.of(&form),
        form,
        note: Note {
            version: note.version,
            taken_at: note.taken_at,
            letter: note.pupil.map(|pupil| pupil.letter),
            stage: stage.map(|stage| stage.name).unwrap_or_default(),
            fact: note.fact,
            interpretation: note.interpretation,
        },
    })
}

async fn show(visit: Visit, Path((study, at, id)): AtNote) -> Result<Response, Fault> {
    let mut page = open(&visit, study, number(&at)?, id, Form::default()).await?;
    page.form = Form::default()
        .with("fact", &*page.note.fact)
        .with("interpretation", &*page.note.interpretation);
    visit.page(&page)
}

async fn update(
    visit: Visit,
    Path((study, at, id)): AtNote,
    posted: Posted,
) -> Result<Response, Fault> {
    let at = number(&at)?;
    let input = observation_update::ObservationUpdateInput {
        id: id.clone(),
        version: posted.version("version")?,
        fact: posted.text("fact"),
        interpretation: posted.optional("interpretation"),
    };
    let errors = visit.run::<ObservationUpdate>(input).await?;
    if errors.is_empty() {
        return Ok(visit.go(&address(&study, at, "/observations"), Flash::Saved));
    }
    let page = open(&visit, study, at, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
