use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use sandtable::engine;
use sandtable::finding::Sources;
use sandtable::library;
use sandtable::play::{accept, moments, parse, run as played};
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::read::Folder;

use super::hold;

/// What the first line of a text says where it is no play of the starter.
const ADVANCED: &str = "# advanced-2022";

/// Runs a text as a play of a scenario that ships.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let advanced = text.lines().next() == Some(ADVANCED);
    let scenario = if advanced { "advanced-2022" } else { "starter" };
    of(scenario, &text);
}

/// Runs it, and holds that it can be run again and accepted.
fn of(scenario: &'static str, text: &str) {
    let mut sources = Sources::default();
    let file = sources.add("it.play", text);
    let (play, findings) = parse(text, file);
    hold::findings(&findings, &sources);
    let Some(program) = program(scenario, &play.setup()) else {
        return;
    };
    let unknown = play.unknown_setup(&program.script.scenario);
    hold::findings(&unknown, &sources);
    let outcome = played(&program, &play);
    hold::findings(&outcome.findings, &sources);
    assert_eq!(outcome.findings.len(), outcome.failures.len());
    let points: i64 = outcome.points.iter().sum();
    assert_eq!(points, outcome.total);
    for number in 0..outcome.findings.len().min(3) {
        for line in moments(&program, &play, &outcome, number) {
            hold::harmless(&line);
        }
    }
    // The same moves under the same luck.
    let mut luck = outcome.luck.clone();
    let mut events = Vec::new();
    let mut state = engine::start(&program, &mut luck, &mut events);
    for made in &outcome.moves {
        engine::step(&program, &mut state, *made, &mut luck, &mut events).expect("it was made");
    }
    assert!(state == outcome.state && events == outcome.events);
    // What was found instead is what then holds, and nothing else changes.
    let (written, accepted) = accept(text, &play, &outcome);
    assert_eq!(accepted.is_empty(), written == text);
    let mut sources = Sources::default();
    let file = sources.add("it.play", &written);
    let (again, more) = parse(&written, file);
    assert_eq!(more.len(), findings.len());
    let again = played(&program, &again);
    let (before, after) = (outcome.findings.len(), again.findings.len());
    assert_eq!(before - accepted.len(), after, "{written}");
}

/// The program of a scenario that ships; none where it has no such variant or cut.
fn program(scenario: &'static str, setup: &ProgramSetup) -> Option<Arc<Program>> {
    type Programs = BTreeMap<(&'static str, String), Arc<Program>>;
    thread_local! {
        static FOLDERS: RefCell<BTreeMap<&'static str, Folder>> = const { RefCell::new(BTreeMap::new()) };
        static PROGRAMS: RefCell<Programs> = const { RefCell::new(BTreeMap::new()) };
    }
    let key = (scenario, format!("{setup:?}"));
    if let Some(known) = PROGRAMS.with_borrow(|it| it.get(&key).cloned()) {
        return Some(known);
    }
    let folder = FOLDERS.with_borrow_mut(|all| {
        let folder = all
            .entry(scenario)
            .or_insert_with(|| library::find(scenario).expect("it ships").folder);
        folder.clone()
    });
    let program = library::load(&folder, setup).ok()?.program;
    PROGRAMS.with_borrow_mut(|it| it.insert(key, Arc::clone(&program)));
    Some(program)
}
