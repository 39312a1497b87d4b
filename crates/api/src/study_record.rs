//! What a group writes down beside its lessons: notes and the report.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::db::Access;
use domain::id::Id;
use domain::study::{self as model, queries};

use crate::ids::shown;
use crate::person::Person;
use crate::rows::{Part, by_id};

/// What the group noted about what is known.
pub struct StudyNote(pub model::Note);

/// What the group noted about what is known. For whoever takes part in the study.
#[Object]
impl StudyNote {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What it says.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Where what it is about can be read.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// Who wrote it.
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.author_id).await?.map(Person))
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// What others read of a study.
pub struct StudyReport(pub(crate) model::Report);

/// What others read of a study. It holds nothing about a case pupil. For whoever takes part, and for those the study is
/// shared with.
#[Object]
impl StudyReport {
    /// The version, to send back with a change.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Where it was done, and why.
    async fn context(&self) -> &str {
        &self.0.context
    }

    /// What the group wanted to learn.
    async fn aims(&self) -> &str {
        &self.0.aims
    }

    /// How it went about it.
    async fn methods(&self) -> &str {
        &self.0.methods
    }

    /// What it found.
    async fn findings(&self) -> &str {
        &self.0.findings
    }

    /// What changes in practice.
    async fn changes(&self) -> &str {
        &self.0.changes
    }

    /// Who wrote this version.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(by_id(ctx, self.0.written_by_id).await?.map(Person))
    }

    /// When.
    async fn written_at(&self) -> DateTime<Utc> {
        self.0.written_at
    }
}

impl Part for model::Report {
    type Whole = model::Study;

    fn whole(&self) -> Id<model::Study> {
        self.study_id
    }

    async fn of(access: &Access, wholes: &[Id<Self::Whole>]) -> domain::error::Result<Vec<Self>> {
        queries::reports(access, wholes).await
    }
}
