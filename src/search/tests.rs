//! What the search finds is what going through every exercise one by one finds.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::engine::luck::Luck;
use crate::engine::{self, Move, State, restart, step};
use crate::program::compile::tests::{compiled, written};
use crate::program::ids::{ChanceId, ObjectiveId, PhaseId};
use crate::program::{Chance, Program, ProgramSetup};
use crate::search::branches::Branches;
use crate::search::evidence::ForcedRoll;
use crate::search::notes::Notes;
use crate::search::policy::{BestPolicy, Policy, mean, thoughtless};
use crate::search::random::{RandomPlayer, StateObserver};
use crate::search::sample::sample;
use crate::search::worth::Worth;
use crate::search::{Budget, Exploration, Solver, explore};

const RICH: &str = include_str!("../engine/tests/rich.yaml");

const STARTER: &str = include_str!("../../scenarios/starter/scenario.yaml");

/// What is under way, pending or written in one phase and matters in a later one; what nothing reads any more; a value
/// that the beginning of a phase overwrites.
const LATER: &str = "
lasts: 8h
values:
  crews: {min: 0, max: 2, initial: 2}
  noise: {min: 0, max: 9, initial: 0, saturates: true}
  early: {min: 0, max: 9, initial: 0, saturates: true}
  fresh: false
  depth: {min: 0, max: 40, initial: 0, saturates: true, grows: [{add: 5, every: 1h, when: fresh}, {add: noise, every: 2h}]}
actions:
  dig: {label: Dig, repeats: 2, in: [one, two], needs: crews >= 1, uses: {crews: 1}, takes: 100m, do: [early += 1], then: [{chance: deep, outcomes: [{odds: 1, do: [noise += 2], score: {points: 1}, because: Deep.}, {odds: 3, do: [fresh = !fresh]}]}]}
phases:
  one:
    title: One
    begins: [{after: 150m, when: early >= 1, do: [noise += 1], score: {points: 2}, because: Late.}]
    injects:
      first: {at: 10m, MSG, asks: {ASK, within: 40m, default: no, options: {no: {label: No, do: [early += 2]}, yes: {label: Yes, takes: 2h, do: [fresh = true], then: [{score: {points: 3}, because: Yes.}]}}}}
    ends: [{at: 90m, to: two}]
    bands: {depth: 10}
  two:
    title: Two
    begins: [{do: [fresh = true, early = 1]}]
    injects:
      deep: {when: depth >= 12, MSG, asks: {ASK, default: stay, options: {stay: {label: Stay}, go: {label: Go, needs: early >= 1, score: {points: -1}, because: Gone.}}}}
      again: {at: 30m, repeats: 3, every: 1h, when: noise >= 1, MSG, do: [noise -= 1]}
    ends: [{when: depth >= 20, to: endex}, {at: 5h, to: endex}]
endex: [{when: noise >= 1, score: {points: -2}, because: Noise.}, {when: chosen.first == yes && early >= 1, score: {points: 1}, because: Both.}]
";

fn programs() -> Vec<(&'static str, Program)> {
    let program = |text: &str| {
        let (program, findings) = compiled(text, &ProgramSetup::default());
        program.unwrap_or_else(|| panic!("{findings:?}"))
    };
    // The whole of the rich one has too many states for going through them one by one.
    let kept = RICH.lines().filter(|line| {
        let left_out = ["  nudge:", "  calm:"];
        !left_out.iter().any(|name| line.starts_with(name))
    });
    let short = kept.collect::<Vec<_>>().join("\n");
    let short = written(
        &short
            .replace("lasts: 16h", "lasts: 60m")
            .replace("at: 2022-08-03 01:00, to: two", "at: 30m, to: two")
            .replace("at: 2022-08-02 21:30", "at: 5m"),
    );
    vec![
        ("starter", program(STARTER)),
        ("later", program(&written(LATER))),
        ("rich", program(&short)),
    ]
}

fn budget(threads: usize) -> Budget {
    Budget {
        threads,
        ..Budget::default()
    }
}

fn explored(program: &Program, budget: Budget) -> Exploration {
    let mut solver = Solver::new(program, None);
    explore(&mut solver, budget, &mut |_| ControlFlow::Continue(()))
}

/// Worths by going through every state, as the engine has it: no bit is left out, nothing is packed.
struct Naive<'p> {
    program: &'p Program,
    known: BTreeMap<Vec<u64>, Worth>,
}

impl<'p> Naive<'p> {
    fn new(program: &'p Program) -> Self {
        let known = BTreeMap::new();
        Self { program, known }
    }

