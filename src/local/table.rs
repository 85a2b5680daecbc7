//! What lies on the table: a program, and an exercise of it once it has begun.

use std::sync::Arc;

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::look::Viewer;
use crate::engine::luck::Keyed;
use crate::exercise::{Exercise, Seat};
use crate::finding::Sources;
use crate::front::PlaySetup;
use crate::journal::{Entry, EntryKind, RecordedSeat, Tail};
use crate::library;
use crate::local::recorded::RecordedExercise;
use crate::local::room::HISTORY;
use crate::play;
use crate::program::Program;
use crate::scenario::read::Folder;
use crate::words;

/// An exercise, before and while it is played or shown.
pub(super) struct ExerciseTable {
    pub(super) program: Arc<Program>,
    pub(super) seed: u64,
    pub(super) luck: Keyed,
    /// In history and in a replay: what was entered.
    pub(super) steps: Option<ShownSteps>,
    /// The journal of an exercise that is played elsewhere.
    pub(super) tail: Option<Tail>,
    /// The text that it was all read from.
    pub(super) folder: Folder,
    pub(super) team: String,
    /// Who sits where; nobody where one seat holds every role.
    pub(super) seats: Vec<RecordedSeat>,
    /// Where recording was given up.
    pub(super) given_up: Option<RecordedExercise>,
    /// Whether it was given up before STARTEX.
    pub(super) unrecorded: bool,
    pub(super) exercise: Option<Exercise>,
    /// When it began, on the wall.
    pub(super) begun: Timestamp,
    /// The seat at the screen, by its place.
    pub(super) current: usize,
    /// For each seat, whether it has nothing more to do before time passes.
    pub(super) ready: Vec<bool>,
    /// Of what is followed: whose view is shown.
    pub(super) watching: Option<Viewer>,
    /// The roles that were asked for, by id.
    pub(super) watched: Vec<String>,
}

/// What is shown step by step.
pub(super) enum ShownSteps {
    /// What really happened.
    History(Vec<Move>),
    /// What was recorded, and how many of it were shown.
    Replay(Vec<Entry>, usize),
}

impl ExerciseTable {
    /// A table for a new exercise.
    pub(super) fn new(program: Arc<Program>, seed: u64, folder: Folder) -> Self {
        Self {
            program,
            seed,
            luck: Keyed::new(seed),
            steps: None,
            tail: None,
            folder,
            team: String::new(),
            seats: Vec::new(),
            given_up: None,
            unrecorded: false,
            exercise: None,
            begun: Timestamp::UNIX_EPOCH,
            current: 0,
            ready: Vec::new(),
            watching: None,
            watched: Vec::new(),
        }
    }

    /// What is asked for, from the library.
    pub(super) fn lay(setup: &PlaySetup, draw_seed: fn() -> u64) -> Result<Self, String> {
        let found =
            library::find(&setup.scenario).map_err(|error| format!("{error}. {}", error.hint()))?;
        if setup.history {
            return history(&found);
        }
        let wanted = crate::program::ProgramSetup {
            variant: setup.variant.clone(),
            cut: setup.cut.clone(),
        };
        known(&found, &wanted)?;
        let program = load(&found, &wanted)?;
        let seed = setup.seed.unwrap_or_else(draw_seed);
        let mut table = ExerciseTable::new(program, seed, found.folder);
        words::one_line(&setup.team)
            .trim()
            .clone_into(&mut table.team);
        table.sit(&setup.seats)?;
        Ok(table)
    }

    /// Lets people sit down.
    pub(super) fn sit(
        &mut self,
        wanted: &[crate::front::seats::SeatRequest],
    ) -> Result<(), String> {
        let sitting = |it: &crate::front::seats::SeatRequest| RecordedSeat {
            roles: it.roles.clone(),
            person: it.person.clone(),
        };
        let seats: Vec<RecordedSeat> = wanted.iter().map(sitting).collect();
        let placed = Seat::each(&self.program, &seats);
        placed.map_err(|barred| {
            let roles = self.program.script.scenario.roles.iter();
            let known: Vec<&str> = roles.map(|it| it.id.value.as_str()).collect();
            format!(
                "{} Roles are {}.",
                barred.sentence(&self.program),
                words::list(&known)
            )
        })?;
        self.seats = seats;
        Ok(())
    }

