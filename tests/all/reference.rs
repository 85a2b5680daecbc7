//! The reference scenario, interpreted and written by hand: both play the same exercises and reach the same states.

use std::ops::ControlFlow;
use std::sync::Arc;

use sandtable::engine::luck::{Luck, Stream};
use sandtable::engine::{self, Event, Move, State};
use sandtable::program::ids::{ActionId, ChanceId, DecisionId, PhaseId, ValueId};
use sandtable::program::{Chance, Program, ProgramSetup, compile};
use sandtable::scenario::Minutes;
use sandtable::scenario::read::{Folder, read};
use sandtable::search::{Budget, Solver};

#[path = "../../benches/reference/twin.rs"]
#[allow(dead_code, reason = "the benchmarks use the rest")]
mod twin;

const SCENARIO: &str = include_str!("../../benches/reference/scenario.yaml");

/// Exercises that are compared.
const EXERCISES: u64 = 3_000;

fn reference() -> Program {
    let folder = Folder::single("scenario.yaml", SCENARIO.as_bytes().to_vec());
    let (scenario, _, _) = read(&folder);
    let scenario = scenario.expect("the reference can be read");
    let (program, _) = compile(&Arc::new(scenario), &ProgramSetup::default());
    program.expect("the reference compiles")
}

/// The same numbers for both.
struct Both(Stream);

impl Luck for Both {
    fn roll(&mut self, _id: ChanceId, chance: &Chance) -> usize {
        usize::from(!twin::Luck::first(self, chance.odds[0]))
    }
}

impl twin::Luck for Both {
    fn first(&mut self, odds: u32) -> bool {
        self.0.below(100) < u64::from(odds)
    }
}

/// Numbers of the program by the twin's names.
struct Names {
    decisions: Vec<DecisionId>,
    actions: Vec<ActionId>,
    values: [ValueId; 7],
}

impl Names {
    fn new(program: &Program) -> Self {
        let decision = |name: &&str| program.decision_named(name).expect("a decision");
        let action = |name: &&str| program.action_named(name).expect("an action");
        let value = |name: &str| program.value_named(name).expect("a value");
        Self {
            decisions: twin::NAMES.iter().map(decision).collect(),
            actions: twin::ACTIONS.iter().map(action).collect(),
            values: [
                "crews", "intruder", "network", "told", "copied", "trust", "backlog",
            ]
            .map(value),
        }
    }

    fn of(&self, made: twin::Move) -> Move {
        match made {
            twin::Move::Choose(decision, option) => {
                Move::Choose(self.decisions[usize::from(decision)], option)
            }
            twin::Move::Take(action) => Move::Take(self.actions[usize::from(action)]),
            twin::Move::Wait => Move::Wait,
        }
    }

    /// Everything that can be seen of the engine's state beside its moves.
    fn seen(&self, program: &Program, state: &State) -> (Vec<i64>, Vec<bool>) {
        let ending = state.ended(program).map_or(0, |it| it.index() as i64 + 1);
        let mut seen = vec![
            state.now(program),
            state.phase(program).index() as i64,
            ending,
        ];
        seen.extend(self.values.map(|id| state.value(program, id)));
        let open = self.decisions.iter().map(|id| state.is_open(program, *id));
        (seen, open.collect())
    }
}

/// The same of the twin's.
fn seen(state: &twin::State) -> (Vec<i64>, Vec<bool>) {
    let numbers = vec![
        i64::from(state.now),
        i64::from(state.phase),
        i64::from(state.ending),
        i64::from(state.crews),
        i64::from(state.intruder),
        i64::from(state.network),
        i64::from(state.told),
        i64::from(state.copied),
        i64::from(state.trust),
        i64::from(state.backlog / twin::PER),
    ];
    let open = (0..twin::NAMES.len()).map(|it| state.is_open(it));
    (numbers, open.collect())
}

fn points(events: &[(Minutes, Event)]) -> twin::Points {
    let mut sums = twin::Points::default();
    for (_, event) in events {
        if let Event::Scored {
            objective, points, ..
        } = event
        {
            sums[objective.index()] += *points as i32;
        }
    }
    sums
}

#[test]
fn the_engine_and_the_twin_play_the_same_exercises() {
    let program = reference();
    let names = Names::new(&program);
    let (mut legal, mut by_hand) = (Vec::new(), Vec::new());
    for seed in 0..EXERCISES {
        let (mut luck, mut luck_by_hand) = (Both(Stream(seed)), Both(Stream(seed)));
        let mut choices = Stream(seed + 1_000_000);
        let (mut events, mut scored) = (Vec::new(), twin::Points::default());
        let mut state = engine::start(&program, &mut luck, &mut events);
        let mut twin = twin::start(&mut luck_by_hand, &mut scored);
        loop {
            assert_eq!(names.seen(&program, &state), seen(&twin), "exercise {seed}");
            assert_eq!(points(&events), scored, "exercise {seed}");
            engine::moves(&program, &state, &mut legal);
            twin::moves(&twin, &mut by_hand);
            let wanted: Vec<Move> = by_hand.iter().map(|made| names.of(*made)).collect();
            assert_eq!(legal, wanted, "exercise {seed}, minute {}", twin.now);
            if legal.is_empty() {
                break;
            }
            let drawn = choices.below(legal.len() as u64) as usize;
            engine::step(&program, &mut state, legal[drawn], &mut luck, &mut events)
                .expect("the move is legal");
            twin::step(&mut twin, by_hand[drawn], &mut luck_by_hand, &mut scored);
        }
    }
}

#[test]
fn the_engine_and_the_twin_reach_as_many_states_and_find_the_same_worth() {
    let program = reference();
    let mut solver = Solver::new(&program, None);
    let found = solver.startex(Budget::default(), &mut |_| ControlFlow::Continue(()));
    let worth = found.value.expect("the budget is enough");
    let phases = (0..program.phases.len()).map(PhaseId::at);
    let states: usize = phases.map(|it| solver.walk().table(it).len()).sum();
    let (by_hand, [best, worst, random]) = twin::search::solve();
    assert_eq!(states, by_hand);
    assert_eq!(states, twin::search::explore());
    for (ours, theirs) in [
        (worth.best, best),
        (worth.worst, worst),
        (worth.random, random),
    ] {
        assert!((ours - theirs).abs() < 1e-9, "{ours} is not {theirs}");
    }
}
