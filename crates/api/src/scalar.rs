//! Scalars and small shapes that many nouns share.

use async_graphql::{
    Context, Enum, InputObject, InputValueError, InputValueResult, Object, Scalar, ScalarType,
    Value,
};
use chrono::{NaiveDate, NaiveTime};
use domain::text::{Language, Localized};

/// A day of the calendar, `2026-11-21`: no time, no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day of the calendar, `2026-11-21`: no time, no zone.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) if text.len() == 10 => {
                match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
                    Ok(day) => Ok(Self(day)),
                    Err(_) => Err(InputValueError::custom("a day is written like 2026-11-21")),
                }
            }
            _ => Err(InputValueError::custom("a day is written like 2026-11-21")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// A time of the day, `22:30`, by the installation's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay(pub NaiveTime);

/// A time of the day, `22:30`, by the installation's clock.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6")]
impl ScalarType for TimeOfDay {
    fn parse(value: Value) -> InputValueResult<Self> {
        let time = match &value {
            Value::String(text) if text.len() == 5 => NaiveTime::parse_from_str(text, "%H:%M").ok(),
            _ => None,
        };
        time.map(Self)
            .ok_or_else(|| InputValueError::custom("a time is written like 22:30"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%H:%M").to_string())
    }
}

/// A whole number that may be larger than an `Int` holds, such as a count of bytes. A JSON number below 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BigInt(pub i64);

/// A whole number that may be larger than an `Int` holds, such as a count of bytes. A JSON number below 2^53.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc7493#section-2.2")]
impl ScalarType for BigInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = match &value {
            Value::Number(number) => number.as_i64(),
            _ => None,
        };
        number
            .filter(|number| number.unsigned_abs() < 1 << 53)
            .map(Self)
            .ok_or_else(|| InputValueError::custom("a whole number below 2^53 is needed"))
    }

    fn to_value(&self) -> Value {
        Value::Number(self.0.into())
    }
}

/// A language of the platform.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Language", name = "Language")]
pub enum ApiLanguage {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// A name in up to three languages.
pub struct LocalizedText(pub Localized);

/// A name in up to three languages.
#[Object]
impl LocalizedText {
    /// In Kazakh.
    async fn kk(&self) -> Option<&str> {
        self.0.kk.as_deref()
    }

    /// In Russian.
    async fn ru(&self) -> Option<&str> {
        self.0.ru.as_deref()
    }

    /// In English.
    async fn en(&self) -> Option<&str> {
        self.0.en.as_deref()
    }

    /// In the viewer's language, or else in Kazakh, Russian or English, whichever comes first.
    async fn text(&self, ctx: &Context<'_>) -> async_graphql::Result<&str> {
        Ok(self.0.read(crate::rows::access(ctx)?.viewer().language).1)
    }

    /// The language that `text` is in.
    async fn language(&self, ctx: &Context<'_>) -> async_graphql::Result<ApiLanguage> {
        Ok(self
            .0
            .read(crate::rows::access(ctx)?.viewer().language)
            .0
            .into())
    }
}

/// A name in up to three languages, at least one of them given.
#[derive(InputObject, Debug, Clone)]
pub struct LocalizedTextInput {
    /// In Kazakh.
    pub kk: Option<String>,
    /// In Russian.
    pub ru: Option<String>,
    /// In English.
    pub en: Option<String>,
}

impl From<LocalizedTextInput> for Localized {
    fn from(input: LocalizedTextInput) -> Self {
        Self {
            kk: input.kk,
            ru: input.ru,
            en: input.en,
        }
    }
}