    /// The exercise at STARTEX.
    pub(super) fn startex(&self) -> Exercise {
        // They were looked at when people sat down.
        let seats = Seat::each(&self.program, &self.seats).unwrap_or_default();
        Exercise::begin_with(Arc::clone(&self.program), self.seed, self.luck.clone())
            .played_by(self.team.clone(), seats)
    }

    pub(super) fn is_replay(&self) -> bool {
        matches!(self.steps, Some(ShownSteps::Replay(..)))
    }

    /// What is recorded of this exercise.
    pub(super) fn kept(&self) -> Option<RecordedExercise> {
        let recorded = || {
            let exercise = self.exercise.as_ref()?;
            Some(RecordedExercise {
                path: exercise.journal()?.path().to_owned(),
                ended: exercise.is_over(),
                in_part: false,
            })
        };
        self.given_up.clone().or_else(recorded)
    }

    /// Whose view the screen shows.
    pub(super) fn eyes(&self) -> Viewer {
        if let Some(seat) = &self.watching {
            return seat.clone();
        }
        let place = self.exercise.as_ref().map(Exercise::seats);
        match place.and_then(|seats| seats.get(self.current)) {
            Some(place) => place.seat(),
            None => Viewer::all(&self.program),
        }
    }
}

impl ShownSteps {
    /// Whether an entry shows nothing: it is passed together with what follows.
    pub(super) fn is_silent(entries: &[Entry], place: usize) -> bool {
        match entries[place].what {
            EntryKind::Roll(_) | EntryKind::Resumed | EntryKind::Ended => true,
            // It went on after this.
            EntryKind::Stopped(_) => place + 1 < entries.len(),
            _ => false,
        }
    }
}

fn load(
    found: &library::ScenarioFiles,
    setup: &crate::program::ProgramSetup,
) -> Result<Arc<Program>, String> {
    let loaded = library::load(&found.folder, setup);
    loaded.map(|loaded| loaded.program).map_err(|rejected| {
        let first = rejected
            .findings
            .first()
            .map(|finding| finding.short(&rejected.sources))
            .unwrap_or_default();
        format!("the scenario has mistakes. `sandtable check` shows them all; the first: {first}")
    })
}

/// Whether the scenario has the variant and the cut that are wanted; the sentence that says what it has, if not.
fn known(
    found: &library::ScenarioFiles,
    wanted: &crate::program::ProgramSetup,
) -> Result<(), String> {
    if wanted.variant.is_none() && wanted.cut.is_none() {
        return Ok(());
    }
    let (Some(scenario), _, _) = crate::scenario::read::read(&found.folder) else {
        return Ok(());
    };
    let variants = scenario.variants.iter().map(|it| it.id.value.as_str());
    let cuts = scenario.cuts.iter().map(|it| it.id.value.as_str());
    is_among(
        "variant",
        wanted.variant.as_deref(),
        &variants.collect::<Vec<_>>(),
    )?;
    is_among("cut", wanted.cut.as_deref(), &cuts.collect::<Vec<_>>())
}

fn is_among(what: &str, wanted: Option<&str>, known: &[&str]) -> Result<(), String> {
    let Some(wanted) = wanted.filter(|it| !known.contains(it)) else {
        return Ok(());
    };
    let hint = match words::did_you_mean(wanted, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it has none.".to_owned(),
        None => format!("it has {}.", words::list(known)),
    };
    Err(format!("The scenario has no {what} `{wanted}`; {hint}"))
}

/// What really happened: the play of that name, played to its end to know its moves.
fn history(found: &library::ScenarioFiles) -> Result<ExerciseTable, String> {
    let text = found.plays.iter().find(|play| play.name == HISTORY);
    let text = text.ok_or_else(|| {
        "this scenario has no `plays/history.play`: nobody knows what really happened".to_owned()
    })?;
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    let program = load(found, &play.setup())?;
    let outcome = play::run(&program, &play);
    findings.extend(outcome.findings);
    if let Some(finding) = findings.first() {
        return Err(format!(
            "the play of what really happened does not run: {}",
            finding.short(&sources)
        ));
    }
    let mut table = ExerciseTable::new(program, play.seed(), found.folder.clone());
    table.luck = outcome.luck;
    table.steps = Some(ShownSteps::History(outcome.moves));
    Ok(table)
}
