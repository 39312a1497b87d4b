//! The three languages and how a browser asks for one.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language in which the software speaks.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Kazakh, the default.
    #[default]
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// The text names none of the three languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}, expected kk, ru or en")]
pub struct UnknownLocale(String);

impl Locale {
    /// All languages, in the order in which a choice of languages shows them.
    pub const ALL: [Locale; 3] = [Locale::Kk, Locale::Ru, Locale::En];

    /// The language's tag as HTML's `lang` and BCP 47 have it: `kk`, `ru` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::Kk => "kk",
            Locale::Ru => "ru",
            Locale::En => "en",
        }
    }

    /// The best of our languages for an `Accept-Language` header: the highest weight, and of equal
    /// weights the first. `None` when the header names none of ours (`*` names none).
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Option<Locale> {
        let mut best: Option<(f32, Locale)> = None;
        for range in accept_language.split(',') {
            let Some((weight, locale)) = weighted(range) else {
                continue;
            };
            if weight > 0.0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// `ru-KZ;q=0.8` → (0.8, Russian).
fn weighted(range: &str) -> Option<(f32, Locale)> {
    let (tag, parameter) = match range.split_once(';') {
        Some((tag, parameter)) => (tag, Some(parameter)),
        None => (range, None),
    };
    let weight = match parameter {
        None => 1.0,
        Some(parameter) => {
            let (name, value) = parameter.split_once('=')?;
            if !name.trim().eq_ignore_ascii_case("q") {
                return None;
            }
            let weight = value.trim().parse().ok()?;
            (0.0..=1.0).contains(&weight).then_some(weight)?
        }
    };
    let language = tag.trim().split('-').next()?;
    let locale = language.to_ascii_lowercase().parse().ok()?;
    Some((weight, locale))
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        Locale::ALL
            .into_iter()
            .find(|locale| locale.tag() == tag)
            .ok_or_else(|| UnknownLocale(tag.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_the_only_spelling() {
        for locale in Locale::ALL {
            assert_eq!(locale.to_string().parse(), Ok(locale));
            let json = serde_json::to_string(&locale).unwrap();
            assert_eq!(json, format!("\"{locale}\""));
            assert_eq!(serde_json::from_str::<Locale>(&json).unwrap(), locale);
        }
        assert_eq!("de".parse::<Locale>(), Err(UnknownLocale("de".into())));
        assert_eq!(Locale::default(), Locale::Kk);
    }

    #[test]
    fn a_browser_gets_the_language_it_prefers() {
        for (header, expected) in [
            ("ru-KZ", Some(Locale::Ru)),
            ("KK", Some(Locale::Kk)),
            ("de, en;q=0.7, ru;q=0.8", Some(Locale::Ru)),
            ("en;q=0.5,kk-Cyrl-KZ;q=0.5", Some(Locale::En)),
            ("en-GB ; q=0.3 , ru ; q=0.31", Some(Locale::Ru)),
            ("ru;q=0, en;q=0.1", Some(Locale::En)),
            ("ru;q=zero, en;q=0.1", Some(Locale::En)),
            ("ru;q=7, en;q=0.1", Some(Locale::En)),
            ("ru;q=NaN, en;q=0.1", Some(Locale::En)),
            ("rue, english", None),
            ("de, *;q=0.5", None),
            ("", None),
            (";;;,,,=", None),
        ] {
            assert_eq!(Locale::negotiate(header), expected, "{header:?}");
        }
    }
}
