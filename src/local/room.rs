//! The room on this machine: it answers a face from the library, from journals, and from an exercise of its own.
//!
//! The other seats will stand between this and the exercise.

use std::path::Path;
use std::sync::Arc;

use crate::engine::Move;
use crate::engine::look::Seat;
use crate::engine::luck::Keyed;
use crate::exercise::{Exercise, NotMade};
use crate::finding::Sources;
use crate::front::seats::{Reason, RoleBrief};
use crate::front::{Briefing, MoveById, Msg, Offer, Recording, Request, Room, Setup, Unrecorded};
use crate::journal::{Journal, JournalError};
use crate::library;
use crate::local::line;
use crate::local::recorded::{Kept, Place, Recorder, reopen};
use crate::play;
use crate::program::Program;
use crate::review;
use crate::scenario::read::Folder;
use crate::words;

/// The name of the play that shows what really happened.
pub const HISTORY: &str = "history";

/// Seeds that are drawn lie below this, so that they can be read aloud and typed again.
pub const SEED_MAX: u64 = 1_000_000;

/// One person's room, or a whole team's at one screen: the seat holds every role.
pub struct LocalRoom {
    /// Scenarios that the start screen offers.
    offered: Vec<String>,
    /// Draws a seed where none is given.
    draw_seed: fn() -> u64,
    /// Where new exercises are recorded; none where they are not.
    recorder: Option<Recorder>,
    /// What was asked for and could not be recorded.
    pending: Option<Pending>,
    /// What was recorded before the exercise on the table.
    kept: Vec<Kept>,
    table: Option<Table>,
}

/// What waits until it can be recorded.
#[derive(Clone, Copy, Debug)]
enum Pending {
    Begin,
    Move(Move),
}

/// What lies on the table: a program, and an exercise of it once it has begun.
struct Table {
    program: Arc<Program>,
    seed: u64,
    luck: Keyed,
    /// In history and in a replay: the moves that were made.
    steps: Option<Vec<Move>>,
    /// Whether the steps are those of an exercise that was played.
    replay: bool,
    /// The text that it was all read from.
    folder: Folder,
    /// Where recording was given up.
    given_up: Option<Kept>,
    exercise: Option<Exercise>,
}

impl LocalRoom {
    /// A room that offers some scenarios, by name or path.
    #[must_use]
    pub fn new(offered: Vec<String>, draw_seed: fn() -> u64) -> Self {
        Self {
            offered,
            draw_seed,
            recorder: None,
            pending: None,
            kept: Vec::new(),
            table: None,
        }
    }

    /// The same room, where every exercise that is played is recorded.
    #[must_use]
    pub fn recording(mut self, recorder: Option<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }

    /// What was recorded in this room, the exercise on the table among it.
    #[must_use]
    pub fn kept(&self) -> Vec<Kept> {
        let mut kept = self.kept.clone();
        kept.extend(self.table.as_ref().and_then(Table::kept));
        kept
    }

    /// Leaves the table. The journal is closed.
    fn clear(&mut self) {
        self.kept = self.kept();
        self.table = None;
        self.pending = None;
    }

