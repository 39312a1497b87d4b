//! What the group notes about what is known.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query},
    response::Response,
    routing::get,
};
use serde::Deserialize;

use super::workspace::{self, Ask, Study, study_page};
use crate::{
    command::commands,
    csrf,
    fault::Fault,
    flash::Flash,
    form::{Form, Posted},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route("/studies/{id}/notes", get(show).post(act))
}

commands! { "queries/study_write.graphql";
    StudyNoteAdd study_note_add StudyNoteAddInput;
    StudyNoteRemove study_note_remove StudyNoteInput;
}

/// Where in the list the visitor is: notes go on after the last one shown.
#[derive(Default, Deserialize)]
struct Place {
    after: Option<String>,
}

type Note = study_page::StudyPageStudyNotesNodes;

#[derive(Template)]
#[template(path = "study/notes.html")]
struct Notes {
    frame: Frame,
    form: Form,
    study: Study,
    notes: study_page::StudyPageStudyNotes,
}

impl Notes {
    /// Did the viewer write it?
    fn own(&self, note: &Note) -> bool {
        let (viewer, author) = (self.frame.viewer.as_ref(), note.author.as_ref());
        viewer
            .zip(author)
            .is_some_and(|(viewer, author)| viewer.person.id == author.id)
    }

    fn count(&self) -> i64 {
        i64::try_from(self.notes.nodes.len()).unwrap_or(i64::MAX)
    }
}

async fn open(visit: &Visit, id: Id, place: Place, form: Form) -> Result<Notes, Fault> {
    let ask = Ask {
        notes: Some(place.after),
        ..Ask::default()
    };
    let mut found = workspace::inside(visit, id, ask, &form).await?;
    Ok(Notes {
        frame: found.frame,
        form,
        notes: found.study.notes.take().ok_or(Fault::NotFound)?,
        study: found.study,
    })
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, Fault> {
    let form = Form::default().with("idempotencyKey", csrf::fresh());
    let page = open(&visit, id, place, form).await?;
    visit.page(&page)
}

async fn act(visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let errors = match &*posted.text("do") {
        "add" => {
            let input = study_note_add::StudyNoteAddInput {
                study_id: id.clone(),
                body: posted.text("body"),
                url: posted.optional("url"),
                idempotency_key: posted.optional("idempotencyKey"),
            };
            visit.run::<StudyNoteAdd>(input).await?
        }
        "remove" => {
            let input = study_note_remove::StudyNoteInput {
                id: posted.text("id"),
            };
            visit.run::<StudyNoteRemove>(input).await?
        }
        _ => return Err(Fault::Form),
    };
    if errors.is_empty() {
        return Ok(visit.go(&format!("/studies/{id}/notes"), Flash::Saved));
    }
    let page = open(&visit, id, Place::default(), Form::again(posted, errors)).await?;
    visit.refused(&page)
}
