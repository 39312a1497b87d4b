//! What was used lately, and no more of it than there is room for.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

/// The one not asked for the longest makes room.
pub(super) struct Recent<K, V> {
    room: usize,
    kept: Mutex<Kept<K, V>>,
}

struct Kept<K, V> {
    clock: u64,
    values: HashMap<K, (u64, V)>,
}

impl<K: Clone + Eq + Hash, V: Clone> Recent<K, V> {
    pub(super) fn new(room: usize) -> Self {
        let kept = Kept {
            clock: 0,
            values: HashMap::new(),
        };
        Self {
            room,
            kept: Mutex::new(kept),
        }
    }

    pub(super) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let mut kept = self.lock();
        kept.clock += 1;
        let now = kept.clock;
        let (used, value) = kept.values.get_mut(key)?;
        *used = now;
        Some(value.clone())
    }

    pub(super) fn keep(&self, key: K, value: V) {
        let mut kept = self.lock();
        kept.clock += 1;
        let now = kept.clock;
        if kept.values.len() >= self.room && !kept.values.contains_key(&key) {
            let oldest = kept.values.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                kept.values.remove(&oldest);
            }
        }
        kept.values.insert(key, (now, value));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept<K, V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;

    #[test]
    fn forgets_what_was_not_asked_for_the_longest() {
        let recent = Recent::new(2);
        recent.keep("a", 1);
        recent.keep("b", 2);
        assert_eq!(recent.get("a"), Some(1));
        recent.keep("c", 3);
        assert_eq!(recent.get("b"), None);
        recent.keep("c", 4);
        assert_eq!((recent.get("a"), recent.get("c")), (Some(1), Some(4)));
    }
}
