//! A set of packed states with something worked out for each, shared by threads: shards behind locks, each an
//! open-addressed index over states that stand one after another.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Shards of a table: enough that two threads seldom meet.
const SHARDS: usize = 64;

/// Marks a free place of the index.
const FREE: u32 = u32::MAX;

/// The low bits of a place are the state's number, those above part of its hash: most states that differ are told
/// apart without a look at them.
const NUMBER_BITS: u32 = 25;

/// The most states of a shard.
const STATES_MAX: usize = (1 << NUMBER_BITS) - 1;

/// Where a state stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    shard: u16,
    number: u32,
}

/// Different states of one phase, each with a value once that is known.
#[derive(Debug)]
pub struct Table<V> {
    shards: Vec<Mutex<Shard<V>>>,
}

#[derive(Debug)]
struct Shard<V> {
    words: Vec<u64>,
    /// Where the words of each state end; they begin where those of the state before it end.
    ends: Vec<u32>,
    values: Vec<V>,
    /// One bit for each state: whether its value is known.
    known: Vec<u64>,
    places: Vec<u32>,
}

/// What putting in a state found.
#[derive(Clone, Copy, Debug)]
pub struct Found<V> {
    /// Where it stands.
    pub place: Place,
    /// It was not there before.
    pub new: bool,
    /// Its value, where it is known.
    pub value: Option<V>,
}

impl<V: Copy> Table<V> {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        let shard = || Shard {
            words: Vec::new(),
            ends: Vec::new(),
            values: Vec::new(),
            known: Vec::new(),
            places: Vec::new(),
        };
        Self {
            shards: (0..SHARDS).map(|_| Mutex::new(shard())).collect(),
        }
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes in use.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let bytes = |shard: &Mutex<Shard<V>>| {
            let shard = lock(shard);
            (shard.words.capacity() + shard.known.capacity()) * 8
                + (shard.places.capacity() + shard.ends.capacity()) * 4
                + shard.values.capacity() * size_of::<V>()
        };
        self.shards.iter().map(bytes).sum()
    }

    /// Puts in a state, unless it is there. None where the shard is full. `empty` stands for a value not known yet.
    pub fn insert(&self, words: &[u64], empty: V) -> Option<Found<V>> {
        let hash = hash(words);
        let shard = (hash >> 58) as usize % SHARDS;
        let mut inside = lock(&self.shards[shard]);
        let (number, new) = inside.insert(words, hash, empty)?;
        Some(Found {
            place: Place {
                shard: shard as u16,
                number,
            },
            new,
            value: inside.value(number),
        })
    }

    /// The value of a state, where the state is there and its value known.
    #[must_use]
    pub fn value_of(&self, words: &[u64]) -> Option<V> {
        let hash = hash(words);
        let inside = lock(&self.shards[(hash >> 58) as usize % SHARDS]);
        if inside.places.is_empty() {
            return None;
        }
        match inside.places[inside.find(words, hash)] {
            FREE => None,
            place => inside.value(place & STATES_MAX as u32),
        }
    }

    /// The value at a place, where it is known.
    #[must_use]
    pub fn value(&self, place: Place) -> Option<V> {
        self.shard(place).value(place.number)
    }

    /// Copies the words at a place.
    pub fn copy(&self, place: Place, into: &mut Vec<u64>) {
        into.clear();
        into.extend_from_slice(self.shard(place).state(place.number as usize));
    }

    /// Makes a value known. Whether it was not known before.
    pub fn settle(&self, place: Place, value: V) -> bool {
        let mut inside = self.shard(place);
        let number = place.number as usize;
        let bit = 1 << (number % 64);
        if inside.known[number / 64] & bit != 0 {
            return false;
        }
        inside.known[number / 64] |= bit;
        inside.values[number] = value;
        true
    }

    /// Calls for each state with its value, where that is known, in no order that means anything.
    pub fn each(&self, mut call: impl FnMut(&[u64], Option<V>)) {
        self.each_part((0, 1), &mut call);
    }

    /// The same for one of several parts of the states: `(number, of)`.
    pub fn each_part(&self, (part, of): (usize, usize), mut call: impl FnMut(&[u64], Option<V>)) {
        for shard in self.shards.iter().skip(part).step_by(of) {
            let inside = lock(shard);
            for number in 0..inside.len() {
                call(inside.state(number), inside.value(number as u32));
            }
        }
    }

    fn shard(&self, place: Place) -> MutexGuard<'_, Shard<V>> {
        lock(&self.shards[usize::from(place.shard)])
    }
}

