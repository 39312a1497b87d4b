//! The demo's joint plan: two schools agree on their year, and have done the first of it.

use anyhow::Context;
use chrono::{Days, NaiveDate};
use domain::db::{Access, Db};
use domain::door;
use domain::page::Window;
use domain::partnership::{self, Partnership, Side, State};
use domain::plan::activity::{self, Card};
use domain::plan::{Kind, Term, commands, evidence, school_year};
use domain::text::Language;
use serde::Deserialize;

use super::Persona;

/// What the two schools do.
const PLAN: &str = include_str!("../../demo/plan.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPlan {
    activity: Vec<NewActivity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewActivity {
    kind: Kind,
    host: Side,
    /// Days after today; before it when negative.
    day: i64,
    title: String,
    expected: String,
    /// Whose coordinator answers for it.
    answers: Side,
    /// What shows that it was done; none while it is not.
    shown: Option<String>,
}

/// The plan of the first two coordinators' schools, agreed on and begun.
pub async fn fill(db: &Db, personas: &[Persona]) -> anyhow::Result<()> {
    let new: NewPlan = toml::from_str(PLAN)?;
    let leading = coordinator(db, personas, "leading_coordinator").await?;
    let magnetic = coordinator(db, personas, "magnetic_coordinator").await?;
    let partnership = between(&leading, &magnetic).await?;
    let today = leading.today();
    let year = school_year(today);
    let plan = commands::create(&leading, partnership.id, year, None).await?;
    let mut done = Vec::new();
    for new in new.activity {
        let answers = match new.answers {
            Side::Leading => &leading,
            Side::Magnetic => &magnetic,
        };
        let card = Card {
            kind: new.kind,
            title: new.title,
            starts_on: within(year, today, new.day),
            ends_on: None,
            host: new.host,
            expected: new.expected,
            responsible: answers.viewer().id().into_iter().collect(),
        };
        let activity = activity::add(&leading, plan.id, &card, None).await?;
        done.extend(new.shown.map(|shown| (activity.id, shown)));
    }
    for side in [&leading, &magnetic] {
        let plan = side.get(plan.id).await?.context("the plan")?;
        commands::accept(side, plan.id, plan.version).await?;
    }
    for (id, shown) in done {
        evidence::show(&leading, id, &shown, None, None).await?;
        let activity = leading.get(id).await?.context("the activity")?;
        activity::finish(&leading, id, activity.version).await?;
    }
    Ok(())
}

async fn coordinator(db: &Db, personas: &[Persona], key: &str) -> anyhow::Result<Access> {
    let persona = personas.iter().find(|persona| persona.key == key);
    let persona = persona.with_context(|| format!("nobody is {key}"))?;
    let viewer = door::viewer(db, Some(&persona.token), Language::Kk).await?;
    Ok(db.access(viewer))
}

/// The active partnership of the schools that these two speak for.
async fn between(leading: &Access, magnetic: &Access) -> anyhow::Result<Partnership> {
    use partnership::queries::{By, Filter, page};
    let active = Filter {
        states: Some(vec![State::Active]),
        ..Filter::default()
    };
    let found = page(leading, &active, By::Oldest, &Window::first(100), false).await?;
    let mut rows = found.rows.into_iter().map(|(_, found)| found.row);
    let ours = rows.find(|it| {
        leading.viewer().coordinates(it.leading_id) && magnetic.viewer().coordinates(it.magnetic_id)
    });
    ours.context("the two schools have no partnership")
}

/// So many days from today, in the school year.
fn within(year: i32, today: NaiveDate, days: i64) -> NaiveDate {
    let off = Days::new(days.unsigned_abs());
    let day = match days {
        ..0 => today.checked_sub_days(off),
        _ => today.checked_add_days(off),
    };
    let (first, last) = Term::Year.days(year);
    day.unwrap_or(today).clamp(first, last)
}
