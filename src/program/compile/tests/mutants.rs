//! Whatever is done to a scenario's text, reading and compiling end in findings or in a program that plays.

use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
use proptest::test_runner::RngSeed;

use super::{compiled, written};
use crate::engine::luck::Stream;
use crate::engine::{Move, moves, start, step};
use crate::program::{Program, ProgramSetup};

const RICH: &str = include_str!("../../../engine/tests/rich.yaml");

/// What replaces a duration, a number, or any other word now and then.
const DURATIONS: [&str; 6] = ["0m", "1m", "7m", "9d", "1800d", "2022-08-03 06:59"];
const NUMBERS: [&str; 8] = ["0", "1", "2", "7", "-1", "16", "1000", "1099511627776"];
const OTHERS: [&str; 12] = [
    "a",
    "now()",
    "since(logon)",
    "copied",
    "people",
    "backlog",
    "phase",
    "nag",
    "in",
    "{}",
    "repeats: 9, every: 1m",
    "alarm",
];

/// Deletes, doubles, swaps or replaces lines and words, as a stream of numbers says.
fn mutated(text: &str, seed: u64) -> String {
    let mut numbers = Stream(seed);
    let mut pick = |below: usize| (numbers.number() % below.max(1) as u64) as usize;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=pick(2) {
        let (at, other) = (pick(lines.len()), pick(lines.len()));
        match pick(8) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            _ => {
                // Words are split so that separators stay words of their own.
                let line = &lines[at];
                let mut words: Vec<String> = line
                    .split_inclusive([' ', ',', ':', '{', '}', '[', ']'])
                    .map(str::to_owned)
                    .collect();
                // Half of the time a number, whose mutants are sound more often.
                let numbers: Vec<usize> = (0..words.len())
                    .filter(|at| words[*at].starts_with(|c: char| c.is_ascii_digit()))
                    .collect();
                let word = if numbers.is_empty() || pick(4) == 0 {
                    pick(words.len())
                } else {
                    numbers[pick(numbers.len())]
                };
                match pick(4) {
                    0 if !words.is_empty() => drop(words.remove(word)),
                    1 if !words.is_empty() => words.insert(word, words[word].clone()),
                    _ if !words.is_empty() => {
                        let tail = words[word]
                            .trim_start_matches(|c: char| {
                                c.is_alphanumeric() || "_-.()".contains(c)
                            })
                            .to_owned();
                        let kind: &[&str] = match words[word]
                            .strip_suffix(&tail)
                            .unwrap_or_default()
                        {
                            number if number.parse::<i64>().is_ok() => &NUMBERS,
                            other if other.starts_with(|c: char| c.is_ascii_digit()) => &DURATIONS,
                            _ => &OTHERS,
                        };
                        words[word] = format!("{}{tail}", kind[pick(kind.len())]);
                    }
                    _ => {}
                }
                lines[at] = words.concat();
            }
        }
    }
    lines.join("\n")
}

fn play(program: &Program, seed: u64) {
    let mut luck = Stream(seed);
    let mut pick = Stream(!seed);
    let mut state = start(program, &mut luck, &mut ());
    let mut legal = Vec::new();
    for _ in 0..300 {
        moves(program, &state, &mut legal);
        if legal.is_empty() {
            return;
        }
        let chosen = if pick.number().is_multiple_of(2) {
            Move::Wait
        } else {
            legal[(pick.number() % legal.len() as u64) as usize]
        };
        step(program, &mut state, chosen, &mut luck, &mut ()).expect("a legal move");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, rng_seed: RngSeed::Fixed(111), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_reading_compiling_or_playing_panic(seed in any::<u64>()) {
        let text = mutated(&written(RICH), seed);
        let (program, found) = compiled(&text, &ProgramSetup::default());
        prop_assert!(program.is_some() || !found.is_empty());
        if let Some(program) = program {
            play(&program, seed);
        }
    }
}

#[test]
fn many_mutants_compile_and_many_do_not() {
    let text = written(RICH);
    let sound = (0..400)
        .filter(|seed| {
            compiled(&mutated(&text, *seed), &ProgramSetup::default())
                .0
                .is_some()
        })
        .count();
    assert!((40..360).contains(&sound), "{sound} of 400");
}
