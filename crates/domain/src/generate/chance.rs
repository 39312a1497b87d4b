//! Chance that comes out the same each time: one seed, one stream of numbers for each purpose.

use chrono::Duration;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};

use crate::clock::Timestamp;
use crate::id::Id;
use crate::text::{Language, Localized};

/// A stream of numbers.
pub(super) struct Chance(Xoshiro256PlusPlus);

impl Chance {
    /// The stream of a purpose. Streams do not disturb each other: more of one thing changes nothing in another.
    pub(super) fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a: any spread of names over seeds will do, as long as it stays.
        let spread = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(Xoshiro256PlusPlus::seed_from_u64(seed ^ spread))
    }

    /// At least 0 and less than `n`; 0 for none.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * n as u128;
        (wide >> 64) as usize
    }

    /// At least 0 and less than 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True for so many of 100.
    pub(super) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share as usize
    }

    /// Around 0, with a deviation of 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Half of them below the median.
    pub(super) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// A negative binomial: a Poisson whose mean is a gamma with a whole `shape`.
    pub(super) fn negative_binomial(&mut self, mean: f64, shape: f64) -> usize {
        let mut gamma = 0.0;
        for _ in 0..(shape as usize).max(1) {
            gamma -= (1.0 - self.unit()).ln();
        }
        let least = (-gamma * mean / shape).exp();
        let (mut count, mut product) = (0, self.unit());
        while product > least {
            count += 1;
            product *= self.unit();
        }
        count
    }

    /// One of them.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// One of them, by weight.
    pub(super) fn weighed<'a, T>(
        &mut self,
        of: &'a [T],
        weight: impl Fn(&T) -> u32,
    ) -> Option<&'a T> {
        let sum: u32 = of.iter().map(&weight).sum();
        let mut at = self.below(sum as usize) as u32;
        of.iter().find(|one| {
            let here = at < weight(one);
            at = at.saturating_sub(weight(one));
            here
        })
    }

    /// One of these phrases, in this language.
    pub(super) fn phrase(&mut self, of: &[Localized], language: Language) -> String {
        let one = self.pick(of);
        one.map_or(String::new(), |one| one.read(language).1.to_owned())
    }

    /// An instant in between.
    pub(super) fn moment(&mut self, from: Timestamp, until: Timestamp) -> Timestamp {
        let span = (until - from).num_seconds().max(1);
        from + Duration::seconds((self.unit() * span as f64) as i64)
    }

    /// The id of something made at this instant.
    pub(super) fn id<N>(&mut self, at: Timestamp) -> Id<N> {
        let mut random = [0; 10];
        self.0.fill_bytes(&mut random);
        Id::at(at, random)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_stream() {
        let draw = |seed, purpose| {
            let mut chance = Chance::new(seed, purpose);
            (0..5).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "schools"), draw(1, "schools"));
        assert_ne!(draw(1, "schools"), draw(2, "schools"));
        assert_ne!(draw(1, "schools"), draw(1, "people"));
    }

    #[test]
    fn sizes_are_as_told() {
        let mut chance = Chance::new(7, "sizes");
        let sizes: Vec<_> = (0..4000)
            .map(|_| chance.negative_binomial(4.3, 3.0))
            .collect();
        let mean = sizes.iter().sum::<usize>() as f64 / 4000.0;
        assert!((4.0..4.6).contains(&mean), "{mean}");
    }
}
