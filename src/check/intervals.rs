//! Sets of whole numbers as intervals: what a value may hold at one point of a scenario. Truths are 0 and 1, words their
//! positions.

/// The lowest and the highest, both included.
pub(super) type Extent = (i64, i64);

/// With more pieces than this only the lowest and the highest number are kept: nobody writes such conditions by hand.
const PIECES_MAX: usize = 64;

/// Intervals in order, with gaps between them; empty if nothing is possible.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Intervals {
    pieces: Vec<Extent>,
}

impl Intervals {
    pub fn between(low: i64, high: i64) -> Self {
        let pieces = (low <= high).then_some((low, high));
        Self {
            pieces: pieces.into_iter().collect(),
        }
    }

    pub fn only(number: i64) -> Self {
        Self::between(number, number)
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The lowest and the highest number.
    pub fn hull(&self) -> Option<Extent> {
        Some((self.pieces.first()?.0, self.pieces.last()?.1))
    }

    /// The one number, if there is only one.
    pub fn single(&self) -> Option<i64> {
        self.hull()
            .filter(|(low, high)| low == high)
            .map(|(low, _)| low)
    }

    pub fn or(&self, other: &Self) -> Self {
        let mut all: Vec<Extent> = self.pieces.iter().chain(&other.pieces).copied().collect();
        all.sort_unstable();
        let mut pieces: Vec<Extent> = Vec::new();
        for (low, high) in all {
            match pieces.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => pieces.push((low, high)),
            }
        }
        let united = Self { pieces };
        match united.hull() {
            Some((low, high)) if united.pieces.len() > PIECES_MAX => Self::between(low, high),
            _ => united,
        }
    }

    pub fn and(&self, other: &Self) -> Self {
        let both = |a: &Extent, b: &Extent| {
            let common = (a.0.max(b.0), a.1.min(b.1));
            (common.0 <= common.1).then_some(common)
        };
        let pairs = self
            .pieces
            .iter()
            .flat_map(|a| other.pieces.iter().filter_map(move |b| both(a, b)));
        Self {
            pieces: pairs.collect(),
        }
    }

    pub fn without(&self, number: i64) -> Self {
        let below = Self::between(i64::MIN, number.saturating_sub(1));
        let above = Self::between(number.saturating_add(1), i64::MAX);
        self.and(&below).or(&self.and(&above))
    }
}

#[cfg(test)]
mod tests {
    use super::Intervals;

    #[test]
    fn sets_are_joined_cut_and_punched() {
        let few = Intervals::between(0, 2);
        let gap = few.without(1);
        assert_eq!(gap, Intervals::only(0).or(&Intervals::only(2)));
        assert_eq!(gap.or(&Intervals::only(1)), few);
        assert!(gap.and(&Intervals::only(1)).is_empty());
        assert_eq!(gap.hull(), Some((0, 2)));
        assert_eq!(few.and(&Intervals::between(2, 9)).single(), Some(2));
        assert!(Intervals::between(2, 1).is_empty());
    }
}
