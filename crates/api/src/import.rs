//! Imports, for those who look after an installation.

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::import::{self as model, queries};

use crate::connection::{Connection, Paging, connect};
use crate::ids::shown;
use crate::rows::{access, read};

/// What an imported file holds.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Kind")]
pub enum ImportKind {
    /// Schools.
    Schools,
    /// Networks with their schools.
    Networks,
    /// Works with a file each.
    Resources,
}

/// Why a row was not taken.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Code")]
pub enum ImportRejectionCode {
    /// Not UTF-8.
    Encoding,
    /// More or fewer fields than the header has.
    Columns,
    /// No id.
    IdMissing,
    /// An id that an earlier row of the file has.
    IdRepeated,
    /// No name.
    NameMissing,
    /// Control characters in a text.
    Text,
    /// A text that is too long.
    TooLong,
    /// Not a date of the mapping's format.
    Date,
    /// The last day lies before the first.
    DateOrder,
    /// Not a number.
    Number,
    /// A code that no region has.
    RegionUnknown,
    /// No school of the source has this id.
    SchoolUnknown,
    /// The school is closed.
    SchoolClosed,
    /// The network has no second school.
    NoPartner,
    /// The two schools have a partnership in another network.
    AlreadyLinked,
    /// The folder has no such file.
    FileMissing,
    /// The file is not taken.
    FileRefused,
    /// None of the languages of the platform.
    LanguageUnknown,
    /// A licence that is none of ours.
    LicenceUnknown,
}

/// One import of one file.
pub struct ImportRun(pub model::ImportRun);

/// One import of one file. For administrators of the platform.
#[Object]
impl ImportRun {
    /// The id.
    pub(crate) async fn id(&self) -> ID {
        shown(self.0.id)
    }

    /// What the file holds.
    async fn kind(&self) -> ImportKind {
        self.0.kind.into()
    }

    /// The file's name.
    async fn file(&self) -> &str {
        &self.0.file
    }

    /// The registry, as the mapping names it.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// When it began.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// When it ended; null while it runs, or when it broke off.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }

    /// How many schools, networks or works are new.
    async fn added(&self) -> i64 {
        self.0.added
    }

    /// How many are not what they were.
    async fn changed(&self) -> i64 {
        self.0.changed
    }

    /// How many are what they were.
    async fn unchanged(&self) -> i64 {
        self.0.unchanged
    }

    /// How many rows the mapping leaves out.
    async fn skipped(&self) -> i64 {
        self.0.skipped
    }

    /// The rows that were not taken, in the order of the file.
    async fn rejections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ImportRejection>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let (access, run) = (access(ctx)?, self.0.id);
        let page = read(ctx, queries::rejections(access, run, &window)).await?;
        connect(ctx, page, ImportRejection, || {
            queries::count_rejections(access, run)
        })
        .await
        .map(Some)
    }
}

/// A row that was not taken.
pub struct ImportRejection(model::ImportRejection);

/// A row that was not taken.
#[Object]
impl ImportRejection {
    /// The line of the file on which the row begins.
    async fn line(&self) -> i64 {
        self.0.line
    }

    /// Why.
    async fn code(&self) -> ImportRejectionCode {
        self.0.code.into()
    }

    /// The column and what it says, cut short.
    async fn detail(&self) -> &str {
        &self.0.detail
    }
}

/// Reading imports.
#[derive(Default)]
pub struct ImportQuery;

#[Object]
impl ImportQuery {
    /// Imports, the latest first. Administrators of the platform; for others the list is empty.
    async fn import_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; 20 when neither is given.")]
        first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ImportRun>>> {
        let window = Paging {
            first,
            after,
            last,
            before,
        }
        .window(ctx)?;
        let access = access(ctx)?;
        let page = read(ctx, queries::page(access, &window)).await?;
        connect(ctx, page, ImportRun, || queries::count(access))
            .await
            .map(Some)
    }
}
