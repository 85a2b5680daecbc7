//! A set of packed states with something worked out for each, shared by threads: shards behind locks, each an
//! open-addressed index over states that stand one after another.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Shards of a table: enough that two threads seldom meet.
const SHARDS: usize = 64;

/// Where a state stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    shard: u32,
    start: u32,
}

/// Different states of one phase, each with a value once that is known.
#[derive(Debug)]
pub struct Table<V> {
    shards: Vec<Mutex<Shard<V>>>,
}

/// What is looked up together lies together: a place tells most states that differ apart, and the words of the state
/// that it leads to stand behind a word that says how many they are, which value is the state's, and whether it is known.
#[derive(Debug)]
struct Shard<V> {
    /// Of each state a [`Header`] and its words. The first word of all is nobody's.
    words: Vec<u64>,
    values: Vec<V>,
    /// Where in `words` a state begins in the low half, and the high half of its hash; 0 where it is free.
    places: Vec<u64>,
}

/// What stands before the words of a state: the number of its value, how many words there are, whether the value is
/// known.
#[derive(Clone, Copy)]
struct Header(u64);

impl Header {
    const KNOWN: u64 = 1 << 63;

    fn new(number: usize, length: usize) -> Self {
        Self(number as u64 | (length as u64) << 32)
    }

    fn number(self) -> usize {
        (self.0 & u64::from(u32::MAX)) as usize
    }

    fn length(self) -> usize {
        (self.0 >> 32 & 0xffff) as usize
    }

    fn is_known(self) -> bool {
        self.0 & Self::KNOWN != 0
    }
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

impl<V: Copy> Default for Table<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Copy> Table<V> {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        let shard = || Shard {
            words: Vec::new(),
            values: Vec::new(),
            places: Vec::new(),
        };
        Self {
            shards: (0..SHARDS).map(|_| Mutex::new(shard())).collect(),
        }
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let shards = self.shards.iter();
        shards.map(|shard| lock(shard).values.len()).sum()
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
            (shard.words.capacity() + shard.places.capacity()) * 8
                + shard.values.capacity() * size_of::<V>()
        };
        self.shards.iter().map(bytes).sum()
    }

    /// Puts in a state, unless it is there. None where the shard is full, at 32 GiB. `empty` stands for a value that is
    /// not known yet.
    pub fn insert(&self, words: &[u64], empty: V) -> Option<Found<V>> {
        let hash = hash(words);
        let shard = shard_of(hash);
        let mut inside = lock(&self.shards[shard]);
        let (start, new) = inside.insert(words, hash, empty)?;
        Some(Found {
            place: Place {
                shard: shard as u32,
                start,
            },
            new,
            value: inside.value(start),
        })
    }

    /// The value of a state, where the state is there and its value known.
    #[must_use]
    pub fn value_of(&self, words: &[u64]) -> Option<V> {
        let hash = hash(words);
        let inside = lock(&self.shards[shard_of(hash)]);
        if inside.places.is_empty() {
            return None;
        }
        match inside.places[inside.find(words, hash)] {
            0 => None,
            place => inside.value(place as u32),
        }
    }

    /// The value at a place, where it is known.
    #[must_use]
    pub fn value(&self, place: Place) -> Option<V> {
        self.shard(place).value(place.start)
    }

    /// Copies the words at a place.
    pub fn copy(&self, place: Place, into: &mut Vec<u64>) {
        into.clear();
        into.extend_from_slice(self.shard(place).state(place.start));
    }

    /// Makes a value known. Whether it was not known before.
    pub fn settle(&self, place: Place, value: V) -> bool {
        let mut inside = self.shard(place);
        let header = inside.header(place.start);
        if header.is_known() {
            return false;
        }
        inside.words[place.start as usize] |= Header::KNOWN;
        inside.values[header.number()] = value;
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
            inside.each_start(|start| call(inside.state(start), inside.value(start)));
        }
    }

    fn shard(&self, place: Place) -> MutexGuard<'_, Shard<V>> {
        lock(&self.shards[place.shard as usize])
    }
}

/// A thread that panicked takes the whole search with it, so what it left behind is never looked at.
fn lock<V>(shard: &Mutex<Shard<V>>) -> MutexGuard<'_, Shard<V>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<V: Copy> Shard<V> {
    #[inline]
    fn header(&self, start: u32) -> Header {
        Header(self.words[start as usize])
    }

    #[inline]
    fn state(&self, start: u32) -> &[u64] {
        let first = start as usize + 1;
        &self.words[first..first + self.header(start).length()]
    }

    fn value(&self, start: u32) -> Option<V> {
        let header = self.header(start);
        header.is_known().then(|| self.values[header.number()])
    }

    fn each_start(&self, mut call: impl FnMut(u32)) {
        let mut start = 1;
        while start < self.words.len() {
            call(start as u32);
            start += 1 + self.header(start as u32).length();
        }
    }

    fn insert(&mut self, words: &[u64], hash: u64, empty: V) -> Option<(u32, bool)> {
        let number = self.values.len();
        // A quarter of the places stays free, so that looking up stays short.
        if (number + 1) * 4 > self.places.len() * 3 {
            self.grow();
        }
        let at = self.find(words, hash);
        if self.places[at] != 0 {
            return Some((self.places[at] as u32, false));
        }
        if self.words.is_empty() {
            self.words.push(0);
        }
        let start = u32::try_from(self.words.len()).ok()?;
        reserve(&mut self.words, words.len() + 1);
        reserve(&mut self.values, 1);
        self.words.push(Header::new(number, words.len()).0);
        self.words.extend_from_slice(words);
        self.values.push(empty);
        self.places[at] = place_of(hash, start);
        Some((start, true))
    }

    /// The place of a state, or the free place where it belongs.
    #[inline]
    fn find(&self, words: &[u64], hash: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let place = self.places[at];
            if place == 0 || place >> 32 == hash >> 32 && self.state(place as u32) == words {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        let mask = size - 1;
        let mut places = vec![0; size];
        self.each_start(|start| {
            let hash = hash(self.state(start));
            let mut at = hash as usize & mask;
            while places[at] != 0 {
                at = (at + 1) & mask;
            }
            places[at] = place_of(hash, start);
        });
        self.places = places;
    }
}

/// Makes room for more, by a quarter at least: what lies idle stays small beside what is there.
fn reserve<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() < list.len() + more {
        list.reserve_exact(more.max(list.len() / 4).max(64));
    }
}

fn place_of(hash: u64, start: u32) -> u64 {
    hash >> 32 << 32 | u64::from(start)
}

/// By bits that choose neither the place nor, but for a few, tell states apart.
fn shard_of(hash: u64) -> usize {
    (hash >> 58) as usize % SHARDS
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
        // Of different lengths, too.
        let words = |number: u64| vec![number % 100; number as usize / 100 + 1];
        for number in 0..10_000 {
            assert!(table.insert(&words(number), 0).expect("there is room").new);
        }
        for number in 0..10_000 {
            assert!(!table.insert(&words(number), 0).expect("there is room").new);
        }
        assert_eq!(table.len(), 10_000);
        let mut seen = Vec::new();
        table.each(|words, _| seen.push(words.to_vec()));
        seen.sort_unstable();
        let mut wanted: Vec<_> = (0..10_000).map(words).collect();
        wanted.sort_unstable();
        assert_eq!(seen, wanted);
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
        assert_eq!(table.value_of(&[7, 7]), None);
    }
}
