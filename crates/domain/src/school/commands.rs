//! What people do with the entry of a school: add it, correct it, close it.

use chrono::NaiveDate;
use serde::Serialize;

use super::entity::name;
use super::policy::{Add, Close, Move, Update};
use super::search::{Known, index_schools, terms_of};
use super::{NameKind, School, SchoolName, State, queries};
use crate::authz::{Action, Permit};
use crate::collation;
use crate::db::{Access, Once, Tx};
use crate::error::{Missteps, Refusal, Result};
use crate::fact::Fact;
use crate::id::Id;
use crate::region::Region;
use crate::text::{self, Language, Localized};

/// The `source` of schools that were added by hand.
pub const HERE: &str = "here";
const MOST_ALIASES: usize = 20;
const MOST_LANGUAGES: usize = 10;

/// What the entry of a school says.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// What it is called.
    pub name: Localized,
    /// What people call it as well.
    pub aliases: Vec<Localized>,
    /// The district or region it lies in.
    pub region: Option<Id<Region>>,
    /// Town or village.
    pub place: Option<String>,
    /// Street and house.
    pub address: Option<String>,
    /// Kind of school: `primary`, `lyceum`, …
    pub kind: Option<String>,
    /// Teaching languages, two-letter codes.
    pub languages: Vec<String>,
}

impl Card {
    fn checked(&self) -> Result<Self> {
        let mut missteps = Missteps::default();
        let name = missteps
            .check("name", self.name.checked(300))
            .unwrap_or_default();
        if self.aliases.len() > MOST_ALIASES {
            missteps.add("aliases", Refusal::TooMany { max: MOST_ALIASES });
        }
        let aliases: Result<Vec<_>, _> = self.aliases.iter().map(|a| a.checked(300)).collect();
        let aliases = missteps.check("aliases", aliases).unwrap_or_default();
        let place = missteps.check("place", short(&self.place)).flatten();
        let address = missteps.check("address", short(&self.address)).flatten();
        let kind = missteps.check("kind", short(&self.kind)).flatten();
        if self.languages.len() > MOST_LANGUAGES {
            missteps.add(
                "languages",
                Refusal::TooMany {
                    max: MOST_LANGUAGES,
                },
            );
        }
        if !self.languages.iter().all(|code| is_language(code)) {
            missteps.add("languages", Refusal::MalformedText);
        }
        missteps.finish()?;
        Ok(Self {
            name,
            aliases,
            region: self.region,
            place,
            address,
            kind,
            languages: self.languages.clone(),
        })
    }
}

/// An optional line of at most 300 characters; blank is none.
pub(crate) fn short(text: &Option<String>) -> Result<Option<String>, Refusal> {
    text.as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| text::line(text, 300))
        .transpose()
}

fn is_language(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
}

/// By what a name sorts.
pub(crate) fn sort_name(name: &Localized) -> String {
    collation::key(name.read(Language::Kk).1)
}

/// Adds a school that no registry has.
pub async fn add(access: &Access, card: &Card, key: Option<&str>) -> Result<School> {
    let card = card.checked()?;
    let tx = match access.begin_once(key, &("school.add", &card)).await? {
        Once::First(tx) => tx,
        Once::Again(id) => {
            return access
                .get(Id::from_uuid(id))
                .await?
                .ok_or_else(|| Refusal::NotFound.into());
        }
    };
    if let Some(region) = card.region {
        tx.get(region, "regionId").await?;
    }
    let id = Id::fresh();
    let permit = tx.permit(Add {
        region: card.region,
        school: id,
    })?;
    let school = School {
        id,
        source: HERE.to_owned(),
        source_id: id.to_string(),
        sort_name: sort_name(&card.name),
        name_kk: card.name.kk.clone(),
        name_ru: card.name.ru.clone(),
        name_en: card.name.en.clone(),
        region_id: card.region,
        place: card.place,
        address: card.address,
        kind: card.kind,
        languages: card.languages.join(","),
        opened_on: None,
        closed_on: None,
        state: State::Unclaimed,
        merged_into_id: None,
        source_digest: None,
        version: 1,
        created_at: tx.now(),
    };
    let school = tx.insert(&permit, school).await?;
    let mut names = vec![SchoolName::new(id, NameKind::Official, &card.name, None)];
    names.extend(aliases(id, &card.aliases));
    tx.insert_all(&permit, names.clone()).await?;
    index(&tx, &permit, &school, &names).await?;
    let fact = Fact::SchoolAdded {
        school: school.named(),
    };
    tx.record(&permit, fact).await?;
    tx.commit_as(id).await?;
    Ok(school)
}