    /// The exercise that is being played.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.table.as_ref()?.exercise.as_ref()
    }

    fn open(&mut self, setup: &Setup) -> Vec<Msg> {
        self.clear();
        match self.lay(setup) {
            Ok(table) => {
                let briefing = briefing(&table);
                self.table = Some(table);
                vec![Msg::Briefing(briefing)]
            }
            Err(why) => vec![Msg::Trouble(why)],
        }
    }

    fn lay(&self, setup: &Setup) -> Result<Table, String> {
        let found =
            library::find(&setup.scenario).map_err(|error| format!("{error}. {}", error.hint()))?;
        if setup.history {
            return history(&found);
        }
        let wanted = crate::program::Setup {
            variant: setup.variant.clone(),
            cut: setup.cut.clone(),
        };
        known(&found, &wanted)?;
        let program = load(&found, &wanted)?;
        let seed = setup.seed.unwrap_or_else(self.draw_seed);
        Ok(Table {
            program,
            seed,
            luck: Keyed::new(seed),
            steps: None,
            replay: false,
            folder: found.folder,
            given_up: None,
            exercise: None,
        })
    }

    fn begin(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        if table.exercise.is_some() {
            // It stands where it was left.
            return Vec::new();
        }
        let mut exercise =
            Exercise::begin_with(Arc::clone(&table.program), table.seed, table.luck.clone());
        if table.steps.is_none()
            && let Some(recorder) = &self.recorder
        {
            match recorder.begin(&exercise, &table.folder) {
                Ok(journal) => exercise.record(Some(journal)),
                Err(error) => {
                    self.pending = Some(Pending::Begin);
                    return vec![unrecorded(&error)];
                }
            }
        }
        table.exercise = Some(exercise);
        self.told()
    }

    /// Takes up a journal: the exercise stands where it was left, and a face hears all that came before.
    fn reopen(&mut self, path: &str, replay: bool) -> Vec<Msg> {
        self.clear();
        let reopened = match reopen(Path::new(path), replay) {
            Ok(reopened) => reopened,
            Err(why) => return vec![Msg::Trouble(why)],
        };
        let head = reopened.reading.recorded.head;
        let (steps, made) = if replay {
            (Some(reopened.moves), Vec::new())
        } else {
            (None, reopened.moves)
        };
        let table = Table {
            program: reopened.program,
            seed: head.seed,
            luck: reopened.luck,
            steps,
            replay,
            folder: head.folder,
            given_up: None,
            exercise: None,
        };
        let mut told = vec![Msg::Briefing(briefing(&table))];
        self.table = Some(table);
        if !replay {
            told.extend(self.make_again(&made, reopened.journal));
        }
        if reopened.reading.torn {
            told.push(Msg::Trouble(
                "The last line of the journal was not whole. It was never shown, and is left out."
                    .to_owned(),
            ));
        }
        told
    }

    /// Makes moves that were recorded, then goes on recording.
    fn make_again(&mut self, made: &[Move], journal: Option<Journal>) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let luck = table.luck.clone();
        let exercise = Exercise::begin_with(Arc::clone(&table.program), table.seed, luck);
        table.exercise = Some(exercise);
        let mut told = self.told();
        for next in made {
            let Some(table) = &mut self.table else { break };
            told.push(Msg::Made(by_id(&table.program, *next), Reason::default()));
            if let Some(exercise) = &mut table.exercise {
                // These were made a moment ago, when the journal was read.
                let _ = exercise.submit(*next);
            }
            told.extend(self.told());
        }
        if let Some(exercise) = self.running() {
            exercise.record(journal);
            if exercise.is_over() {
                // It follows from the moves; only the mark was not written then.
                let _ = exercise.mark(crate::journal::Mark::Ended);
            }
        }
        told
    }

    fn running(&mut self) -> Option<&mut Exercise> {
        self.table.as_mut()?.exercise.as_mut()
    }

    fn make(&mut self, wanted: &MoveById) -> Vec<Msg> {
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        match by_number(exercise.program(), wanted) {
            Ok(wanted) => self.submit(wanted),
            Err(why) => vec![Msg::Refused(why)],
        }
    }

    fn submit(&mut self, wanted: Move) -> Vec<Msg> {
        self.pending = None;
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        match exercise.submit(wanted) {
            Ok(()) => self.told(),
            Err(NotMade::Refused(refusal)) => {
                vec![Msg::Refused(refusal.sentence(exercise.program()))]
            }
            Err(NotMade::Unrecorded(error)) => {
                self.pending = Some(Pending::Move(wanted));
                vec![unrecorded(&error)]
            }
        }
    }

    /// Makes what could not be recorded after all.
    fn record(&mut self, how: &Recording) -> Vec<Msg> {
        let Some(pending) = self.pending.take() else {
            return vec![Msg::Refused(
                "Nothing waits to be recorded: every move so far was made.".to_owned(),
            )];
        };
        match pending {
            Pending::Begin => {
                match how {
                    Recording::Retry => {}
                    Recording::In(folder) => {
                        if let Some(recorder) = &mut self.recorder {
                            recorder.place = Place::Folder(folder.into());
                        }
                    }
                    Recording::Off => self.recorder = None,
                }
                self.begin()
            }
            Pending::Move(wanted) => {
                if let Err(error) = self.redirect(how) {
                    self.pending = Some(pending);
                    return vec![unrecorded(&error)];
                }
                self.submit(wanted)
            }
        }
    }

    /// Lets the running exercise be recorded elsewhere, or no more.
    fn redirect(&mut self, how: &Recording) -> Result<(), JournalError> {
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        let given_up = table.kept();
        let Some(exercise) = &mut table.exercise else {
            return Ok(());
        };
        match how {
            Recording::Retry => {}
            Recording::In(folder) => {
                if let Some(journal) = exercise.journal_mut() {
                    journal.move_to(Path::new(folder))?;
                }
            }
            Recording::Off => {
                exercise.record(None);
                table.given_up = given_up.map(|kept| Kept {
                    in_part: true,
                    ..kept
                });
            }
        }
        Ok(())
    }

    fn stop(&mut self) -> Vec<Msg> {
        let Some(exercise) = self.running() else {
            return Vec::new();
        };
        let marked = exercise.stop();
        let mut told = vec![Msg::Account(account(exercise))];
        if let Err(error) = marked {
            told.push(Msg::Trouble(format!(
                "That the exercise was stopped here could not be recorded: {error}. Every move is."
            )));
        }
        told
    }

    /// Does what a line of the play grammar says; every move is told as if it had been made alone.
    fn line(&mut self, text: &str) -> Vec<Msg> {
        let line = match line::read(text) {
            Ok(Some(line)) => line,
            Ok(None) => return Vec::new(),
            Err(why) => return vec![Msg::Refused(why)],
        };
        let Some(table) = self.table.as_mut().filter(|it| it.steps.is_none()) else {
            return Vec::new();
        };
        let Some(exercise) = &mut table.exercise else {
            return Vec::new();
        };
        let mut told = Vec::new();
        let walked = line::walk(exercise, line, |exercise| {
            told.extend(told_of(exercise));
        });
        told.extend(walked.refused.into_iter().map(Msg::Refused));
        if let Some((wanted, error)) = walked.unrecorded {
            self.pending = Some(Pending::Move(wanted));
            told.push(unrecorded(&error));
        }
        told
    }

    fn step(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let Some(exercise) = &mut table.exercise else {
            return Vec::new();
        };
        let next = table
            .steps
            .as_ref()
            .and_then(|steps| steps.get(exercise.moves().len()).copied());
        let Some(next) = next else { return Vec::new() };
        self.submit(next)
    }

    /// What the face must know after anything happened.
    fn told(&self) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        let mut told = told_of(exercise);
        if let Some(steps) = &table.steps {
            let next = steps.get(exercise.moves().len());
            let described = if table.replay { announced } else { described };
            let next = next.map(|next| described(&table.program, *next));
            told.push(Msg::Next(next));
        }
        told
    }
}

