//! One page of a list, as an address has it: `?after=…` or `?before=…`.

use serde::Deserialize;

/// How many rows a page of a list has.
const SIZE: i64 = 20;

/// Where in a list the visitor is.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Window {
    after: Option<String>,
    before: Option<String>,
}

impl Window {
    /// From what an address says.
    pub(crate) fn at(after: Option<String>, before: Option<String>) -> Self {
        Window { after, before }
    }

    /// Relay's `first`.
    pub(crate) fn first(&self) -> Option<i64> {
        self.before().is_none().then_some(SIZE)
    }

    /// Relay's `last`.
    pub(crate) fn last(&self) -> Option<i64> {
        self.before().is_some().then_some(SIZE)
    }

    /// Relay's `after`.
    pub(crate) fn after(&self) -> Option<String> {
        self.after.clone().filter(|_| self.before.is_none())
    }

    /// Relay's `before`.
    pub(crate) fn before(&self) -> Option<String> {
        self.before.clone()
    }
}
