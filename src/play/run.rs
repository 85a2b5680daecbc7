//! Running a play from STARTEX to its last line.

use super::expect::{Difference, Situation};
use super::file::Play;
use super::stepper::{PlayStep, Stepper};
use crate::engine::luck::Keyed;
use crate::engine::{self, Event, Move, Refusal, State};
use crate::finding::{Finding, Place};
use crate::program::Program;
use crate::program::ids::{DecisionId, ObjectiveId};
use crate::scenario::Minutes;
use crate::words;

/// The result of a play.
#[derive(Clone, Debug)]
pub struct PlayOutcome {
    /// Every line that failed, in order; forced rolls that never came at the end.
    pub findings: Vec<Finding>,
    /// The state of the exercise at each of these findings.
    pub failures: Vec<FailurePoint>,
    /// The state after the last line.
    pub state: State,
    /// Everything that happened, with the minutes since STARTEX.
    pub events: Vec<(Minutes, Event)>,
    /// The moves, each single wait counted.
    pub moves: Vec<Move>,
    /// How many events had happened before each of these moves.
    pub event_counts: Vec<usize>,
    /// Points by objective, in source order.
    pub points: Vec<i64>,
    /// All points.
    pub total: i64,
    /// The luck as it was before STARTEX: with it, the same moves give the same exercise.
    pub luck: Keyed,
}

/// The moment at which a line failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailurePoint {
    /// How many moves had been made.
    pub moves: usize,
    /// How many events had happened.
    pub events: usize,
    /// What was expected and found; `None` if the line failed in another way.
    pub difference: Option<Difference>,
}

/// Runs a play in a program compiled for its [`Play::setup`]. A refused move is a finding and ends the play.
#[must_use]
pub fn run(program: &Program, play: &Play) -> PlayOutcome {
    let mut luck = Keyed::new(play.seed());
    let mut stepper = Stepper::new(play);
    let mut findings = stepper.prepare(program, &mut luck);
    let mut events = Vec::new();
    let (mut moves, mut event_counts) = (Vec::new(), Vec::new());
    let at_startex = FailurePoint {
        moves: 0,
        events: 0,
        difference: None,
    };
    let mut is_refused = false;
    let mut failures = vec![at_startex; findings.len()];
    let mut state = engine::start(program, &mut luck, &mut events);
    loop {
        match stepper.next(program, &state, &mut luck, &events) {
            PlayStep::Done => break,
            PlayStep::Failed(finding) => findings.push(*finding),
            PlayStep::Move(chosen) => {
                let event_count = events.len();
                match engine::step(program, &mut state, chosen, &mut luck, &mut events) {
                    Ok(()) => {
                        moves.push(chosen);
                        event_counts.push(event_count);
                    }
                    Err(refusal) => {
                        findings.push(refused(program, &state, refusal, stepper.current()));
                        is_refused = true;
                    }
                }
            }
        }
        failures.resize(
            findings.len(),
            FailurePoint {
                moves: moves.len(),
                events: events.len(),
                difference: stepper.difference().cloned(),
            },
        );
        if is_refused {
            break;
        }
    }
    let situation = Situation {
        program,
        state: &state,
        events: &events,
    };
    let objectives = 0..program.script.scenario.objectives.len();
    let points = objectives
        .map(|index| situation.points(Some(ObjectiveId::at(index))))
        .collect();
    let total = situation.points(None);
    PlayOutcome {
        findings,
        failures,
        state,
        events,
        moves,
        event_counts,
        points,
        total,
        luck: luck.again(),
    }
}

fn refused(program: &Program, state: &State, refusal: Refusal, place: Place) -> Finding {
    let sentence = refusal.sentence(program);
    let headline = format!("refused: {}", sentence.trim_end_matches('.'));
    let finding = Finding::error("refused-move", place, headline);
    if !matches!(refusal, Refusal::NotOpen(_)) {
        return finding;
    }
    let decisions = (0..program.decisions.len()).map(DecisionId::at);
    let open = decisions.filter(|id| state.is_open(program, *id));
    let names: Vec<String> = open
        .map(|id| format!("`{}`", program.script.decision(id).id))
        .collect();
    let now = super::expect::date(program, state.now(program));
    finding.hint(match names.as_slice() {
        [] => format!("Nothing is open at {now}."),
        names => format!("Open at {now}: {}.", words::list(names)),
    })
}