/// How an exercise stands: its view, and its account once it is over.
fn told_of(exercise: &Exercise) -> Vec<Msg> {
    let seat = Seat::all(exercise.program());
    let mut told = vec![Msg::View(Box::new(exercise.view(&seat)))];
    if exercise.is_over() {
        told.push(Msg::Account(account(exercise)));
    }
    told
}

impl Room for LocalRoom {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        match request {
            Request::Open(setup) => self.open(&setup),
            Request::Begin => self.begin(),
            Request::Move(wanted) => self.make(&wanted),
            Request::Line(line) => self.line(&line),
            Request::Step => self.step(),
            Request::Record(how) => self.record(&how),
            Request::Reopen { exercise, replay } => self.reopen(&exercise, replay),
            Request::Stop => self.stop(),
            Request::Home => {
                self.clear();
                vec![Msg::Offers(
                    self.offered.iter().filter_map(|name| offer(name)).collect(),
                )]
            }
            _ => Vec::new(),
        }
    }
}

impl Table {
    /// What is recorded of this exercise.
    fn kept(&self) -> Option<Kept> {
        let recorded = || {
            let exercise = self.exercise.as_ref()?;
            Some(Kept {
                path: exercise.journal()?.path().to_owned(),
                ended: exercise.is_over(),
                in_part: false,
            })
        };
        self.given_up.clone().or_else(recorded)
    }
}

fn unrecorded(error: &JournalError) -> Msg {
    let why = format!("{error}. {}", error.hint());
    Msg::Unrecorded(Unrecorded {
        why: capital(why.trim_end()),
        folder: std::env::temp_dir().display().to_string(),
    })
}

/// A phrase as the beginning of a text.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}

fn account(exercise: &Exercise) -> review::Account {
    review::account(exercise.program(), &exercise.history().events)
}

