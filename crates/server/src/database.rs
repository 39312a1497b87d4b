//! The way to the rows: tables brought up to date, pool opened.

use anyhow::Context;
use domain::clock::Clock;
use domain::db::{Db, Options};

use crate::check::Trouble;
use crate::config::Config;
use crate::secret;

/// Makes the data folder, where the SQLite file and the secret are kept.
fn folder(config: &Config) -> anyhow::Result<()> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("data (SABAQTAS_DATA) is {}", config.data.display()))
}

/// Brings the tables up to date; how many steps did that take?
pub async fn migrate(config: &Config) -> anyhow::Result<usize> {
    folder(config)?;
    migrations::run(config.database.url.expose())
        .await
        .context("database.url (SABAQTAS_DATABASE_URL)")
}

/// Opens the pool. `on_statement` hears of every statement sent.
pub async fn open(
    config: &Config,
    on_statement: impl Fn() + Send + Sync + 'static,
) -> anyhow::Result<Db> {
    folder(config)?;
    let options = Options {
        url: config.database.url.expose().to_owned(),
        connections: u32::try_from(config.database.connections)?,
        patience: config.database.statement_timeout,
        queue: config.database.queue,
    };
    let clock = Clock::system(config.installation.time_zone);
    Db::connect(&options, clock, secret::of(config)?, on_statement)
        .await
        .context("database.url (SABAQTAS_DATABASE_URL)")
}

/// What `sabaqtas check` says of it.
pub async fn check(config: &Config) -> Result<String, Trouble> {
    let wrong = |error: anyhow::Error| {
        Trouble::new(
            format!("{error:#}"),
            "start the database, and correct database.url (SABAQTAS_DATABASE_URL) or the rights of its user",
        )
    };
    let db = open(config, || ()).await.map_err(wrong)?;
    db.ping().await.map_err(|error| wrong(error.into()))?;
    let kind = if config.database.is_sqlite() {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    Ok(format!("{kind} answers"))
}
