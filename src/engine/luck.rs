//! Chance. A roll depends only on the seed, the chance's name and how often that name was rolled, so that a what-if
//! that changes one decision keeps the luck of all others.

use std::collections::BTreeMap;

use rand::rand_core::{Rng, SeedableRng};
use rand::rngs::ChaCha8Rng;
use sha2::{Digest, Sha256};

use crate::program::Chance;
use crate::program::ids::ChanceId;

/// The name of the algorithm for rolls, as a journal states it.
pub const ALGORITHM: &str = "sha256-chacha8-1";

/// A source of rolls.
pub trait Luck {
    /// The position of the outcome; below the number of outcomes.
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize;
}

/// One keyed roll: a number below `total`, all equally likely.
///
/// The key is the SHA-256 of `sandtable roll 1`, a zero byte, the seed (8 bytes, little end first), the name in
/// UTF-8, a zero byte, and the count (4 bytes, little end first). It seeds `ChaCha8`, whose 64-bit outputs are
/// taken until one lies below the greatest multiple of `total`; the remainder is the roll.
#[must_use]
pub fn keyed_roll(seed: u64, name: &str, count: u32, total: u64) -> u64 {
    let mut hash = Sha256::new();
    hash.update(b"sandtable roll 1\0");
    hash.update(seed.to_le_bytes());
    hash.update(name.as_bytes());
    hash.update([0]);
    hash.update(count.to_le_bytes());
    let mut generator = ChaCha8Rng::from_seed(hash.finalize().into());
    below(total, || generator.next_u64())
}

/// A number below `total` from a source of 64-bit numbers, without bias. A total of 0 counts as 1.
pub fn below(total: u64, mut next: impl FnMut() -> u64) -> u64 {
    let total = total.max(1);
    // 2^64 mod total: that many of the highest numbers are rejected.
    let surplus = (u64::MAX % total + 1) % total;
    loop {
        let number = next();
        if number <= u64::MAX - surplus {
            return number % total;
        }
    }
}

/// The outcome for a number below the chance's total.
#[must_use]
pub fn outcome(chance: &Chance, mut number: u64) -> usize {
    for (index, odds) in chance.odds.iter().enumerate() {
        match number.checked_sub(u64::from(*odds)) {
            None => return index,
            Some(rest) => number = rest,
        }
    }
    chance.odds.len().saturating_sub(1)
}

/// The luck of an exercise: keyed rolls, except where an outcome is forced.
#[derive(Clone, Debug, Default)]
pub struct Keyed {
    seed: u64,
    counts: BTreeMap<ChanceId, u32>,
    forced: BTreeMap<(ChanceId, u32), usize>,
}

impl Keyed {
    /// The luck of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// How often a chance was rolled.
    #[must_use]
    pub fn count(&self, id: ChanceId) -> u32 {
        self.counts.get(&id).copied().unwrap_or(0)
    }

    /// Forces the next roll of a chance that is not forced yet. All other rolls stay the same.
    pub fn force(&mut self, id: ChanceId, outcome: usize) {
        let mut count = self.count(id);
        while self.forced.contains_key(&(id, count)) {
            count += 1;
        }
        self.forced.insert((id, count), outcome);
    }

    /// The same luck, as it was before the first roll.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            counts: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// Forced rolls that have not been rolled.
    pub fn pending(&self) -> impl Iterator<Item = ChanceId> {
        self.forced
            .keys()
            .filter(|(id, count)| *count >= self.count(*id))
            .map(|(id, _)| *id)
    }
}

impl Luck for Keyed {
    fn roll(&mut self, id: ChanceId, chance: &Chance) -> usize {
        let count = self.counts.entry(id).or_insert(0);
        let number = *count;
        *count += 1;
        match self.forced.get(&(id, number)) {
            Some(forced) => *forced,
            None => outcome(
                chance,
                keyed_roll(self.seed, &chance.name, number, chance.total),
            ),
        }
    }
}

/// A fast stream of numbers (`SplitMix64`), for millions of exercises whose rolls nobody needs to repeat by name.
#[derive(Clone, Debug)]
pub struct Stream(pub u64);

impl Stream {
    /// The next number of the stream.
    #[inline]
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `total`, which must not be 0, without bias: the high half of a product, drawn again if the low
    /// half shows that it would come too often (Lemire, *Fast random integer generation in an interval*, 2019).
    #[inline]
    pub fn below(&mut self, total: u64) -> u64 {
        let mut product = u128::from(self.number()) * u128::from(total);
        if (product as u64) < total {
            let surplus = total.wrapping_neg() % total;
            while (product as u64) < surplus {
                product = u128::from(self.number()) * u128::from(total);
            }
        }
        (product >> 64) as u64
    }
}

impl Luck for Stream {
    #[inline]
    fn roll(&mut self, _id: ChanceId, chance: &Chance) -> usize {
        outcome(chance, self.below(chance.total))
    }
}
