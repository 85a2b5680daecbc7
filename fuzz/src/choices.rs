//! Choices that the bytes of an input make. When they have run out, every choice is the first.

use arbitrary::Unstructured;

/// What is left of an input.
pub struct Choices<'b>(Unstructured<'b>);

impl<'b> Choices<'b> {
    pub fn of(bytes: &'b [u8]) -> Self {
        Self(Unstructured::new(bytes))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number below `total`, which must not be 0.
    pub fn below(&mut self, total: usize) -> usize {
        self.0.int_in_range(0..=total - 1).unwrap_or(0)
    }

    pub fn one<'l, T: ?Sized>(&mut self, list: &[&'l T]) -> &'l T {
        list[self.below(list.len())]
    }

    /// True once in so many times, and never when nothing is left.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn number(&mut self) -> u64 {
        self.0.arbitrary().unwrap_or(0)
    }

    /// A text of up to so many bytes.
    pub fn text(&mut self, bytes_max: usize) -> String {
        let length = self.below(bytes_max + 1).min(self.0.len());
        let bytes = self.0.bytes(length).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }
}
