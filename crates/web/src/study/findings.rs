//! How far each case pupil came, and the end of the research lessons.

use askama::Template;
use axum::{Router, extract::Path, response::Response, routing::get};

use super::workspace::{self, Ask, Study};
use crate::{
    command::commands,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
    word::StudyState,
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}/findings", get(show).post(write))
}

commands! { "queries/study_write.graphql";
    CasePupilProgress case_pupil_progress CasePupilProgressInput;
}

#[derive(Template)]
#[template(path = "study/findings.html")]
struct Findings {
    frame: Frame,
    form: Form,
    study: Study,
}

impl Findings {
    /// May progress be written? From the first research lesson on.
    fn writing(&self) -> bool {
        let begun = !matches!(
            self.study.state,
            StudyState::Draft | StudyState::Formed | StudyState::Focused
        );
        begun && self.study.viewer_can_work
    }

    /// The name of the input for a pupil: the pupils stand on one page.
    fn input(letter: &str) -> String {
        format!("progress.{letter}")
    }

    /// Those whose progress is still to be written.
    fn missing(&self) -> i64 {
        let standing = self.study.standing();
        i64::try_from(standing.pupils - standing.progressed).unwrap_or(i64::MAX)
    }
}

/// What was typed, or else what is stored.
fn filled(mut form: Form, study: &Study) -> Form {
    let typed = form.value("letter").to_owned();
    for pupil in study.case_pupils.iter().filter(|one| one.letter != typed) {
        form = form.with(&Findings::input(&pupil.letter), &*pupil.progress);
    }
    form
}

async fn open(visit: &Visit, id: Id, form: Form) -> Result<Findings, Fault> {
    let found = workspace::inside(visit, id, Ask::default(), &form).await?;
    Ok(Findings {
        frame: found.frame,
        form: filled(form, &found.study),
        study: found.study,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let page = open(&visit, id, Form::default()).await?;
    visit.page(&page)
}

async fn write(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let letter = posted.text("letter");
    let input = case_pupil_progress::CasePupilProgressInput {
        id: posted.text("id"),
        version: posted.version("version")?,
        progress: posted.text(&Findings::input(&letter)),
    };
    let mut errors = visit.run::<CasePupilProgress>(input).await?;
    if errors.is_empty() {
        return Ok(visit.stay(Flash::Saved));
    }
    for (path, _) in &mut errors {
        if path.first().is_some_and(|name| name == "progress") {
            path.push(letter.clone());
        }
    }
    let page = open(&visit, id, Form::again(posted, errors)).await?;
    visit.refused(&page)
}
