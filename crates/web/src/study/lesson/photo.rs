//! The photo of a note: whoever took the note adds it, where families allow it, and takes it back.

use askama::Template;
use axum::{
    Router,
    extract::{Multipart, Path},
    response::Response,
    routing::{get, post},
};
use futures_util::{StreamExt, TryStreamExt};

use super::{AtNote, address, missing, number, wording::ResearchLessonState};
use crate::{
    command::{Errors, commands},
    fault::Fault,
    flash::Flash,
    form::{Form, Part, Posted, part},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route(
        "/studies/{id}/lessons/{number}/observations/{observation}/photo",
        get(show),
    )
}

pub(super) fn sent_to() -> Router {
    Router::new().route(
        "/studies/{id}/lessons/{number}/observations/{observation}/photo",
        post(change),
    )
}

operations! { ObservationPhotoPage }

commands! { "queries/lesson.graphql";
    ObservationPhotoAdd observation_photo_add ObservationPhotoAddInput;
    ObservationPhotoRemove observation_photo_remove ObservationPhotoRemoveInput;
}

commands! { "queries/bank_write.graphql";
    FileRemove file_remove FileRemoveInput;
}

type Note = observation_photo_page::ObservationPhotoPageNodeOnObservation;

#[derive(Template)]
#[template(path = "study/lesson/photo.html")]
struct Photo {
    frame: Frame,
    form: Form,
    note: Note,
    /// Whether families allow it today.
    allowed: bool,
    closed: bool,
    back: String,
}

/// For whoever took the note; for others there is no such page.
async fn open(visit: &Visit, study: Id, at: i64, id: Id, form: Form) -> Result<Photo, Fault> {
    use observation_photo_page::ObservationPhotoPageNode as Found;
    let variables = observation_photo_page::Variables {
        study,
        number: at,
        id,
    };
    let (frame, found) = visit.open::<ObservationPhotoPage>(variables).await?;
    let mut study = found.study.ok_or_else(|| missing(&frame))?;
    let lesson = study.lessons.pop().ok_or_else(|| missing(&frame))?;
    let Some(Found::Observation(note)) = found.node else {
        return Err(Fault::NotFound);
    };
    let viewer = frame.viewer.as_ref().map(|viewer| &viewer.person.id);
    let own = viewer.is_some() && note.author.as_ref().map(|author| &author.id) == viewer;
    if !own || note.lesson_id != lesson.id {
        return Err(Fault::NotFound);
    }
    Ok(Photo {
        back: frame.at(&address(&study.id, at, "/observations")),
        frame: frame.of(&form),
        form,
        note,
        allowed: study.allows_media,
        closed: lesson.state == ResearchLessonState::Closed,
    })
}

async fn show(visit: Visit, Path((study, at, id)): AtNote) -> Result<Response, Fault> {
    let page = open(&visit, study, number(&at)?, id, Form::default()).await?;
    visit.page(&page)
}

/// Adds the picture that was sent, or takes back the one that is there.
async fn change(
    visit: Visit,
    Path((study, at, id)): AtNote,
    mut sent: Multipart,
) -> Result<Response, Fault> {
    let at = number(&at)?;
    let mut inputs = Vec::new();
    let file = loop {
        match part(&mut sent).await? {
            Part::Input(input) => inputs.push(input),
            Part::File(file) => break Some(file),
            Part::End => break None,
        }
    };
    let posted = Posted::checked(&visit, inputs)?;
    let errors = match file {
        _ if posted.has("remove") => {
            let input = observation_photo_remove::ObservationPhotoRemoveInput { id: id.clone() };
            visit.run::<ObservationPhotoRemove>(input).await?
        }
        Some(file) => {
            let name = file.file_name().unwrap_or_default().to_owned();
            let bytes = file.map_err(std::io::Error::other).boxed();
            match visit.take(name, bytes).await {
                Ok(file) => add(&visit, id.clone(), file).await?,
                Err(message) => about_the_file(message),
            }
        }
        None => about_the_file(visit.say.refusal_required()),
    };
    if errors.is_empty() {
        return Ok(visit.go(&address(&study, at, "/observations"), Flash::Saved));
    }
    let form = errors
        .into_iter()
        .fold(Form::default().with("file", ""), |form, (_, message)| {
            form.wrong("file", message)
        });
    visit.refused(&open(&visit, study, at, id, form).await?)
}

async fn add(visit: &Visit, id: Id, file_id: Id) -> Result<Errors, Fault> {
    let input = observation_photo_add::ObservationPhotoAddInput {
        id,
        file_id: file_id.clone(),
    };
    let errors = visit.run::<ObservationPhotoAdd>(input).await?;
    if !errors.is_empty() {
        // What came for nothing takes nobody's room, and is kept nowhere.
        let input = file_remove::FileRemoveInput { id: file_id };
        visit.run::<FileRemove>(input).await?;
    }
    Ok(errors)
}

fn about_the_file(message: String) -> Errors {
    vec![(vec!["file".to_owned()], message)]
}
