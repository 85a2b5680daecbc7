//! How fast: whole exercises, rolls, reading and views, with sizes growing where the curve matters.
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

use std::fs;
use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use sandtable::engine::look::{History, Viewer, look};
use sandtable::engine::luck::{Keyed, Stream, keyed_roll};
use sandtable::engine::{Move, State, moves, start, step};
use sandtable::journal::list;
use sandtable::program::Program;
use sandtable::review::leads::leads;
use sandtable::review::left::left;
use sandtable::search::random::RandomPlayer;

use scenarios::{compiled, generated, names, program};

/// Journals in the folder that is listed: more than a training centre plays in a year.
const JOURNALS: usize = 5_000;

/// Exercises in one measurement, so that short ones are measured as well.
const EXERCISES: u64 = 100;

/// Rolls in one measurement.
const ROLLS: u32 = 1_000;

/// Exercises that a facilitator's panel plays to the end.
const TRIES: usize = 2_000;

fn main() {
    divan::main();
}

/// Whole exercises per second, all legal moves equally likely, without an observer.
#[divan::bench(args = names())]
fn random_exercises(bencher: Bencher, name: &str) {
    let mut player = RandomPlayer::new(compiled(name), 7);
    bencher.counter(ItemsCount::new(EXERCISES)).bench_local(|| {
        let moves = (0..EXERCISES).map(|_| player.play(&mut ()));
        black_box(moves.sum::<usize>())
    });
}

/// The same with an observer that keeps every event: the cost of observing.
#[divan::bench(args = names())]
fn random_exercises_watched(bencher: Bencher, name: &str) {
    let mut player = RandomPlayer::new(compiled(name), 7);
    let mut events = Vec::new();
    bencher.counter(ItemsCount::new(EXERCISES)).bench_local(|| {
        let moves = (0..EXERCISES).map(|_| {
            events.clear();
            player.play(&mut events)
        });
        black_box(moves.sum::<usize>())
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

/// From bytes to a program, at growing sizes: the time per line must stay the same.
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
    let seat = Viewer::all(program);
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench(|| look(program, &history, &seat));
}

/// `sandtable exercises` with many journals: all under one file, which the system then has in memory. It is to take less than a second.
#[divan::bench(args = ["left", "advanced-2022"], sample_count = 10, sample_size = 1)]
fn journals_listed(bencher: Bencher, name: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/journals/{name}.jsonl"));
    let first = folder.path().join("0.jsonl");
    let bytes = fs::copy(kept, &first).expect("it is kept");
    for number in 1..JOURNALS {
        let link = folder.path().join(format!("{number}.jsonl"));
        fs::hard_link(&first, link).expect("it can have many names");
    }
    bencher
        .counter(ItemsCount::new(JOURNALS))
        .counter(BytesCount::new(bytes * JOURNALS as u64))
        .bench_local(|| {
            let listed = list(folder.path()).expect("it can be read");
            assert!(listed.len() == JOURNALS && listed.iter().all(|it| it.summary.is_ok()));
        });
}

/// The remaining time from STARTEX, as a facilitator's panel asks for it.
#[divan::bench(args = names(), sample_count = 10, sample_size = 1)]
fn what_is_left(bencher: Bencher, name: &str) {
    let program = compiled(name);
    let state = start(program, &mut Keyed::new(7), &mut ());
    bencher
        .counter(ItemsCount::new(TRIES))
        .bench(|| left(program, &state, TRIES, 7));
}

/// Where every open option leads, from each state of one exercise at random.
#[divan::bench(args = names(), sample_count = 10, sample_size = 1)]
fn leads_of_an_exercise(bencher: Bencher, name: &str) {
    let program = compiled(name);
    let states = passed(program);
    bencher.counter(ItemsCount::new(states.len())).bench(|| {
        states
            .iter()
            .map(|it| leads(program, it).len())
            .sum::<usize>()
    });
}

/// The states of one exercise at random.
fn passed(program: &Program) -> Vec<State> {
    let (mut luck, mut choices) = (Stream(7), Stream(8));
    let mut states = vec![start(program, &mut luck, &mut ())];
    let mut legal = Vec::new();
    loop {
        let mut state = states[states.len() - 1].clone();
        moves(program, &state, &mut legal);
        if legal.is_empty() {
            return states;
        }
        let drawn = legal[choices.below(legal.len() as u64) as usize];
        step(program, &mut state, drawn, &mut luck, &mut ()).expect("only legal moves are made");
        states.push(state);
    }
}
