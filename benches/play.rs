//! How fast: whole exercises, rolls, exploration, reading and views, with sizes growing where the curve matters.
//!
//! `cargo bench` prints the figures; nothing here fails because a machine is slow.
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads scenarios from disk, and stands outside the program"
)]
#![allow(
    clippy::print_stderr,
    reason = "what is skipped must be seen beside the figures"
)]

#[path = "play/scenarios.rs"]
mod scenarios;

use std::hint::black_box;
use std::ops::ControlFlow;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use sandtable::engine::look::{History, Seat, look};
use sandtable::engine::luck::{Keyed, Stream, below, keyed_roll};
use sandtable::engine::{Move, Observer, State, candidates, refusal, restart, start, step};
use sandtable::program::Program;
use sandtable::search::{Budget, explore};

use scenarios::{compiled, generated, names, program};

/// Exercises in one measurement, so that short ones are measured as well.
const EXERCISES: u64 = 100;

/// Rolls in one measurement.
const ROLLS: u32 = 1_000;

/// States of one phase in an exploration that is measured: enough to fill the caches, few enough to wait for.
const STATES_MAX: usize = 300_000;

fn main() {
    divan::main();
}

/// Plays moves drawn evenly from those that are legal, until ENDEX. How many were made.
fn play_out(
    program: &Program,
    state: &mut State,
    luck: &mut Stream,
    drawn: &mut Vec<Move>,
    observer: &mut impl Observer,
) -> usize {
    let mut made = 0;
    while state.ended(program).is_none() {
        drawn.clear();
        drawn.extend(candidates(program, state));
        let chosen = loop {
            let place = below(drawn.len() as u64, || luck.next()) as usize;
            let wanted = drawn.swap_remove(place);
            if refusal(program, state, wanted).is_ok() {
                break wanted;
            }
        };
        step(program, state, chosen, luck, observer).expect("the move was found legal");
        made += 1;
    }
    made
}

/// Whole exercises per second, nobody looking.
#[divan::bench(args = names())]
fn random_exercises(bencher: Bencher, name: &str) {
    let program = compiled(name);
    let mut luck = Stream(7);
    let mut state = start(program, &mut luck, &mut ());
    let mut drawn = Vec::new();
    bencher.counter(ItemsCount::new(EXERCISES)).bench_local(|| {
        for _ in 0..EXERCISES {
            restart(program, &mut state, &mut luck, &mut ());
            black_box(play_out(
                program,
                &mut state,
                &mut luck,
                &mut drawn,
                &mut (),
            ));
        }
    });
}

/// The same with an observer that keeps every event: what looking costs.
#[divan::bench(args = names())]
fn random_exercises_watched(bencher: Bencher, name: &str) {
    let program = compiled(name);
    let mut luck = Stream(7);
    let mut state = start(program, &mut luck, &mut ());
    let (mut drawn, mut events) = (Vec::new(), Vec::new());
    bencher.counter(ItemsCount::new(EXERCISES)).bench_local(|| {
        for _ in 0..EXERCISES {
            events.clear();
            restart(program, &mut state, &mut luck, &mut events);
            black_box(play_out(
                program,
                &mut state,
                &mut luck,
                &mut drawn,
                &mut events,
            ));
        }
    });
}

/// Rolls that can be found again by seed, name and count.
#[divan::bench]
fn keyed_rolls(bencher: Bencher) {
    bencher.counter(ItemsCount::new(ROLLS)).bench(|| {
        (0..ROLLS).fold(0, |sum, count| {
            sum + keyed_roll(7, "eviction", black_box(count), 100)
        })
    });
}

/// States per second, up to a budget.
#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn states_explored(bencher: Bencher, name: &str) {
    let program = compiled(name);
    let budget = Budget {
        states_max: STATES_MAX,
        alone_max: 0,
    };
    let states = || {
        let explored = explore(program, budget, |_, _| ControlFlow::Continue(()));
        explored.phases.iter().map(|it| it.states).sum::<usize>()
    };
    bencher.counter(ItemsCount::new(states())).bench(states);
}

/// From bytes to a program, at growing sizes: the time of a line must stay the same.
#[divan::bench(args = [1_000, 3_000, 10_000, 30_000], sample_count = 10)]
fn lines_read_and_compiled(bencher: Bencher, lines: usize) {
    let folder = generated(lines);
    let bytes: usize = folder.files.values().map(Vec::len).sum();
    bencher
        .counter(ItemsCount::new(lines))
        .counter(BytesCount::new(bytes))
        .bench(|| program(&folder).expect("the generated scenario is sound"));
}

/// The view of a seat that holds every role, late in an exercise.
#[divan::bench(args = names())]
fn views_built(bencher: Bencher, name: &str) {
    let program = compiled(name);
    let mut luck = Keyed::new(7);
    let mut history = History::begin(program, &mut luck);
    while history.state.ended(program).is_none() {
        let waited = history.step(program, Move::Wait, &mut luck);
        waited.expect("waiting is legal until ENDEX");
    }
    let seat = Seat::all(program);
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench(|| look(program, &history, &seat));
}