fn load(found: &library::Found, setup: &crate::program::Setup) -> Result<Arc<Program>, String> {
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
fn known(found: &library::Found, wanted: &crate::program::Setup) -> Result<(), String> {
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
fn history(found: &library::Found) -> Result<Table, String> {
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
    let steps = Some(outcome.moves);
    Ok(Table {
        program,
        seed: play.seed(),
        luck: outcome.luck,
        steps,
        replay: false,
        folder: found.folder.clone(),
        given_up: None,
        exercise: None,
    })
}

fn offer(name: &str) -> Option<Offer> {
    let found = library::find(name).ok()?;
    let (scenario, _, _) = crate::scenario::read::read(&found.folder);
    let scenario = scenario?;
    let text = |text: &Option<crate::scenario::Text>| {
        text.as_ref()
            .map_or_else(String::new, |text| text.text.value.clone())
    };
    let variants = scenario.variants.iter();
    let variants = variants.map(|it| (it.id.value.clone(), it.title.value.clone(), text(&it.text)));
    // The first is what is played where none is named, so it may change nothing.
    let first = scenario.variants.first();
    let changes = first.is_some_and(|first| !first.initial.is_empty());
    let as_written = changes.then(|| (String::new(), "As written".to_owned(), String::new()));
    let cuts = scenario.cuts.iter();
    Some(Offer {
        id: name.to_owned(),
        title: scenario.title.value.clone(),
        summary: text(&scenario.summary),
        variants: as_written.into_iter().chain(variants).collect(),
        cuts: cuts
            .map(|it| {
                (
                    it.id.value.clone(),
                    it.title.value.clone(),
                    it.minutes.value,
                )
            })
            .collect(),
        history: found.plays.iter().any(|play| play.name == HISTORY),
    })
}

fn briefing(table: &Table) -> Briefing {
    let script = &table.program.script;
    let scenario = &script.scenario;
    let mut text = scenario
        .briefing
        .as_ref()
        .map_or_else(String::new, |text| text.text.value.clone());
    if let Some(so_far) = script.cut.and_then(|cut| scenario.cuts[cut].text.as_ref()) {
        text = format!("{}\n\n{}", text.trim_end(), so_far.text.value);
    }
    let brief = |role: &crate::scenario::Role| {
        let brief = role
            .brief
            .as_ref()
            .map_or_else(String::new, |brief| brief.text.value.clone());
        RoleBrief {
            id: role.id.value.clone(),
            title: role.title.value.clone(),
            brief,
        }
    };
    Briefing {
        title: scenario.title.value.clone(),
        text,
        roles: scenario.roles.iter().map(brief).collect(),
        objectives: scenario
            .objectives
            .iter()
            .map(|it| (it.title.value.clone(), it.worth.value))
            .collect(),
        seed: table.seed,
        history: table.steps.is_some(),
        replay: table.replay,
        follow: false,
        team: String::new(),
        seats: Vec::new(),
    }
}

/// A move by its ids, or the sentence that says which of them is unknown.
fn by_number(program: &Program, wanted: &MoveById) -> Result<Move, String> {
    match wanted {
        MoveById::Wait => Ok(Move::Wait),
        MoveById::Take(name) => program
            .action_named(name)
            .map(Move::Take)
            .ok_or_else(|| format!("There is no action `{name}`.")),
        MoveById::Choose(decision, option) => {
            let id = program
                .decision_named(decision)
                .ok_or_else(|| format!("There is no decision `{decision}`."))?;
            let option = program
                .option_named(id, option)
                .ok_or_else(|| format!("`{decision}` has no option `{option}`."))?;
            Ok(Move::Choose(id, option))
        }
    }
}

/// A move by its ids.
fn by_id(program: &Program, made: Move) -> MoveById {
    match made {
        Move::Wait => MoveById::Wait,
        Move::Take(id) => {
            let course = program.actions[id.index()].course;
            MoveById::Take(program.script.course(course).id.clone())
        }
        Move::Choose(id, option) => {
            let course = program.decisions[id.index()].options[usize::from(option)];
            MoveById::Choose(
                program.script.decision(id).id.clone(),
                program.script.course(course).id.clone(),
            )
        }
    }
}

/// A move in the words in which a face announces it.
fn announced(program: &Program, next: Move) -> String {
    let course = match next {
        Move::Wait => return play::line_of(program, next),
        Move::Take(id) => program.actions[id.index()].course,
        Move::Choose(id, option) => program.decisions[id.index()].options[usize::from(option)],
    };
    let label = &program.script.course(course).label;
    format!("{}: {label}", play::line_of(program, next))
}

/// A move in words. Of an answer to a request for consent it says to what.
fn described(program: &Program, next: Move) -> String {
    let label = |course| program.script.course(course).label.as_str();
    match next {
        Move::Wait => "Wait".into(),
        Move::Take(id) => label(program.actions[id.index()].course).to_owned(),
        Move::Choose(id, option) => {
            let decision = &program.decisions[id.index()];
            let chosen = label(decision.options[usize::from(option)]);
            match decision.consent_to {
                Some(of) => format!("{chosen}: “{}”", label(of)),
                None => chosen.to_owned(),
            }
        }
    }
}
