//! How fast the search is, with sizes growing, and how far the engine is from a scenario written by hand.
//!
//! `cargo bench --bench search` prints the figures; nothing here fails because a machine is slow.
//! `SANDTABLE_BENCH_WHOLE=1` adds the whole of `advanced-2022`, which takes minutes and gigabytes.
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads scenarios from disk and looks at the clock, and stands outside the program"
)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures are printed"
)]
#![allow(
    clippy::cast_precision_loss,
    reason = "figures are rounded when they are printed"
)]

#[path = "play/scenarios.rs"]
#[allow(dead_code, reason = "the other benchmarks use the rest")]
mod scenarios;

#[path = "reference/twin.rs"]
#[allow(dead_code, reason = "the test that compares it uses the rest")]
mod twin;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use std::time::Instant;

use divan::Bencher;
use divan::counter::ItemsCount;
use sandtable::program::ids::PhaseId;
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::read::Folder;
use sandtable::search::random::RandomPlayer;
use sandtable::search::{Budget, Solver, count};

use scenarios::{folder, generated, program, set_up};

/// Exercises in one measurement: a few milliseconds, so that some measurements are not disturbed.
const EXERCISES: u64 = 100;

/// Lines of the generated scenario, growing: its states should grow as they do.
const LINES: [usize; 3] = [200, 400, 800];

/// How many measurements to take the least of: disturbances only ever make a measurement longer.
const REPEATS: usize = 5;

/// The same for measurements of milliseconds.
const REPEATS_SHORT: usize = 200;

/// One thread, and as many states as there are.
const BUDGET: Budget = Budget {
    threads: 1,
    states_max: usize::MAX,
};

/// The reference scenario, which `twin` implements by hand.
const REFERENCE: &str = include_str!("reference/scenario.yaml");

/// What is measured, compiled once. A scenario that does not compile is reported once.
static PROGRAMS: LazyLock<BTreeMap<String, Program>> = LazyLock::new(|| {
    let cut = ProgramSetup {
        cut: Some("first_hours".to_owned()),
        ..ProgramSetup::default()
    };
    let reference = Folder::single("scenario.yaml", REFERENCE.as_bytes().to_vec());
    let mut programs = vec![
        ("reference".to_owned(), program(&reference)),
        (
            "starter".to_owned(),
            folder("starter").and_then(|it| program(&it)),
        ),
        (
            "advanced-2022/first_hours".to_owned(),
            folder("advanced-2022").and_then(|it| set_up(&it, &cut)),
        ),
    ];
    for lines in LINES {
        programs.push((format!("generated/{lines:03}"), program(&generated(lines))));
    }
    if std::env::var_os("SANDTABLE_BENCH_WHOLE").is_some() {
        programs.push((
            "advanced-2022".to_owned(),
            folder("advanced-2022").and_then(|it| program(&it)),
        ));
    }
    let mut sound = BTreeMap::new();
    for (name, program) in programs {
        match program {
            Ok(program) => {
                sound.insert(name, program);
            }
            Err(why) => eprintln!("{name} is left out: {why}"),
        }
    }
    sound
});

fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.keys().map(String::as_str)
}

fn main() {
    divan::main();
    // Runs that only list or try the benchmarks need no figures.
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        beside_the_twin();
        states_in_bytes();
    }
}

/// Whole exercises of the reference, without an observer.
#[divan::bench]
fn exercises_interpreted(bencher: Bencher) {
    let mut player = RandomPlayer::new(&PROGRAMS["reference"], 7);
    bencher
        .counter(ItemsCount::new(EXERCISES))
        .bench_local(|| play(&mut player));
}

/// The same by hand.
#[divan::bench]
fn exercises_by_hand(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(EXERCISES))
        .bench(|| twin::search::play(EXERCISES, black_box(7)));
}

/// States per second, on one thread.
#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn solved_by_one(bencher: Bencher, name: &str) {
    solved(bencher, &PROGRAMS[name], 1);
}

