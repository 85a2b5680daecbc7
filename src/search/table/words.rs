//! Values as words, which is how they are kept beside a state.

/// What can be kept beside a state.
pub trait AsWords: Copy {
    /// An array of as many words as it takes.
    type Words: AsRef<[u64]> + AsMut<[u64]> + Default;
    /// The words of a value.
    fn to_words(self) -> Self::Words;
    /// The value of words that [`AsWords::to_words`] made.
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

/// How many words a value takes.
#[inline]
pub(super) fn word_count<V: AsWords>() -> usize {
    V::Words::default().as_ref().len()
}
