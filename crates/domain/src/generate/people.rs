//! Persons: teachers of the schools, by the schools' size, and who has a role besides.

use std::collections::BTreeMap;
use std::ops::Range;

use super::chance::Chance;
use super::recipe::{People as Words, Recipe};
use super::schools::Land;
use crate::clock::Timestamp;
use crate::id::Id;
use crate::person::entity::contact;
use crate::person::{Person, State};
use crate::school::School;
use crate::school::fold::fold;
use crate::text::Language;

/// How the persons are spread over the schools: each school's are neighbours.
pub(super) struct Staff {
    /// Of each school, in the order of the schools.
    pub(super) of: Vec<Range<usize>>,
    /// The keys of all.
    pub(super) ids: Vec<Id<Person>>,
}

impl Staff {
    /// The key of one.
    pub(super) fn id(&self, at: usize) -> Option<Id<Person>> {
        self.ids.get(at).copied()
    }

    /// The persons of a school, as places in the list.
    pub(super) fn range(&self, school: usize) -> Range<usize> {
        self.of.get(school).cloned().unwrap_or_default()
    }

    /// One of a school's persons.
    pub(super) fn nth(&self, school: usize, place: usize) -> Option<Id<Person>> {
        self.range(school).nth(place).and_then(|at| self.id(at))
    }

    /// Who speaks for a school.
    pub(super) fn coordinator(&self, school: usize) -> Option<Id<Person>> {
        self.nth(school, 0)
    }

    /// Anybody of a school.
    pub(super) fn anybody(&self, chance: &mut Chance, school: usize) -> Option<Id<Person>> {
        let place = chance.below(self.range(school).len());
        self.nth(school, place)
    }

    /// Gives each school its teachers: by pupils to the power of 0.85, four at least, `count` in all.
    pub(super) fn spread(
        schools: usize,
        count: usize,
        since: (Timestamp, Timestamp),
        seed: u64,
    ) -> Self {
        let mut chance = Chance::new(seed, "staff");
        let weights: Vec<f64> = (0..schools)
            .map(|_| chance.lognormal(270.0, 1.14).clamp(5.0, 4500.0).powf(0.85))
            .collect();
        let sum: f64 = weights.iter().sum();
        let free = count.saturating_sub(4 * schools) as f64;
        let (mut of, mut begin, mut weight) = (Vec::with_capacity(schools), 0, 0.0);
        for (at, own) in weights.iter().enumerate() {
            weight += own;
            let end = if at + 1 == schools {
                count
            } else {
                (4 * (at + 1) + (free * weight / sum) as usize).min(count)
            };
            of.push(begin..end);
            begin = end;
        }
        let ids = (0..count).map(|_| {
            let at = chance.moment(since.0, since.1);
            chance.id(at)
        });
        Self {
            of,
            ids: ids.collect(),
        }
    }
}

/// Those who train each region, by its code: the second teachers of its first schools.
pub(super) fn trainers(
    recipe: &Recipe,
    land: &Land,
    schools: &[School],
    staff: &Staff,
) -> BTreeMap<String, Vec<Id<Person>>> {
    let mut trainers: BTreeMap<String, Vec<Id<Person>>> = BTreeMap::new();
    for (at, school) in schools.iter().enumerate() {
        let region = school.region_id.and_then(|id| land.region_of.get(&id));
        if let Some((code, second)) = region.zip(staff.nth(at, 1)) {
            let there = trainers.entry(code.clone()).or_default();
            if there.len() < recipe.trainers_a_region {
                there.push(second);
            }
        }
    }
    trainers
}

/// Draws persons with their addresses.
pub(super) struct Draw<'a> {
    pub(super) chance: Chance,
    pub(super) recipe: &'a Recipe,
    pub(super) since: (Timestamp, Timestamp),
}

impl Draw<'_> {
    /// One person, the `serial`th.
    pub(super) fn person(&mut self, id: Id<Person>, serial: usize) -> (Person, contact::Model) {
        let name = name(&mut self.chance, &self.recipe.people);
        let reads: Vec<_> = self.recipe.reads.iter().collect();
        let language = self.chance.weighed(&reads, |(_, share)| **share);
        let person = Person {
            id,
            sort_name: fold(&name),
            name,
            language: language.map_or(Language::Kk, |(language, _)| **language),
            state: State::Active,
            version: 1,
            created_at: self.chance.moment(self.since.0, self.since.1),
        };
        let email = format!("teacher{serial}@school.example");
        let contact = contact::Model {
            person_id: id,
            email_folded: email.clone(),
            email,
            shown: contact::Shown::Nobody,
        };
        (person, contact)
    }
}

fn name(chance: &mut Chance, words: &Words) -> String {
    let woman = chance.percent(words.women);
    let (given, surnames) = match (chance.percent(words.kazakh), woman) {
        (true, true) => (&words.kk_women, &words.kk_surnames),
        (true, false) => (&words.kk_men, &words.kk_surnames),
        (false, true) => (&words.ru_women, &words.ru_surnames),
        (false, false) => (&words.ru_men, &words.ru_surnames),
    };
    let given = chance.pick(given).map_or("", String::as_str);
    let surname = chance.pick(surnames).map_or("", String::as_str);
    let ending = if woman { "а" } else { "" };
    format!("{surname}{ending} {given}")
}
