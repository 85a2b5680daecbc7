//! What holds in every exercise, over random legal play.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::RngSeed;

use super::program;
use crate::engine::luck::{Keyed, Stream};
use crate::engine::{self, Event, Move, State, agenda};
use crate::program::Program;
use crate::program::ids::{ActionId, DecisionId};
use crate::scenario::Minutes;

const RICH: &str = include_str!("rich.yaml");

/// A second one: short deadlines, silent changes, chance that brings injects.
const BUSY: &str = "
lasts: 6h
values:
  a: {min: 0, max: 7, initial: 3}
  b: {min: -9, max: 9, initial: 0, saturates: true, grows: [{add: a - 3, every: 10m}, {add: 1, every: 4m, when: on}]}
  on: false
actions:
  roll: {label: Roll, repeats: 5, takes: 10m, then: [{chance: c, outcomes: [{odds: 1, do: [a += 1]}, {odds: 1, do: [a -= 1]}, {odds: 1, do: [on = !on]}]}]}
  slow: {label: Slow, repeats: 2, takes: 2h, uses: {a: 1}, text: Slow., then: [{after: 20m, inject: ping}]}
phases:
  one:
    title: One
    injects:
      ping: {when: b > 4, repeats: 5, every: 10m, MSG, do: [b -= 3], asks: {ASK, within: 15m, default: x, options: {x: {label: X, do: [a -= 1]}, y: {label: Y, do: [a += 1], takes: 5m}}}}
      pong: {when: b < -4, repeats: 5, every: 10m, MSG, do: [b += 3], chance: d, outcomes: [{odds: 9}, {odds: 1, inject: ping}]}
      even: {when: b == 0 && now() > 30, MSG}
      odd: {when: b != 0, repeats: 3, every: 1h, MSG}
    ends: [{when: a == 7 && b >= 2, to: two}, {at: 4h, to: two}]
    bands: {b: 4}
  two:
    title: Two
    begins: [{do: [on = true], chance: c, outcomes: [{odds: 1}, {odds: 1}, {odds: 1}]}]
    injects: {end: {when: b >= 9, MSG}}
    ends: [{when: since(end) >= 7, to: endex}]
";

/// The scenario that shows every feature once; its texts are its own, so nothing is filled in.
const STARTER: &str = include_str!("../../../scenarios/starter/scenario.yaml");

/// More moves than any of these scenarios holds: each move but a wait is used up, each wait ends at something.
const MOVES_MAX: usize = 400;

fn programs() -> &'static [Program] {
    static PROGRAMS: std::sync::OnceLock<Vec<Program>> = std::sync::OnceLock::new();
    PROGRAMS.get_or_init(|| vec![program(RICH), program(BUSY), program(STARTER)])
}

/// A config whose cases are always the same.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_220_804),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

type Events = Vec<(Minutes, Event)>;

/// Random legal play: what was done, with the state and the events after each move.
fn play(program: &Program, seed: u64) -> Vec<(Move, State, Events)> {
    let mut luck = Keyed::new(seed);
    let mut pick = Stream(seed);
    let mut events = Vec::new();
    let mut state = engine::start(program, &mut luck, &mut events);
    let mut played = vec![(Move::Wait, state.clone(), events)];
    let mut legal = Vec::new();
    loop {
        engine::moves(program, &state, &mut legal);
        let Some(last) = legal.len().checked_sub(1) else {
            return played;
        };
        let chosen = if pick.number().is_multiple_of(2) {
            Move::Wait
        } else {
            legal[pick.number() as usize % (last + 1)]
        };
        let mut events = Vec::new();
        engine::step(program, &mut state, chosen, &mut luck, &mut events).expect("a legal move");
        played.push((chosen, state.clone(), events));
        assert!(played.len() < MOVES_MAX, "an exercise without an end");
    }
}

