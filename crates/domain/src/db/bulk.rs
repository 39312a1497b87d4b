//! Many rows at once, for a database that is filled whole: one transaction, and a digest of each table.

use std::collections::BTreeMap;
use std::fmt::Write;

use sea_orm::{EntityName, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, Value};
use sha2::{Digest, Sha256};

use super::{Access, covered, dialect};
use crate::authz::{Action, Permit, Writes};
use crate::error::{Error, Result};

/// How many rows go at once.
pub(crate) const ROWS: usize = 20_000;

/// What a table was filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The table.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the rows as text, in the order of writing, in hexadecimal digits: the same rows, the same digest.
    pub digest: String,
}

/// A filling. Dropped without [`Bulk::commit`], it leaves nothing.
pub(crate) struct Bulk<A> {
    permit: Permit<A>,
    pour: dialect::Pour,
    tables: BTreeMap<String, (u64, Sha256)>,
}

impl<A: Action> Bulk<A> {
    pub(crate) async fn begin(access: &Access, action: A) -> Result<Self> {
        Ok(Self {
            permit: Permit::ask(action, access.viewer())?,
            pour: dialect::Pour::begin(&access.db.pool).await?,
            tables: BTreeMap::new(),
        })
    }

    /// Adds rows; best some [`ROWS`] at a time.
    pub(crate) async fn add<M>(&mut self, rows: Vec<M>) -> Result<()>
    where
        A: Writes<M::Entity>,
        M: ModelTrait<Entity: EntityTrait<Model = M>>
            + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        let mut lines = String::new();
        for row in &rows {
            covered::<A, M>(&self.permit, row)?;
            line(row, &mut lines)?;
        }
        let table = M::Entity::default().table_name().to_owned();
        let (count, digest) = self.tables.entry(table).or_default();
        *count += rows.len() as u64;
        digest.update(&lines);
        self.pour.rows(rows, lines).await?;
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<Vec<Filled>> {
        self.pour.commit().await?;
        let filled = |(table, (rows, digest)): (String, (u64, Sha256))| {
            let digest = digest
                .finalize()
                .iter()
                .fold(String::new(), |mut text, byte| {
                    // Writing to a String can't fail.
                    let _ = write!(text, "{byte:02x}");
                    text
                });
            Filled {
                table,
                rows,
                digest,
            }
        };
        Ok(self.tables.into_iter().map(filled).collect())
    }
}

/// A row as a line of PostgreSQL's COPY: tabs between, `\N` for none.
fn line<M: ModelTrait>(row: &M, into: &mut String) -> Result<()> {
    let mut first = true;
    for column in <M::Entity as EntityTrait>::Column::iter() {
        if !std::mem::take(&mut first) {
            into.push('\t');
        }
        value(row.get(column), into)
            .map_err(|_| Error::Fault(format!("no text for {}", column.as_str())))?;
    }
    into.push('\n');
    Ok(())
}

fn value(value: Value, into: &mut String) -> std::fmt::Result {
    match value {
        Value::String(Some(text)) => {
            for c in text.chars() {
                match c {
                    '\\' => into.push_str("\\\\"),
                    '\t' => into.push_str("\\t"),
                    '\n' => into.push_str("\\n"),
                    '\r' => into.push_str("\\r"),
                    c => into.push(c),
                }
            }
            Ok(())
        }
        Value::Uuid(Some(id)) => write!(into, "{id}"),
        Value::Int(Some(n)) => write!(into, "{n}"),
        Value::BigInt(Some(n)) => write!(into, "{n}"),
        Value::Bool(Some(is)) => write!(into, "{is}"),
        Value::ChronoDateTimeUtc(Some(at)) => write!(into, "{}", at.to_rfc3339()),
        Value::ChronoDate(Some(day)) => write!(into, "{day}"),
        Value::Bytes(Some(bytes)) => {
            into.push_str("\\\\x");
            bytes.iter().try_for_each(|byte| write!(into, "{byte:02x}"))
        }
        Value::String(None)
        | Value::Int(None)
        | Value::Uuid(None)
        | Value::ChronoDateTimeUtc(None)
        | Value::ChronoDate(None)
        | Value::ChronoTime(None) => {
            into.push_str("\\N");
            Ok(())
        }
        _ => Err(std::fmt::Error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_can_not_break_out_of_their_column() {
        let mut text = String::new();
        value("a\tb\\c\nd".into(), &mut text).unwrap();
        value(Value::String(None), &mut text).unwrap();
        value(vec![0_u8, 255].into(), &mut text).unwrap();
        assert_eq!(text, "a\\tb\\\\c\\nd\\N\\\\x00ff");
        assert!(value(1.5_f64.into(), &mut text).is_err());
    }
}
