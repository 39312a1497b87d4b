//! The third step: the files that go with the work. A form sends one at a time, so that one that breaks off takes no
//! other along; with scripts a file is sent in parts before, and the form names it.

use askama::Template;
use axum::{
    Router,
    extract::{Multipart, Path},
    response::Response,
    routing::{get, post},
};
use futures_util::{StreamExt, TryStreamExt};

use super::{Editing, FileRemove, file_remove, open};
use crate::{
    bank::resource::size,
    fault::Fault,
    flash::Flash,
    form::{Form, Part, Posted, part},
    scalar::Id,
    visit::{Frame, Visit},
};

pub(super) fn routes() -> Router {
    Router::new().route("/bank/{id}/files", get(show))
}

pub(super) fn sent_to() -> Router {
    Router::new().route("/bank/{id}/files", post(change))
}

#[derive(Template)]
#[template(path = "bank/files.html")]
struct FilesPage {
    frame: Frame,
    form: Form,
    id: Id,
    version: i64,
    title: String,
    files: Vec<Kept>,
    /// How large a file may be, in words and in bytes.
    largest: (String, i64),
}

impl FilesPage {
    /// Who sends: what a browser keeps of an upload is theirs alone.
    fn person(&self) -> &str {
        let viewer = self.frame.viewer.as_ref();
        viewer.map_or("", |viewer| &viewer.person.id)
    }
}

/// A file of the draft.
struct Kept {
    id: Id,
    name: String,
    size: String,
}

fn page(editing: Editing, form: Form) -> FilesPage {
    let say = editing.frame.say;
    let files = editing.draft.files.iter().map(|file| Kept {
        id: file.id.clone(),
        name: file.name.clone(),
        size: size(&say, file.size),
    });
    FilesPage {
        files: files.collect(),
        title: editing.title(),
        largest: (size(&say, editing.largest_file), editing.largest_file),
        frame: editing.frame.of(&form),
        form,
        version: editing.work.version,
        id: editing.work.id,
    }
}

async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let editing = open(&visit, id).await?;
    visit.page(&page(editing, Form::default()))
}

/// Adds the file that was sent, or removes the one whose button was pressed.
async fn change(
    visit: Visit,
    Path(id): Path<String>,
    mut sent: Multipart,
) -> Result<Response, Fault> {
    let mut inputs = Vec::new();
    let file = loop {
        match part(&mut sent).await? {
            Part::Input(input) => inputs.push(input),
            Part::File(file) => break Some(file),
            Part::End => break None,
        }
    };
    let posted = Posted::checked(&visit, inputs)?;
    let version = posted.version("version")?;
    let editing = open(&visit, id.clone()).await?;
    let mut text = editing.text();
    let mut files = text.file_ids.take().unwrap_or_default();
    let (removed, sent) = (posted.optional("remove"), posted.optional("fileId"));
    // A file that is sent meets whatever the work is by now: to send it took longer than to change the work.
    let version = match removed {
        Some(_) => version,
        None => editing.work.version,
    };
    match (&removed, file, &sent) {
        (Some(removed), ..) => files.retain(|file| file != removed),
        (None, None, Some(sent)) => files.push(sent.clone()),
        (None, Some(file), _) => {
            let name = file.file_name().unwrap_or_default().to_owned();
            let bytes = file.map_err(std::io::Error::other).boxed();
            match visit.take(name, bytes).await {
                Ok(file) => files.push(file),
                Err(message) => return again(&visit, editing, message),
            }
        }
        (None, None, None) => {
            let message = visit.say.refusal_required();
            return again(&visit, editing, message);
        }
    }
    text.file_ids = Some(files.clone());
    if let Err(errors) = editing.keep(&visit, version, None, Some(text)).await? {
        // What came for nothing takes nobody's room; what was sent in parts may be named again.
        if let (None, None, Some(file)) = (removed, sent, files.pop()) {
            remove(&visit, file).await?;
        }
        let form = Form::again(posted, errors);
        return visit.refused(&page(editing, form));
    }
    if let Some(file) = removed {
        remove(&visit, file).await?;
    }
    Ok(visit.go(&format!("/bank/{id}/files"), Flash::Saved))
}

fn again(visit: &Visit, editing: Editing, message: String) -> Result<Response, Fault> {
    let form = Form::default().with("file", "");
    let form = form.wrong("file", message);
    visit.refused(&page(editing, form))
}

/// Gives the room of a file back; one that an earlier version holds stays.
async fn remove(visit: &Visit, id: Id) -> Result<(), Fault> {
    let held = visit
        .run::<FileRemove>(file_remove::FileRemoveInput { id })
        .await?;
    if !held.is_empty() {
        tracing::debug!("a file stays with an earlier version");
    }
    Ok(())
}