/// The same moves, with every wait made as pieces that end at random minutes.
fn cut_up(program: &Program, seed: u64, played: &[(Move, State, Events)]) -> Vec<(State, Events)> {
    let mut luck = Keyed::new(seed);
    let mut pick = Stream(!seed);
    let mut events = Vec::new();
    let mut state = engine::start(program, &mut luck, &mut events);
    let mut pieces = vec![(state.clone(), events)];
    for (chosen, after, _) in &played[1..] {
        let mut events = Vec::new();
        if *chosen == Move::Wait {
            let until = after.now(program);
            while state.now(program) < until && state.ended(program).is_none() {
                let to = (state.now(program) + 1 + (pick.number() % 40) as Minutes).min(until);
                engine::advance(program, &mut state, to, &mut luck, &mut events);
            }
        } else {
            engine::step(program, &mut state, *chosen, &mut luck, &mut events)
                .expect("a legal move");
        }
        pieces.push((state.clone(), events));
    }
    pieces
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn however_time_is_cut_the_state_and_the_events_are_the_same(seed in any::<u64>()) {
        for program in programs() {
            let played = play(program, seed);
            for (number, (state, events)) in cut_up(program, seed, &played).into_iter().enumerate() {
                prop_assert_eq!(&events, &played[number].2, "move {}", number);
                prop_assert!(state == played[number].1, "move {}", number);
            }
        }
    }

    #[test]
    fn the_same_moves_give_the_same_exercise_and_every_exercise_ends(seed in any::<u64>()) {
        for program in programs() {
            let (first, second) = (play(program, seed), play(program, seed));
            prop_assert!(first == second);
            let ended = first.last().and_then(|(_, state, _)| state.ended(program));
            prop_assert!(ended.is_some());
        }
    }

    #[test]
    fn values_stay_in_their_bounds_and_words_hold_no_more_than_slots_say(seed in any::<u64>()) {
        for program in programs() {
            for (_, state, events) in play(program, seed) {
                for value in &program.values {
                    let units = value.slot.get(state.words());
                    prop_assert!((value.min * value.per..=value.max * value.per).contains(&units));
                }
                prop_assert!(state.now(program) <= program.lasts);
                prop_assert!(events.is_sorted_by_key(|(at, _)| *at), "time only goes forward");
            }
        }
    }

    #[test]
    fn nothing_that_could_fire_waits_at_rest(seed in any::<u64>()) {
        for program in programs() {
            for (_, state, _) in play(program, seed) {
                prop_assert_eq!(unfired(program, &state), Vec::<String>::new());
            }
            // Also in the middle of a wait.
            let (mut luck, mut to) = (Keyed::new(seed), 0);
            let mut state = engine::start(program, &mut luck, &mut ());
            let mut pick = Stream(seed);
            while state.ended(program).is_none() {
                to += 1 + (pick.number() % 7) as Minutes;
                engine::advance(program, &mut state, to, &mut luck, &mut ());
                prop_assert_eq!(unfired(program, &state), Vec::<String>::new(), "at {}", to);
            }
        }
    }

    #[test]
    fn a_move_is_legal_where_it_can_be_made_and_refused_moves_change_nothing(seed in any::<u64>()) {
        for program in programs() {
            for (_, state, _) in play(program, seed) {
                let mut candidates: Vec<Move> = Vec::new();
                engine::candidates(program, &state, &mut candidates);
                for wanted in every_move(program) {
                    let refusal = engine::refusal(program, &state, wanted);
                    let mut next = state.clone();
                    let mut events = Vec::new();
                    let made = engine::step(program, &mut next, wanted, &mut Stream(seed), &mut events);
                    prop_assert_eq!(made, refusal);
                    prop_assert!(refusal.is_err() || candidates.contains(&wanted));
                    prop_assert!(refusal.is_ok() || next == state && events.is_empty());
                }
            }
        }
    }
}

/// Every move that could ever be named, and some that no program knows.
fn every_move(program: &Program) -> Vec<Move> {
    let decisions = (0..=program.decisions.len()).map(DecisionId::at);
    let options = decisions.flat_map(|id| (0..5).map(move |option| Move::Choose(id, option)));
    let actions = (0..=program.actions.len()).map(|index| Move::Take(ActionId::at(index)));
    options.chain(actions).chain([Move::Wait]).collect()
}

/// Watched injects of the current phase, and its ends, that are true but have not come: tested one by one, without marks.
fn unfired(program: &Program, state: &State) -> Vec<String> {
    if state.ended(program).is_some() {
        return Vec::new();
    }
    let words = state.words();
    let phase = &program.phases[state.phase(program).index()];
    let mut found = Vec::new();
    for watched in &phase.watched {
        let inject = &program.injects[watched.inject.index()];
        let came = inject.came.map_or(0, |slot| slot.get(words));
        let waits = inject
            .again
            .is_some_and(|again| agenda::is_set(program, words, again.due));
        if came < i64::from(inject.repeats)
            && !waits
            && program.operations.holds(watched.when, words)
        {
            found.push(program.script.injects[watched.inject.index()].id.clone());
        }
    }
    let ends = phase.ends.iter().filter(|end| end.at.is_none());
    found.extend(
        ends.filter(|end| {
            end.when
                .is_some_and(|when| program.operations.holds(when, words))
        })
        .map(|_| "an end".to_owned()),
    );
    found
}

#[test]
fn random_play_reaches_every_inject_phase_option_action_and_outcome() {
    for program in &programs()[..2] {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..400 {
            for (_, _, events) in play(program, seed) {
                seen.extend(
                    events
                        .iter()
                        .filter_map(|(_, event)| super::shown(program, *event)),
                );
            }
        }
        let script = &program.script;
        let mut wanted: Vec<String> = script
            .injects
            .iter()
            .map(|inject| format!("came {}", inject.id))
            .collect();
        wanted.extend(
            script
                .scenario
                .phases
                .iter()
                .map(|phase| format!("phase {}", phase.id.value)),
        );
        wanted.extend(
            script
                .scenario
                .endings
                .iter()
                .map(|ending| format!("ended {}", ending.id.value)),
        );
        for action in &program.actions {
            wanted.push(format!("taken {}", script.course(action.course).id));
        }
        for (decision, script_of) in program.decisions.iter().zip(&script.decisions) {
            for option in &decision.options {
                wanted.push(format!(
                    "chosen {} {}",
                    script_of.id,
                    script.course(*option).id
                ));
            }
        }
        for chance in &program.chances {
            wanted.extend(
                (0..chance.odds.len()).map(|outcome| format!("rolled {} {outcome}", chance.name)),
            );
        }
        wanted.retain(|line| !seen.contains(line));
        assert_eq!(wanted, Vec::<String>::new(), "never seen");
    }
}
