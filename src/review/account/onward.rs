//! How an exercise goes on otherwise, as plain data: the best line, and what if.

use super::{Figure, described, done, line_of};
use crate::engine::look::stamp;
use crate::engine::view::Stamp;
use crate::program::Program;
use crate::search::pricing::lines::Continuation;

/// A line of moves from some point on, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Onward {
    /// What was made and happened, move by move.
    pub moves: Vec<OnwardMove>,
    /// All points in the end, those of before among them.
    pub points: i64,
    /// What the exercise was worth right after the change, with the points so far; none where that is not known.
    pub value: Option<Figure>,
    /// What is left where the line ends; 0 after ENDEX. None where that is not known.
    pub left: Option<Figure>,
    /// Later moves that could not be made any more, in words.
    pub left_out: Vec<String>,
    /// Whether it came to ENDEX.
    pub ended: bool,
    /// Points of each objective: its title, and how many.
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
    /// The rolls in it: the chance, and which outcome fell, counted from 1.
    pub rolls: Vec<(String, usize)>,
}

/// A line as data. `number` is that of its first move.
#[must_use]
pub fn onward(program: &Program, number: usize, line: &Continuation) -> Onward {
    let moves = line
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| OnwardMove {
            number: number + index,
            at: stamp(program, step.at(program)),
            line: step
                .of
                .as_ref()
                .map_or_else(String::new, |(made, _)| line_of(program, *made)),
            what: done(program, step),
            points: step.points(),
            rolls: step
                .rolls()
                .map(|(id, outcome)| (program.chances[id.index()].name.clone(), outcome + 1))
                .collect(),
        });
    let titles = program
        .script
        .scenario
        .objectives
        .iter()
        .map(|it| it.title.value.clone());
    Onward {
        moves: moves.collect(),
        points: line.points,
        value: line.value.map(Figure::alone),
        left: line.left.map(Figure::alone),
        left_out: line
            .left_out
            .iter()
            .map(|made| described(program, *made))
            .collect(),
        ended: line.ended,
        objectives: titles.zip(line.objectives.iter().copied()).collect(),
    }
}
