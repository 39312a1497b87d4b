//! How much one caller may hold open at once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Counts what callers hold open, under one limit.
#[derive(Clone)]
pub(super) struct Seats {
    most: usize,
    gauge: &'static str,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

/// One thing held open; dropping it frees its place.
pub(super) struct Seat {
    seats: Seats,
    caller: String,
}

impl Seats {
    /// At most `most` for each caller; `gauge` is the metric of all of them.
    pub(super) fn new(most: usize, gauge: &'static str) -> Self {
        Self {
            most,
            gauge,
            taken: Arc::default(),
        }
    }

    pub(super) fn take(&self, caller: &str) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.get(caller).copied().unwrap_or_default();
        if count >= self.most {
            return None;
        }
        taken.insert(caller.to_owned(), count + 1);
        ::metrics::gauge!(self.gauge).increment(1.0);
        Some(Seat {
            seats: self.clone(),
            caller: caller.to_owned(),
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        ::metrics::gauge!(self.seats.gauge).decrement(1.0);
        let taken = &self.seats.taken;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.caller) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                taken.remove(&self.caller);
            }
        }
    }
}
