//! A set of packed states with something worked out for each, shared by threads, in which no state is locked: states stand
//! in blocks that never move, written before anybody knows of them, and an open-addressed index says where. A value may be
//! written by several threads, which all write the same. Threads wait only while an index grows or a block is made.

mod store;

use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

pub use store::StateHandle;
use store::{Header, Store, zeros};

/// What can be kept beside a state: as words.
pub trait AsWords: Copy {
    /// As many words as it takes.
    type Words: AsRef<[u64]> + AsMut<[u64]> + Default;
    /// As words.
    fn to_words(self) -> Self::Words;
    /// From words that [`AsWords::to_words`] made.
    fn from_words(words: Self::Words) -> Self;
}

impl AsWords for () {
    type Words = [u64; 0];

    fn to_words(self) -> [u64; 0] {
        []
    }

    fn from_words(_words: [u64; 0]) {}
}

impl AsWords for u32 {
    type Words = [u64; 1];

    fn to_words(self) -> [u64; 1] {
        [u64::from(self)]
    }

    fn from_words([word]: [u64; 1]) -> Self {
        word as Self
    }
}

impl AsWords for f64 {
    type Words = [u64; 1];

    fn to_words(self) -> [u64; 1] {
        [self.to_bits()]
    }

    fn from_words([word]: [u64; 1]) -> Self {
        Self::from_bits(word)
    }
}

/// Different states of one phase, each with a value once that is known.
#[derive(Debug)]
pub struct StateTable<V> {
    store: Store,
    /// Of each state the high half of its hash, and in the low half where it stands; 0 where a place is free. The hash
    /// chooses the place by its highest bits, so that the order of places is that of hashes, and growing goes through
    /// both indexes from front to end.
    places: RwLock<Vec<AtomicU64>>,
    /// How many states threads have put in or may put in before they ask again.
    claimed: AtomicUsize,
    kept: PhantomData<V>,
}

/// A thread's way into a table, which cannot grow while somebody is there. Who stays for long leaves it now and then, and
/// who wants to let it grow leaves every table: else two threads wait for each other.
#[derive(Debug)]
pub struct Writer<'t, V: AsWords> {
    table: &'t StateTable<V>,
    /// None while it is outside.
    places: Option<RwLockReadGuard<'t, Vec<AtomicU64>>>,
    /// The words that are its own to write to.
    free: Range<usize>,
    /// How many states it may put in before it asks again.
    left: usize,
}

/// A state that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    hash: u64,
    /// The first place where it may be, as it was.
    first: u64,
}

/// What putting in a state found.
#[derive(Clone, Copy, Debug)]
pub struct Insertion<V> {
    /// Where it stands.
    pub place: StateHandle,
    /// It was not there before.
    pub new: bool,
    /// Its value, where it is known.
    pub value: Option<V>,
}

/// Why a state cannot be put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertRefused {
    /// The table has to grow first.
    Crowded,
    /// There is no room, and there will be none: a table ends at 32 GiB, and holds no state longer than was said.
    Full,
}

impl<V: AsWords> StateTable<V> {
    /// An empty table, for states of so many words at the most.
    #[must_use]
    pub fn new(longest: usize) -> Self {
        Self {
            store: Store::new(1 + longest + value_words::<V>()),
            places: RwLock::default(),
            claimed: AtomicUsize::new(0),
            kept: PhantomData,
        }
    }

