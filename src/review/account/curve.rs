//! The curve of an exercise: what it was worth at each step, from its start to its end.
//!
//! A position is worth the points so far and what best play still wins from there, on average over luck. A move's cost
//! takes it down, luck either way; nothing else changes it. So the curve begins at the value at the start, ends at the
//! points with what was left, and is at every step `start + luck - cost` up to there.

use super::{Account, Figure, MoveLine};
use crate::engine::view::Stamp;
use crate::search::pricing::Priced;
use crate::search::pricing::shown::RoundedFigures;

/// What an exercise was worth at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The move before which it was so; 0 for STARTEX. Of the last position, where no move followed, one more than there
    /// are.
    pub before: usize,
    /// When that move was made; of the last position the end.
    pub at: Stamp,
    /// The points so far and what best play still wins.
    pub value: Figure,
}

impl Position {
    /// Before which move, in words.
    #[must_use]
    pub fn when(&self) -> String {
        match self.before {
            0 => "at the start".to_owned(),
            number => format!("before move {number}"),
        }
    }
}

/// The positions of an exercise: empty where not even its end is known. `lines` are those of its steps.
pub(super) fn curve(
    priced: &Priced,
    shown: &RoundedFigures,
    lines: &[MoveLine],
    end: Stamp,
) -> Vec<Position> {
    let of = |line: &MoveLine| {
        Some(Position {
            before: line.number,
            at: line.at.clone(),
            value: line.value?,
        })
    };
    let mut curve: Vec<Position> = lines.iter().filter_map(of).collect();
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
    /// Where the curve is lowest: the first of several. None where there is no curve: one position makes none.
    #[must_use]
    pub fn lowest(&self) -> Option<&Position> {
        let drawn = (self.curve.len() > 1).then_some(&self.curve)?;
        drawn.iter().min_by_key(|it| it.value.shown)
    }

    /// What changed the position at this place of the curve into the next one, with the move: cost and luck.
    #[must_use]
    pub fn step(&self, place: usize) -> Option<&MoveLine> {
        let position = self.curve.get(place)?;
        self.moves.get(position.before)
    }
}
