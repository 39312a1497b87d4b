//! `sabaqtas import`: the file in, a bar while it is read, and a line for whatever was not taken.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::Context;
use domain::audience::Audience;
use domain::authz::{Job, Viewer};
use domain::db::{Access, Db};
use domain::door;
use domain::import::resources::Shelf;
use domain::import::{self, Event, Mapping, Rejected, Report, Source};
use files::Files;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{Import, ImportKind};

/// Imports what the command line says; what became of each row goes to `out`. The files of works go to `files`.
pub async fn run(
    db: &Db,
    files: &Files,
    asked: &Import,
    mut out: impl Write + Send,
) -> anyhow::Result<()> {
    let access = db.access(Viewer::system(Job::Operator));
    let report = match asked.kind {
        ImportKind::Regions => import::regions::seed(&access).await?,
        ImportKind::Schools | ImportKind::Networks | ImportKind::Resources => {
            let path = asked.file.as_deref().context("which file?")?;
            let mapping = mapping(asked.mapping.as_deref())?;
            let file = File::open(path).with_context(|| path.display().to_string())?;
            let bar = bar(file.metadata()?.len())?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let source = Source {
                mapping: &mapping,
                file: &name,
                dry_run: asked.dry_run,
            };
            let mut written = Ok(());
            let mut listener = |event: Event<'_>| match event {
                Event::Read(byte) => bar.set_position(byte),
                Event::Rejected(row) => {
                    let told = bar.suspend(|| tell(&mut out, row));
                    written = std::mem::replace(&mut written, Ok(())).and(told);
                }
            };
            let done = match asked.kind {
                ImportKind::Schools => {
                    import::schools::run(&access, source, file, &mut listener).await
                }
                ImportKind::Networks => {
                    import::networks::run(&access, source, file, &mut listener).await
                }
                _ => works(&access, files, asked, (source, path, file), &mut listener).await?,
            };
            bar.finish_and_clear();
            written?;
            done.with_context(|| path.display().to_string())?
        }
    };
    conclude(&mut out, &report, asked.dry_run)?;
    Ok(())
}

/// Works from the folder in which the index is.
async fn works(
    access: &Access,
    files: &Files,
    asked: &Import,
    (source, path, mut file): (Source<'_>, &Path, File),
    listener: &mut import::Listener<'_>,
) -> anyhow::Result<Result<Report, import::Failure>> {
    let email = asked.author.as_deref().context("whose works?")?;
    let author = door::in_name_of(access, email).await;
    let author = author.with_context(|| format!("nobody has an account with {email}"))?;
    let shelf = Shelf {
        folder: path.parent().context("the index is in a folder")?,
        author: &author,
        audience: asked.public.then_some(Audience::Public),
    };
    let mut index = Vec::new();
    file.read_to_end(&mut index)?;
    if path.extension().is_some_and(|ending| ending == "json") {
        index = import::resources::csv_of_json(&index)?;
    }
    let bring = async |path: &Path| {
        let file = files.bring(&author, path).await;
        file.map(|file| file.id)
            .map_err(|problem| problem.to_string())
    };
    let index = index.as_slice();
    Ok(import::resources::run(access, source, index, &shelf, bring, listener).await)
}

pub(crate) fn mapping(path: Option<&Path>) -> anyhow::Result<Mapping> {
    let path =
        path.context("a file of schools or networks needs --mapping; examples/import has some")?;
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Mapping::parse(&text).with_context(|| path.display().to_string())
}

/// Only a terminal sees it.
fn bar(bytes: u64) -> anyhow::Result<ProgressBar> {
    let style = "{bar:40} {percent:>3} % {bytes} of {total_bytes}, {eta} left";
    Ok(ProgressBar::new(bytes).with_style(ProgressStyle::with_template(style)?))
}

fn tell(out: &mut impl Write, row: &Rejected) -> std::io::Result<()> {
    writeln!(
        out,
        "line {}: {}: {}",
        row.line,
        row.code.name(),
        row.detail
    )
}

fn conclude(out: &mut impl Write, report: &Report, dry_run: bool) -> std::io::Result<()> {
    let kept = if dry_run { "would be " } else { "" };
    let Report {
        added,
        changed,
        unchanged,
        skipped,
        rejected,
    } = report;
    writeln!(
        out,
        "{added} {kept}added, {changed} {kept}changed, {unchanged} unchanged; \
         rows left out {skipped}, rejected {rejected}"
    )
}
