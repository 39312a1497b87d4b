//! Works from a folder with an index: each row one work with its file, known by the file's path in the folder.
//!
//! The works are somebody's, begun and shared in their name by the same commands that people use. A row that says what
//! it said before, with the same bytes, changes nothing; another one makes a new version.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::mapping::ResourceColumns;
use super::policy::Shelve;
use super::report::{Failure, Listener, Rejected, Report, Running};
use super::rows::{Row, Rows};
use super::{Code, Kind, Source};
use crate::audience::Audience;
use crate::db::Access;
use crate::error::{Error, Result};
use crate::file::File;
use crate::id::Id;
use crate::resource::commands::{self, Edit, NewResource};
use crate::resource::content::{Card, Text};
use crate::resource::{self, Licence};
use crate::text::{self, Language, Localized};

/// Which work came from which row.
pub mod origin {
    use sea_orm::entity::prelude::*;

    use crate::id::Id;
    use crate::resource::Resource;

    /// Where a work came from.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "resource_source")]
    pub struct Model {
        /// The collection, as the mapping names it.
        #[sea_orm(primary_key, auto_increment = false)]
        pub source: String,
        /// The file's path.
        #[sea_orm(primary_key, auto_increment = false)]
        pub source_id: String,
        /// The work.
        pub resource_id: Id<Resource>,
        /// Digest of the row and of the file's bytes.
        pub digest: String,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where the files are, and whose the works become.
pub struct Shelf<'a> {
    /// The folder that the index speaks of.
    pub folder: &'a Path,
    /// The database as the author sees it, see [`crate::door::in_name_of`].
    pub author: &'a Access,
    /// Whom the works are shared with; the author's network when none.
    pub audience: Option<Audience>,
}

/// What a row says, and what its file holds.
#[derive(Debug, Serialize)]
struct Draft {
    source_id: String,
    card: Card,
    text: Text,
    bytes: String,
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    line: u64,
}

/// Imports the works of a folder. `bring` keeps a file in the store as the author's, or says why it is not taken.
pub async fn run(
    access: &Access,
    source: Source<'_>,
    index: impl Read + Send,
    shelf: &Shelf<'_>,
    bring: impl AsyncFn(&Path) -> Result<Id<File>, String>,
    listener: &mut Listener<'_>,
) -> Result<Report, Failure> {
    let columns = source.mapping.resource.as_ref();
    let columns = columns.ok_or_else(|| Failure::Mapping("no [resource]".to_owned()))?;
    let mut rows = Rows::new(index, &columns.columns())?;
    let mut running = Running::begin(access, Kind::Resources, source, listener).await?;
    let mut seen = HashSet::new();
    while let Some(row) = rows.next().transpose()? {
        let taken = match row.and_then(|row| draft(&row, columns, shelf.folder, &mut seen)) {
            Ok(draft) => take(access, source, shelf, draft, &bring).await?,
            Err(broken) => Err(broken),
        };
        match taken {
            Ok(Done::Added) => running.report.added += 1,
            Ok(Done::Changed) => running.report.changed += 1,
            Ok(Done::Unchanged) => running.report.unchanged += 1,
            Err(broken) => {
                let tx = access.begin().await?;
                running.reject(&tx, vec![broken]).await?;
                running.keep(tx).await?;
            }
        }
        running.read_to(rows.byte());
    }
    running.finish().await
}

enum Done {
    Added,
    Changed,
    Unchanged,
}

async fn take(
    access: &Access,
    source: Source<'_>,
    shelf: &Shelf<'_>,
    mut draft: Draft,
    bring: &impl AsyncFn(&Path) -> Result<Id<File>, String>,
) -> Result<Result<Done, Rejected>, Failure> {
    let digest = hex(&Sha256::digest(
        serde_json::to_vec(&draft).map_err(Error::from)?,
    ));
    let name = &source.mapping.source;
    let same = Condition::all()
        .add(origin::Column::Source.eq(name))
        .add(origin::Column::SourceId.eq(&draft.source_id));
    let before = access.find::<origin::Entity>().filter(same).one().await?;
    if before.as_ref().is_some_and(|row| row.digest == digest) {
        return Ok(Ok(Done::Unchanged));
    }
    let done = if before.is_some() {
        Done::Changed
    } else {
        Done::Added
    };
    if source.dry_run {
        return Ok(Ok(done));
    }
    let (line, path) = (draft.line, std::mem::take(&mut draft.path));
    match bring(&path).await {
        Ok(file) => draft.text.files = vec![file],
        Err(why) => return Ok(Err(Rejected::new(line, Code::FileRefused, why))),
    }
    let row = origin::Model {
        source: name.clone(),
        source_id: draft.source_id.clone(),
        resource_id: Id::fresh(),
        // Not yet: whoever breaks off before it is shared goes on with the same work.
        digest: String::new(),
    };
    match shelve(access, shelf, before.ok_or(row), draft, digest).await {
        Ok(()) => Ok(Ok(done)),
        Err(Error::Refused(missteps)) => {
            let first = missteps.into_iter().next();
            let rejected = first.map(|it| Rejected::text(line, &it.refusal, it.field));
            Ok(Err(
                rejected.unwrap_or_else(|| Rejected::new(line, Code::Text, ""))
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// Begins the work of a row that is not known, or writes that of one that is, and shares it.
async fn shelve(
    access: &Access,
    shelf: &Shelf<'_>,
    row: Result<origin::Model, origin::Model>,
    draft: Draft,
    digest: String,
) -> Result<()> {
    let (row, written) = match row {
        Ok(known) => {
            let edit = Edit {
                card: Some(draft.card),
                text: Some(draft.text),
                authors: None,
            };
            let id = known.resource_id;
            let before = shelf.author.get(id).await?;
            let before = before.ok_or_else(|| Error::Fault(format!("{id} is gone")))?;
            let written = commands::write(shelf.author, id, before.version, &edit).await?;
            (known, written)
        }
        Err(new) => {
            let work = NewResource {
                card: draft.card,
                text: draft.text,
                school: None,
            };
            let begun = commands::begin(shelf.author, &work, None).await?;
            let row = origin::Model {
                resource_id: begun.id,
                ..new
            };
            let tx = access.begin().await?;
            let permit = tx.permit(Shelve { resource: begun.id })?;
            let row = tx.insert(&permit, row).await?;
            tx.commit().await?;
            (row, begun)
        }
    };
    let (id, version) = (written.id, written.version);
    commands::share(shelf.author, id, version, shelf.audience, "").await?;
    let tx = access.begin().await?;
    let permit = tx.permit(Shelve { resource: id })?;
    tx.update(&permit, origin::Model { digest, ..row }).await?;
    tx.commit().await
}

fn draft(
    row: &Row<'_>,
    columns: &ResourceColumns,
    folder: &Path,
    seen: &mut HashSet<String>,
) -> Result<Draft, Rejected> {
    let line = row.line;
    let reject = |code, detail: &str| Rejected::new(line, code, detail);
    let given = row.get(&columns.file);
    let given = given.ok_or_else(|| reject(Code::IdMissing, &columns.file))?;
    if !seen.insert(given.to_owned()) {
        return Err(reject(Code::IdRepeated, given));
    }
    let path = inside(folder, given).ok_or_else(|| reject(Code::FileMissing, given))?;
    let bytes = std::fs::read(&path).map_err(|_| reject(Code::FileMissing, given))?;
    let title = row.get(&columns.title);
    let title = title.ok_or_else(|| reject(Code::NameMissing, &columns.title))?;
    let language = match row.get(&columns.language) {
        Some("kk") => Language::Kk,
        Some("ru") => Language::Ru,
        Some("en") => Language::En,
        other => return Err(reject(Code::LanguageUnknown, other.unwrap_or_default())),
    };
    let terms = row.get(&columns.licence).unwrap_or_default();
    let licence = <Licence as sea_orm::Iterable>::iter()
        .find(|licence| licence.spdx().eq_ignore_ascii_case(terms))
        .ok_or_else(|| reject(Code::LicenceUnknown, terms))?;
    let kind = columns.kind.as_deref().and_then(|column| row.get(column));
    let kind = kind.and_then(|kind| columns.kinds.get(kind)).copied();
    let tags = columns.tags.iter().filter_map(|column| row.get(column));
    Ok(Draft {
        source_id: given.to_owned(),
        card: Card {
            kind: kind.unwrap_or(resource::Kind::Article),
            language,
            subject: columns.subject.clone(),
            grades: columns.grades,
            tags: tags.map(str::to_owned).collect(),
            goals: Vec::new(),
        },
        text: Text {
            title: said(language, title),
            // Where it comes from is what the licence asks to be told.
            summary: row
                .joined(&columns.credit)
                .map_or_else(Localized::default, |credit| said(language, &credit)),
            body: body(given, &bytes),
            links: Vec::new(),
            files: Vec::new(),
            licence,
        },
        bytes: hex(&Sha256::digest(&bytes)),
        path,
        line,
    })
}

/// The file, if the folder has it. No path leads out of the folder, links included.
fn inside(folder: &Path, given: &str) -> Option<PathBuf> {
    let plain = Path::new(given);
    let steps = plain.components();
    if !steps
        .into_iter()
        .all(|step| matches!(step, Component::Normal(_)))
    {
        return None;
    }
    let path = folder.join(plain).canonicalize().ok()?;
    let within = path.starts_with(folder.canonicalize().ok()?);
    (within && path.is_file()).then_some(path)
}

/// What the work says: the text itself, where it is one that people write by hand.
fn body(name: &str, bytes: &[u8]) -> String {
    let written = [".md", ".markdown", ".txt"]
        .iter()
        .any(|ending| name.to_lowercase().ends_with(ending));
    let text = std::str::from_utf8(bytes).ok().filter(|_| written);
    let text = text.and_then(|text| text::prose(text, 100_000).ok());
    text.unwrap_or_default()
}

fn said(language: Language, text: &str) -> Localized {
    let mut said = Localized::default();
    let place = match language {
        Language::Kk => &mut said.kk,
        Language::Ru => &mut said.ru,
        Language::En => &mut said.en,
    };
    *place = Some(text.to_owned());
    said
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An index in JSON, a list of objects of texts and numbers, as the same index in CSV.
pub fn csv_of_json(index: &[u8]) -> Result<Vec<u8>, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::Mapping(format!("the index: {error}"));
    let rows: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(index).map_err(|error| wrong(&error))?;
    let mut columns: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(serde_json::Map::keys) {
        if !columns.contains(&name) {
            columns.push(name);
        }
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(&columns)?;
    for row in &rows {
        let record = columns.iter().map(|name| match row.get(*name) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        });
        csv.write_record(record)?;
    }
    csv.into_inner().map_err(|error| wrong(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = std::env::temp_dir().join(format!("sabaqtas-shelf-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a")).unwrap();
        std::fs::write(folder.join("a/b.md"), "x").unwrap();
        std::os::unix::fs::symlink("/etc/hostname", folder.join("out")).unwrap();
        assert!(inside(&folder, "a/b.md").is_some());
        for bad in [
            "",
            "a",
            "../x",
            "a/../../x",
            "/etc/hostname",
            "out",
            "nothing",
            "./a/../a/b.md",
        ] {
            assert_eq!(inside(&folder, bad), None, "{bad}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_index_in_json_is_one_in_csv() {
        let json = br#"[{"path": "a.md", "title": "One, two"}, {"path": "b.md", "words": 5, "title": null}]"#;
        let csv = String::from_utf8(csv_of_json(json).unwrap()).unwrap();
        assert_eq!(csv, "path,title,words\na.md,\"One, two\",\nb.md,,5\n");
        assert!(csv_of_json(b"{}").is_err());
    }
}
