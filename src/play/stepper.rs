//! Walking the lines of a play against a running exercise.

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
    /// A line that failed. After a failed expectation the play goes on; after a line that was to make a move it is done.
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
    moved: usize,
    /// Rolls forced so far, with their lines.
    forced: Vec<(ChanceId, Place)>,
    /// What was expected and found at the line that failed last, where that can be said.
    difference: Option<Difference>,
    /// Findings to hand out at the end, the last first.
    left: Option<Vec<Finding>>,
}

/// How far a line has come.
enum LineProgress {
    /// It makes this move; it stays the next line if it may make more.
    Move(Move, bool),
    /// It has done what it says.
    Past,
}

impl<'p> Stepper<'p> {
    /// At the first line.
    #[must_use]
    pub fn new(play: &'p Play) -> Self {
        Self {
            play,
            at: 0,
            moved: 0,
            forced: Vec::new(),
            difference: None,
            left: None,
        }
    }

    /// Passes the lines that prepare the start. Call it before [`crate::engine::start`], with the luck of the
    /// exercise, so that a roll of the first moment can be forced.
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
            .get(self.moved)
            .map_or(self.play.end, |written| written.place)
    }

    /// What was expected and found at the line that failed last; none where it failed in another way.
    #[must_use]
    pub fn difference(&self) -> Option<&Difference> {
        self.difference.as_ref()
    }

    /// Goes on to the next move. `events` are all since STARTEX, with the minutes at which they happened.
    pub fn next(
        &mut self,
        program: &Program,
        state: &State,
        luck: &mut Keyed,
        events: &[(Minutes, Event)],
    ) -> PlayStep {
        let standing = Situation {
            program,
            state,
            events,
        };
        self.difference = None;
        while self.left.is_none() {
            let Some(written) = self.play.lines.get(self.at) else {
                break;
            };
            match self.pass(standing, luck, written) {
                Ok(LineProgress::Past) => self.at += 1,
                Ok(LineProgress::Move(chosen, again)) => {
                    self.moved = self.at;
                    self.at += usize::from(!again);
                    return PlayStep::Move(chosen);
                }
                Err(finding) => {
                    self.at += 1;
                    if written.line.moves() {
                        self.left = Some(Vec::new());
                    }
                    return PlayStep::Failed(finding);
                }
            }
        }
        let left = self
            .left
            .get_or_insert_with(|| never_rolled(program, luck, &self.forced));
        left.pop().map_or(PlayStep::Done, |finding| {
            PlayStep::Failed(Box::new(finding))
        })
    }

    fn pass(
        &mut self,
        standing: Situation,
        luck: &mut Keyed,
        written: &PlacedLine,
    ) -> Result<LineProgress, Box<Finding>> {
        let wrong = |error: LineError| Box::new(written.finding(error));
        let (program, state) = (standing.program, standing.state);
        match &written.line {
            PlayLine::Seed(_) | PlayLine::Variant(_) | PlayLine::Cut(_) => Ok(LineProgress::Past),
            PlayLine::Choose { .. } | PlayLine::Take(_) | PlayLine::Wait => {
                let chosen = written.line.to_move(program).map_err(wrong)?;
                Ok(chosen.map_or(LineProgress::Past, |chosen| {
                    LineProgress::Move(chosen, false)
                }))
            }
            PlayLine::WaitUntil(dated) => {
                let until = expect::minute(program, dated).map_err(wrong)?;
                let is_there = state.now(program) >= until;
                wait(standing, is_there, || "the date".into())
                    .map_err(|headline| never(written, headline))
            }
            PlayLine::WaitFor(name) => {
                let is_there = has_come(standing, name).map_err(wrong)?;
                wait(standing, is_there, || format!("`{}`", name.text))
                    .map_err(|headline| never(written, headline))
            }
            PlayLine::Roll { .. } => self
                .force(program, luck, written)
                .map(|()| LineProgress::Past)
                .map_err(wrong),
            PlayLine::Expect(expected) => match expect::check(standing, expected) {
                Ok(()) => Ok(LineProgress::Past),
                Err(ExpectFailure::Wrong(error)) => Err(wrong(error)),
                Err(ExpectFailure::Unmet(difference)) => {
                    let headline = difference.headline.clone();
                    self.difference = Some(*difference);
                    Err(unmet(written, headline))
                }
            },
            PlayLine::End if state.ended(program).is_some() => Ok(LineProgress::Past),
            PlayLine::End => {
                let now = expect::date(program, state.now(program));
                let headline =
                    format!("expected ENDEX, but the exercise is still under way at {now}");
                Err(unmet(written, headline))
            }
        }
    }

    /// Forces the roll of a line, if it is such a line.
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
            return Err(LineError {
                headline: format!("`{}` has no outcome number {outcome}", name.text),
                range: range.clone(),
                hint: format!("Its outcomes are numbered from 1 to {outcomes}."),
                instead: None,
            });
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

/// One more wait, unless what is waited for is there; an error once it can no longer come.
fn wait(
    standing: Situation,
    is_there: bool,
    what: impl Fn() -> String,
) -> Result<LineProgress, String> {
    if is_there {
        return Ok(LineProgress::Past);
    }
    if standing.state.ended(standing.program).is_none() {
        return Ok(LineProgress::Move(Move::Wait, true));
    }
    let when = expect::date(standing.program, standing.state.now(standing.program));
    Err(format!("ENDEX came before {}, at {when}", what()))
}

/// Whether an inject has come, or a decision is open.
fn has_come(standing: Situation, name: &WrittenName) -> Result<bool, LineError> {
    let program = standing.program;
    let decision = program.decision_named(&name.text);
    let is_open = decision.is_some_and(|id| standing.state.is_open(program, id));
    match (program.inject_named(&name.text), decision) {
        (Some(id), _) => Ok(is_open || standing.came(id).is_some()),
        (None, Some(_)) => Ok(is_open),
        (None, None) => {
            let injects = program
                .script
                .injects
                .iter()
                .map(|inject| inject.id.as_str());
            let decisions = program
                .script
                .decisions
                .iter()
                .map(|decision| decision.id.as_str());
            Err(names::unknown(
                "inject or decision",
                name,
                injects.chain(decisions),
            ))
        }
    }
}

/// Findings for forced rolls that did not come, the last first.
fn never_rolled(program: &Program, luck: &Keyed, forced: &[(ChanceId, Place)]) -> Vec<Finding> {
    let mut pending: Vec<ChanceId> = luck.pending().collect();
    let mut findings = Vec::new();
    // Of several rolls of one chance, those forced last are the ones that are still to come.
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