    /// How many states there are. While somebody has a [`Writer`], some more may be counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.claimed.load(Ordering::Relaxed)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes taken. Not for a thread that has a [`Writer`].
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.store.words() + self.read().len()) * 8
    }

    /// A way in for one thread.
    #[must_use]
    pub fn writer(&self) -> Writer<'_, V> {
        Writer {
            table: self,
            places: Some(self.read()),
            free: 0..0,
            left: 0,
        }
    }

    /// The value of a state, where the state is there and its value known. Not for a thread that has a [`Writer`].
    #[must_use]
    pub fn value_of(&self, words: &[u64]) -> Option<V> {
        self.find(&self.read(), words)
    }

    fn find(&self, places: &[AtomicU64], words: &[u64]) -> Option<V> {
        let hash = hash(words);
        let mut at = first_at(hash, places.len());
        loop {
            match places.get(at)?.load(Ordering::Acquire) {
                0 => return None,
                place => {
                    let stands = StateHandle(place as u32);
                    if place >> 32 == hash >> 32 && self.stands(stands, words) {
                        return self.value(stands);
                    }
                }
            }
            at = (at + 1) & (places.len() - 1);
        }
    }

    /// Calls for each state with its value, where that is known, in no order that means anything. Nobody may put in states
    /// meanwhile.
    pub fn each(&self, mut call: impl FnMut(&[u64], Option<V>)) {
        self.each_part((0, 1), &mut call);
    }

    /// The same for one of several parts of the states: `(number, of)`.
    pub fn each_part(&self, (part, of): (usize, usize), mut call: impl FnMut(&[u64], Option<V>)) {
        let mut words = Vec::new();
        for chunk in (part..self.store.chunks()).step_by(of) {
            let mut start = self.store.first_of(chunk);
            while let Some(header) = self.store.standing(chunk, start) {
                let place = StateHandle(start as u32);
                self.copy(place, &mut words);
                call(&words, self.value(place));
                start += 1 + header.length() + value_words::<V>();
            }
        }
    }

    /// The value at a place, where it is known.
    #[inline]
    fn value(&self, place: StateHandle) -> Option<V> {
        let entry = self.store.from(place);
        let header = Header(entry[0].load(Ordering::Acquire));
        header.is_known().then(|| {
            let mut words = V::Words::default();
            let kept = &entry[1 + header.length()..];
            for (word, kept) in words.as_mut().iter_mut().zip(kept) {
                *word = kept.load(Ordering::Relaxed);
            }
            V::from_words(words)
        })
    }

    /// Copies the words at a place.
    #[inline]
    fn copy(&self, place: StateHandle, into: &mut Vec<u64>) {
        let entry = self.store.from(place);
        let header = Header(entry[0].load(Ordering::Relaxed));
        let words = entry[1..=header.length()].iter();
        into.clear();
        into.extend(words.map(|word| word.load(Ordering::Relaxed)));
    }

    /// Whether these words stand at a place.
    #[inline]
    fn stands(&self, place: StateHandle, words: &[u64]) -> bool {
        let entry = self.store.from(place);
        let header = Header(entry[0].load(Ordering::Relaxed));
        let mut standing = entry[1..].iter().zip(words);
        header.length() == words.len()
            && standing.all(|(word, sought)| word.load(Ordering::Relaxed) == *sought)
    }

    fn read(&self) -> RwLockReadGuard<'_, Vec<AtomicU64>> {
        // A thread that panicked takes the whole search with it, so what it left behind is never looked at.
        self.places.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the index larger where it is narrow: a quarter of the places stays free, so that looking up stays short. Waits
    /// until nobody is there.
    pub fn grow(&self) {
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        while is_narrow(self.len() + self.portion(), places.len()) {
            let grown = zeros(larger(places.len()));
            for place in places.iter() {
                let place = place.load(Ordering::Relaxed);
                if place == 0 {
                    continue;
                }
                let mut at = first_at(place, grown.len());
                while grown[at].load(Ordering::Relaxed) != 0 {
                    at = (at + 1) & (grown.len() - 1);
                }
                grown[at].store(place, Ordering::Relaxed);
            }
            *places = grown;
        }
    }

    /// How many states a thread claims at once: what a chunk can hold.
    fn portion(&self) -> usize {
        (1 << self.store.chunk_bits) / (1 + value_words::<V>())
    }
}

impl<'t, V: AsWords> Writer<'t, V> {
    /// Begins to look for a state. Of several states, all are sought first, then approached, then put in: so the memory
    /// that one lies in comes while the next is looked for.
    #[inline]
    #[must_use]
    pub fn seek(&self, words: &[u64]) -> Sought {
        let hash = hash(words);
        let places = self.places();
        let first = places.get(first_at(hash, places.len()));
        Sought {
            hash,
            first: first.map_or(0, |place| place.load(Ordering::Acquire)),
        }
    }

