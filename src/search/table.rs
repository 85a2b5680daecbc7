//! A set of states: their words one after another, and an open-addressed index over them.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Marks a free place of the index.
const FREE: u32 = u32::MAX;

/// Different states, numbered in the order they came.
#[derive(Clone, Debug)]
pub struct Table {
    width: usize,
    words: Vec<u64>,
    places: Vec<u32>,
}

impl Table {
    /// An empty set of states of so many words.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self {
            width,
            words: Vec::new(),
            places: Vec::new(),
        }
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len() / self.width.max(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words of a state.
    #[must_use]
    pub fn words(&self, number: usize) -> &[u64] {
        &self.words[number * self.width..][..self.width]
    }

    /// Adds a state, unless it is there. Whether it was new.
    ///
    /// # Panics
    /// At 2^32 states, far beyond any budget.
    pub fn insert(&mut self, words: &[u64]) -> bool {
        // At least a third of the places stay free, so that looking up stays short.
        if (self.len() + 1) * 3 > self.places.len() * 2 {
            self.grow();
        }
        let place = self.find(words);
        if self.places[place] != FREE {
            return false;
        }
        self.places[place] = u32::try_from(self.len()).expect("budgets keep far below 2^32 states");
        self.words.extend_from_slice(words);
        true
    }

    /// The place of a state, or the free place where it belongs.
    fn find(&self, words: &[u64]) -> usize {
        let mask = self.places.len() - 1;
        let mut place = hash(words) as usize & mask;
        loop {
            match self.places[place] {
                FREE => return place,
                number if self.words(number as usize) == words => return place,
                _ => place = (place + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        self.places = vec![FREE; size];
        for number in 0..self.len() {
            let start = number * self.width;
            let place = self.find(&self.words[start..start + self.width]);
            self.places[place] = number as u32;
        }
    }
}

fn hash(words: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    for word in words {
        hasher.write_u64(*word);
    }
    let hash = hasher.finish();
    // The index takes the low bits, where this hash is weakest.
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn every_different_state_is_kept_once() {
        let mut table = Table::new(2);
        for number in 0..10_000_u64 {
            assert!(table.insert(&[number % 100, number / 100]));
        }
        for number in 0..10_000_u64 {
            assert!(!table.insert(&[number % 100, number / 100]));
        }
        assert_eq!(table.len(), 10_000);
        assert_eq!(table.words(205), [5, 2]);
    }
}
