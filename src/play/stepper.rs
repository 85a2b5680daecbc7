//! Following the lines of a play in a running exercise.

use super::expect::{self, Difference, ExpectFailure, Situation};
use super::file::{PlacedLine, Play};
use super::line::{LineError, PlayLine, WrittenName};
use super::names;
use crate::engine::luck::Keyed;
use crate::engine::{Event, Move, State};
use crate::finding::{Finding, Place};
use crate::program::Program;
use crate::program::ids::ChanceId;
use crate::scenario::Minutes;

/// What comes next in a play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayStep {
    /// A move to make.
    Move(Move),
    /// A line that failed. The play continues after a failed expectation, but not after a failed move.
    Failed(Box<Finding>),
    /// Nothing more.
    Done,
}

/// A place in a play, between two moves.
#[derive(Clone, Debug)]
pub struct Stepper<'p> {
    play: &'p Play,
    /// The next line.
    at: usize,
    /// The line that made the latest move.
    last_move: usize,
    /// Rolls forced so far, with their lines.
    forced: Vec<(ChanceId, Place)>,
    /// What the line that failed last expected and found, if it is an expectation.
    difference: Option<Difference>,
    /// Findings to return at the end, the last first.
    last_findings: Option<Vec<Finding>>,
}

/// How far the play has come in a line.
enum LineProgress {
    /// The line makes this move. It stays the next line if it may make more.
    Move(Move, bool),
    /// The line is done.
    Done,
}

impl<'p> Stepper<'p> {
    /// A stepper at the first line.
    #[must_use]
    pub fn new(play: &'p Play) -> Self {
        Self {
            play,
            at: 0,
            last_move: 0,
            forced: Vec::new(),
            difference: None,
            last_findings: None,
        }
    }

    /// Carries out the lines that prepare the start. Call this before [`crate::engine::start`], with the luck of the
    /// exercise, so that a roll in the first moment can be forced.
    pub fn prepare(&mut self, program: &Program, luck: &mut Keyed) -> Vec<Finding> {
        let mut findings = Vec::new();
        while let Some(written) = self
            .play
            .lines
            .get(self.at)
            .filter(|written| written.line.prepares())
        {
            self.at += 1;
            if let Err(error) = self.force(program, luck, written) {
                findings.push(written.finding(error));
            }
        }
        findings
    }

    /// The line that made the latest move, for a refusal of it.
    #[must_use]
    pub fn current(&self) -> Place {
        self.play
            .lines
            .get(self.last_move)
            .map_or(self.play.end, |written| written.place)
    }

    /// What the line that failed last expected and found; `None` if it failed in another way.
    #[must_use]
    pub fn difference(&self) -> Option<&Difference> {
        self.difference.as_ref()
    }

    /// Continues to the next move. `events` are all events since STARTEX, with their minutes.
    pub fn next(
        &mut self,
        program: &Program,
        state: &State,
        luck: &mut Keyed,
        events: &[(Minutes, Event)],
    ) -> PlayStep {
        let situation = Situation {
            program,
            state,
            events,
        };
        self.difference = None;
        while self.last_findings.is_none() {
            let Some(written) = self.play.lines.get(self.at) else {
                break;
            };
            match self.carry_out(situation, luck, written) {
                Ok(LineProgress::Done) => self.at += 1,
                Ok(LineProgress::Move(chosen, again)) => {
                    self.last_move = self.at;
                    self.at += usize::from(!again);
                    return PlayStep::Move(chosen);
                }
                Err(finding) => {
                    self.at += 1;
                    if written.line.moves() {
                        self.last_findings = Some(Vec::new());
                    }
                    return PlayStep::Failed(finding);
                }
            }
        }
        let last = self
            .last_findings
            .get_or_insert_with(|| never_rolled(program, luck, &self.forced));
        last.pop().map_or(PlayStep::Done, |finding| {
            PlayStep::Failed(Box::new(finding))
        })
    }