    fn startex(&mut self) -> Worth {
        let (mut branches, mut sum) = (Branches::default(), Worth::default());
        (sum.moves, sum.endex) = ((u16::MAX, 0), (u32::MAX, 0));
        loop {
            let mut notes = Notes::counting(self.program, None);
            let state = engine::start(self.program, &mut branches, &mut notes);
            let worth = self.worth(&state);
            add(&mut sum, branches.odds(), notes.points, worth);
            if !branches.turn() {
                return sum;
            }
        }
    }

    fn worth(&mut self, state: &State) -> Worth {
        if state.ended(self.program).is_some() {
            let now = state.now(self.program) as u32;
            return Worth {
                endex: (now, now),
                ..Worth::default()
            };
        }
        if let Some(known) = self.known.get(state.words()) {
            return *known;
        }
        let mut moves = Vec::new();
        engine::moves(self.program, state, &mut moves);
        let mut worth = Worth {
            best: f64::NEG_INFINITY,
            worst: f64::INFINITY,
            moves: (u16::MAX, 0),
            endex: (u32::MAX, 0),
            ..Worth::default()
        };
        for made in &moves {
            let of = self.of_move(state, *made);
            worth.best = worth.best.max(of.best);
            worth.worst = worth.worst.min(of.worst);
            worth.random += of.random / moves.len() as f64;
            worth.moves = (
                worth.moves.0.min(of.moves.0 + 1),
                worth.moves.1.max(of.moves.1 + 1),
            );
            worth.endex = (worth.endex.0.min(of.endex.0), worth.endex.1.max(of.endex.1));
        }
        self.known.insert(state.words().to_vec(), worth);
        worth
    }

    fn of_move(&mut self, state: &State, made: Move) -> Worth {
        let (mut branches, mut sum) = (Branches::default(), Worth::default());
        (sum.moves, sum.endex) = ((u16::MAX, 0), (u32::MAX, 0));
        loop {
            let (mut next, mut notes) = (state.clone(), Notes::counting(self.program, None));
            let stepped = engine::step(self.program, &mut next, made, &mut branches, &mut notes);
            stepped.expect("only legal moves are made");
            let odds = branches.odds();
            let worth = self.worth(&next);
            add(&mut sum, odds, notes.points, worth);
            if !branches.turn() {
                return sum;
            }
        }
    }
}

fn add(sum: &mut Worth, odds: f64, points: i64, to: Worth) {
    let points = points as f64;
    sum.best += odds * (points + to.best);
    sum.worst += odds * (points + to.worst);
    sum.random += odds * (points + to.random);
    sum.moves = (sum.moves.0.min(to.moves.0), sum.moves.1.max(to.moves.1));
    sum.endex = (sum.endex.0.min(to.endex.0), sum.endex.1.max(to.endex.1));
}

fn assert_close(name: &str, what: &str, one: f64, other: f64) {
    assert!(
        (one - other).abs() < 1e-9,
        "{name}: {what}: {one} and {other}"
    );
}

#[test]
fn a_state_is_worth_what_going_through_everything_says() {
    for (name, program) in programs() {
        let mut naive = Naive::new(&program);
        let wanted = naive.startex();
        let mut solver = Solver::new(&program, None);
        let found = explore(&mut solver, budget(1), &mut |_| ControlFlow::Continue(()));
        let worth = found.worth.expect("it fits the budget");
        for (what, one, other) in [
            ("best", worth.best, wanted.best),
            ("worst", worth.worst, wanted.worst),
            ("random", worth.random, wanted.random),
        ] {
            assert_close(name, what, one, other);
        }
        assert_eq!(
            (worth.moves, worth.endex),
            (wanted.moves, wanted.endex),
            "{name}"
        );
        for (words, wanted) in &naive.known {
            let state = State::from_words(&program, words);
            let worth = solver.solved(&state).expect("everything was solved");
            assert_close(name, "best of a state", worth.best, wanted.best);
            assert_close(name, "worst of a state", worth.worst, wanted.worst);
        }
        let states: usize = found.phases.iter().map(|it| it.states).sum();
        assert!(
            states <= naive.known.len(),
            "{name}: states are merged, never split"
        );
    }
}

