//! `sabaqtas backup` and `sabaqtas restore`: the embedded installation as one folder.
//!
//! Rows of PostgreSQL are not ours to copy: `pg_dump` and `pg_restore` do that, see docs/reliability.md.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::config::Config;
use crate::database;

/// The SQLite file, in the data folder and in a backup.
const DATABASE: &str = "sabaqtas.db";

/// Writes everything the installation keeps into a new folder, while it may be running: the rows as they are at one
/// instant, then the other files of the data folder. The folder has its name only once it is whole.
pub async fn backup(config: &Config, to: &Path) -> anyhow::Result<()> {
    embedded(config)?;
    ensure!(
        config.data.join(DATABASE).is_file(),
        "there is nothing to back up in {}",
        config.data.display()
    );
    ensure!(!to.exists(), "{} exists already", to.display());
    let name = to.file_name().context("the backup needs a name")?;
    let part = to.with_file_name(format!("{}.part", name.to_string_lossy()));
    if part.exists() {
        fs::remove_dir_all(&part)?;
    }
    fs::DirBuilder::new().mode(0o700).create(&part)?;
    let inside = part
        .canonicalize()?
        .starts_with(config.data.canonicalize()?);
    if inside {
        fs::remove_dir(&part)?;
    }
    ensure!(
        !inside,
        "a backup inside the data folder would be lost with it"
    );
    let copied = copy_all(config, &part).await;
    if let Err(error) = copied {
        fs::remove_dir_all(&part)?;
        return Err(error);
    }
    fs::rename(&part, to)?;
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    Ok(fs::File::open(parent.unwrap_or(Path::new(".")))?.sync_all()?)
}

async fn copy_all(config: &Config, to: &Path) -> anyhow::Result<()> {
    let db = database::open(config, || ()).await?;
    let rows = to.join(DATABASE);
    let file = rows.to_str().context("the folder's name is not UTF-8")?;
    let copied = db.copy_into(file).await;
    db.close().await?;
    copied?;
    fs::File::open(&rows)?.sync_all()?;
    copy(&config.data, to, &|name| name.starts_with(DATABASE))
}

/// Puts a backup into an empty data folder.
pub fn restore(config: &Config, from: &Path) -> anyhow::Result<()> {
    embedded(config)?;
    let rows = from.join(DATABASE);
    ensure!(rows.is_file(), "{} is no backup", from.display());
    fs::create_dir_all(&config.data)?;
    ensure!(
        fs::read_dir(&config.data)?.next().is_none(),
        "{} is not empty: what is there would be mixed up with the backup",
        config.data.display()
    );
    copy(from, &config.data, &|name| name == DATABASE)?;
    // The rows come last, and whole or not at all.
    let part = config.data.join(format!("{DATABASE}.part"));
    fs::copy(&rows, &part)?;
    fs::File::open(&part)?.sync_all()?;
    fs::rename(&part, config.data.join(DATABASE))?;
    Ok(fs::File::open(&config.data)?.sync_all()?)
}

fn embedded(config: &Config) -> anyhow::Result<()> {
    ensure!(
        config.database.is_embedded(&config.data),
        "only an installation with its SQLite file in the data folder is backed up so; \
         use pg_dump and pg_restore for PostgreSQL, as docs/reliability.md says"
    );
    Ok(())
}

/// Copies a folder with all that is in it, passing over names of its own level. What disappears meanwhile is left out.
fn copy(from: &Path, to: &Path, pass_over: &dyn Fn(&str) -> bool) -> anyhow::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if pass_over(&name.to_string_lossy()) {
            continue;
        }
        let (old, new) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            fs::DirBuilder::new().mode(0o700).create(&new)?;
            copy(&old, &new, &|_| false)?;
            continue;
        }
        match fs::copy(&old, &new) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            copied => {
                copied.with_context(|| format!("copying {}", old.display()))?;
                fs::File::open(&new)?.sync_all()?;
            }
        }
    }
    Ok(fs::File::open(to)?.sync_all()?)
}
