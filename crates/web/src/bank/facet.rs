//! What narrows the list of works down, each value with how many works it would leave.

use std::collections::HashMap;

use i18n::Locale;

use super::{Asked, wording};
use crate::{
    visit::Frame,
    word::{self, Language},
};

/// How many works there are under each value of what narrows the list down.
pub(super) struct Facets {
    /// By the name of the filter and its value, as the address has them. None where no words are looked for: all works
    /// there are would be counted for each reader anew.
    pub(super) counts: Option<HashMap<(&'static str, String), i64>>,
    /// The networks to choose from: their ids and names.
    pub(super) networks: Vec<(String, String, Language)>,
}

/// The counts of an operation, whose types are its own.
macro_rules! counted {
    ($facets:expr) => {{
        let facets = $facets;
        let kinds = facets
            .kinds
            .iter()
            .map(|one| ("kind", word::written(&one.kind), one.count));
        let languages = facets.languages.iter();
        let languages = languages.map(|one| ("language", word::written(&one.language), one.count));
        let subjects = facets.subjects.iter();
        let subjects = subjects.map(|one| ("subject", one.subject.code.clone(), one.count));
        let grades = facets
            .grades
            .iter()
            .map(|one| ("grade", one.grade.to_string(), one.count));
        let licences = facets.licences.iter();
        let licences = licences.map(|one| ("licence", word::written(&one.licence.code), one.count));
        // One that is closed meanwhile has a count and nothing more.
        let networks = facets.networks.iter();
        let networks = networks.filter_map(|one| one.network.as_ref().zip(Some(one.count)));
        let networks: Vec<_> = networks.collect();
        let named = networks.iter().map(|(network, _)| {
            let name = &network.name;
            (network.id.clone(), name.text.clone(), name.language.clone())
        });
        let named = named.collect();
        let networks = networks.into_iter();
        let networks = networks.map(|(network, count)| ("network", network.id.clone(), count));
        let all = kinds
            .chain(languages)
            .chain(subjects)
            .chain(grades)
            .chain(licences)
            .chain(networks);
        $crate::bank::facet::Facets {
            counts: Some(
                all.map(|(filter, value, count)| ((filter, value), count))
                    .collect(),
            ),
            networks: named,
        }
    }};
}
pub(super) use counted;

/// A value to choose: what is sent, its word, whether it is chosen, how many works it would leave.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: String,
    /// `lang` of the word, where that is not the page's.
    pub(super) lang: Option<&'static str>,
    pub(super) chosen: bool,
    pub(super) count: Option<i64>,
}

/// A filter: how the address names it, how people do, and its values.
pub(super) struct Filter {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) choices: Vec<Choice>,
}

impl Choice {
    /// Whether it is offered: what would leave nothing is not, unless it is chosen.
    pub(super) fn offered(&self) -> bool {
        self.chosen || self.count != Some(0)
    }
}

/// What the choices are made of.
pub(super) struct Offer<'a> {
    pub(super) frame: &'a Frame,
    pub(super) asked: &'a Asked,
    pub(super) facets: &'a Facets,
    pub(super) subjects: &'a [(String, String)],
    pub(super) licences: &'a [(String, String)],
}

impl Offer<'_> {
    fn filter(
        &self,
        name: &'static str,
        label: String,
        values: impl IntoIterator<Item = (String, String)>,
    ) -> Filter {
        let choices = values.into_iter().map(|(value, word)| Choice {
            chosen: self.asked.has(name, &value),
            count: self.facets.counts.as_ref().map(|counts| {
                let count = counts.get(&(name, value.clone()));
                count.copied().unwrap_or_default()
            }),
            lang: None,
            value,
            name: word,
        });
        Filter {
            name,
            label,
            choices: choices.collect(),
        }
    }

    /// Of these several may hold at once.
    pub(super) fn boxes(&self) -> [Filter; 2] {
        let say = &self.frame.say;
        let kinds = wording::KINDS.iter();
        let kinds = kinds.map(|kind| (word::written(kind), wording::kind(say, kind)));
        [
            self.filter("kind", say.bank_kind(), kinds),
            self.filter("language", say.bank_language(), word::languages(*say)),
        ]
    }

    /// Of these one.
    pub(super) fn lists(&self) -> [Filter; 4] {
        let say = &self.frame.say;
        let grades = (0..=12_i64).map(|grade| (grade.to_string(), say.bank_grade(grade)));
        [
            self.filter("subject", say.bank_subject(), self.subjects.iter().cloned()),
            self.filter("grade", say.bank_class(), grades),
            self.filter("licence", say.bank_licence(), self.licences.iter().cloned()),
            self.networks(say),
        ]
    }

    fn networks(&self, say: &Locale) -> Filter {
        let found = &self.facets.networks;
        let mut named: Vec<_> = found
            .iter()
            .map(|(id, name, _)| (id.clone(), name.clone()))
            .collect();
        // One that was asked for and has nothing here stays chosen.
        if let Some(asked) = self.asked.one("network")
            && !named.iter().any(|(id, _)| *id == asked)
        {
            named.push((asked, say.bank_of_network()));
        }
        let mut filter = self.filter("network", say.bank_network(), named);
        for (choice, (_, _, language)) in filter.choices.iter_mut().zip(found) {
            choice.lang = self.frame.foreign(language);
        }
        filter
    }

    /// What is chosen, in words: the filter, the value, its word.
    pub(super) fn chosen(&self) -> Vec<(&'static str, String, String)> {
        let filters = self.boxes().into_iter().chain(self.lists());
        let chosen = filters.flat_map(|filter| {
            let name = filter.name;
            let chosen = filter.choices.into_iter().filter(|choice| choice.chosen);
            chosen.map(move |choice| (name, choice.value, choice.name))
        });
        chosen.collect()
    }
}
