//! The demo's piggy bank: each work is shared, translated, used and endorsed by the person who would do it.

use std::collections::HashMap;

use anyhow::Context;
use domain::audience::Audience;
use domain::collection::commands as collecting;
use domain::credit;
use domain::db::{Access, Db};
use domain::door;
use domain::endorsement;
use domain::resource::commands::{self, Edit, NewCopy, NewResource};
use domain::resource::content::{Card, Link, Text};
use domain::resource::{Kind, Licence, Resource};
use domain::resource_use::commands::{NewUse, tell};
use domain::text::{Language, Localized};
use serde::Deserialize;

use super::Persona;

/// What the bank holds.
const WORKS: &str = include_str!("../../demo/works.toml");

/// Fills the piggy bank of a community.
pub async fn fill(db: &Db, personas: &[Persona]) -> anyhow::Result<()> {
    let works: Works = toml::from_str(WORKS)?;
    let mut people = HashMap::new();
    for persona in personas {
        let viewer = door::viewer(db, Some(&persona.token), Language::Kk).await?;
        people.insert(persona.key.as_str(), db.access(viewer));
    }
    let who = |key: &str| people.get(key).with_context(|| format!("nobody is {key}"));
    let mut shared: HashMap<String, Resource> = HashMap::new();
    for new in works.work {
        let author = who(&new.by)?;
        let work = match &new.copy_of {
            Some(origin) => translated(author, &new, shared.get(origin)).await?,
            None => begun(author, &new).await?,
        };
        let public = Some(Audience::Public);
        let mut work = commands::share(author, work.id, work.version, public, "").await?;
        if let Some((change, body)) = &new.again {
            let text = Text {
                body: body.clone(),
                ..new.text(work.licence)
            };
            let edit = Edit {
                text: Some(text),
                ..Edit::default()
            };
            work = commands::write(author, work.id, work.version, &edit).await?;
            work = commands::share(author, work.id, work.version, None, change).await?;
        }
        for (person, grade, note, rating) in &new.uses {
            let user = who(person)?;
            let told = NewUse {
                resource: work.id,
                school: None,
                held_on: user.today(),
                grade: *grade,
                note: note.clone(),
                rating: Some(*rating),
            };
            tell(user, &told, None).await?;
        }
        if let (Some(note), Some(version)) = (&new.endorsed, work.newest_id) {
            endorsement::commands::give(who("trainer")?, version, note, None).await?;
        }
        shared.insert(new.key.clone(), work);
    }
    for new in works.collection {
        let owner = who(&new.by)?;
        let card = collecting::Card {
            title: Localized {
                kk: Some(new.title),
                ..Localized::default()
            },
            about: new.about,
            audience: Audience::Public,
        };
        let made = collecting::create(owner, &card, None).await?;
        let held = new
            .works
            .iter()
            .map(|key| shared.get(key).map(|work| work.id));
        let held: Option<Vec<_>> = held.collect();
        let held = held.context("a collection holds works that are there")?;
        collecting::arrange(owner, made.id, made.version, &held).await?;
    }
    credit::commands::issue(who("teacher")?, None).await?;
    Ok(())
}

async fn begun(author: &Access, new: &NewWork) -> anyhow::Result<Resource> {
    let card = Card {
        kind: new.kind.context("a new work has a kind")?,
        language: new.language,
        subject: new.subject.clone(),
        grades: new.grades,
        tags: new.tags.clone(),
        goals: new.goals.clone(),
    };
    let licence = new.licence.context("a new work has a licence")?;
    let new = NewResource {
        card,
        text: new.text(licence),
        school: None,
    };
    Ok(commands::begin(author, &new, None).await?)
}

async fn translated(
    author: &Access,
    new: &NewWork,
    origin: Option<&Resource>,
) -> anyhow::Result<Resource> {
    let version = origin.and_then(|origin| origin.newest_id);
    let copy = NewCopy {
        version: version.context("the original comes first")?,
        language: Some(new.language),
        licence: None,
        school: None,
    };
    let copy = commands::copy(author, &copy, None).await?;
    let edit = Edit {
        text: Some(new.text(copy.licence)),
        ..Edit::default()
    };
    Ok(commands::write(author, copy.id, copy.version, &edit).await?)
}

/// `works.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Works {
    work: Vec<NewWork>,
    collection: Vec<NewCollection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCollection {
    by: String,
    title: String,
    about: String,
    /// The keys of the works, in their order.
    works: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewWork {
    key: String,
    by: String,
    copy_of: Option<String>,
    kind: Option<Kind>,
    language: Language,
    subject: Option<String>,
    #[serde(default)]
    grades: (i32, i32),
    licence: Option<Licence>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    goals: Vec<String>,
    title: String,
    summary: String,
    body: String,
    #[serde(default)]
    links: Vec<(String, String)>,
    /// Shared once more: what changed, and what it says since.
    again: Option<(String, String)>,
    /// Who used it, in which grade, how it went, how good it was.
    #[serde(default)]
    uses: Vec<(String, i32, String, i32)>,
    /// What the trainer says about it.
    endorsed: Option<String>,
}

impl NewWork {
    fn text(&self, licence: Licence) -> Text {
        let one = |text: &String| match self.language {
            Language::Kk => Localized {
                kk: Some(text.clone()),
                ..Localized::default()
            },
            Language::Ru => Localized {
                ru: Some(text.clone()),
                ..Localized::default()
            },
            Language::En => Localized {
                en: Some(text.clone()),
                ..Localized::default()
            },
        };
        let links = self.links.iter().map(|(title, url)| Link {
            title: title.clone(),
            url: url.clone(),
        });
        Text {
            title: one(&self.title),
            summary: one(&self.summary),
            body: self.body.clone(),
            links: links.collect(),
            files: Vec::new(),
            licence,
        }
    }
}
