//! Luck in an exercise.

use super::{ScriptedExercise, check, program};

const NESTED: &str = "
values: {x: {min: 0, max: 99, initial: 0}}
actions:
  roll:
    label: Roll
    repeats: 9
    chance: outer
    outcomes:
      - {odds: 1, text: Nothing.}
      - odds: 3
        do: [x += 1]
        score: {points: -2}
        because: Bad luck.
        chance: inner
        outcomes:
          - {odds: 1, do: [x += 10]}
          - {odds: 1, do: [x += 20], inject: news}
  other: {label: Other, repeats: 99, chance: apart, outcomes: [{odds: 1}, {odds: 1}, {odds: 1}, {odds: 1}]}
phases: {one: {title: One, injects: {news: {MSG}}}}
";

#[test]
fn forced_rolls_fall_as_said_and_chances_lie_within_chances() {
    check(
        NESTED,
        "> start
         0 phase one
         > force outer 1
         > force outer 0
         > force inner 1
         > take roll
         0 taken roll
         0 rolled outer 1
         0 x 0 -> 1
         0 points -2 by luck
         0 rolled inner 1
         0 x 1 -> 21
         0 came news
         > take roll
         0 taken roll
         0 rolled outer 0
         0 told Nothing.",
    );
}

fn rolls(exercise: &mut ScriptedExercise, chance: &str, moves: &[&str]) -> Vec<String> {
    let wanted = format!("0 rolled {chance} ");
    let events = moves.iter().flat_map(|line| exercise.act(line));
    events
        .filter_map(|event| event.strip_prefix(&wanted).map(str::to_owned))
        .collect()
}

#[test]
fn a_forced_roll_leaves_every_other_roll_as_it_was() {
    let program = program(NESTED);
    let moves = [
        "take other",
        "take roll",
        "take other",
        "take roll",
        "take other",
        "take roll",
        "take other",
    ];
    for seed in 0..50 {
        let free = |chance: &str, forced: &[&str]| {
            let mut exercise = ScriptedExercise::new(&program, seed);
            exercise.act("start");
            for line in forced {
                exercise.act(line);
            }
            rolls(&mut exercise, chance, &moves)
        };
        let (before, after) = (
            free("apart", &[]),
            free("apart", &["force outer 0", "force inner 1"]),
        );
        assert_eq!(before, after, "seed {seed}");
        let (before, after) = (free("outer", &[]), free("outer", &["force outer 0"]));
        assert_eq!(
            before[1..],
            after[1..],
            "seed {seed}: later rolls of the same chance"
        );
    }
}

#[test]
fn the_same_name_in_several_blocks_is_one_chance_with_one_count() {
    let program = program(
        "
actions:
  a: {label: A, chance: luck, outcomes: [{odds: 1}, {odds: 1}, {odds: 8}]}
  b: {label: B, chance: luck, outcomes: [{odds: 1}, {odds: 1}, {odds: 8}]}
phases: {one: {title: One}}
",
    );
    for seed in 0..50 {
        let in_order = |moves: &[&str]| {
            let mut exercise = ScriptedExercise::new(&program, seed);
            exercise.act("start");
            rolls(&mut exercise, "luck", moves)
        };
        assert_eq!(
            in_order(&["take a", "take b"]),
            in_order(&["take b", "take a"]),
            "seed {seed}"
        );
    }
}
