//! `sabaqtas generate`: a bar while the country is made, then who can be signed in as, and what was written, as JSON.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use chrono::NaiveTime;
use domain::authz::{Job, Viewer};
use domain::db::Db;
use domain::generate::{self, Country, Plan, Registry};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::cli::Generate;
use crate::import;

/// Makes what the command line says.
pub async fn run(db: &Db, asked: &Generate, mut out: impl Write) -> anyhow::Result<()> {
    let access = db.access(Viewer::system(Job::Operator));
    let day = asked.on.unwrap_or_else(|| access.today());
    let plan = Plan {
        scale: asked.scale,
        seed: asked.seed,
        until: day.and_time(NaiveTime::MIN).and_utc(),
    };
    let mapping = match &asked.schools {
        Some(_) => Some(import::mapping(asked.mapping.as_deref())?),
        None => None,
    };
    let registry = match (&asked.schools, &mapping) {
        (Some(file), Some(mapping)) => Some(Registry {
            mapping,
            input: Box::new(open(file)?),
        }),
        _ => None,
    };
    let bar = bar(generate::rows(plan.scale)?)?;
    let mut listener = |table: &'static str, rows: usize| {
        bar.set_message(table);
        bar.inc(rows as u64);
    };
    let country = generate::country(&access, plan, registry, &mut listener).await?;
    bar.finish_and_clear();
    writeln!(out, "{:#}", told(&country))?;
    Ok(())
}

fn open(file: &Path) -> anyhow::Result<File> {
    File::open(file).with_context(|| file.display().to_string())
}

/// Only a terminal sees it.
fn bar(rows: u64) -> anyhow::Result<ProgressBar> {
    let style = "{bar:40} {percent:>3} % {msg}, {eta} left";
    Ok(ProgressBar::new(rows).with_style(ProgressStyle::with_template(style)?))
}

fn told(country: &Country) -> serde_json::Value {
    let personas = country.personas.iter().map(|persona| {
        let it = json!({
            "token": persona.token, "person": persona.person, "school": persona.school, "network": persona.network,
        });
        (persona.key.to_owned(), it)
    });
    let tables = country.tables.iter().map(|table| {
        let it = json!({ "rows": table.rows, "sha256": table.digest });
        (table.table.clone(), it)
    });
    let map = |pairs: Vec<(String, serde_json::Value)>| {
        serde_json::Value::Object(pairs.into_iter().collect())
    };
    json!({ "personas": map(personas.collect()), "tables": map(tables.collect()) })
}