/// A thread that panicked takes the whole search with it, so what it left behind is never looked at.
fn lock<V>(shard: &Mutex<Shard<V>>) -> MutexGuard<'_, Shard<V>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<V: Copy> Default for Table<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Copy> Shard<V> {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn state(&self, number: usize) -> &[u64] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start as usize..self.ends[number] as usize]
    }

    fn value(&self, number: u32) -> Option<V> {
        let number = number as usize;
        let known = self.known[number / 64] >> (number % 64) & 1 == 1;
        known.then(|| self.values[number])
    }

    fn insert(&mut self, words: &[u64], hash: u64, empty: V) -> Option<(u32, bool)> {
        let count = self.len();
        // A fifth of the places stays free, so that looking up stays short.
        if (count + 1) * 5 > self.places.len() * 4 {
            self.grow();
        }
        let at = self.find(words, hash);
        if self.places[at] != FREE {
            return Some((self.places[at] & STATES_MAX as u32, false));
        }
        if count == STATES_MAX {
            return None;
        }
        let end = u32::try_from(self.words.len() + words.len()).ok()?;
        reserve(&mut self.words, words.len());
        reserve(&mut self.ends, 1);
        reserve(&mut self.values, 1);
        self.places[at] = tag(hash) | count as u32;
        self.words.extend_from_slice(words);
        self.ends.push(end);
        self.values.push(empty);
        if count.is_multiple_of(64) {
            self.known.push(0);
        }
        Some((count as u32, true))
    }

    /// The place of a state, or the free place where it belongs.
    #[inline]
    fn find(&self, words: &[u64], hash: u64) -> usize {
        let mask = self.places.len() - 1;
        let tag = tag(hash);
        let mut at = hash as usize & mask;
        loop {
            let place = self.places[at];
            if place == FREE {
                return at;
            }
            if place & !(STATES_MAX as u32) == tag {
                if self.state((place & STATES_MAX as u32) as usize) == words {
                    return at;
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        let mask = size - 1;
        let mut places = vec![FREE; size];
        for number in 0..self.len() {
            let hash = hash(self.state(number));
            let mut at = hash as usize & mask;
            while places[at] != FREE {
                at = (at + 1) & mask;
            }
            places[at] = tag(hash) | number as u32;
        }
        self.places = places;
    }
}

/// Makes room for more, by a quarter at least: what lies idle stays small beside what is there.
fn reserve<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() < list.len() + more {
        list.reserve_exact(more.max(list.len() / 4).max(64));
    }
}

/// The part of a hash that a place keeps: bits that neither choose the shard nor, in a table that fits into memory,
/// the place.
fn tag(hash: u64) -> u32 {
    ((hash >> 40) as u32) << NUMBER_BITS
}

/// Multiplied and folded, word by word: every bit of a state reaches the bits that choose a place.
#[inline]
fn hash(words: &[u64]) -> u64 {
    let mut hash = 0x243f_6a88_85a3_08d3_u64;
    for word in words {
        let product = u128::from(hash ^ word) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
        hash = product as u64 ^ (product >> 64) as u64;
    }
    let product = u128::from(hash) * u128::from(0xd1b5_4a32_d192_ed03_u64);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn every_different_state_is_kept_once() {
        let table = Table::new();
        let words = |number: u64| [number % 100, number / 100];
        for number in 0..10_000 {
            assert!(table.insert(&words(number), 0).expect("there is room").new);
        }
        for number in 0..10_000 {
            assert!(!table.insert(&words(number), 0).expect("there is room").new);
        }
        assert_eq!(table.len(), 10_000);
    }

    #[test]
    fn a_value_is_known_once_it_is_settled_and_settled_once() {
        let table = Table::new();
        let found = table.insert(&[7], 0).expect("there is room");
        assert_eq!((found.value, table.value_of(&[7])), (None, None));
        assert!(table.settle(found.place, 3));
        assert!(!table.settle(found.place, 4));
        assert_eq!(table.value_of(&[7]), Some(3));
        assert_eq!(table.insert(&[7], 0).expect("it is there").value, Some(3));
    }
}
