//! Where each part of the state is stored: bits of 64-bit words. States are compared and hashed as words.

/// The place of a bounded integer in the words of a state. No slot extends over two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What is stored as zero.
    pub min: i64,
    /// The largest number that can be stored.
    mask: u64,
    word: u16,
    shift: u8,
    /// The bit of a change mask that stands for this slot. Slots may share one.
    mark: u8,
}

impl Slot {
    /// What the slot holds.
    #[inline]
    #[must_use]
    pub fn get(self, words: &[u64]) -> i64 {
        self.min.wrapping_add(self.raw(words) as i64)
    }

    /// What the slot holds, counted from its least value.
    #[inline]
    #[must_use]
    pub fn raw(self, words: &[u64]) -> u64 {
        words[usize::from(self.word)] >> self.shift & self.mask
    }

    /// Writes a value, which must lie between the slot's bounds.
    #[inline]
    pub fn set(self, words: &mut [u64], value: i64) {
        self.set_raw(words, value.wrapping_sub(self.min) as u64);
    }

    /// Writes a value, counted from the least value of the slot.
    #[inline]
    pub fn set_raw(self, words: &mut [u64], raw: u64) {
        debug_assert!(raw <= self.mask, "a value outside its slot");
        let word = &mut words[usize::from(self.word)];
        *word = *word & !(self.mask << self.shift) | raw << self.shift;
    }

    /// The word, the bits that the slot takes of it, and those bits if it holds this, counted from its least value.
    #[must_use]
    pub fn pattern(self, raw: u64) -> (u16, u64, u64) {
        (
            self.word,
            self.mask << self.shift,
            (raw & self.mask) << self.shift,
        )
    }

    /// Whether a value fits into the slot.
    #[must_use]
    pub fn holds(self, value: i64) -> bool {
        value >= self.min && value.wrapping_sub(self.min) as u64 <= self.mask
    }

    /// The bit of a change mask that stands for this slot.
    #[inline]
    #[must_use]
    pub fn mark(self) -> u64 {
        1 << self.mark
    }
}

/// The mark of the clock and of everything that moves with it.
pub const TIME_MARK: u64 = 1 << 63;

/// Assigns slots in the order in which they are asked for.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The number of bits used in each word.
    used: Vec<u8>,
    slots: u32,
}

impl Layout {
    /// Adds whole words for the caller. Later slots come after them.
    pub fn add_words(&mut self, words: usize) {
        self.used.fill(64);
        self.used.resize(self.used.len() + words, 64);
    }

    /// How many words a state has so far.
    #[must_use]
    pub fn words(&self) -> usize {
        self.used.len()
    }

    /// A slot for `min..=max`, in the first word with room.
    pub fn slot(&mut self, min: i64, max: i64) -> Slot {
        let span = max.wrapping_sub(min) as u64;
        let bits = (64 - span.leading_zeros()).max(1) as u8;
        let found = self.used.iter().position(|used| used + bits <= 64);
        let word = found.unwrap_or_else(|| {
            self.used.push(0);
            self.used.len() - 1
        });
        let shift = self.used[word];
        self.used[word] += bits;
        let mark = (self.slots % 63) as u8;
        self.slots += 1;
        Slot {
            min,
            mask: u64::MAX >> (64 - bits),
            word: word as u16,
            shift,
            mark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, Slot};

    #[test]
    fn slots_hold_their_bounds_and_leave_their_neighbours_alone() {
        let bounds = [
            (0, 1),
            (-5, 12),
            (0, 1_382_400),
            (i64::from(i32::MIN), 7),
            (0, 0),
            (-3, 1 << 52),
            (0, 1),
            (0, 2),
        ];
        let mut layout = Layout::default();
        layout.add_words(1);
        let slots: Vec<Slot> = bounds
            .iter()
            .map(|(min, max)| layout.slot(*min, *max))
            .collect();
        for pick in 0..bounds.len() * 2 {
            let mut words = vec![0; layout.words()];
            let wanted = |index: usize| {
                if index * 2 + index % 2 == pick {
                    bounds[index].0
                } else {
                    bounds[index].1
                }
            };
            for (index, slot) in slots.iter().enumerate() {
                slot.set(&mut words, wanted(index));
            }
            for (index, slot) in slots.iter().enumerate() {
                assert_eq!(slot.get(&words), wanted(index), "slot {index}");
            }
            assert_eq!(words[0], 0, "the reserved word");
        }
    }
}
