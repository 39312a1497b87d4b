//! Lists that are sorted by when their rows came to be.

use sea_orm::EntityTrait;
use serde::Serialize;

use super::Order;

/// A list that is sorted by when each of its rows came to be.
pub trait Dated: EntityTrait {
    /// The column that tells.
    const DATE: Self::Column;
}

/// In the order in which they came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum Age {
    /// The latest first.
    #[default]
    Newest,
    /// The earliest first.
    Oldest,
}

impl<E: Dated> Order<E> for Age {
    fn column(self) -> E::Column {
        E::DATE
    }

    fn descending(self) -> bool {
        self == Self::Newest
    }
}