/// States per second, on two.
#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn solved_by_two(bencher: Bencher, name: &str) {
    solved(bencher, &PROGRAMS[name], 2);
}

/// States per second without working anything out for them.
#[divan::bench(args = names(), sample_count = 3, sample_size = 1)]
fn explored_by_one(bencher: Bencher, name: &str) {
    let program = &PROGRAMS[name];
    bencher
        .counter(ItemsCount::new(count(program, BUDGET).states))
        .bench(|| count(program, BUDGET).states);
}

/// States of the reference per second by hand: explored.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn explored_by_hand(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(twin::search::explore()))
        .bench(twin::search::explore);
}

/// The same, with what each is worth.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn solved_by_hand(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(twin::search::solve().0))
        .bench(twin::search::solve);
}

fn play(player: &mut RandomPlayer) -> usize {
    (0..EXERCISES).map(|_| player.play(&mut ())).sum()
}

fn solved(bencher: Bencher, program: &Program, threads: usize) {
    let budget = Budget { threads, ..BUDGET };
    let states = || {
        let solver = solve(program, budget);
        states_of(program, &solver)
    };
    bencher.counter(ItemsCount::new(states())).bench(states);
}

fn solve(program: &Program, budget: Budget) -> Solver<'_> {
    let mut solver = Solver::new(program, None);
    black_box(solver.startex(budget, &mut |_| ControlFlow::Continue(())));
    solver
}

fn states_of(program: &Program, solver: &Solver) -> usize {
    let phases = (0..program.phases.len()).map(PhaseId::at);
    phases.map(|phase| solver.walk().table(phase).len()).sum()
}

/// Prints how many times longer the engine takes than the twin.
fn beside_the_twin() {
    let program = &PROGRAMS["reference"];
    let (mut player, mut seed) = (RandomPlayer::new(program, 7), 7);
    println!("\nthe reference     interpreted       by hand   ratio");
    let figures = [
        (
            "exercises/s",
            EXERCISES as usize,
            least(REPEATS_SHORT, || play(&mut player)),
            least(REPEATS_SHORT, || {
                seed += 1;
                twin::search::play(EXERCISES, seed)
            }),
        ),
        (
            "explored/s",
            count(program, BUDGET).states,
            least(REPEATS, || count(program, BUDGET).states),
            least(REPEATS, twin::search::explore),
        ),
        (
            "solved/s",
            twin::search::solve().0,
            least(REPEATS, || states_of(program, &solve(program, BUDGET))),
            least(REPEATS, || twin::search::solve().0),
        ),
    ];
    for (what, items, engine, twin) in figures {
        println!(
            "{what:<14} {:>14.0} {:>13.0} {:>7.2}",
            items as f64 / engine,
            items as f64 / twin,
            engine / twin
        );
    }
}

/// Prints the memory of a state, in the tables and while it is in use.
fn states_in_bytes() {
    println!("\nbytes of a state                 states   explored   solved   live");
    for (name, program) in &*PROGRAMS {
        let counted = count(program, BUDGET);
        let solver = solve(program, BUDGET);
        println!(
            "{name:<28} {:>10} {:>10.1} {:>8.1} {:>6}",
            counted.states,
            counted.bytes as f64 / counted.states as f64,
            solver.walk().bytes() as f64 / counted.states as f64,
            program.initial.len() * 8
        );
    }
    let by_hand = (size_of::<twin::State>(), size_of::<twin::Packed>());
    println!("by hand, live and packed: {by_hand:?}");
}

/// The least number of seconds that something takes.
fn least<T>(repeats: usize, mut measured: impl FnMut() -> T) -> f64 {
    let once = |_| {
        let began = Instant::now();
        black_box(measured());
        began.elapsed().as_secs_f64()
    };
    (0..repeats).map(once).fold(f64::INFINITY, f64::min)
}
