//! What an import tells: while it runs, when it ends, and for good.

use super::entity::{Entity, rejection};
use super::policy::Run;
use super::{Code, ImportRejection, ImportRun, Kind, Source};
use crate::db::{Access, Tx};
use crate::error::{Error, Refusal};
use crate::fact::Fact;
use crate::id::Id;

/// Why an import did not start, or broke off. What was written in whole batches before stays.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The mapping makes no sense.
    #[error("the mapping: {0}")]
    Mapping(String),
    /// The file lacks a column that the mapping names.
    #[error("the file has no column {0:?}")]
    Column(String),
    /// The file can't be read.
    #[error("the file: {0}")]
    Read(#[from] csv::Error),
    /// The database.
    #[error(transparent)]
    Domain(#[from] Error),
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The line on which it begins.
    pub line: u64,
    /// Why.
    pub code: Code,
    /// Column and value.
    pub detail: String,
}

impl Rejected {
    pub(super) fn new(line: u64, code: Code, detail: impl Into<String>) -> Self {
        let detail: String = detail.into().chars().take(200).collect();
        Self { line, code, detail }
    }

    /// A text that breaks a rule of texts.
    pub(super) fn text(line: u64, refusal: &Refusal, detail: impl Into<String>) -> Self {
        let code = match refusal {
            Refusal::Required => Code::NameMissing,
            Refusal::TooLong { .. } => Code::TooLong,
            _ => Code::Text,
        };
        Self::new(line, code, detail)
    }
}

/// What happens while a file is read.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// Read up to this byte.
    Read(u64),
    /// A row was not taken.
    Rejected(&'a Rejected),
}

/// Whoever is told.
pub type Listener<'a> = dyn FnMut(Event<'_>) + Send + 'a;

/// What came of it. The counts are of schools, or of networks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// New ones.
    pub added: u64,
    /// Those that are not what they were.
    pub changed: u64,
    /// Those that are what they were.
    pub unchanged: u64,
    /// Rows that the mapping leaves out.
    pub skipped: u64,
    /// Rows that were rejected.
    pub rejected: u64,
}

/// A run under way.
pub(super) struct Running<'a, 'l> {
    access: &'a Access,
    source: Source<'a>,
    row: ImportRun,
    listener: &'a mut Listener<'l>,
    pub(super) report: Report,
}

impl<'a, 'l> Running<'a, 'l> {
    pub(super) async fn begin(
        access: &'a Access,
        kind: Kind,
        source: Source<'a>,
        listener: &'a mut Listener<'l>,
    ) -> Result<Self, Failure> {
        let row = ImportRun {
            id: Id::fresh(),
            kind,
            file: source.file.to_owned(),
            source: source.mapping.source.clone(),
            started_at: access.db().clock().now(),
            finished_at: None,
            added: 0,
            changed: 0,
            unchanged: 0,
            skipped: 0,
            rejected: 0,
        };
        let running = Self {
            access,
            source,
            row,
            listener,
            report: Report::default(),
        };
        let tx = access.begin().await?;
        let permit = tx.permit(running.permission())?;
        tx.insert(&permit, running.row.clone()).await?;
        running.keep(tx).await?;
        Ok(running)
    }

    fn permission(&self) -> Run {
        Run { run: self.row.id }
    }

    /// Where in the file the import is.
    pub(super) fn read_to(&mut self, byte: u64) {
        (self.listener)(Event::Read(byte));
    }

    /// Tells of rows that were not taken, and writes them down with the batch they were in.
    pub(super) async fn reject(&mut self, tx: &Tx, rejected: Vec<Rejected>) -> Result<(), Failure> {
        let permit = tx.permit(self.permission())?;
        self.report.rejected += rejected.len() as u64;
        for rejected in &rejected {
            (self.listener)(Event::Rejected(rejected));
        }
        if self.source.dry_run {
            return Ok(());
        }
        let rows = rejected.into_iter().map(|rejected| ImportRejection {
            id: Id::fresh(),
            run_id: self.row.id,
            line: i64::try_from(rejected.line).unwrap_or(i64::MAX),
            code: rejected.code,
            detail: rejected.detail,
        });
        tx.insert_all::<_, rejection::Model>(&permit, rows.collect())
            .await?;
        Ok(())
    }

    /// Commits a batch; a dry run drops it.
    pub(super) async fn keep(&self, tx: Tx) -> Result<(), Failure> {
        if !self.source.dry_run {
            tx.commit().await?;
        }
        Ok(())
    }

    pub(super) async fn finish(self) -> Result<Report, Failure> {
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let report = self.report;
        let tx = self.access.begin().await?;
        let permit = tx.permit(self.permission())?;
        let row = ImportRun {
            finished_at: Some(self.access.db().clock().now()),
            added: count(report.added),
            changed: count(report.changed),
            unchanged: count(report.unchanged),
            skipped: count(report.skipped),
            rejected: count(report.rejected),
            ..self.row.clone()
        };
        if self.source.dry_run {
            return Ok(report);
        }
        tx.update::<_, <Entity as sea_orm::EntityTrait>::Model>(&permit, row)
            .await?;
        if self.row.kind == Kind::Schools {
            let fact = Fact::SchoolsImported {
                run: self.row.id.uuid(),
                file: self.row.file.clone(),
                added: report.added,
                changed: report.changed,
                rejected: report.rejected,
            };
            tx.record(&permit, fact).await?;
        }
        tx.commit().await?;
        Ok(report)
    }
}
