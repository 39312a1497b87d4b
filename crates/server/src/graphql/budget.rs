//! A budget of weighted fields per caller, refilled by the second, on this node.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Callers remembered at least before those whose budget is full again are forgotten.
const REMEMBERED: usize = 10_000;

/// What callers have left.
pub(super) struct Budget {
    capacity: u64,
    refill: u64,
    purses: Mutex<Purses>,
}

struct Purses {
    by_caller: HashMap<String, Purse>,
    /// How many are too many; twice what the last sweep left, so that sweeps stay rare.
    sweep_at: usize,
}

struct Purse {
    left: f64,
    at: Instant,
}

/// What a charge left behind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charge {
    pub(super) requested: u64,
    pub(super) available: u64,
}

impl Budget {
    pub(super) fn new(capacity: u64, refill: u64) -> Self {
        Self {
            capacity,
            refill: refill.max(1),
            purses: Mutex::new(Purses {
                by_caller: HashMap::new(),
                sweep_at: REMEMBERED,
            }),
        }
    }

    /// Takes `cost` from the caller's budget, or says how long until there is enough.
    pub(super) fn charge(&self, caller: &str, cost: u64) -> Result<Charge, Duration> {
        self.charge_at(Instant::now(), caller, cost)
    }

    fn charge_at(&self, now: Instant, caller: &str, cost: u64) -> Result<Charge, Duration> {
        let mut purses = self.purses.lock().unwrap_or_else(PoisonError::into_inner);
        let Purses {
            by_caller,
            sweep_at,
        } = &mut *purses;
        if by_caller.len() >= *sweep_at {
            by_caller.retain(|_, purse| self.filled(purse, now) < self.capacity as f64);
            *sweep_at = REMEMBERED.max(2 * by_caller.len());
        }
        let left = by_caller
            .get(caller)
            .map_or(self.capacity as f64, |purse| self.filled(purse, now));
        let missing = cost as f64 - left;
        if missing > 0.0 {
            return Err(Duration::from_secs_f64(missing / self.refill as f64));
        }
        let left = left - cost as f64;
        by_caller.insert(caller.to_owned(), Purse { left, at: now });
        Ok(Charge {
            requested: cost,
            available: left as u64,
        })
    }

    fn filled(&self, purse: &Purse, now: Instant) -> f64 {
        let earned = now.duration_since(purse.at).as_secs_f64() * self.refill as f64;
        (purse.left + earned).min(self.capacity as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refills_and_says_when_to_come_back() {
        let budget = Budget::new(100, 10);
        let start = Instant::now();
        let left = |charge: Result<Charge, Duration>| charge.map(|charge| charge.available);
        assert_eq!(left(budget.charge_at(start, "a", 80)), Ok(20));
        let wait = Duration::from_secs(3);
        assert_eq!(left(budget.charge_at(start, "a", 50)), Err(wait));
        assert_eq!(
            left(budget.charge_at(start, "b", 100)),
            Ok(0),
            "others have their own"
        );
        assert_eq!(left(budget.charge_at(start + wait, "a", 50)), Ok(0));
        assert_eq!(left(budget.charge_at(start + wait * 100, "a", 0)), Ok(100));
    }

    #[test]
    fn forgets_callers_with_a_full_budget() {
        let budget = Budget::new(10, 10);
        let start = Instant::now();
        for n in 0..REMEMBERED {
            assert!(budget.charge_at(start, &n.to_string(), 1).is_ok());
        }
        let later = start + Duration::from_secs(1);
        assert!(budget.charge_at(later, "one more", 1).is_ok());
        let purses = budget.purses.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(purses.by_caller.len(), 1);
    }
}
