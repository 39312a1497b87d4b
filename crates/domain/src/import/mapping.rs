//! Which column of a file means what: a small TOML file.
//!
//! ```toml
//! source = "nz-directory"
//!
//! [school]
//! id = "school_id"
//! name = { en = "name" }
//! place = ["city"]
//!
//! [network]
//! id = "community_id"
//! name = { en = "community_name" }
//! school = "school_id"
//! lead = { largest = "total_school_roll" }
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use super::report::Failure;
use crate::resource;

/// A file's columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The registry's name. With an id of the registry it tells schools apart, so it must never change.
    pub source: String,
    /// How a row becomes a school.
    pub school: Option<SchoolColumns>,
    /// How a row becomes a school's place in a network.
    pub network: Option<NetworkColumns>,
    /// How a row becomes a work with a file.
    pub resource: Option<ResourceColumns>,
}

/// The columns of a work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceColumns {
    /// The file's path in the folder, by which the work is known.
    pub file: String,
    /// What the work is called.
    pub title: String,
    /// The language of what it says: kk, ru or en.
    pub language: String,
    /// Under which terms, as SPDX names them.
    pub licence: String,
    /// What sort of work.
    pub kind: Option<String>,
    /// Our word for each of these; an article where there is none.
    #[serde(default)]
    pub kinds: BTreeMap<String, resource::Kind>,
    /// Free words, one a column.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Where it comes from.
    #[serde(default)]
    pub credit: Vec<String>,
    /// The subject of all of them, by its code.
    pub subject: Option<String>,
    /// The first and the last grade of all of them.
    #[serde(default = "all_grades")]
    pub grades: (i32, i32),
}

impl ResourceColumns {
    pub(super) fn columns(&self) -> Vec<&String> {
        [&self.file, &self.title, &self.language, &self.licence]
            .into_iter()
            .chain(&self.kind)
            .chain(&self.tags)
            .chain(&self.credit)
            .collect()
    }
}

fn all_grades() -> (i32, i32) {
    resource::GRADES
}

/// The columns of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameColumns {
    /// Kazakh.
    pub kk: Option<String>,
    /// Russian.
    pub ru: Option<String>,
    /// English.
    pub en: Option<String>,
}

/// The columns of a school. Of several columns for a text, those that say something are joined.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolColumns {
    /// The registry's id.
    pub id: String,
    /// Its name.
    pub name: NameColumns,
    /// Town or village.
    #[serde(default)]
    pub place: Vec<String>,
    /// Street and house.
    #[serde(default)]
    pub address: Vec<String>,
    /// Kind of school.
    pub kind: Option<String>,
    /// Codes of regions, the most specific first: the first that is known counts.
    #[serde(default)]
    pub region: Vec<String>,
    /// First day.
    pub opened: Option<String>,
    /// First day on which it was no more.
    pub closed: Option<String>,
    /// How dates are written: `%d-%m-%Y`.
    #[serde(default = "iso")]
    pub dates: String,
    /// Only rows in which these columns have one of these values.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
}

/// The columns of a place in a network.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkColumns {
    /// The network's id; rows without one are left out.
    pub id: String,
    /// The network's name.
    pub name: NameColumns,
    /// The school's id in the registry.
    pub school: String,
    /// Which school leads.
    pub lead: Lead,
}

/// Which school of a network leads it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    /// The first in the file.
    First,
    /// The one with the greatest number in this column; blank counts as 0.
    Largest(String),
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

impl Mapping {
    /// Reads a mapping.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let mapping: Self =
            toml::from_str(text).map_err(|error| Failure::Mapping(error.to_string()))?;
        if mapping.source.is_empty() || mapping.source == crate::school::commands::HERE {
            return Err(Failure::Mapping(
                "source needs a name of its own".to_owned(),
            ));
        }
        let names = mapping.school.iter().map(|school| &school.name);
        let mut names = names.chain(mapping.network.iter().map(|network| &network.name));
        if names.any(|name| *name == NameColumns::default()) {
            return Err(Failure::Mapping("name needs a column".to_owned()));
        }
        let formats = mapping.school.iter().map(|school| school.dates.as_str());
        for format in formats {
            use chrono::format::{Item, StrftimeItems};
            if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
                return Err(Failure::Mapping(format!("dates: {format}")));
            }
        }
        Ok(mapping)
    }
}

impl NameColumns {
    pub(super) fn columns(&self) -> impl Iterator<Item = &String> {
        [&self.kk, &self.ru, &self.en].into_iter().flatten()
    }
}

impl SchoolColumns {
    pub(super) fn columns(&self) -> Vec<&String> {
        let single = [Some(&self.id), self.kind.as_ref()];
        let dates = [self.opened.as_ref(), self.closed.as_ref()];
        let several = [&self.place, &self.address, &self.region];
        single
            .into_iter()
            .chain(dates)
            .flatten()
            .chain(self.name.columns())
            .chain(several.into_iter().flatten())
            .chain(self.only.keys())
            .collect()
    }
}

impl NetworkColumns {
    pub(super) fn columns(&self) -> Vec<&String> {
        let lead = match &self.lead {
            Lead::First => None,
            Lead::Largest(column) => Some(column),
        };
        [&self.id, &self.school]
            .into_iter()
            .chain(self.name.columns())
            .chain(lead)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = r#"
        source = "here-and-there"
        [school]
        id = "id"
        name = { ru = "name" }
        region = ["district", "region"]
        only = { open = ["true"] }
        [network]
        id = "net"
        name = { en = "net_name" }
        school = "id"
        lead = "first"
    "#;

    #[test]
    fn a_mapping_names_its_columns() {
        let mapping = Mapping::parse(GOOD).unwrap();
        let columns = mapping.school.unwrap();
        assert_eq!(
            columns.columns(),
            ["id", "name", "district", "region", "open"]
        );
        assert_eq!(columns.dates, "%Y-%m-%d");
        let largest = Mapping::parse(&GOOD.replace("\"first\"", "{ largest = \"roll\" }"));
        let lead = largest.unwrap().network.unwrap().lead;
        assert_eq!(lead, Lead::Largest("roll".to_owned()));
    }

    #[test]
    fn a_wrong_mapping_is_refused() {
        for (from, to) in [
            ("source = \"here-and-there\"", ""),
            ("here-and-there", "here"),
            ("id = \"id\"", "id = \"id\"\nsurprise = 1"),
            ("{ ru = \"name\" }", "{}"),
            ("only =", "dates = \"%Q\"\nonly ="),
            ("\"first\"", "\"last\""),
        ] {
            let wrong = GOOD.replacen(from, to, 1);
            assert!(Mapping::parse(&wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,200}", at in 0..GOOD.len(), cut in 0..40_usize) {
            let _ = Mapping::parse(&text);
            let mut torn = GOOD.to_owned();
            torn.replace_range(at..(at + cut).min(GOOD.len()), &text);
            let _ = Mapping::parse(&torn);
        }
    }
}