#[test]
fn what_is_found_does_not_depend_on_the_threads() {
    for (name, program) in programs() {
        let alone = explored(&program, budget(1));
        for threads in [2, 3, 4] {
            let found = explored(&program, budget(threads));
            assert_eq!(found.worth, alone.worth, "{name} with {threads}");
            assert_eq!(found.hits, alone.hits, "{name} with {threads}");
            assert_eq!(found.endings, alone.endings, "{name} with {threads}");
            assert_eq!(found.verdicts, alone.verdicts, "{name} with {threads}");
            let counts = |it: &Exploration| {
                let phases = it.phases.iter();
                phases
                    .map(|it| {
                        (
                            it.phase,
                            it.entering,
                            it.states,
                            it.steps,
                            it.factors.clone(),
                        )
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(counts(&found), counts(&alone), "{name} with {threads}");
        }
    }
}

#[test]
fn beyond_the_budget_there_are_bounds_and_they_hold() {
    for (name, program) in programs() {
        let whole = explored(&program, budget(1))
            .worth
            .expect("it fits the budget");
        for states_max in [0, 1, 10, 50, 100, 1_000] {
            let budget = Budget {
                threads: 2,
                states_max,
            };
            let found = explored(&program, budget);
            match found.bounds {
                None => assert_eq!(found.worth, Some(whole), "{name} with {states_max}"),
                Some(bounds) => {
                    assert_eq!(found.worth, None, "{name} with {states_max}");
                    assert!(
                        bounds.least <= whole.best && whole.best <= bounds.most,
                        "{name} with {states_max}: {} is not within {bounds:?}",
                        whole.best
                    );
                    assert_eq!(explored(&program, budget).bounds, Some(bounds), "{name}");
                }
            }
        }
    }
}

#[test]
fn what_is_seen_within_a_budget_does_not_depend_on_the_threads() {
    let counts = |it: &Exploration| {
        let phases = it.phases.iter();
        let of = |it: &super::PhaseCount| (it.phase, it.states, it.steps, it.factors.clone());
        phases.map(of).collect::<Vec<_>>()
    };
    for (name, program) in programs() {
        let all: usize = explored(&program, budget(1))
            .phases
            .iter()
            .map(|it| it.states)
            .sum();
        for states_max in [all / 2, all - 1] {
            let within = |threads| Budget {
                threads,
                states_max,
            };
            let alone = explored(&program, within(1));
            assert_eq!(alone.worth, None, "{name}");
            // Threads look at what the others found now and then, so a small graph may be seen whole by chance.
            for threads in [2, 3, 2, 3, 2, 3] {
                let found = explored(&program, within(threads));
                let told = format!("{name} with {threads} threads and {states_max} states");
                assert_eq!(found.worth, None, "{told}");
                assert_eq!(found.bounds, alone.bounds, "{told}");
                assert_eq!(counts(&found), counts(&alone), "{told}");
                assert_eq!(found.hits, alone.hits, "{told}");
            }
        }
    }
}

/// Notes an exercise: each move with where it led, and how its rolls fell.
#[derive(Default)]
struct StepLog {
    outcomes: Vec<usize>,
    steps: Vec<(Option<Move>, Vec<usize>, Vec<u64>)>,
}

impl StateObserver for StepLog {
    fn rolled(&mut self, roll: ForcedRoll) {
        self.outcomes.push(roll.outcome);
    }

    fn after(&mut self, made: Option<Move>, words: &[u64]) {
        let outcomes = std::mem::take(&mut self.outcomes);
        self.steps.push((made, outcomes, words.to_vec()));
    }
}

/// Luck that falls as it fell.
struct LoggedLuck(std::vec::IntoIter<usize>);

impl Luck for LoggedLuck {
    fn roll(&mut self, _id: ChanceId, _chance: &Chance) -> usize {
        self.0.next().expect("it was rolled")
    }
}

#[test]
fn many_moves_in_one_run_lead_where_single_steps_do() {
    for (name, program) in programs() {
        let mut player = RandomPlayer::new(&program, 0);
        let mut state = State::from_words(&program, &program.initial);
        for seed in 0..200 {
            player.reseed(seed);
            let mut noted = StepLog::default();
            player.play_with(&mut (), &mut noted);
            for (number, (made, outcomes, words)) in noted.steps.into_iter().enumerate() {
                let luck = &mut LoggedLuck(outcomes.into_iter());
                match made {
                    None => restart(&program, &mut state, luck, &mut ()),
                    Some(made) => {
                        // Nothing but the words goes over from one step to the next.
                        state = State::from_words(&program, state.words());
                        step(&program, &mut state, made, luck, &mut ()).expect("it was made");
                    }
                }
                assert_eq!(state.words(), words, "{name}, seed {seed}, move {number}");
                assert_eq!(luck.0.len(), 0, "{name}, seed {seed}, move {number}");
            }
            assert!(state.ended(&program).is_some());
        }
    }
}

#[test]
fn who_stops_it_gets_what_is_known_and_no_bounds() {
    // Far too large to be explored in the time of a test.
    let text = written(&RICH.replace("lasts: 16h", "lasts: 9h"));
    let (program, _) = compiled(&text, &ProgramSetup::default());
    let program = program.expect("it is sound");
    let mut solver = Solver::new(&program, None);
    let mut told = 0;
    let found = explore(&mut solver, budget(2), &mut |now| {
        told = now.states;
        ControlFlow::Break(())
    });
    assert!(told > 0 && solver.walk().interrupted());
    assert_eq!((found.worth, found.bounds), (None, None));
    assert!(found.phases.iter().map(|it| it.states).sum::<usize>() > 0);
}

#[test]
fn every_way_to_play_scores_what_many_exercises_say() {
    for (name, program) in programs() {
        let mut solver = Solver::new(&program, None);
        let found = explore(&mut solver, budget(1), &mut |_| ControlFlow::Continue(()));
        let worth = found.worth.expect("it fits the budget");
        let of = |policy: &dyn Policy, objective| {
            mean(&program, policy, objective, budget(1), &mut |_| {
                ControlFlow::Continue(())
            })
            .expect("it fits the budget")
        };
        assert_close(name, "best", of(&BestPolicy(&solver), None), worth.best);
        let objectives = 0..program.script.scenario.objectives.len();
        let objectives: f64 = objectives
            .map(|it| of(&BestPolicy(&solver), Some(ObjectiveId::at(it))))
            .sum();
        assert_close(name, "the sum of objectives", objectives, worth.best);
        for player in thoughtless(&program) {
            let mean = of(&*player.policy, None);
            assert!(
                worth.worst - 1e-9 <= mean && mean <= worth.best + 1e-9,
                "{name}: {player:?} scores {mean}"
            );
        }
        let plays = sample(&program, &[], 20_000, 7, 2, &mut |_| {
            ControlFlow::Continue(())
        });
        // Five times as far as 99 of 100 means lie.
        assert!(
            (plays.mean() - worth.random).abs() <= 5.0 * plays.within() + 1e-9,
            "{name}: {} ± {} and {}",
            plays.mean(),
            plays.within(),
            worth.random
        );
    }
}

#[test]
fn random_exercises_do_not_depend_on_the_threads() {
    for (name, program) in programs() {
        let of = |threads, seed| {
            sample(&program, &program.rules, 2_500, seed, threads, &mut |_| {
                ControlFlow::Continue(())
            })
        };
        let alone = of(1, 7);
        assert_eq!(alone.plays, 2_500);
        assert_eq!(of(2, 7), alone, "{name}");
        assert_eq!(of(3, 7), alone, "{name}");
        assert_ne!(of(1, 8).scores, alone.scores, "{name}: another seed");
    }
}

#[test]
fn what_a_phase_cannot_read_is_not_live_in_it() {
    let (program, findings) = compiled(&written(LATER), &ProgramSetup::default());
    let program = program.unwrap_or_else(|| panic!("{findings:?}"));
    let live = crate::program::live::live(&program, &[], &[]);
    let lives = |value: &str, phase: usize| {
        let value = program.value_named(value).expect("it is there");
        let (word, mask, _) = program.values[value.index()].slot.pattern(0);
        live[PhaseId::at(phase).index()][usize::from(word)] & mask != 0
    };
    let cases = [
        // The beginning of the second phase overwrites both, but what began earlier reads one of them.
        ("early", 0, true),
        ("early", 1, true),
        ("fresh", 0, true),
        ("fresh", 1, true),
        ("noise", 0, true),
        ("depth", 0, true),
        ("crews", 1, true),
    ];
    for (value, phase, wanted) in cases {
        assert_eq!(lives(value, phase), wanted, "{value} in phase {phase}");
    }
}

#[test]
fn states_that_are_longer_packed_than_they_were_are_explored_as_well() {
    // Minutes of eight hours take nine bits in a state, and half a word where it is packed.
    let after = |number: usize| format!("{{after: {}m, do: [noise += 1]}}", number % 400 + 1);
    let begins: Vec<String> = (0..2_400).map(after).collect();
    let text = format!(
        "
lasts: 8h
values:
  noise: {{min: 0, max: 9, initial: 0, saturates: true}}
phases:
  one: {{title: One, begins: [{}], ends: [{{at: 7h, to: endex}}]}}
endex: [{{when: noise >= 9, score: {{points: 1}}, because: Noise.}}]
",
        begins.join(", ")
    );
    let (program, findings) = compiled(&written(&text), &ProgramSetup::default());
    let program = program.unwrap_or_else(|| panic!("{findings:?}"));
    let exploration = explored(&program, budget(1));
    assert_eq!(exploration.worth.map(|worth| worth.best), Some(1.0));
}
