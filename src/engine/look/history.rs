//! An exercise so far, and what is looked up in it again and again.

use crate::engine::luck::Luck;
use crate::engine::view::Reason;
use crate::engine::{Event, Move, Refusal, State};
use crate::program::ids::{DecisionId, RoleId};
use crate::program::script::{IndicatorScript, IndicatorSource};
use crate::program::{Owner, Program};
use crate::scenario::Minutes;

/// An exercise so far: its state, and what led to it.
#[derive(Clone, Debug)]
pub struct History {
    /// The state now.
    pub state: State,
    /// Every event since STARTEX.
    pub events: Vec<(Minutes, Event)>,
    /// The moves that led here, with the reasons that the room gave.
    pub moves: Vec<MadeMove>,
    /// News that the facilitator typed. It is not part of the scenario, and changes nothing.
    pub interjections: Vec<Interjection>,
    /// The board after STARTEX and after each move: the minute, and one number for each entry. Of a clock, that is the
    /// minute from which it counts, or -1 before it begins.
    pub samples: Vec<(Minutes, Vec<i64>)>,
    /// How many events had happened each time that a decision was asked.
    asked: Vec<Vec<usize>>,
}

/// The number of a clock that has not begun to count.
pub(super) const NOT_YET: i64 = -1;

impl History {
    /// An exercise at STARTEX.
    #[must_use]
    pub fn begin(program: &Program, luck: &mut impl Luck) -> Self {
        let mut events = Vec::new();
        let state = crate::engine::start(program, luck, &mut events);
        let mut history = Self {
            state,
            events,
            moves: Vec::new(),
            interjections: Vec::new(),
            samples: Vec::new(),
            asked: vec![Vec::new(); program.decisions.len()],
        };
        history.note(program, 0);
        history
    }

    /// Makes a move and records what happens. A refused move changes nothing.
    pub fn step(
        &mut self,
        program: &Program,
        chosen: Move,
        luck: &mut impl Luck,
    ) -> Result<(), Refusal> {
        let made = MadeMove {
            at: self.state.now(program),
            events: self.events.len(),
            what: chosen,
            reason: Reason::default(),
        };
        let known = made.events;
        crate::engine::step(program, &mut self.state, chosen, luck, &mut self.events)?;
        self.moves.push(made);
        self.note(program, known);
        Ok(())
    }

    /// Undoes the latest move, which was made in this state.
    pub fn undo(&mut self, state: State) {
        if let Some(made) = self.moves.pop() {
            self.state = state;
            self.events.truncate(made.events);
            self.samples.pop();
            for asked in &mut self.asked {
                while asked.last().is_some_and(|it| *it >= made.events) {
                    asked.pop();
                }
            }
        }
    }

    /// How many moves had been made when a decision was last asked: the last of them brought it.
    #[must_use]
    pub fn moves_before_asked(&self, id: DecisionId) -> usize {
        let asked = self.asked.get(id.index()).and_then(|it| it.last());
        asked.map_or(0, |asked| {
            self.moves.partition_point(|it| it.events <= *asked)
        })
    }

    /// Sends news to everybody or to some roles at this point.
    pub fn interject(&mut self, program: &Program, inject: ImprovisedInject) {
        let at = self.state.now(program);
        self.interjections.push(Interjection {
            at,
            events: self.events.len(),
            inject,
        });
    }

    /// Keeps what is looked up again and again, after a move that began with this event.
    fn note(&mut self, program: &Program, known: usize) {
        for (place, (_, event)) in self.events.iter().enumerate().skip(known) {
            if let Event::Asked(id) = event {
                self.asked[id.index()].push(place);
            }
        }
        let now = self.state.now(program);
        let last = self.samples.last().map(|(_, numbers)| numbers.as_slice());
        let fresh = &self.events[known..];
        let read = |(place, indicator): (usize, &IndicatorScript)| match indicator.shows {
            IndicatorSource::Value(id) => self.state.value(program, id),
            clock => last_time(program, fresh, clock)
                .or_else(|| last.map(|numbers| numbers[place]))
                .unwrap_or(NOT_YET),
        };
        let board = program.script.board.iter().enumerate();
        let numbers = board.map(read).collect();
        self.samples.push((now, numbers));
    }
}

/// A move that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeMove {
    /// Minutes since STARTEX, before it.
    pub at: Minutes,
    /// How many events had happened before it.
    pub events: usize,
    /// The move.
    pub what: Move,
    /// The reason that the room gave.
    pub reason: Reason,
}

/// News typed during play, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interjection {
    /// Minutes since STARTEX.
    pub at: Minutes,
    /// How many events had happened before it.
    pub events: usize,
    /// The news.
    pub inject: ImprovisedInject,
}

/// News that the facilitator types during play.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ImprovisedInject {
    /// Receiving roles; empty means everybody.
    pub to: Vec<RoleId>,
    /// The sender, in words.
    pub from: String,
    /// Subject.
    pub title: String,
    /// The text, exactly as typed.
    pub text: String,
}

/// When a clock was last set to zero by some events.
fn last_time(
    program: &Program,
    events: &[(Minutes, Event)],
    shown: IndicatorSource,
) -> Option<Minutes> {
    let is_it = |event: &Event| match (shown, event) {
        (IndicatorSource::SinceInject(id), Event::Came(came)) => *came == id,
        (IndicatorSource::SinceDecision(id), Event::Began(course)) => {
            matches!(program.courses[course.index()].owner, Owner::Option(of, _) if of == id)
        }
        (IndicatorSource::SinceAction(id), Event::Taken(taken)) => *taken == id,
        _ => false,
    };
    events
        .iter()
        .rev()
        .find(|(_, event)| is_it(event))
        .map(|(at, _)| *at)
}
