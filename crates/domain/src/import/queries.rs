//! How administrators look back at imports.

use sea_orm::ColumnTrait;
use serde::Serialize;

use super::entity::{Column, Entity, rejection};
use super::{ImportRejection, ImportRun};
use crate::db::Access;
use crate::error::Result;
use crate::id::Id;
use crate::page::{List, Order, Page, Window, fetch};

/// How a list of runs is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum By {
    /// The latest first.
    #[default]
    Newest,
}

impl Order<Entity> for By {
    fn column(self) -> Column {
        Column::StartedAt
    }

    fn descending(self) -> bool {
        true
    }
}

/// A part of the list of runs.
pub async fn page(access: &Access, window: &Window) -> Result<Page<ImportRun>> {
    fetch(access.find(), &List::new(By::Newest, &())?, window).await
}

/// How many runs there were.
pub async fn count(access: &Access) -> Result<u64> {
    access.find::<Entity>().count().await
}

/// How a list of rejections is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum RejectionsBy {
    /// In the order of the file.
    #[default]
    Line,
}

impl Order<rejection::Entity> for RejectionsBy {
    fn column(self) -> rejection::Column {
        rejection::Column::Line
    }

    fn descending(self) -> bool {
        false
    }
}

/// A part of the list of rows that a run rejected.
pub async fn rejections(
    access: &Access,
    run: Id<ImportRun>,
    window: &Window,
) -> Result<Page<ImportRejection>> {
    let find = access.find().filter(rejection::Column::RunId.eq(run));
    fetch(find, &List::new(RejectionsBy::Line, &run)?, window).await
}

/// How many rows a run rejected, as far as the viewer may see.
pub async fn count_rejections(access: &Access, run: Id<ImportRun>) -> Result<u64> {
    let find = access.find::<rejection::Entity>();
    find.filter(rejection::Column::RunId.eq(run)).count().await
}
