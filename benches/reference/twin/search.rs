//! Playing and solving the reference scenario.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Luck, Move, Packed, Points, State, moves, start, step};

/// A quick stream of numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Stream(pub u64);

impl Stream {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `total`. Totals are small: what bias is left is never seen.
    fn below(&mut self, total: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(total)) >> 64) as u64
    }
}

impl Luck for Stream {
    fn first(&mut self, odds: u32) -> bool {
        self.below(100) < u64::from(odds)
    }
}

/// Plays whole exercises, any legal move as likely as another; how many moves they took together.
pub fn play(exercises: u64, seed: u64) -> usize {
    let mut choices = Stream(seed);
    let mut luck = Stream(choices.number());
    let mut legal = Vec::new();
    let mut made = 0;
    for _ in 0..exercises {
        let mut points = Points::default();
        let mut state = start(&mut luck, &mut points);
        while state.ending == 0 {
            moves(&state, &mut legal);
            let drawn = choices.below(legal.len() as u64) as usize;
            step(&mut state, legal[drawn], &mut luck, &mut points);
            made += 1;
        }
    }
    made
}

/// Luck that falls every way, one after another.
#[derive(Default)]
struct Every {
    /// One bit for each roll: whether the second outcome falls.
    path: u32,
    known: u32,
    made: u32,
    odds: f64,
}

impl Luck for Every {
    fn first(&mut self, odds: u32) -> bool {
        self.known = self.known.max(self.made + 1);
        let first = self.path >> self.made & 1 == 0;
        self.made += 1;
        let odds = if first { odds } else { 100 - odds };
        self.odds *= f64::from(odds) / 100.0;
        first
    }
}

impl Every {
    fn new() -> Self {
        Self {
            odds: 1.0,
            ..Self::default()
        }
    }

    fn next(&mut self) -> bool {
        (self.made, self.odds) = (0, 1.0);
        while self.known > 0 {
            let bit = 1 << (self.known - 1);
            if self.path & bit == 0 {
                self.path |= bit;
                return true;
            }
            self.path &= !bit;
            self.known -= 1;
        }
        false
    }
}

/// Calls for every step from a state, rolls apart: how likely its rolls fall so, what it gives, and where it leads.
pub fn each_step(
    state: &State,
    legal: &mut Vec<Move>,
    mut call: impl FnMut(Move, f64, i32, &State),
) {
    moves(state, legal);
    for made in &*legal {
        let mut luck = Every::new();
        loop {
            let mut next = *state;
            let mut points = Points::default();
            step(&mut next, *made, &mut luck, &mut points);
            call(*made, luck.odds, points.iter().sum(), &next);
            if !luck.next() {
                break;
            }
        }
    }
}

/// How many states there are before ENDEX.
pub fn explore() -> usize {
    let mut seen = FxHashSet::default();
    let mut points = Points::default();
    // Nothing is rolled at STARTEX.
    let first = start(&mut Every::new(), &mut points);
    seen.insert(first.packed());
    let (mut stack, mut legal) = (vec![first], Vec::new());
    while let Some(state) = stack.pop() {
        each_step(&state, &mut legal, |_, _, _, next| {
            if next.ending == 0 && seen.insert(next.packed()) {
                stack.push(*next);
            }
        });
    }
    seen.len()
}

/// What a state is worth under best, worst and random play.
pub type Worth = [f64; 3];

/// How many states there are before ENDEX, and what STARTEX is worth.
pub fn solve() -> (usize, Worth) {
    let mut points = Points::default();
    let first = start(&mut Every::new(), &mut points);
    let mut known = FxHashMap::default();
    let mut worth = worth(&first, &mut known);
    for of in &mut worth {
        *of += f64::from(points.iter().sum::<i32>());
    }
    (known.len(), worth)
}

fn worth(state: &State, known: &mut FxHashMap<Packed, Worth>) -> Worth {
    if state.ending != 0 {
        return [0.0; 3];
    }
    let packed = state.packed();
    if let Some(worth) = known.get(&packed) {
        return *worth;
    }
    let mut worths: Worth = [f64::NEG_INFINITY, f64::INFINITY, 0.0];
    let mut legal = Vec::new();
    let (mut count, mut last, mut of): (f64, Option<Move>, Worth) = (0.0, None, [0.0; 3]);
    let mut close = |of: &Worth| {
        worths[0] = worths[0].max(of[0]);
        worths[1] = worths[1].min(of[1]);
        worths[2] += of[2];
    };
    each_step(state, &mut legal, |made, odds, points, next| {
        if last != Some(made) {
            if last.is_some() {
                close(&of);
            }
            (last, of, count) = (Some(made), [0.0; 3], count + 1.0);
        }
        let then = worth(next, known);
        for (of, then) in of.iter_mut().zip(then) {
            *of += odds * (f64::from(points) + then);
        }
    });
    close(&of);
    worths[2] /= count;
    known.insert(packed, worths);
    worths
}
