//! What a group writes down beside its lessons: notes on what is known, and the report.

use serde::Serialize;

use super::entity::report;
use super::policy::Work;
use super::{Note, Report, State, Study, queries};
use crate::db::{Access, Once};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::fact::study::Worked;
use crate::id::Id;
use crate::pupil_text;
use crate::text;

/// What a note says.
#[derive(Debug, Clone, Serialize)]
pub struct NewNote {
    /// Of which study.
    pub study: Id<Study>,
    /// What it says.
    pub body: String,
    /// Where what it is about can be read: `https://…`.
    pub url: Option<String>,
}

/// Somebody of the group adds a note.
pub async fn note(access: &Access, new: &NewNote, key: Option<&str>) -> Result<Note> {
    let mut missteps = Missteps::default();
    let body = missteps.check("body", pupil_text::needed(&new.body, 4000));
    let url = new.url.as_deref().filter(|url| !url.trim().is_empty());
    let url = missteps.check("url", url.map(text::web_address).transpose());
    missteps.finish()?;
    let tx = match access.begin_once(key, &("study.note", new)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            let before = access.get(Id::from_uuid(id)).await?;
            return before.ok_or_else(|| Refusal::NotFound.into());
        }
    };
    let (_, seat) = queries::held(&tx, new.study, "studyId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    let author_id = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let note = Note {
        id: Id::fresh(),
        study_id: new.study,
        author_id,
        body: body.unwrap_or_default(),
        url: url.flatten(),
        created_at: tx.now(),
    };
    let note = tx.insert(&permit, note).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::Note, None))
        .await?;
    tx.commit_as(note.id).await?;
    Ok(note)
}

/// Whoever wrote a note takes it back.
pub async fn take_back(access: &Access, id: Id<Note>) -> Result<Note> {
    let tx = access.begin().await?;
    let note = tx.lock(id, "id").await?;
    let (_, seat) = queries::held(&tx, note.study_id, "id").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    if access.viewer().id() != Some(note.author_id) {
        return Err(Refusal::NotPermitted.into());
    }
    tx.delete(&permit, note.clone()).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::Note, None))
        .await?;
    tx.commit().await?;
    Ok(note)
}

/// The parts of a report.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Where it was done, and why.
    pub context: String,
    /// What the group wanted to learn.
    pub aims: String,
    /// How it went about it.
    pub methods: String,
    /// What it found.
    pub findings: String,
    /// What changes in practice.
    pub changes: String,
}

/// The group writes its report, from the day it concludes until it is shared. `version` is that of the report they saw.
pub async fn write_report(
    access: &Access,
    id: Id<Study>,
    version: i32,
    parts: &Parts,
) -> Result<Report> {
    let mut missteps = Missteps::default();
    let mut part = |field, text: &str| {
        let text = missteps.check(field, pupil_text::prose(text, 20_000));
        text.unwrap_or_default()
    };
    let (context, aims) = (part("context", &parts.context), part("aims", &parts.aims));
    let (methods, findings) = (
        part("methods", &parts.methods),
        part("findings", &parts.findings),
    );
    let changes = part("changes", &parts.changes);
    missteps.finish()?;
    let tx = access.begin().await?;
    let (study, seat) = queries::held(&tx, id, "studyId").await?;
    let permit = tx.permit(Work { seat: &seat })?;
    if !matches!(study.state, State::Concluding | State::Reported) {
        return Err(study.state.wrong().into());
    }
    let before = tx.find::<report::Entity>().by_id(id).one().await?;
    let before = before.ok_or(Refusal::NotFound)?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let written_by_id = access.viewer().id().ok_or(Refusal::SignInRequired)?;
    let report = Report {
        study_id: id,
        context,
        aims,
        methods,
        findings,
        changes,
        version: version + 1,
        written_by_id,
        written_at: tx.now(),
    };
    let report = tx.update(&permit, report).await?;
    tx.record(&permit, Fact::worked(seat.about(), Worked::Report, None))
        .await?;
    tx.commit().await?;
    Ok(report)
}
