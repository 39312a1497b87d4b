//! Parts of a list that is sorted by a score made for the asking, which no column holds.

use sea_orm::ColumnType;
use serde::Serialize;

use super::{List, Mark, Page, Sorted, Window};
use crate::error::{Refusal, Result};

impl Window {
    /// Where the part of a list sorted by a score, the greatest first, begins.
    pub(crate) fn score_mark<O: Serialize>(
        &self,
        list: &List<O>,
    ) -> Result<Option<(i64, uuid::Uuid)>> {
        match self.mark(list, &ColumnType::BigInteger)? {
            None => Ok(None),
            Some(Mark {
                value: Sorted::Int(score),
                id,
                ..
            }) => Ok(Some((score, id))),
            Some(_) => Err(Refusal::Cursor.of("after")),
        }
    }

    /// The page out of ids with their scores.
    pub(crate) fn cut_scored<O: Serialize>(
        &self,
        list: &List<O>,
        fetched: Vec<(uuid::Uuid, i64)>,
    ) -> Result<Page<uuid::Uuid>> {
        self.cut(
            fetched,
            None,
            |(id, score)| list.mark(Sorted::Int(*score), *id),
            |(id, _)| id,
        )
    }
}
