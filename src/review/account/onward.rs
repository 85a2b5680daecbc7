//! How else an exercise could have gone on, as plain data: the best line, and *what if*.

use super::{Figure, describe, describe_step};
use crate::engine::look::stamp;
use crate::engine::view::Stamp;
use crate::play::line_of;
use crate::program::Program;
use crate::program::ids::ChanceId;
use crate::search::pricing::lines::Continuation;

/// A line of moves from some point on, and its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Onward {
    /// What was done and what happened, move by move.
    pub moves: Vec<OnwardMove>,
    /// All points in the end, including those before it.
    pub points: i64,
    /// What the exercise was worth right after the change, with the points so far, if that is known.
    pub value: Option<Figure>,
    /// What is left where the line ends, if that is known; 0 after ENDEX.
    pub left: Option<Figure>,
    /// Later moves that were not possible any more, in words.
    pub left_out: Vec<String>,
    /// Whether it came to ENDEX.
    pub ended: bool,
    /// The title of each objective, and its points.
    pub objectives: Vec<(String, i64)>,
}

/// One move of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnwardMove {
    /// Its number, counted from 1; 0 for STARTEX.
    pub number: usize,
    /// When.
    pub at: Stamp,
    /// As a line of a play; empty for STARTEX.
    pub line: String,
    /// What was done, in words.
    pub what: String,
    /// The points that it gave.
    pub points: i64,
    /// Its rolls: the chance, and which outcome came, counted from 1.
    pub rolls: Vec<(String, usize)>,
}

/// A line as data. `number` is that of its first move.
#[must_use]
pub fn onward(program: &Program, number: usize, line: &Continuation) -> Onward {
    let steps = (number..).zip(&line.steps);
    let moves = steps.map(|(number, step)| {
        let made = step.of.as_ref().map(|(made, _)| line_of(program, *made));
        let rolls = step.rolls();
        let name = |id: ChanceId| program.chances[id.index()].name.clone();
        OnwardMove {
            number,
            at: stamp(program, step.minute(program)),
            line: made.unwrap_or_default(),
            what: describe_step(program, step),
            points: step.points(),
            rolls: rolls.map(|(id, at)| (name(id), at + 1)).collect(),
        }
    });
    let left_out = line.left_out.iter().map(|made| describe(program, *made));
    let objectives = program.script.scenario.objectives.iter();
    let titles = objectives.map(|it| it.title.value.clone());
    Onward {
        moves: moves.collect(),
        points: line.points,
        value: line.value.map(Figure::alone),
        left: line.left.map(Figure::alone),
        left_out: left_out.collect(),
        ended: line.ended,
        objectives: titles.zip(line.objectives.iter().copied()).collect(),
    }
}
