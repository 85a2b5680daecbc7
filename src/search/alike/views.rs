//! Which options are best, by how a state looks.

use std::collections::BTreeMap;

use crate::program::ids::DecisionId;

/// How many views are kept. If there are more, only a share of all views is looked at, chosen by hash.
const VIEWS_MAX: usize = 1 << 20;

/// The sets of best options for each decision, by how a state looks.
#[derive(Default)]
pub(super) struct Views {
    best: BTreeMap<(DecisionId, u64), BestOptions>,
    /// Only views whose hash ends in this many zeros are kept.
    zeros: u32,
}

/// The different sets of best options among states that look alike.
struct BestOptions {
    first: u64,
    others: Vec<u64>,
}

impl BestOptions {
    fn add(&mut self, mask: u64) {
        if self.first != mask && !self.others.contains(&mask) {
            self.others.push(mask);
        }
    }

    /// Whether any two of them have no option in common.
    fn differ(&self) -> bool {
        let all = || std::iter::once(&self.first).chain(&self.others);
        all().any(|one| all().any(|other| one & other == 0))
    }
}

impl Views {
    /// For each decision the least view of states that have no best option in common, so that the same pair is found every
    /// time.
    pub fn least(&self) -> BTreeMap<DecisionId, u64> {
        let mut least = BTreeMap::new();
        for ((decision, view), best) in &self.best {
            if best.differ() {
                least.entry(*decision).or_insert(*view);
            }
        }
        least
    }

    pub fn add(&mut self, decision: DecisionId, view: u64, mask: u64) {
        if view.trailing_zeros() < self.zeros {
            return;
        }
        if let Some(best) = self.best.get_mut(&(decision, view)) {
            best.add(mask);
            return;
        }
        let best = BestOptions {
            first: mask,
            others: Vec::new(),
        };
        self.best.insert((decision, view), best);
        self.shrink();
    }

    /// Keeps a smaller share if there are too many. Which share that is depends only on the views, not on their order.
    fn shrink(&mut self) {
        while self.best.len() > VIEWS_MAX {
            self.zeros += 1;
            let zeros = self.zeros;
            self.best
                .retain(|(_, view), _| view.trailing_zeros() >= zeros);
        }
    }

    pub fn join(&mut self, other: Self) {
        self.zeros = self.zeros.max(other.zeros);
        let zeros = self.zeros;
        self.best
            .retain(|(_, view), _| view.trailing_zeros() >= zeros);
        for ((decision, view), best) in other.best {
            self.add(decision, view, best.first);
            for mask in best.others {
                self.add(decision, view, mask);
            }
        }
    }
}
