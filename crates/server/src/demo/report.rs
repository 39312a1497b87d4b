//! A study of the demo that came to its end: its report is shared with everybody.

use anyhow::Context;
use domain::audience::Rung;
use domain::case_pupil;
use domain::db::{Access, Db};
use domain::door;
use domain::id::Id;
use domain::school::School;
use domain::study::record::{Parts, write_report};
use domain::study::{Step, Study, commands};
use domain::text::Language;
use serde::Deserialize;

use super::Persona;
use super::study::{NewStudy, focused, taught};

/// What was studied, and what was found.
const REPORT: &str = include_str!("../../demo/report.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    study: NewStudy,
    topics: Vec<String>,
    context: String,
    aims: String,
    methods: String,
    findings: String,
    changes: String,
}

/// The study from its group to its report.
pub async fn fill(db: &Db, personas: &[Persona]) -> anyhow::Result<()> {
    let told: Reported = toml::from_str(REPORT)?;
    let lead = access(db, personas, &told.study.lead).await?;
    let member = access(db, personas, &told.study.member).await?;
    let schools = [school(&lead)?, school(&member)?];
    let study = focused(&told.study, [&lead, &member], schools, None).await?;
    for topic in &told.topics {
        taught(&told.study, &lead, &member, study, topic).await?;
    }
    turn(&lead, study, Step::Conclude).await?;
    let pupils = case_pupil::queries::of(&lead, &[study]).await?;
    for (pupil, known) in pupils.iter().zip(&told.study.pupil) {
        case_pupil::commands::progress(&lead, pupil.id, pupil.version, &known.discussed).await?;
    }
    let parts = Parts {
        context: told.context,
        aims: told.aims,
        methods: told.methods,
        findings: told.findings,
        changes: told.changes,
    };
    let begun = domain::study::queries::reports(&lead, &[study]).await?;
    let begun = begun.first().context("a report begins with the end")?;
    write_report(&member, study, begun.version, &parts).await?;
    turn(&lead, study, Step::Report).await?;
    let stands = lead.get(study).await?.context("the study")?;
    commands::share(&lead, study, stands.version, Rung::Public).await?;
    Ok(())
}

async fn turn(lead: &Access, study: Id<Study>, step: Step) -> anyhow::Result<()> {
    let before = lead.get(study).await?.context("the study")?;
    commands::turn(lead, study, before.version, step, None).await?;
    Ok(())
}

async fn access(db: &Db, personas: &[Persona], key: &str) -> anyhow::Result<Access> {
    let persona = personas.iter().find(|persona| persona.key == key);
    let persona = persona.with_context(|| format!("nobody is {key}"))?;
    let viewer = door::viewer(db, Some(&persona.token), Language::Kk).await?;
    Ok(db.access(viewer))
}

/// The first school of theirs.
fn school(access: &Access) -> anyhow::Result<Id<School>> {
    let standing = access.viewer().standing();
    let first = standing.and_then(|standing| standing.schools.iter().min().copied());
    first.context("a member of a school")
}
