//! What a country is made of, read from `country.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::research_lesson::CellKind;
use crate::text::{Language, Localized};

/// `country.toml`, which explains it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipe {
    pub(super) schools: usize,
    pub(super) networks: usize,
    pub(super) persons: usize,
    pub(super) notifications: usize,
    pub(super) resources: usize,
    pub(super) authors: usize,
    pub(super) studies: usize,
    pub(super) trainers_a_region: usize,
    pub(super) administrators: usize,
    pub(super) partners: Partners,
    pub(super) regions: BTreeMap<String, u32>,
    pub(super) names: Names,
    pub(super) kind: Vec<Kind>,
    pub(super) teaching_languages: BTreeMap<String, u32>,
    pub(super) people: People,
    pub(super) reads: BTreeMap<Language, u32>,
    pub(super) writes: BTreeMap<Language, u32>,
    pub(super) theme: Vec<Bilingual>,
    pub(super) agreement: Agreement,
    pub(super) notices: Notices,
    pub(super) works: Works,
    pub(super) study: Study,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Partners {
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) mean_above_least: f64,
    pub(super) shape: f64,
    pub(super) same_district: u32,
    pub(super) same_region: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) numbered: u32,
    pub(super) namesake: u32,
    pub(super) numbered_namesake: u32,
    pub(super) namesakes: Vec<(String, String)>,
    pub(super) villages: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    pub(super) share: u32,
    pub(super) key: String,
    pub(super) kk: String,
    pub(super) ru: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    pub(super) women: u32,
    pub(super) kazakh: u32,
    pub(super) kk_women: Vec<String>,
    pub(super) kk_men: Vec<String>,
    pub(super) kk_surnames: Vec<String>,
    pub(super) ru_women: Vec<String>,
    pub(super) ru_men: Vec<String>,
    pub(super) ru_surnames: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bilingual {
    pub(super) kk: String,
    pub(super) ru: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreement {
    pub(super) aims: String,
    pub(super) leading_gives: String,
    pub(super) magnetic_gives: String,
    pub(super) media_rules: String,
}

/// Ways to say the same, in three languages.
pub(super) type Phrases = Vec<Localized>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Works {
    pub(super) topics: Phrases,
    pub(super) forms: Phrases,
    pub(super) steps: Phrases,
    pub(super) summaries: Phrases,
    pub(super) changes: Phrases,
    pub(super) notes: Phrases,
    pub(super) comments: Phrases,
    pub(super) praise: Phrases,
    pub(super) reasons: Phrases,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Study {
    pub(super) themes: Phrases,
    pub(super) questions: Phrases,
    pub(super) typifies: Phrases,
    pub(super) levels: Phrases,
    pub(super) progress: Phrases,
    pub(super) notes: Phrases,
    pub(super) reasons: Phrases,
    pub(super) scopes: Phrases,
    pub(super) papers: Phrases,
    pub(super) stages: Phrases,
    pub(super) facts: Phrases,
    pub(super) interpretations: Phrases,
    pub(super) comments: Phrases,
    pub(super) cells: BTreeMap<CellKind, Phrases>,
    pub(super) report: Report,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    pub(super) context: Phrases,
    pub(super) aims: Phrases,
    pub(super) methods: Phrases,
    pub(super) findings: Phrases,
    pub(super) changes: Phrases,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notices {
    pub(super) network: usize,
    pub(super) region: usize,
    pub(super) country: usize,
    pub(super) read: u32,
}

impl Recipe {
    pub(super) fn read() -> Result<Self> {
        toml::from_str(include_str!("country.toml"))
            .map_err(|error| Error::Fault(error.to_string()))
    }

    /// So many at this scale, but one at least.
    pub(super) fn scaled(count: usize, scale: f64) -> usize {
        ((count as f64 * scale).round() as usize).max(1)
    }
}
