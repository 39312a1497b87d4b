//! Ids at the edge: what does not parse is as absent as what does not exist.

use async_graphql::ID;
use domain::error::{Refusal, Result};
use domain::id::{Id, Noun};

/// The id in an input, or `NOT_FOUND` at its field.
pub(crate) fn given<N: Noun>(id: &ID, field: &'static str) -> Result<Id<N>> {
    id.parse().map_err(|_| Refusal::NotFound.of(field))
}

/// The id in a filter: one that does not parse matches nothing, like one that does not exist.
pub(crate) fn wanted<N: Noun>(id: &ID) -> Id<N> {
    id.parse().unwrap_or(Id::from_uuid(uuid::Uuid::nil()))
}

/// The id as clients see it.
pub(crate) fn shown<N: Noun>(id: Id<N>) -> ID {
    ID(id.to_string())
}