    /// Bytes that the table takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        (self.table.store.words() + self.places().len()) * 8
    }

    /// Goes on looking for a state, as far as nothing need be waited for.
    #[inline]
    pub fn approach(&self, sought: Sought) {
        if sought.first != 0 && sought.first >> 32 == sought.hash >> 32 {
            let header = &self.table.store.from(StateHandle(sought.first as u32))[0];
            std::hint::black_box(header.load(Ordering::Relaxed));
        }
    }

    /// Puts in a state, unless it is there.
    #[inline]
    pub fn insert(&mut self, words: &[u64], sought: Sought) -> Result<Insertion<V>, InsertRefused> {
        let length = 1 + words.len() + value_words::<V>();
        let mut at = first_at(sought.hash, self.places().len());
        loop {
            let places = self.places();
            let mut place = places.get(at).map_or(0, |it| it.load(Ordering::Acquire));
            if place == 0 {
                if self.left == 0 || self.free.len() < length {
                    self.claim(length)?;
                    continue;
                }
                let Some(free) = places.get(at) else {
                    return Err(InsertRefused::Crowded);
                };
                let start = self.free.start;
                self.table.store.write(start, words);
                let wanted = sought.hash >> 32 << 32 | start as u64;
                match free.compare_exchange(0, wanted, Ordering::AcqRel, Ordering::Acquire) {
                    Ok(_) => {
                        self.free.start += length;
                        self.left -= 1;
                        return Ok(Insertion {
                            place: StateHandle(start as u32),
                            new: true,
                            value: None,
                        });
                    }
                    // Somebody else was quicker, perhaps with the same state.
                    Err(theirs) => {
                        self.table.store.unwrite(start, words.len());
                        place = theirs;
                    }
                }
            }
            let stands = StateHandle(place as u32);
            if place >> 32 == sought.hash >> 32 && self.table.stands(stands, words) {
                return Ok(Insertion {
                    place: stands,
                    new: false,
                    value: self.table.value(stands),
                });
            }
            at = (at + 1) & (self.places().len() - 1);
        }
    }

    /// The value of a state, where the state is there and its value known.
    #[must_use]
    pub fn value_of(&self, words: &[u64]) -> Option<V> {
        self.table.find(self.places(), words)
    }

    /// The value at a place, where it is known.
    #[inline]
    #[must_use]
    pub fn value(&self, place: StateHandle) -> Option<V> {
        self.table.value(place)
    }

    /// Copies the words at a place.
    #[inline]
    pub fn copy(&self, place: StateHandle, into: &mut Vec<u64>) {
        self.table.copy(place, into);
    }

    /// Makes a value known, which is the same whoever works it out. Whether it was not known before.
    pub fn settle(&self, place: StateHandle, value: V) -> bool {
        let entry = self.table.store.from(place);
        let header = Header(entry[0].load(Ordering::Relaxed));
        if header.is_known() {
            return false;
        }
        let words = value.to_words();
        for (kept, word) in entry[1 + header.length()..].iter().zip(words.as_ref()) {
            kept.store(*word, Ordering::Relaxed);
        }
        let before = entry[0].fetch_or(Header::KNOWN, Ordering::AcqRel);
        !Header(before).is_known()
    }

    /// Goes outside, so that the table can grow. Nothing is found there until [`Writer::enter`].
    pub fn leave(&mut self) {
        self.places = None;
    }

    /// Comes back.
    pub fn enter(&mut self) {
        self.places = Some(self.table.read());
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &'t StateTable<V> {
        self.table
    }

    /// Lets the table grow. For a thread that is in no other table.
    pub fn grow(&mut self) {
        self.leave();
        self.table.grow();
        self.enter();
    }

    #[inline]
    fn places(&self) -> &[AtomicU64] {
        self.places.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Asks for words to write to, and for as many places.
    fn claim(&mut self, length: usize) -> Result<(), InsertRefused> {
        let table = self.table;
        if self.free.len() < length {
            let free = table.store.claim(length).ok_or(InsertRefused::Full)?;
            table
                .store
                .give_back(std::mem::replace(&mut self.free, free));
        }
        let more = table.portion() - self.left;
        let claimed = table.claimed.fetch_add(more, Ordering::Relaxed) + more;
        if is_narrow(claimed, self.places().len()) {
            table.claimed.fetch_sub(more, Ordering::Relaxed);
            return Err(InsertRefused::Crowded);
        }
        self.left += more;
        Ok(())
    }
}

impl<V: AsWords> Drop for Writer<'_, V> {
    fn drop(&mut self) {
        if self.left != 0 {
            self.table.claimed.fetch_sub(self.left, Ordering::Relaxed);
        }
        self.table.store.give_back(self.free.clone());
    }
}

/// Whether an index is too small for so many states.
fn is_narrow(states: usize, places: usize) -> bool {
    states * 4 > places * 3
}

/// How many places come after so many. Growing is dear while a table is small, since threads wait for one another, and
/// memory once it is large.
fn larger(places: usize) -> usize {
    match places {
        0 => 1 << 12,
        small if small < 1 << 18 => small * 4,
        large => large * 2,
    }
}

/// How many words a value takes.
#[inline]
fn value_words<V: AsWords>() -> usize {
    V::Words::default().as_ref().len()
}

