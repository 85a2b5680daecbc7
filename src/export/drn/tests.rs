//! The written process, solved again from its text alone.

use std::io::{self, Write};
use std::ops::ControlFlow;

use super::{DrnError, DrnSize, write};
use crate::program::compile::tests::{compiled, written};
use crate::program::{Program, ProgramSetup};
use crate::search::{Budget, Solver};

const STARTER: &str = include_str!("../../../scenarios/starter/scenario.yaml");

/// Luck at STARTEX, luck within luck, points on waiting, a consent, and an end that comes by itself.
const LUCK: &str = "
lasts: 6h
values:
  hands: {min: 0, max: 2, initial: 1}
  spread: {min: 0, max: 60, initial: 0, saturates: true, grows: [{add: 10, every: 1h, when: hands == 0}]}
actions:
  hire:
    label: Hire
    takes: 1h
    repeats: 2
    then: [{chance: hiring, outcomes: [{odds: 3, do: [hands += 1]}, {odds: 1, score: {points: -1}, because: Nobody came.}]}]
phases:
  one:
    title: One
    begins:
      - {chance: first, outcomes: [{odds: 1}, {odds: 2, do: [hands = 0], score: {points: -1}, because: A bad start.}]}
    injects:
      news:
        at: 1h
        by: Somebody
        via: note
        title: News
        text: News.
        asks:
          question: What now?
          within: 2h
          default: x
          options:
            x: {label: X}
            y:
              label: Y
              takes: 30m
              then:
                - chance: outer
                  outcomes:
                    - {odds: 1, score: {points: 4}, because: It held.}
                    - {odds: 6, score: {points: -1}, because: It did not.}
    ends: [{when: spread >= 30, to: two}, {at: 4h, to: two}]
    bands: {spread: 10}
  two:
    title: Two
    injects:
      late: {at: 30m, MSG, asks: {ASK, default: a, options: {a: {label: A}, b: {label: B, needs: hands >= 1, do: [hands -= 1], score: {points: 2}, because: Done.}}}}
    ends: [{at: 1h, to: endex}]
endex:
  - {when: spread >= 30, score: {points: -3}, because: It spread.}
endings:
  bad: {title: Bad, text: Bad., when: spread >= 30}
  good: {title: Good, text: Good.}
";

fn program_of(text: &str, setup: &ProgramSetup) -> Program {
    let (program, findings) = compiled(&written(text), setup);
    program.unwrap_or_else(|| panic!("{findings:?}"))
}

fn cases() -> Vec<Program> {
    let cut = ProgramSetup {
        variant: Some("alone".to_owned()),
        cut: Some("the_week".to_owned()),
    };
    vec![
        program_of(LUCK, &ProgramSetup::default()),
        program_of(STARTER, &cut),
        program_of(STARTER, &ProgramSetup::default()),
    ]
}

fn text_of(program: &Program) -> (DrnSize, String) {
    let mut bytes = Vec::new();
    let output = &mut bytes;
    let written = write(program, "test", 100_000, move || Ok(output), &mut |_| {
        ControlFlow::Continue(())
    });
    let written = written.expect("it is small");
    (written, String::from_utf8(bytes).expect("it is text"))
}

/// A process as its text describes it, with its highest and lowest expectation, worked out line by line. That is
/// possible because a state only leads to those before it.
#[derive(Debug, Default)]
struct Process {
    labels: Vec<String>,
    choices: usize,
    best: Vec<f64>,
    worst: Vec<f64>,
}

impl Process {
    fn read(text: &str) -> Self {
        let (_, model) = text
            .split_once("@model\n")
            .expect("the model follows the head");
        let mut process = Self::default();
        for state in model
            .strip_prefix("state ")
            .expect("it begins with a state")
            .split("\nstate ")
        {
            let (head, choices) = state.split_once('\n').expect("a state has a choice");
            let (number, label) = head.split_once(' ').expect("a state has a label");
            assert_eq!(
                number.parse(),
                Ok(process.labels.len()),
                "states are numbered in order"
            );
            let choices = choices
                .strip_prefix("\taction ")
                .expect("a choice begins with its action");
            let choices: Vec<[f64; 2]> = choices
                .split("\n\taction ")
                .map(|choice| process.choice(choice))
                .collect();
            process.choices += choices.len();
            process.labels.push(label.to_owned());
            process
                .best
                .push(choices.iter().map(|it| it[0]).fold(f64::MIN, f64::max));
            process
                .worst
                .push(choices.iter().map(|it| it[1]).fold(f64::MAX, f64::min));
        }
        process
    }

