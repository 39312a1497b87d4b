//! Reads settings one by one, the environment before the file, and remembers every name asked for,
//! so that whatever nobody asked for can be refused. All mistakes are collected, not only the first.

use std::collections::BTreeMap;
use std::fmt;

use toml::{Table, Value};

/// Names in the environment that belong to us but are no settings.
const NOT_SETTINGS: [&str; 2] = ["SABAQTAS_CONFIG", "SABAQTAS_TEST_"];

/// Names less alike than this (Jaro–Winkler, 0 to 1) are not worth suggesting.
const ALIKE: f64 = 0.8;

/// Everything wrong with a configuration, one sentence for each mistake.
#[derive(Debug)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration is not usable:")?;
        self.0
            .iter()
            .try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for Problems {}

/// May a refused value be repeated in the message?
#[derive(Clone, Copy)]
pub(super) enum Shown {
    Yes,
    /// It may hold a password.
    No,
}

enum Given {
    One(String),
    Many(Vec<String>),
}

pub(super) struct Reader {
    file: BTreeMap<String, Given>,
    empty_sections: Vec<String>,
    environment: BTreeMap<String, String>,
    asked: Vec<&'static str>,
    problems: Vec<String>,
}

/// The environment's name of a setting: `server.listen` is `SABAQTAS_SERVER_LISTEN`.
pub(super) fn variable(key: &str) -> String {
    format!("SABAQTAS_{}", key.replace('.', "_").to_uppercase())
}

fn both_names(key: &str) -> String {
    format!("{key} ({})", variable(key))
}

impl Reader {
    pub(super) fn new(file: &[u8], environment: BTreeMap<String, String>) -> Self {
        let mut reader = Reader {
            file: BTreeMap::new(),
            empty_sections: Vec::new(),
            environment: environment
                .into_iter()
                .filter(|(name, _)| {
                    name.starts_with("SABAQTAS_")
                        && !NOT_SETTINGS.iter().any(|other| name.starts_with(other))
                })
                .collect(),
            asked: Vec::new(),
            problems: Vec::new(),
        };
        match std::str::from_utf8(file) {
            Err(_) => reader
                .problems
                .push("the configuration file is not UTF-8 text".into()),
            Ok(text) => match text.parse::<Table>() {
                Ok(table) => reader.flatten("", table),
                Err(error) => reader.not_toml(text, &error),
            },
        }
        reader
    }

    /// The parser's own text quotes the line, which may hold a password: give only its number.
    fn not_toml(&mut self, text: &str, error: &toml::de::Error) {
        let start = error.span().map_or(0, |span| span.start);
        let line = text
            .bytes()
            .take(start)
            .filter(|byte| *byte == b'\n')
            .count()
            + 1;
        self.problems.push(format!(
            "the configuration file is not TOML at line {line}: write `key = value` lines under [section] headings"
        ));
    }

    fn flatten(&mut self, prefix: &str, table: Table) {
        for (name, value) in table {
            let key = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}.{name}")
            };
            match value {
                Value::Table(inner) if inner.is_empty() => self.empty_sections.push(key),
                Value::Table(inner) => self.flatten(&key, inner),
                Value::Array(items) => {
                    let items = items.into_iter().map(text).collect();
                    self.file.insert(key, Given::Many(items));
                }
                value => {
                    self.file.insert(key, Given::One(text(value)));
                }
            }
        }
    }

    /// Takes what was given for `key`; an empty variable counts as absent.
    fn take(&mut self, key: &'static str) -> Option<Given> {
        self.asked.push(key);
        let from_file = self.file.remove(key);
        self.environment
            .remove(&variable(key))
            .filter(|value| !value.trim().is_empty())
            .map(Given::One)
            .or(from_file)
    }

    /// A setting that may be left out. `right` completes the sentence "it must be …".
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        shown: Shown,
        right: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (value, text) = match self.take(key)? {
            Given::One(text) => (parse(text.trim()), text),
            Given::Many(items) => (None, format!("[{}]", items.join(", "))),
        };
        if value.is_none() {
            self.refuse(key, shown, &text, right);
        }
        value
    }

    /// A setting with a default.
    pub(super) fn or<T>(
        &mut self,
        key: &'static str,
        default: T,
        right: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        self.optional(key, Shown::Yes, right, parse)
            .unwrap_or(default)
    }

    /// A whole number within `range`.
    pub(super) fn number(
        &mut self,
        key: &'static str,
        default: usize,
        range: std::ops::RangeInclusive<usize>,
    ) -> usize {
        let right = format!(
            "a whole number from {} to {}, such as {default}",
            range.start(),
            range.end()
        );
        self.or(key, default, &right, |text| {
            text.parse().ok().filter(|number| range.contains(number))
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str, default: bool) -> bool {
        self.or(key, default, "true or false", |text| text.parse().ok())
    }

    /// A list: an array in the file, separated by commas in the environment; empty by default.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        right: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let items = match self.take(key) {
            None => return Vec::new(),
            Some(Given::One(text)) => text.split(',').map(|item| item.trim().to_owned()).collect(),
            Some(Given::Many(items)) => items,
        };
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match parse(&item) {
                Some(value) => values.push(value),
                None => self.refuse(key, Shown::Yes, &item, right),
            }
        }
        values
    }

    fn refuse(&mut self, key: &str, shown: Shown, value: &str, right: &str) {
        let names = both_names(key);
        self.problems.push(match shown {
            Shown::Yes => format!("{names} is {value:?}: it must be {right}"),
            Shown::No => {
                format!("{names} is wrong (not shown, it may hold a password): it must be {right}")
            }
        });
    }

    /// Notes a mistake that shows only when several settings are seen together.
    pub(super) fn problem(&mut self, key: &str, wrong: &str) {
        self.problems.push(format!("{} {wrong}", both_names(key)));
    }

    /// Refuses what nobody asked for; gives every setting's name when all is well.
    pub(super) fn finish(mut self) -> Result<Vec<&'static str>, Problems> {
        for unknown in self.file.keys() {
            let section = format!("{unknown}.");
            self.problems
                .push(if self.asked.iter().any(|key| key.starts_with(&section)) {
                    format!("{unknown} is a section: write [{unknown}] and its settings below it")
                } else {
                    not_a_setting(unknown, self.asked.iter().map(|key| (*key).to_owned()))
                });
        }
        for unknown in &self.empty_sections {
            let section = format!("{unknown}.");
            if !self.asked.iter().any(|key| key.starts_with(&section)) {
                let sections = self.asked.iter().filter_map(|key| key.rsplit_once('.'));
                self.problems.push(not_a_setting(
                    unknown,
                    sections.map(|(section, _)| section.to_owned()),
                ));
            }
        }
        for unknown in self.environment.keys() {
            let known = self.asked.iter().map(|key| variable(key));
            self.problems.push(not_a_setting(unknown, known));
        }
        if self.problems.is_empty() {
            Ok(self.asked)
        } else {
            Err(Problems(self.problems))
        }
    }
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn not_a_setting(unknown: &str, known: impl Iterator<Item = String>) -> String {
    let nearest = known
        .map(|name| (strsim::jaro_winkler(unknown, &name), name))
        .max_by(|(left, _), (right, _)| left.total_cmp(right));
    match nearest {
        Some((alike, name)) if alike >= ALIKE => {
            format!("{unknown} is not a setting; did you mean {name}?")
        }
        _ => format!("{unknown} is not a setting; sabaqtas.example.toml lists them all"),
    }
}
