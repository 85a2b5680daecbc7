//! The whole process in the explicit format of a model checker: Storm's DRN, which other checkers read too.
//!
//! Every state that the search tells apart is a state; every legal move is a choice with its name; luck gives the
//! probabilities; the points that a move gives on average are its reward. States are written as the search works them out,
//! so every state leads only to smaller numbers. The first states are the endings; the last is STARTEX with what may happen
//! in its first moment, as a single choice.
//!
//! The reward model is `points`. States are labelled `end` and `ending_ID` after ENDEX, `phase_ID` before it, and `init`.
//! `Rmax=? [F "end"]` and `Rmin=? [F "end"]` are the values under best and worst play: the first comment holds them as this
//! program knows them.

#[cfg(test)]
mod tests;

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::engine::State;
use crate::play::line_of;
use crate::program::Program;
use crate::program::ids::EndingId;
use crate::search::Budget;
use crate::search::walk::{Fold, Tell, Transition, Walked};
use crate::search::worth::{Worth, Worths};

/// The usual limit of states: a file of some 150 MB, which Storm reads in a minute and a half.
pub const STATES_MAX: usize = 1_000_000;

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrnSize {
    /// States.
    pub states: u64,
    /// Choices.
    pub choices: u64,
    /// What STARTEX is worth under best play.
    pub best: f64,
    /// The same under worst play.
    pub worst: f64,
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
pub enum DrnError {
    /// There are more states than allowed.
    TooLarge,
    /// Somebody stopped it.
    Stopped,
    /// Writing failed.
    Output(io::Error),
}

impl From<io::Error> for DrnError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Writes the process of a program to what `open` opens. It is walked twice, first to count, so that only its states are in
/// memory. Nothing is opened if there are more than `states_max` of them. `tell` hears how far it is, and may stop it.
pub fn write<W: Write + Send>(
    program: &Program,
    title: &str,
    states_max: usize,
    open: impl FnOnce() -> io::Result<W>,
    tell: &mut Tell,
) -> Result<DrnSize, DrnError> {
    // Numbers follow the order in which one thread works out the states.
    let budget = Budget {
        threads: 1,
        states_max,
    };
    let (written, endings) = count(program, budget, tell)?;
    let mut output = BufWriter::new(open()?);
    head(&mut output, title, &written)?;
    let inside = Mutex::new(Inside {
        output,
        next: endings.len() as u32,
        error: None,
    });
    let lines = DrnWriter::new(program, &endings, &inside)?;
    let walk = Walked::new(program, lines);
    let whole = walk.whole(budget, &mut |progress| {
        if lock(&inside).error.is_some() {
            return ControlFlow::Break(());
        }
        tell(progress)
    });
    let is_whole = whole.value.is_some();
    drop(walk);
    let mut inside = inside.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = inside.error {
        return Err(error.into());
    }
    inside.output.flush()?;
    if is_whole {
        Ok(written)
    } else {
        Err(DrnError::Stopped)
    }
}

/// What will be written, and which endings are reached.
fn count(
    program: &Program,
    budget: Budget,
    tell: &mut Tell,
) -> Result<(DrnSize, Vec<EndingId>), DrnError> {
    let known = None;
    let worths = Worths { program, known };
    let walk = Walked::new(program, DrnCounter { worths });
    let gathered = walk.whole(budget, tell);
    let Some(worth) = gathered.value else {
        return Err(if walk.interrupted() {
            DrnError::Stopped
        } else {
            DrnError::TooLarge
        });
    };
    // The walk only looks at its budget now and then.
    if gathered.tally.states > budget.states_max as u64 {
        return Err(DrnError::TooLarge);
    }
    let endings = (0..program.endings.len()).map(EndingId::at);
    let endings: Vec<EndingId> = endings
        .filter(|id| gathered.hits.endings[id.index()])
        .collect();
    // STARTEX is one more, and it and each ending have one choice.
    let more = endings.len() as u64 + 1;
    let written = DrnSize {
        states: gathered.tally.states + more,
        choices: gathered.tally.choices + more,
        best: worth.best,
        worst: worth.worst,
    };
    Ok((written, endings))
}

fn head(output: &mut impl Write, title: &str, written: &DrnSize) -> io::Result<()> {
    let DrnSize {
        states,
        choices,
        best,
        worst,
    } = written;
    writeln!(output, "// {title}: best {best:?} worst {worst:?}")?;
    writeln!(
        output,
        "@type: MDP\n@value_type: double\n@parameters\n\n@reward_models\npoints"
    )?;
    writeln!(
        output,
        "@nr_states\n{states}\n@nr_choices\n{choices}\n@model"
    )
}

/// Counts states and choices while working out what they are worth.
#[derive(Debug)]
struct DrnCounter<'p> {
    worths: Worths<'p>,
}

#[derive(Clone, Copy, Debug, Default)]
struct DrnCount {
    states: u64,
    choices: u64,
}