    /// What a choice is worth at most and at least.
    fn choice(&self, text: &str) -> [f64; 2] {
        let (head, targets) = text.split_once('\n').expect("a choice leads somewhere");
        let (name, points) = head.split_once(" [").expect("a choice has a reward");
        assert!(
            !name.contains(char::is_whitespace),
            "a checker drops the reward of `{name}`"
        );
        let points: f64 = points
            .trim_end_matches(']')
            .parse()
            .expect("points are a number");
        let mut worth = [points; 2];
        let mut sum = 0.0;
        for line in targets.lines() {
            let (to, odds) = line
                .trim_start()
                .split_once(" : ")
                .expect("a target has odds");
            let (to, odds): (usize, f64) = (
                to.parse().expect("a number"),
                odds.parse().expect("a number"),
            );
            sum += odds;
            assert!(odds > 0.0 && odds <= 1.0);
            if to == self.labels.len() {
                // Only an ending stays where it is, and is worth nothing more.
                assert_eq!((name, points, odds), ("stay", 0.0, 1.0));
                continue;
            }
            worth[0] += odds * self.best[to];
            worth[1] += odds * self.worst[to];
        }
        assert!((sum - 1.0).abs() < 1e-12, "{text}");
        worth
    }
}

#[test]
fn the_text_alone_gives_the_values_of_the_search() {
    for program in cases() {
        let (written, text) = text_of(&program);
        let process = Process::read(&text);
        let mut solver = Solver::new(&program, None);
        let budget = Budget {
            threads: 2,
            states_max: 100_000,
        };
        let worth = solver
            .startex(budget, &mut |_| ControlFlow::Continue(()))
            .value
            .expect("it is small");
        let last = process.labels.len() - 1;
        assert_eq!(process.labels[last], "init");
        assert!(
            (process.best[last] - worth.best).abs() < 1e-9,
            "{} {worth:?}",
            process.best[last]
        );
        assert!(
            (process.worst[last] - worth.worst).abs() < 1e-9,
            "{} {worth:?}",
            process.worst[last]
        );
        assert!(worth.worst < worth.best);
        assert_eq!((written.best, written.worst), (worth.best, worth.worst));
        assert_eq!(process.labels.len() as u64, written.states);
        assert_eq!(process.choices as u64, written.choices);
        let head = format!(
            "@nr_states\n{}\n@nr_choices\n{}\n@model\n",
            written.states, written.choices
        );
        assert!(text.contains(&head), "{head}");
    }
}

#[test]
fn the_same_bytes_again() {
    for program in cases() {
        assert!(text_of(&program) == text_of(&program));
    }
}

#[test]
fn moves_luck_phases_and_endings_have_their_names() {
    let (_, text) = text_of(&cases()[0]);
    for line in [
        "// test: best ",
        "state 0 end ending_bad\n\taction stay [0]\n\t\t0 : 1\nstate 1 end ending_good\n",
        " phase_two\n\taction choose:late:a [0]\n\t\t",
        " phase_one\n",
        "\taction take:hire [0]\n",
        "\taction wait [",
        " : 0.75\n",
        " init\n\taction startex [-0.6666666666666666]\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn what_is_too_large_opens_nothing() {
    let program = program_of(STARTER, &ProgramSetup::default());
    let never = || -> io::Result<Vec<u8>> { panic!("nothing is opened") };
    let refused = write(&program, "test", 0, never, &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(matches!(refused, Err(DrnError::TooLarge)), "{refused:?}");
}

/// A disk that is full.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_output_that_is_full_is_said() {
    for program in cases() {
        let refused = write(&program, "test", 100_000, || Ok(Full), &mut |_| {
            ControlFlow::Continue(())
        });
        assert!(matches!(refused, Err(DrnError::Output(_))), "{refused:?}");
    }
}
