//! What is counted of operations, with a bounded number of labels.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Operation names told apart; the rest is "other".
const NAMES: usize = 200;
/// The longest name told apart.
const LONGEST: usize = 64;

/// Counts operations by name and outcome.
#[derive(Default)]
pub(super) struct Metrics {
    names: Mutex<HashSet<String>>,
}

impl Metrics {
    /// `outcome` is `ok`, `partial`, `refused` or `fault`. A subscription counts by its events.
    pub(super) fn count(&self, operation: Option<&str>, outcome: &'static str) {
        let operation = self.label(operation);
        let labels = [("operation", operation), ("outcome", outcome.into())];
        ::metrics::counter!("graphql_operations_total", &labels).increment(1);
    }

    /// How long a query or mutation took.
    pub(super) fn time(&self, operation: Option<&str>, took: Duration) {
        let operation = self.label(operation);
        ::metrics::histogram!("graphql_operation_seconds", "operation" => operation).record(took);
    }

    fn label(&self, operation: Option<&str>) -> String {
        let Some(name) = operation else {
            return "anonymous".into();
        };
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.contains(name) {
            return name.into();
        }
        if name.len() > LONGEST || names.len() >= NAMES {
            return "other".into();
        }
        names.insert(name.into());
        name.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_bounded() {
        let metrics = Metrics::default();
        assert_eq!(metrics.label(None), "anonymous");
        assert_eq!(metrics.label(Some(&"x".repeat(65))), "other");
        for n in 0..NAMES {
            assert_eq!(metrics.label(Some(&format!("q{n}"))), format!("q{n}"));
        }
        assert_eq!(metrics.label(Some("late")), "other");
        assert_eq!(metrics.label(Some("q7")), "q7");
    }
}