impl Fold for DrnCounter<'_> {
    type Value = Worth;
    type Seen = u16;
    type Tally = DrnCount;

    fn look(&self, state: &State) -> u16 {
        self.worths.look(state)
    }

    fn ended(&self, state: &State) -> Worth {
        self.worths.ended(state)
    }

    fn fold(&self, seen: u16, steps: &[Transition<Worth>]) -> Worth {
        self.worths.fold(seen, steps)
    }

    fn root(&self, steps: &[Transition<Worth>]) -> Worth {
        self.worths.root(steps)
    }

    fn count(&self, tally: &mut DrnCount, _seen: u16, steps: &[Transition<Worth>], _worth: &Worth) {
        tally.states += 1;
        tally.choices += choices(steps).count() as u64;
    }

    fn join(&self, tally: &mut DrnCount, other: DrnCount) {
        tally.states += other.states;
        tally.choices += other.choices;
    }
}

/// The steps of each move, in order.
fn choices<V>(steps: &[Transition<V>]) -> impl Iterator<Item = &[Transition<V>]> {
    steps.chunk_by(|one, next| one.made == next.made)
}

/// Writes each state once everything that it leads to is written. The value of a state is its number.
#[derive(Debug)]
struct DrnWriter<'p, W> {
    program: &'p Program,
    /// The number of each ending.
    endings: Vec<u32>,
    inside: &'p Mutex<Inside<W>>,
}

#[derive(Debug)]
struct Inside<W> {
    output: W,
    next: u32,
    /// After an error nothing more is written.
    error: Option<io::Error>,
}

/// There is one thread. If it panics, nobody uses this any more.
fn lock<W>(inside: &Mutex<Inside<W>>) -> MutexGuard<'_, Inside<W>> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'p, W: Write> DrnWriter<'p, W> {
    /// Writes the endings.
    fn new(
        program: &'p Program,
        reached: &[EndingId],
        inside: &'p Mutex<Inside<W>>,
    ) -> io::Result<Self> {
        let mut endings = vec![0; program.endings.len()];
        let output = &mut lock(inside).output;
        for (number, id) in reached.iter().enumerate() {
            endings[id.index()] = number as u32;
            let name = &program.script.scenario.endings[id.index()].id.value;
            writeln!(
                output,
                "state {number} end ending_{name}\n\taction stay [0]\n\t\t{number} : 1"
            )?;
        }
        Ok(Self {
            program,
            endings,
            inside,
        })
    }

    /// Writes a state with its steps, and returns its number.
    fn state(&self, label: &str, begins: bool, steps: &[Transition<u32>]) -> u32 {
        let mut inside = lock(self.inside);
        let number = inside.next;
        inside.next += 1;
        if inside.error.is_none() {
            let written = self.lines(&mut inside.output, number, label, begins, steps);
            inside.error = written.err();
        }
        number
    }

    fn lines(
        &self,
        output: &mut W,
        number: u32,
        label: &str,
        begins: bool,
        steps: &[Transition<u32>],
    ) -> io::Result<()> {
        writeln!(output, "state {number} {label}")?;
        for steps in choices(steps) {
            let points: f64 = steps.iter().map(|step| step.odds * step.points).sum();
            // No minus sign before zero.
            let points = points + 0.0;
            let name = if begins {
                "startex".to_owned()
            } else {
                // Colons, since a blank would end the name.
                line_of(self.program, steps[0].made).replace(' ', ":")
            };
            writeln!(output, "\taction {name} [{points}]")?;
            let mut targets: Vec<(u32, f64)> =
                steps.iter().map(|step| (step.to, step.odds)).collect();
            targets.sort_by_key(|(to, _)| *to);
            for same in targets.chunk_by(|one, next| one.0 == next.0) {
                let odds: f64 = same.iter().map(|(_, odds)| odds).sum();
                writeln!(output, "\t\t{} : {odds}", same[0].0)?;
            }
        }
        Ok(())
    }
}

impl<W: Write + Send> Fold for DrnWriter<'_, W> {
    type Value = u32;
    type Seen = u16;
    type Tally = ();

    fn look(&self, state: &State) -> u16 {
        state.phase(self.program).0
    }

    fn ended(&self, state: &State) -> u32 {
        let ending = state.ended(self.program);
        ending.map_or(0, |id| self.endings[id.index()])
    }

    fn fold(&self, phase: u16, steps: &[Transition<u32>]) -> u32 {
        let id = &self.program.script.scenario.phases[usize::from(phase)]
            .id
            .value;
        self.state(&format!("phase_{id}"), false, steps)
    }

    fn root(&self, steps: &[Transition<u32>]) -> u32 {
        self.state("init", true, steps)
    }

    fn count(&self, (): &mut (), _phase: u16, _steps: &[Transition<u32>], _number: &u32) {}

    fn join(&self, (): &mut (), (): ()) {}
}
