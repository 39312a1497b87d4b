//! Typed ids: a prefix that names the noun and a UUIDv7.
//!
//! The only place that makes random ids. `prt_0192…` parses into `Id<Partnership>` and into nothing else,
//! so an id of the wrong kind is refused at the edge and can't be written inside.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use sea_orm::sea_query::{self, ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{
    ColIdx, DbErr, IntoActiveValue, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something with identity: its prefix names it in every id.
pub trait Noun: Send + Sync + 'static {
    /// Three lower-case letters before the underscore.
    const PREFIX: &'static str;
}

/// The id of one `N`.
pub struct Id<N>(Uuid, PhantomData<fn() -> N>);

impl<N> Id<N> {
    /// A new id, later than every id this process made before.
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    pub fn fresh() -> Self {
        Self::from_uuid(Uuid::now_v7())
    }

    /// The id of something made at `at`, of a caller's own randomness: generated data comes out the same each time.
    pub fn at(at: crate::clock::Timestamp, random: [u8; 10]) -> Self {
        let millis = at.timestamp_millis().max(0).cast_unsigned();
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The id over a key that is known to be of this noun.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The bare key.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

/// A text that is not an id of the noun asked for.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an id of this kind")]
pub struct NotAnId;

impl<N: Noun> FromStr for Id<N> {
    type Err = NotAnId;

    /// Reads `prefix_` and 32 lower-case hexadecimal digits of a version 7 UUID, and only that form.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = text
            .strip_prefix(N::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .filter(|digits| {
                digits.len() == 32
                    && digits
                        .bytes()
                        .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            })
            .ok_or(NotAnId)?;
        let uuid = Uuid::try_parse(digits).map_err(|_| NotAnId)?;
        if uuid.get_version_num() == 7 {
            Ok(Self::from_uuid(uuid))
        } else {
            Err(NotAnId)
        }
    }
}

impl<N: Noun> fmt::Display for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", N::PREFIX, self.0.simple())
    }
}

impl<N: Noun> fmt::Debug for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<N> Clone for Id<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for Id<N> {}

impl<N> PartialEq for Id<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<N> Eq for Id<N> {}

impl<N> PartialOrd for Id<N> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<N> Ord for Id<N> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<N> hash::Hash for Id<N> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<N: Noun> Serialize for Id<N> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, N: Noun> Deserialize<'de> for Id<N> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl<N> From<Id<N>> for Value {
    fn from(id: Id<N>) -> Self {
        id.0.into()
    }
}

impl<N> TryGetable for Id<N> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        Uuid::try_get_by(row, index).map(Self::from_uuid)
    }
}

impl<N> ValueType for Id<N> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <Uuid as ValueType>::try_from(value).map(Self::from_uuid)
    }

    fn type_name() -> String {
        "Id".to_owned()
    }

    fn array_type() -> ArrayType {
        Uuid::array_type()
    }

    fn column_type() -> ColumnType {
        Uuid::column_type()
    }
}

impl<N> Nullable for Id<N> {
    fn null() -> Value {
        Uuid::null()
    }
}

impl<N> IntoActiveValue<Self> for Id<N> {
    fn into_active_value(self) -> sea_orm::ActiveValue<Self> {
        sea_orm::ActiveValue::Set(self)
    }
}

impl<N> TryFromU64 for Id<N> {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Id"))
    }
}

impl<N> sea_query::postgres_array::NotU8 for Id<N> {}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing;
    impl Noun for Thing {
        const PREFIX: &'static str = "thg";
    }

    #[test]
    fn only_the_printed_form_parses() {
        let id = Id::<Thing>::fresh();
        assert_eq!(id.to_string().parse(), Ok(id));
        let upper = id.to_string().to_uppercase();
        let other = id.to_string().replace("thg", "oth");
        let random = format!("thg_{}", Uuid::from_u128(1).simple());
        for bad in [
            "",
            "thg_",
            "thg",
            &upper,
            &other,
            &random,
            &format!("{id}0"),
            &format!(" {id}"),
        ] {
            assert_eq!(bad.parse::<Id<Thing>>(), Err(NotAnId), "{bad}");
        }
    }

    #[test]
    fn later_ids_sort_later() {
        let ids: Vec<_> = (0..1000).map(|_| Id::<Thing>::fresh()).collect();
        assert!(ids.is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn what_parses_is_what_was_printed(text in ".{0,40}|thg_[0-9a-f]{30,34}|[a-z]{3}_[0-9a-f]{32}") {
            if let Ok(id) = text.parse::<Id<Thing>>() {
                assert_eq!(id.to_string(), text);
                assert_eq!(id.uuid().get_version_num(), 7);
            }
        }

        #[test]
        fn ids_sort_as_they_are_written(one: u128, other: u128) {
            let [one, other] = [one, other].map(|key| Id::<Thing>::from_uuid(Uuid::from_u128(key)));
            assert_eq!(one.cmp(&other), one.to_string().cmp(&other.to_string()));
        }
    }
}
