//! Schools from a file: each row one school, known by the registry's id.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::mapping::SchoolColumns;
use super::policy::Schools;
use super::report::{Failure, Listener, Rejected, Report, Running};
use super::rows::{Row, Rows};
use super::{Code, Kind, Mapping, Source};
use crate::authz::Permit;
use crate::clock::Timestamp;
use crate::db::{Access, Tx};
use crate::error::Result;
use crate::id::Id;
use crate::region::{self, Region};
use crate::school::commands::{short, sort_name};
use crate::school::entity::{Column, Entity};
use crate::school::search::{Known, index_schools, terms_of};
use crate::school::{NameKind, School, SchoolName, State, queries};
use crate::text::{self, Localized};

/// How many rows are written in one transaction.
const BATCH: usize = 500;

/// What a row says of a school.
#[derive(Debug, Serialize)]
struct Draft {
    source_id: String,
    name: Localized,
    place: Option<String>,
    address: Option<String>,
    kind: Option<String>,
    region: Option<Id<Region>>,
    opened_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

/// Imports the schools of a file.
pub async fn run(
    access: &Access,
    source: Source<'_>,
    input: impl Read + Send,
    listener: &mut Listener<'_>,
) -> Result<Report, Failure> {
    let columns = source.mapping.school.as_ref();
    let columns = columns.ok_or_else(|| Failure::Mapping("no [school]".to_owned()))?;
    let mut rows = Rows::new(input, &columns.columns())?;
    let regions = access.find::<region::entity::Entity>().all().await?;
    let regions = regions.into_iter().map(|row| (row.code, row.id)).collect();
    let mut running = Running::begin(access, Kind::Schools, source, listener).await?;
    let mut known = Known::default();
    let mut seen = HashSet::new();
    let mut drafts = Vec::with_capacity(BATCH);
    let mut rejected = Vec::new();
    loop {
        let row = rows.next().transpose()?;
        let ended = row.is_none();
        match row {
            None => {}
            Some(Err(broken)) => rejected.push(broken),
            Some(Ok(row)) if !wanted(&row, columns) => running.report.skipped += 1,
            Some(Ok(row)) => match draft(&row, columns, &regions, &mut seen) {
                Ok(draft) => drafts.push(draft),
                Err(broken) => rejected.push(broken),
            },
        }
        if ended || drafts.len() + rejected.len() >= BATCH {
            let tx = access.begin().await?;
            let batch = std::mem::take(&mut drafts);
            write(
                &tx,
                &source.mapping.source,
                batch,
                &mut known,
                &mut running.report,
            )
            .await?;
            running.reject(&tx, std::mem::take(&mut rejected)).await?;
            running.keep(tx).await?;
            running.read_to(rows.byte());
        }
        if ended {
            return running.finish().await;
        }
    }
}

fn wanted(row: &Row<'_>, columns: &SchoolColumns) -> bool {
    columns.only.iter().all(|(column, values)| {
        let value = row.get(column).unwrap_or_default();
        values.iter().any(|wanted| wanted == value)
    })
}

fn draft(
    row: &Row<'_>,
    columns: &SchoolColumns,
    regions: &HashMap<String, Id<Region>>,
    seen: &mut HashSet<String>,
) -> Result<Draft, Rejected> {
    let id = row
        .get(&columns.id)
        .ok_or_else(|| Rejected::new(row.line, Code::IdMissing, &columns.id))?;
    let source_id =
        text::line(id, 100).map_err(|refusal| Rejected::text(row.line, &refusal, &columns.id))?;
    let name = row.name(&columns.name)?;
    let line = |of: &[String]| {
        short(&row.joined(of)).map_err(|refusal| Rejected::text(row.line, &refusal, of.join(", ")))
    };
    let draft = Draft {
        name,
        place: line(&columns.place)?,
        address: line(&columns.address)?,
        kind: line(columns.kind.as_slice())?,
        region: region(row, &columns.region, regions)?,
        opened_on: day(row, columns.opened.as_deref(), &columns.dates)?,
        closed_on: day(row, columns.closed.as_deref(), &columns.dates)?,
        source_id,
    };
    if let (Some(opened), Some(closed)) = (draft.opened_on, draft.closed_on)
        && closed < opened
    {
        let detail = format!("{opened} – {closed}");
        return Err(Rejected::new(row.line, Code::DateOrder, detail));
    }
    // Last, so that the good one of two rows with one id is not lost to a broken one before it.
    if seen.insert(draft.source_id.clone()) {
        Ok(draft)
    } else {
        Err(Rejected::new(row.line, Code::IdRepeated, draft.source_id))
    }
}

/// The first column whose code is known; a row without any code lies nowhere.
fn region(
    row: &Row<'_>,
    columns: &[String],
    regions: &HashMap<String, Id<Region>>,
) -> Result<Option<Id<Region>>, Rejected> {
    let codes: Vec<&str> = columns.iter().filter_map(|name| row.get(name)).collect();
    let found = codes.iter().find_map(|code| regions.get(*code)).copied();
    if found.is_none() && !codes.is_empty() {
        return Err(Rejected::new(
            row.line,
            Code::RegionUnknown,
            codes.join(", "),
        ));
    }
    Ok(found)
}

fn day(row: &Row<'_>, column: Option<&str>, format: &str) -> Result<Option<NaiveDate>, Rejected> {
    let Some((column, text)) = column.and_then(|name| Some((name, row.get(name)?))) else {
        return Ok(None);
    };
    let wrong = |_| Rejected::new(row.line, Code::Date, format!("{column}: {text}"));
    NaiveDate::parse_from_str(text, format)
        .map(Some)
        .map_err(wrong)
}

/// Writes one batch: two look-ups, then new schools in bulk and changed ones each.
async fn write(
    tx: &Tx,
    source: &str,
    drafts: Vec<Draft>,
    known: &mut Known,
    report: &mut Report,
) -> Result<(), Failure> {
    if drafts.is_empty() {
        return Ok(());
    }
    let same = Condition::all()
        .add(Column::Source.eq(source))
        .add(Column::SourceId.is_in(drafts.iter().map(|draft| draft.source_id.as_str())));
    let there = tx.find::<Entity>().filter(same).all().await?;
    let mut there: HashMap<String, School> = there
        .into_iter()
        .map(|school| (school.source_id.clone(), school))
        .collect();
    let mut new = Vec::new();
    let mut changed = Vec::new();
    for draft in drafts {
        let digest = digest(&draft)?;
        match there.remove(&draft.source_id) {
            None => new.push((Id::fresh(), draft, digest)),
            Some(school) => {
                let same = school.source_digest.as_deref() == Some(digest.as_str());
                if same || school.state == State::Merged {
                    report.unchanged += 1;
                } else {
                    changed.push((school, draft, digest));
                }
            }
        }
    }
    report.added += new.len() as u64;
    report.changed += changed.len() as u64;
    let ids = new.iter().map(|(id, ..)| *id);
    let permit = tx.permit(Schools {
        source,
        schools: ids
            .chain(changed.iter().map(|(school, ..)| school.id))
            .collect(),
    })?;
    insert(tx, &permit, source, new, known).await?;
    update(tx, &permit, changed, known).await
}

async fn insert(
    tx: &Tx,
    permit: &Permit<Schools<'_>>,
    source: &str,
    new: Vec<(Id<School>, Draft, String)>,
    known: &mut Known,
) -> Result<(), Failure> {
    let mut schools = Vec::with_capacity(new.len());
    let mut names = Vec::with_capacity(new.len());
    let mut terms = BTreeMap::new();
    for (id, draft, digest) in new {
        let empty = blank(id, source, &draft.source_id, tx.now());
        let from = draft.opened_on;
        names.push(SchoolName::new(id, NameKind::Official, &draft.name, from));
        let school = filled(empty, draft, digest, tx.today());
        terms.insert(id, terms_of(&school, &[]));
        schools.push(school);
    }
    tx.insert_all(permit, schools).await?;
    tx.insert_all(permit, names).await?;
    Ok(index_schools(tx, permit, terms, known, false).await?)
}

/// A school of which nothing is known yet.
fn blank(id: Id<School>, source: &str, source_id: &str, now: Timestamp) -> School {
    School {
        id,
        source: source.to_owned(),
        source_id: source_id.to_owned(),
        name_kk: None,
        name_ru: None,
        name_en: None,
        sort_name: String::new(),
        region_id: None,
        place: None,
        address: None,
        kind: None,
        languages: String::new(),
        opened_on: None,
        closed_on: None,
        state: State::Unclaimed,
        merged_into_id: None,
        source_digest: None,
        version: 0,
        created_at: now,
    }
}

/// The schools of a file as rows, for a database that is filled whole; rows that can't be taken are left out.
pub(crate) fn rows(
    mapping: &Mapping,
    input: impl Read,
    regions: &HashMap<String, Id<Region>>,
    (now, today): (Timestamp, NaiveDate),
    mut key: impl FnMut() -> Id<School>,
) -> Result<Vec<School>, Failure> {
    let columns = mapping.school.as_ref();
    let columns = columns.ok_or_else(|| Failure::Mapping("no [school]".to_owned()))?;
    let mut rows = Rows::new(input, &columns.columns())?;
    let (mut seen, mut schools) = (HashSet::new(), Vec::new());
    while let Some(row) = rows.next().transpose()? {
        let Some(row) = row.ok().filter(|row| wanted(row, columns)) else {
            continue;
        };
        if let Ok(draft) = draft(&row, columns, regions, &mut seen) {
            let digest = digest(&draft)?;
            let empty = blank(key(), &mapping.source, &draft.source_id, now);
            schools.push(filled(empty, draft, digest, today));
        }
    }
    Ok(schools)
}

async fn update(
    tx: &Tx,
    permit: &Permit<Schools<'_>>,
    changed: Vec<(School, Draft, String)>,
    known: &mut Known,
) -> Result<(), Failure> {
    let mut terms = BTreeMap::new();
    for (before, draft, digest) in changed {
        let id = before.id;
        if before.name() != draft.name {
            rename(tx, permit, &before, &draft.name).await?;
        }
        let after = tx
            .update(permit, filled(before, draft, digest, tx.today()))
            .await?;
        let names = queries::names_in(tx, id).await?;
        terms.insert(id, terms_of(&after, &names));
    }
    if terms.is_empty() {
        return Ok(());
    }
    Ok(index_schools(tx, permit, terms, known, true).await?)
}

/// A new name in the registry: the old one is a former name from today.
async fn rename(
    tx: &Tx,
    permit: &Permit<Schools<'_>>,
    school: &School,
    name: &Localized,
) -> Result<()> {
    let today = tx.today();
    for old in queries::names_in(tx, school.id).await? {
        if old.kind == NameKind::Official && old.until_day.is_none() {
            if old.from_day.is_some_and(|from| from >= today) {
                tx.delete(permit, old).await?;
            } else {
                let former = SchoolName {
                    until_day: Some(today),
                    ..old
                };
                tx.update(permit, former).await?;
            }
        }
    }
    let new = SchoolName::new(school.id, NameKind::Official, name, Some(today));
    tx.insert(permit, new).await?;
    Ok(())
}

/// The school as the registry has it. What only people here know stays: languages, who speaks for it.
fn filled(before: School, draft: Draft, digest: String, today: NaiveDate) -> School {
    let closed = draft.closed_on.is_some_and(|day| day <= today);
    let state = match before.state {
        _ if closed => State::Closed,
        State::Closed => State::Unclaimed,
        state => state,
    };
    School {
        sort_name: sort_name(&draft.name),
        name_kk: draft.name.kk,
        name_ru: draft.name.ru,
        name_en: draft.name.en,
        region_id: draft.region,
        place: draft.place,
        address: draft.address,
        kind: draft.kind,
        opened_on: draft.opened_on,
        closed_on: draft.closed_on,
        state,
        source_digest: Some(digest),
        version: before.version + 1,
        ..before
    }
}

fn digest(draft: &Draft) -> Result<String> {
    let digest = Sha256::digest(serde_json::to_vec(draft)?);
    let half = digest.iter().take(16);
    Ok(half.map(|byte| format!("{byte:02x}")).collect())
}