/// Corrects the entry. With `renamed_on` the old name stays as a former one, until that day; without, it was wrong.
pub async fn update(
    access: &Access,
    id: Id<School>,
    version: i32,
    card: &Card,
    renamed_on: Option<NaiveDate>,
) -> Result<School> {
    let card = card.checked()?;
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Update { school: &before })?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    if before.region_id != card.region {
        tx.permit(Move {
            school: &before,
            to: card.region,
        })?;
        if let Some(region) = card.region {
            tx.get(region, "regionId").await?;
        }
    }
    rename(&tx, &permit, &before, &card, renamed_on).await?;
    let school = School {
        sort_name: sort_name(&card.name),
        name_kk: card.name.kk,
        name_ru: card.name.ru,
        name_en: card.name.en,
        region_id: card.region,
        place: card.place,
        address: card.address,
        kind: card.kind,
        languages: card.languages.join(","),
        version: version + 1,
        ..before.clone()
    };
    let school = tx.update(&permit, school).await?;
    let names = queries::names_in(&tx, id).await?;
    index(&tx, &permit, &school, &names).await?;
    let fact = Fact::SchoolChanged {
        school: school.named(),
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(school)
}

async fn rename(
    tx: &Tx,
    permit: &Permit<Update<'_>>,
    school: &School,
    card: &Card,
    renamed_on: Option<NaiveDate>,
) -> Result<()> {
    for old in queries::names_in(tx, school.id).await? {
        match old.kind {
            NameKind::Alias => tx.delete(permit, old).await?,
            NameKind::Official if old.until_day.is_some() || card.name == school.name() => {}
            NameKind::Official => match renamed_on {
                None => {
                    let corrected = SchoolName::new(school.id, old.kind, &card.name, old.from_day);
                    tx.delete(permit, old).await?;
                    tx.insert(permit, corrected).await?;
                }
                Some(day) => {
                    if day > tx.today() || old.from_day.is_some_and(|from| day <= from) {
                        return Err(Refusal::DateOrder.of("renamedOn"));
                    }
                    let new = SchoolName::new(school.id, old.kind, &card.name, Some(day));
                    let former = SchoolName {
                        until_day: Some(day),
                        ..old
                    };
                    tx.update(permit, former).await?;
                    tx.insert(permit, new).await?;
                }
            },
        }
    }
    let aliases = aliases(school.id, &card.aliases).collect();
    tx.insert_all(permit, aliases).await
}

/// Notes that a school is no more.
pub async fn close(access: &Access, id: Id<School>, version: i32, reason: &str) -> Result<School> {
    let reason = text::prose(reason, 1000).map_err(|refusal| refusal.of("reason"))?;
    if reason.is_empty() {
        return Err(Refusal::ReasonRequired.of("reason"));
    }
    let tx = access.begin().await?;
    let before = tx.lock(id, "id").await?;
    let permit = tx.permit(Close { school: &before })?;
    if before.version != version {
        return Err(Refusal::Conflict.of("version"));
    }
    let school = School {
        state: State::Closed,
        closed_on: Some(tx.today()),
        version: version + 1,
        ..before.clone()
    };
    let school = tx.update(&permit, school).await?;
    let fact = Fact::SchoolClosed {
        school: school.named(),
        reason,
    };
    tx.record(&permit, fact).await?;
    tx.commit().await?;
    Ok(school)
}

fn aliases(school: Id<School>, names: &[Localized]) -> impl Iterator<Item = SchoolName> {
    names
        .iter()
        .map(move |name| SchoolName::new(school, NameKind::Alias, name, None))
}

async fn index<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    school: &School,
    names: &[SchoolName],
) -> Result<()> {
    let terms = [(school.id, terms_of(school, names))].into();
    index_schools(tx, permit, terms, &mut Known::default(), true).await
}

impl SchoolName {
    pub(crate) fn new(
        school: Id<School>,
        kind: NameKind,
        name: &Localized,
        from_day: Option<NaiveDate>,
    ) -> Self {
        name::Model {
            id: Id::fresh(),
            school_id: school,
            kind,
            name_kk: name.kk.clone(),
            name_ru: name.ru.clone(),
            name_en: name.en.clone(),
            from_day,
            until_day: None,
        }
    }
}
