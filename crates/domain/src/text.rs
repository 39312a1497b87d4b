//! Texts that people write, made fit to store: NFC, trimmed, bounded, without control characters.

use sea_orm::sea_query::StringLen;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Refusal};

/// One line, at least one and at most `max` characters.
pub fn line(text: &str, max: usize) -> Result<String, Refusal> {
    let text = clean(text, max, |c| c == '\t')?;
    if text.is_empty() {
        Err(Refusal::Required)
    } else {
        Ok(text)
    }
}

/// Several lines, at most `max` characters, possibly none.
pub fn prose(text: &str, max: usize) -> Result<String, Refusal> {
    clean(text, max, |c| matches!(c, '\n' | '\t'))
}

/// Why somebody does something: at least one and at most 1,000 characters.
pub fn reason(text: &str) -> Result<String, Error> {
    match prose(text, 1000) {
        Ok(reason) if reason.is_empty() => Err(Refusal::ReasonRequired.of("reason")),
        Ok(reason) => Ok(reason),
        Err(refusal) => Err(refusal.of("reason")),
    }
}

/// The address of a page elsewhere: `https://…` or `http://…`, at most 2,000 characters.
pub fn web_address(text: &str) -> Result<String, Refusal> {
    let text = line(text, 2000)?;
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or(Refusal::MalformedUrl)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\' | '`');
    if host.contains('.') && !host.contains('@') && !text.contains(odd) {
        Ok(text)
    } else {
        Err(Refusal::MalformedUrl)
    }
}

/// An e-mail address as the person wrote it, and the form that tells people apart.
pub fn email(text: &str) -> Result<(String, String), Refusal> {
    let text = line(text, 254)?;
    let (local, host) = text.rsplit_once('@').ok_or(Refusal::MalformedEmail)?;
    let odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                ',' | ';' | '<' | '>' | '"' | '(' | ')' | '[' | ']' | '\\' | ':' | '@'
            )
    };
    let host_ok = host.split('.').count() >= 2
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
    if local.is_empty() || local.len() > 64 || local.contains(odd) || host.contains(odd) || !host_ok
    {
        return Err(Refusal::MalformedEmail);
    }
    let folded = text.to_lowercase();
    Ok((text, folded))
}

fn clean(text: &str, max: usize, allowed: fn(char) -> bool) -> Result<String, Refusal> {
    let text: String = text.replace("\r\n", "\n").nfc().collect();
    let text = text.trim();
    if text.chars().any(|c| {
        (c.is_control() && !allowed(c))
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    }) {
        return Err(Refusal::MalformedText);
    }
    if text.chars().count() > max {
        Err(Refusal::TooLong { max })
    } else {
        Ok(text.to_owned())
    }
}

/// A language of the installation.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    sea_orm::EnumIter,
    sea_orm::DeriveActiveEnum,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(2))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// A name in up to three languages, at least one of them given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    /// Kazakh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kk: Option<String>,
    /// Russian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ru: Option<String>,
    /// English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// The text for a reader of `language`, falling back to kk, ru, en in this order, and its own language.
    pub fn read(&self, language: Language) -> (Language, &str) {
        [language, Language::Kk, Language::Ru, Language::En]
            .into_iter()
            .find_map(|l| self.get(l).map(|text| (l, text)))
            .unwrap_or((language, ""))
    }

    /// The text in exactly this language.
    pub fn get(&self, language: Language) -> Option<&str> {
        match language {
            Language::Kk => self.kk.as_deref(),
            Language::Ru => self.ru.as_deref(),
            Language::En => self.en.as_deref(),
        }
    }

    /// Every text given is at most `max` characters of several lines; possibly none is given.
    pub fn checked_prose(&self, max: usize) -> Result<Self, Refusal> {
        let each = |text: &Option<String>| {
            text.as_deref()
                .map(|text| prose(text, max))
                .transpose()
                .map(|text| text.filter(|text| !text.is_empty()))
        };
        Ok(Self {
            kk: each(&self.kk)?,
            ru: each(&self.ru)?,
            en: each(&self.en)?,
        })
    }

    /// Every text given is a line of at most `max` characters, and at least one is given.
    pub fn checked(&self, max: usize) -> Result<Self, Refusal> {
        let each = |text: &Option<String>| {
            text.as_deref()
                .filter(|t| !t.trim().is_empty())
                .map(|t| line(t, max))
                .transpose()
        };
        let checked = Self {
            kk: each(&self.kk)?,
            ru: each(&self.ru)?,
            en: each(&self.en)?,
        };
        if checked == Self::default() {
            Err(Refusal::Required)
        } else {
            Ok(checked)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(email(" Aigul@School2.KZ ").unwrap().1, "aigul@school2.kz");
        for bad in [
            "",
            "a",
            "a@",
            "@b.kz",
            "a@b",
            "a b@c.kz",
            "a@b..kz",
            "a@-b.kz",
            "a\r\nBcc: x@y.kz",
            "a,b@c.kz",
            "a@b@c.kz",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pages_elsewhere() {
        for good in [
            "https://bilimland.kz/kk/course?id=7",
            "http://пример.қаз/#a",
        ] {
            assert_eq!(web_address(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "https://",
            "https://localhost/",
            "https://you@evil.example/",
            "https://a.kz/\"onclick=",
            "https://a.kz/ b",
            "ftp://a.kz/",
        ] {
            assert!(web_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn texts_are_bounded_and_plain() {
        assert_eq!(line("  е\u{0308}лка ", 10).unwrap(), "ёлка");
        assert_eq!(line("a\0b", 10), Err(Refusal::MalformedText));
        assert_eq!(line("a\nb", 10), Err(Refusal::MalformedText));
        assert_eq!(prose("a\r\nb", 10).unwrap(), "a\nb");
        assert_eq!(line("құрмет", 5), Err(Refusal::TooLong { max: 5 }));
        assert_eq!(line(" ", 5), Err(Refusal::Required));
    }
}