    fn carry_out(
        &mut self,
        situation: Situation,
        luck: &mut Keyed,
        written: &PlacedLine,
    ) -> Result<LineProgress, Box<Finding>> {
        let wrong = |error: LineError| Box::new(written.finding(error));
        let (program, state) = (situation.program, situation.state);
        match &written.line {
            PlayLine::Seed(_) | PlayLine::Variant(_) | PlayLine::Cut(_) => Ok(LineProgress::Done),
            PlayLine::Choose { .. } | PlayLine::Take(_) | PlayLine::Wait => {
                let chosen = written.line.to_move(program).map_err(wrong)?;
                Ok(chosen.map_or(LineProgress::Done, |chosen| {
                    LineProgress::Move(chosen, false)
                }))
            }
            PlayLine::WaitUntil(dated) => {
                let until = expect::minute(program, dated).map_err(wrong)?;
                let is_there = state.now(program) >= until;
                wait(situation, is_there, || "the date".into())
                    .map_err(|headline| never(written, headline))
            }
            PlayLine::WaitFor(name) => {
                let is_there = has_come(situation, name).map_err(wrong)?;
                wait(situation, is_there, || format!("`{}`", name.text))
                    .map_err(|headline| never(written, headline))
            }
            PlayLine::Roll { .. } => self
                .force(program, luck, written)
                .map(|()| LineProgress::Done)
                .map_err(wrong),
            PlayLine::Expect(expected) => match expect::check(situation, expected) {
                Ok(()) => Ok(LineProgress::Done),
                Err(ExpectFailure::Wrong(error)) => Err(wrong(error)),
                Err(ExpectFailure::Unmet(difference)) => {
                    let headline = difference.headline.clone();
                    self.difference = Some(*difference);
                    Err(unmet(written, headline))
                }
            },
            PlayLine::End if state.ended(program).is_some() => Ok(LineProgress::Done),
            PlayLine::End => {
                let now = expect::date(program, state.now(program));
                let headline =
                    format!("expected ENDEX, but the exercise is still under way at {now}");
                Err(unmet(written, headline))
            }
        }
    }

    /// Forces the roll, if the line is `roll`.
    fn force(
        &mut self,
        program: &Program,
        luck: &mut Keyed,
        written: &PlacedLine,
    ) -> Result<(), LineError> {
        let PlayLine::Roll {
            chance: name,
            outcome,
            range,
        } = &written.line
        else {
            return Ok(());
        };
        let id = names::chance(program, name)?;
        let outcomes = program.chances[id.index()].odds.len();
        if *outcome > outcomes {
            let headline = format!("`{}` has no outcome number {outcome}", name.text);
            let hint = format!("Its outcomes are numbered from 1 to {outcomes}.");
            return Err(LineError::new(headline, range.clone(), hint));
        }
        luck.force(id, outcome - 1);
        self.forced.push((id, written.place));
        Ok(())
    }
}

fn unmet(written: &PlacedLine, headline: String) -> Box<Finding> {
    Box::new(Finding::error("unmet-expectation", written.place, headline))
}

fn never(written: &PlacedLine, headline: String) -> Box<Finding> {
    Box::new(Finding::error("never-came", written.place, headline))
}

/// One more wait, unless what the line waits for has come. An error if it can no longer come.
fn wait(
    situation: Situation,
    is_there: bool,
    what: impl Fn() -> String,
) -> Result<LineProgress, String> {
    if is_there {
        return Ok(LineProgress::Done);
    }
    if situation.state.ended(situation.program).is_none() {
        return Ok(LineProgress::Move(Move::Wait, true));
    }
    let when = expect::date(situation.program, situation.state.now(situation.program));
    Err(format!("ENDEX came before {}, at {when}", what()))
}

/// Whether an inject has come, or a decision is open.
fn has_come(situation: Situation, name: &WrittenName) -> Result<bool, LineError> {
    let program = situation.program;
    let decision = program.decision_named(&name.text);
    let is_open = decision.is_some_and(|id| situation.state.is_open(program, id));
    match (program.inject_named(&name.text), decision) {
        (Some(id), _) => Ok(is_open || situation.came(id).is_some()),
        (None, Some(_)) => Ok(is_open),
        (None, None) => {
            let injects = program.script.injects.iter().map(|it| it.id.as_str());
            let decisions = program.script.decisions.iter().map(|it| it.id.as_str());
            let known = injects.chain(decisions);
            Err(names::unknown("inject or decision", name, known))
        }
    }
}

/// Findings for forced rolls that were never rolled, the last first.
fn never_rolled(program: &Program, luck: &Keyed, forced: &[(ChanceId, Place)]) -> Vec<Finding> {
    let mut pending: Vec<ChanceId> = luck.pending().collect();
    let mut findings = Vec::new();
    // Of several forced rolls of one chance, those still to come were forced last.
    for (id, place) in forced.iter().rev() {
        let Some(position) = pending.iter().position(|waiting| waiting == id) else {
            continue;
        };
        pending.swap_remove(position);
        let headline = format!(
            "the forced roll of `{}` never came",
            program.chances[id.index()].name
        );
        let finding = Finding::error("unused-roll", *place, headline);
        findings.push(finding.hint("A forced roll must stand before the move that rolls it."));
    }
    findings
}