/// The first place where a state with this hash may be, of so many: a power of two.
#[inline]
fn first_at(hash: u64, places: usize) -> usize {
    (((hash >> 32) * places as u64) >> 32) as usize
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
    use std::collections::BTreeSet;

    use super::{AsWords, InsertRefused, Insertion, Sought, StateTable, Writer};

    /// Of different lengths, too.
    fn words(number: u64) -> Vec<u64> {
        vec![number % 100; number as usize / 100 % 200 + 1]
    }

    fn put<V: AsWords>(writer: &mut Writer<V>, words: &[u64], sought: Sought) -> Insertion<V> {
        loop {
            match writer.insert(words, sought) {
                Ok(found) => return found,
                Err(refused) => assert_eq!(refused, InsertRefused::Crowded),
            }
            writer.grow();
        }
    }

    #[test]
    fn every_different_state_is_kept_once() {
        let table: StateTable<()> = StateTable::new(200);
        let mut writer = table.writer();
        for new in [true, false] {
            for number in 0..20_000 {
                let sought = writer.seek(&words(number));
                writer.approach(sought);
                let found = put(&mut writer, &words(number), sought);
                assert_eq!(found.new, new, "{number}");
            }
        }
        drop(writer);
        assert_eq!(table.len(), 20_000);
        let mut seen = Vec::new();
        for part in 0..3 {
            table.each_part((part, 3), |words, _| seen.push(words.to_vec()));
        }
        seen.sort_unstable();
        let mut wanted: Vec<_> = (0..20_000).map(words).collect();
        wanted.sort_unstable();
        assert_eq!(seen, wanted);
    }

    #[test]
    fn a_value_is_known_once_it_is_settled_and_settled_once() {
        let table: StateTable<u32> = StateTable::new(2);
        let mut writer = table.writer();
        let sought = writer.seek(&[7]);
        let found = put(&mut writer, &[7], sought);
        assert_eq!((found.value, writer.value_of(&[7])), (None, None));
        assert!(writer.settle(found.place, 3));
        assert!(!writer.settle(found.place, 3));
        assert_eq!(writer.value_of(&[7]), Some(3));
        let again = put(&mut writer, &[7], sought);
        assert_eq!((again.place, again.value), (found.place, Some(3)));
        assert_eq!(writer.value_of(&[7, 7]), None);
        assert_eq!(
            writer.insert(&[0; 2_000], sought).err(),
            Some(InsertRefused::Full),
            "longer than was said"
        );
    }

    #[test]
    fn what_was_not_put_in_leaves_nothing_behind() {
        let table: StateTable<()> = StateTable::new(60);
        let mut writer = table.writer();
        let sought = writer.seek(&[1]);
        put(&mut writer, &[1], sought);
        let start = writer.free.start;
        table.store.write(start, &[9; 50]);
        table.store.unwrite(start, 50);
        let sought = writer.seek(&[2]);
        put(&mut writer, &[2], sought);
        drop(writer);
        // The next thread goes on where this one stopped.
        let mut writer = table.writer();
        let sought = writer.seek(&[3]);
        assert_eq!(put(&mut writer, &[3], sought).place.0 as usize, start + 2);
        drop(writer);
        let mut seen = Vec::new();
        table.each(|words, _| seen.push(words.to_vec()));
        assert_eq!(seen, [[1], [2], [3]]);
    }

    #[test]
    fn threads_that_put_in_the_same_states_keep_each_once() {
        let table: StateTable<u32> = StateTable::new(200);
        let new: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|thread| {
                    let table = &table;
                    scope.spawn(move || {
                        let mut writer = table.writer();
                        let mut new = 0;
                        for at in 0..20_000 {
                            let number = (at + thread * 2_000) % 20_000;
                            let words = words(number);
                            let sought = writer.seek(&words);
                            let found = put(&mut writer, &words, sought);
                            new += usize::from(found.new);
                            writer.settle(found.place, number as u32);
                            if at % 100 == 0 {
                                writer.leave();
                                writer.enter();
                            }
                        }
                        new
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|it| it.join().expect("no panic"))
                .sum()
        });
        assert_eq!((new, table.len()), (20_000, 20_000));
        let mut seen = BTreeSet::new();
        table.each(|words, value| {
            let number = words[0] + (words.len() as u64 - 1) * 100;
            assert_eq!(value.map(u64::from), Some(number));
            assert!(seen.insert(words.to_vec()));
        });
        assert_eq!(seen.len(), 20_000);
    }
}
