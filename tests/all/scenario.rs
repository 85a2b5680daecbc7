//! The scenarios in the binary, compared with what they promise and with the record.

use std::collections::BTreeSet;
use std::sync::Arc;

use sandtable::check;
use sandtable::engine::look::Viewer;
use sandtable::engine::{Move, State};
use sandtable::exercise::Exercise;
use sandtable::finding::Sources;
use sandtable::library::{self, ScenarioFiles};
use sandtable::play::{self, PlayOutcome};
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::Scenario;
use sandtable::search::random::RandomPlayer;

const ADVANCED: &str = "advanced-2022";

/// Random exercises of each variant and cut.
const EXERCISES: usize = 1_000;

fn found(id: &str) -> ScenarioFiles {
    library::find(id).expect("it is in the binary")
}

fn program(id: &str, setup: &ProgramSetup) -> Arc<Program> {
    let loaded = library::load(&found(id).folder, setup);
    let loaded =
        loaded.unwrap_or_else(|rejected| panic!("{id} {setup:?}: {:?}", rejected.findings));
    assert!(loaded.warnings.is_empty(), "{id} {setup:?}");
    loaded.program
}

/// Every play beside a scenario, with what came of it.
fn played(id: &str) -> Vec<(String, Arc<Program>, PlayOutcome)> {
    let plays = found(id).plays.into_iter().map(|text| {
        let mut sources = Sources::default();
        let (play, findings) = play::parse(&text.text, sources.add(&text.path, &text.text));
        assert!(findings.is_empty(), "{}", text.path);
        let program = program(id, &play.setup());
        let outcome = play::run(&program, &play);
        assert!(outcome.findings.is_empty(), "{}", text.path);
        (text.name, program, outcome)
    });
    plays.collect()
}

/// The name of the ending that a state has come to.
fn ending(program: &Program, state: &State) -> String {
    let ending = state.ended(program).expect("ENDEX has come");
    program.script.scenario.endings[usize::from(ending.0)]
        .id
        .value
        .clone()
}

fn scenario(program: &Program) -> &Scenario {
    &program.script.scenario
}

/// Every way to set a scenario up: no variant or one, no cut or one.
fn setups(id: &str) -> Vec<ProgramSetup> {
    let whole = program(id, &ProgramSetup::default());
    let variants = scenario(&whole)
        .variants
        .iter()
        .map(|it| it.id.value.clone());
    let cuts = scenario(&whole).cuts.iter().map(|it| it.id.value.clone());
    let cuts: Vec<Option<String>> = [None].into_iter().chain(cuts.map(Some)).collect();
    [None]
        .into_iter()
        .chain(variants.map(Some))
        .flat_map(|variant| {
            cuts.iter().map(move |cut| ProgramSetup {
                variant: variant.clone(),
                cut: cut.clone(),
            })
        })
        .collect()
}

#[test]
fn the_record_ends_as_the_record_says() {
    let plays = played(ADVANCED);
    let (_, program, outcome) = plays
        .iter()
        .find(|(name, ..)| name == "history")
        .expect("what really happened is a play");
    let value = |name: &str| {
        let id = program.value_named(name).expect("it is a value");
        outcome.state.value(program, id)
    };
    // £6.09m proposed (I-01), a fifth off what was left for settling (I-09), 79,404 people (D-01).
    assert_eq!(value("penalty"), 3_076_320);
    assert_eq!(value("proposed") * 4, value("penalty") * 5);
    assert_eq!(value("people"), 79_404);
    assert_eq!(ending(program, &outcome.state), "as_history");
    // ENDEX is on 27 March 2025, when the penalty had been announced (I-02).
    let end = sandtable::engine::look::stamp(program, outcome.state.now(program));
    assert_eq!(end.date, "Thu 27 Mar 2025");
}

#[test]
fn the_incident_is_as_large_as_it_says() {
    let program = program(ADVANCED, &ProgramSetup::default());
    let scenario = scenario(&program);
    let phases = scenario.phases.iter().map(|it| it.id.value.as_str());
    let phases: Vec<&str> = phases.collect();
    assert_eq!(phases, ["access", "encryption", "outage", "inquiry"]);
    let injects: Vec<_> = scenario.phases.iter().flat_map(|it| &it.injects).collect();
    let messages: Vec<_> = injects
        .iter()
        .filter_map(|it| it.message.as_ref())
        .collect();
    let decisions = injects.iter().filter_map(|it| it.asks.as_ref());
    assert!(decisions.count() >= 14);
    assert!(scenario.actions.len() >= 6);
    assert!(messages.len() >= 40, "{}", messages.len());
    for message in messages {
        assert!(!message.text.text.value.trim().is_empty());
        assert!(!message.by.value.is_empty() && !message.title.value.is_empty());
    }
    assert!(scenario.record.entries.len() >= 40);
}

#[test]
fn the_seven_products_stand_on_the_board() {
    let exercise = Exercise::begin(
        program(
            ADVANCED,
            &ProgramSetup {
                cut: Some("first_hours".to_owned()),
                ..ProgramSetup::default()
            },
        ),
        7,
    );
    let board = exercise.view(&Viewer::all(exercise.program())).board;
    for product in [
        "Adastra",
        "Carenotes",
        "Caresys",
        "Staffplan",
        "Odyssey",
        "Crosscare",
        "eFinancials",
    ] {
        assert!(board.iter().any(|it| it.title == product), "{product}");
    }
}

#[test]
fn no_scenario_has_findings() {
    let ids = library::embedded();
    assert!(ids.contains(&ADVANCED) && ids.contains(&"starter"));
    for id in ids {
        let (findings, sources) = check::check(&found(id).folder);
        let findings: Vec<String> = findings.iter().map(|it| it.short(&sources)).collect();
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

#[test]
fn every_setup_compiles_and_random_play_of_it_ends() {
    for id in library::embedded() {
        let mut endings = BTreeSet::new();
        for (name, program, outcome) in played(id) {
            assert!(outcome.state.ended(&program).is_some(), "{name}");
            endings.insert(ending(&program, &outcome.state));
        }
        let setups = setups(id);
        assert!(setups.len() >= 4, "{id}");
        for (seed, setup) in setups.iter().enumerate() {
            let program = program(id, setup);
            let mut player = RandomPlayer::new(&program, seed as u64);
            let mut longest = 0;
            for _ in 0..EXERCISES {
                longest = longest.max(player.play(&mut ()));
                endings.insert(ending(&program, player.state()));
                assert!(player.state().now(&program) <= program.lasts);
            }
            assert!(longest > 1, "{id} {setup:?}: nothing can be done");
        }
        let whole = program(id, &ProgramSetup::default());
        for ending in &scenario(&whole).endings {
            let name = &ending.id.value;
            assert!(endings.contains(name), "{id}: nothing ends with {name}");
        }
    }
}

#[test]
fn whoever_only_waits_comes_to_the_end_of_every_setup() {
    for id in library::embedded() {
        for setup in setups(id) {
            let mut exercise = Exercise::begin(program(id, &setup), 7);
            let mut waits = 0;
            while !exercise.is_over() {
                exercise
                    .make(Move::Wait)
                    .expect("waiting is always possible");
                waits += 1;
                assert!(waits < 1_000, "{id} {setup:?}");
            }
        }
    }
}
