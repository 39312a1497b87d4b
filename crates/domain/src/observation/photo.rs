//! The photo of a note: there only by a consent for media, seen by whoever takes part and only while it holds.

use super::Observation;
use super::policy::{Observe, TakeBack};
use crate::authz::Job;
use crate::consent::{self, Kind};
use crate::db::Access;
use crate::error::{Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::Worked;
use crate::file::{self, File};
use crate::id::Id;
use crate::research_lesson::State;
use crate::research_lesson::queries::held;
use crate::resource::attachment;

/// Whoever took a note adds a picture of theirs to it, as long as the lesson is not closed: a phone without signal may
/// send it late. Again is as good as once.
pub async fn add(access: &Access, id: Id<Observation>, file: Id<File>) -> Result<Observation> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (lesson, seat) = held(&tx, seen.lesson_id, "id").await?;
    let note = tx.lock(id, "id").await?;
    let permit = tx.permit(Observe {
        seat: &seat,
        person: note.author_id,
    })?;
    if note.photo_id == Some(file) {
        return Ok(note);
    }
    if lesson.state == State::Closed {
        return Err(lesson.state.wrong().into());
    }
    if note.photo_id.is_some() {
        return Err(Refusal::AlreadyExists.of("fileId"));
    }
    if !consent::queries::holds(&tx, lesson.study_id, Kind::Media).await? {
        return Err(Refusal::MediaConsentMissing.of("fileId"));
    }
    let file = tx.lock(file, "fileId").await?;
    if file.uploader_id != note.author_id {
        return Err(Refusal::NotFound.of("fileId"));
    }
    if !file.pictured || !file.media_type.starts_with("image/") {
        return Err(Refusal::NotAPicture.of("fileId"));
    }
    // What a work or another note holds has readers of its own.
    if file.study_id.is_some() || attachment::holds(&tx, file.id).await? {
        return Err(Refusal::FileHeld.of("fileId"));
    }
    let photo = File {
        study_id: Some(lesson.study_id),
        ..file
    };
    let photo = tx.update(&permit, photo).await?;
    let after = Observation {
        photo_id: Some(photo.id),
        ..note
    };
    let after = tx.update(&permit, after).await?;
    let fact = Fact::worked(seat.about(), Worked::Observations, Some(lesson.id));
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(after)
}

/// Whoever took a note takes its photo back: it is gone for good. Again is as good as once.
pub async fn remove(access: &Access, id: Id<Observation>) -> Result<Observation> {
    let tx = access.begin().await?;
    let seen = tx.get(id, "id").await?;
    let (lesson, seat) = held(&tx, seen.lesson_id, "id").await?;
    let note = tx.lock(id, "id").await?;
    let permit = tx.permit(TakeBack {
        seat: &seat,
        author: note.author_id,
    })?;
    let Some(photo) = note.photo_id else {
        return Ok(note);
    };
    // Nobody sees it any more when the consent is withdrawn, and yet it can go.
    let photo = tx
        .find_as::<file::entity::Entity>(Job::Operator)
        .by_id(photo)
        .one()
        .await?;
    let after = Observation {
        photo_id: None,
        ..note
    };
    let after = tx.update(&permit, after).await?;
    if let Some(photo) = &photo {
        let permit = tx.permit(file::policy::Remove { file: photo })?;
        file::commands::gone(&tx, &permit).await?;
    }
    let fact = Fact::worked(seat.about(), Worked::Observations, Some(lesson.id));
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(after)
}
