//! The curve of an exercise: what it was worth at each step, from its start to its end.
//!
//! A position is worth the points so far and what best play still wins from there, on average over luck. The cost of a
//! move lowers it, luck moves it either way, and nothing else changes it. So the curve begins at the value at the start,
//! ends at the points and what was left, and at every step is `start + luck - cost` up to there.

use super::{Account, Figure, MoveLine};
use crate::engine::view::Stamp;
use crate::search::pricing::Priced;
use crate::search::pricing::shown::RoundedFigures;

/// What an exercise was worth at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The number of the move that follows; 0 for STARTEX. For the last position, one more than there are moves.
    pub before: usize,
    /// When that move was made; for the last position, the end.
    pub at: Stamp,
    /// The points so far and what best play still wins.
    pub value: Figure,
}

impl Position {
    /// Where it is, in words.
    #[must_use]
    pub fn when(&self) -> String {
        match self.before {
            0 => "at the start".to_owned(),
            number => format!("before move {number}"),
        }
    }
}

/// The positions of an exercise; none if not even its end is known. `lines` are those of its steps.
pub(super) fn curve(
    priced: &Priced,
    shown: &RoundedFigures,
    lines: &[MoveLine],
    end: Stamp,
) -> Vec<Position> {
    let position = |line: &MoveLine| {
        Some(Position {
            before: line.number,
            at: line.at.clone(),
            value: line.value?,
        })
    };
    let mut curve: Vec<Position> = lines.iter().filter_map(position).collect();
    let last = shown.values.last().copied().flatten();
    curve.extend(last.map(|last| Position {
        before: lines.len(),
        at: end,
        value: Figure {
            exact: priced.points() as f64 + priced.left.unwrap_or_default(),
            shown: last,
        },
    }));
    curve
}

impl Account {
    /// The first of the lowest positions; `None` without a curve, which takes two positions.
    #[must_use]
    pub fn lowest(&self) -> Option<&Position> {
        let curve = (self.curve.len() > 1).then_some(&self.curve)?;
        curve.iter().min_by_key(|it| it.value.shown)
    }

    /// The move that leads from this position to the next, with its cost and luck.
    #[must_use]
    pub fn step(&self, place: usize) -> Option<&MoveLine> {
        let position = self.curve.get(place)?;
        self.moves.get(position.before)
    }
}
