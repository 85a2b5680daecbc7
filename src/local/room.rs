//! The room on this machine: it answers a face from the library and from an exercise of its own.
//!
//! The journal and the other seats will stand between this and the exercise.

use std::sync::Arc;

use crate::engine::Move;
use crate::engine::look::Seat;
use crate::engine::luck::Keyed;
use crate::exercise::Exercise;
use crate::finding::Sources;
use crate::front::{Briefing, MoveById, Msg, Offer, Request, Room, Setup};
use crate::library;
use crate::local::line;
use crate::play;
use crate::program::Program;
use crate::review;
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
    table: Option<Table>,
}

/// What lies on the table: a program, and an exercise of it once it has begun.
struct Table {
    program: Arc<Program>,
    seed: u64,
    luck: Keyed,
    /// In history: the moves that were made.
    steps: Option<Vec<Move>>,
    exercise: Option<Exercise>,
}

impl LocalRoom {
    /// A room that offers some scenarios, by name or path.
    #[must_use]
    pub fn new(offered: Vec<String>, draw_seed: fn() -> u64) -> Self {
        Self {
            offered,
            draw_seed,
            table: None,
        }
    }

    /// The exercise that is being played.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.table.as_ref()?.exercise.as_ref()
    }

    fn open(&mut self, setup: &Setup) -> Vec<Msg> {
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
            exercise: None,
        })
    }

    fn begin(&mut self) -> Vec<Msg> {
        let Some(table) = &mut self.table else {
            return Vec::new();
        };
        let exercise =
            Exercise::begin_with(Arc::clone(&table.program), table.seed, table.luck.clone());
        table.exercise = Some(exercise);
        self.told()
    }

    fn make(&mut self, wanted: &MoveById) -> Vec<Msg> {
        let Some(exercise) = self
            .table
            .as_mut()
            .and_then(|table| table.exercise.as_mut())
        else {
            return Vec::new();
        };
        let result = match by_number(exercise.program(), wanted) {
            Ok(wanted) => exercise
                .submit(wanted)
                .map_err(|refusal| refusal.sentence(exercise.program())),
            Err(why) => Err(why),
        };
        match result {
            Ok(()) => self.told(),
            Err(why) => vec![Msg::Refused(why)],
        }
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
        let refused = line::walk(exercise, line, |exercise| {
            told.extend(told_of(exercise));
        });
        told.extend(refused.into_iter().map(Msg::Refused));
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
        match exercise.submit(next) {
            Ok(()) => self.told(),
            Err(refusal) => vec![Msg::Refused(refusal.sentence(exercise.program()))],
        }
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
            Request::Stop => self
                .exercise()
                .map(|exercise| Msg::Account(account(exercise)))
                .into_iter()
                .collect(),
            Request::Home => {
                self.table = None;
                vec![Msg::Offers(
                    self.offered.iter().filter_map(|name| offer(name)).collect(),
                )]
            }
            Request::Quit => Vec::new(),
        }
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
        (role.title.value.clone(), brief)
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
