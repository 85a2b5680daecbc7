//! Prices and lines of small scenarios, in which they are plain.

use std::ops::ControlFlow;

use super::{BUDGET, PLAIN, go_on, program};
use crate::engine::luck::Keyed;
use crate::engine::{self, Move};
use crate::program::Program;
use crate::program::ids::PhaseId;
use crate::search::pricing::lines::{Deviation, NoLine, Onwards, TimedMove};
use crate::search::pricing::{PlayedExercise, Pricer};
use crate::search::worth::{KnownWorths, Worth};

/// What PLAIN is played with here: sun at STARTEX, no luck with the bold answer.
fn plain_luck(program: &Program) -> Keyed {
    let mut luck = Keyed::new(1);
    for (name, outcome) in [("weather", 0), ("coin", 1), ("again", 1)] {
        luck.force(program.chance_named(name).expect("it is there"), outcome);
    }
    luck
}

#[test]
fn a_line_says_what_the_exercise_was_worth_after_the_change() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let chance = |name| program.chance_named(name).expect("it is there");
    let luck = plain_luck(&program);
    let moves = [Move::Wait, Move::Choose(news, 1), Move::Wait];
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let worth = |number, change| {
        let line = pricer.what_if(played, number, change, Onwards::Same, &mut go_on);
        line.map(|line| (line.value, line.points))
    };
    // Sun gave 4, and bold is worth 6.5 before its coin falls.
    let bold = Deviation::Move(Move::Choose(news, 2));
    assert_eq!(worth(2, bold), Ok((Some(4.0 + 6.5), 4)));
    assert_eq!(worth(2, Deviation::Nothing), Ok((Some(4.0 + 6.5), 4)));
    let rain = Deviation::Roll(chance("weather"), 1);
    assert_eq!(worth(0, rain), Ok((Some(6.5), 5)));
}

#[test]
fn a_changed_roll_leaves_the_other_rolls_of_its_step() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let luck = plain_luck(&program);
    let moves = [Move::Wait, Move::Choose(news, 2)];
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let coin = program.chance_named("coin").expect("it is there");
    let line = pricer.what_if(
        played,
        2,
        Deviation::Roll(coin, 0),
        Onwards::Same,
        &mut go_on,
    );
    let line = line.expect("it is rolled there");
    // `again` falls on its second outcome as before, which gives no more.
    assert_eq!(line.points, 4 + 12);
    assert!(!line.ended, "the exercise was stopped there");
}

#[test]
fn a_line_begins_at_a_move_that_was_made_or_where_an_open_exercise_stands() {
    let program = program(PLAIN);
    let luck = plain_luck(&program);
    let pricer = Pricer::new(&program, None, BUDGET);
    let begins = |moves: &[Move], number, change| {
        let played = PlayedExercise { luck: &luck, moves };
        let line = pricer.what_if(played, number, change, Onwards::Best, &mut go_on);
        line.map(|line| line.ended)
    };
    let (nothing, wait) = (Deviation::Nothing, Deviation::Move(Move::Wait));
    let open = [Move::Wait];
    assert_eq!(begins(&open, 1, nothing), Ok(true));
    assert_eq!(begins(&open, 2, nothing), Ok(true));
    assert_eq!(begins(&open, 3, nothing), Err(NoLine::NoSuchMove(1)));
    assert_eq!(begins(&open, 0, nothing), Err(NoLine::NoSuchMove(1)));
    assert_eq!(begins(&open, 1, wait), Ok(true));
    assert_eq!(begins(&open, 2, wait), Err(NoLine::NoSuchMove(1)));
    assert_eq!(begins(&open, 0, wait), Err(NoLine::NoSuchMove(1)));
    // The question's deadline is at 3 h, the end at 8 h.
    let over = [Move::Wait, Move::Wait, Move::Wait];
    assert_eq!(begins(&over, 3, nothing), Ok(true));
    assert_eq!(begins(&over, 4, nothing), Err(NoLine::NoSuchMove(3)));
}

#[test]
fn points_are_summed_by_objective_and_actions_of_another_exercise_count_from_the_change_on() {
    let program = program(
        "
objectives: {one: {title: One, worth: 10}, two: {title: Two, worth: 10}}
actions:
  early: {label: Early, score: {one: 1}, because: So.}
  late: {label: Late, score: {one: 2, two: -3}, because: So.}
phases:
  one:
    title: One
    begins: [{score: {two: 5}, because: So.}]
    injects: {news: {at: 1h, MSG}}
    ends: [{at: 2h, to: endex}]
",
    );
    let take = |name| Move::Take(program.action_named(name).expect("it is there"));
    let luck = Keyed::new(1);
    let pricer = Pricer::new(&program, None, BUDGET);
    let moves = [Move::Wait, Move::Wait];
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let other = [(59, "early"), (60, "late")].map(|(at, name)| TimedMove {
        at,
        made: take(name),
    });
    let then = Onwards::Other(&other);
    let line = pricer.what_if(played, 2, Deviation::Nothing, then, &mut go_on);
    let line = line.expect("there is such a line");
    assert_eq!((line.points, line.objectives), (4, vec![2, 2]));
    assert_eq!(line.left_out, []);
    let line = pricer.what_if(played, 1, Deviation::Nothing, then, &mut go_on);
    let line = line.expect("there is such a line");
    assert_eq!((line.points, line.objectives), (5, vec![3, 2]));
}

#[test]
fn an_answer_comes_before_the_wait_that_would_close_its_question() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let luck = plain_luck(&program);
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &[Move::Wait],
    };
    // The question closes at 3 h, so the answer of another exercise at 4 h would come too late.
    let late = [TimedMove {
        at: 240,
        made: Move::Choose(news, 1),
    }];
    let then = Onwards::Other(&late);
    let line = pricer.what_if(played, 1, Deviation::Nothing, then, &mut go_on);
    let line = line.expect("there is such a line");
    assert_eq!((line.points, line.left_out), (4 + 5, Vec::new()));
}

#[test]
fn each_step_is_at_its_minute_and_a_wait_past_a_question_is_about_it() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let luck = plain_luck(&program);
    let moves = [Move::Wait, Move::Wait, Move::Wait];
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let priced = pricer.account(played, &[news], &mut go_on);
    let steps: Vec<_> = priced
        .steps
        .iter()
        .map(|it| (it.at, it.needs_hindsight))
        .collect();
    assert_eq!(steps, [(0, false), (0, false), (60, true), (180, false)]);
}

/// An earlier search that knows every state of one phase to be worth 7.
#[derive(Debug)]
struct SevenIn(PhaseId);

impl KnownWorths for SevenIn {
    fn worth(&self, phase: PhaseId, _packed: &[u64]) -> Option<Worth> {
        let best = 7.0;
        (phase == self.0).then(|| Worth {
            best,
            ..Worth::default()
        })
    }
}

#[test]
fn what_an_earlier_search_knows_is_not_worked_out_again() {
    let program = program(
        "
phases:
  one: {title: One, begins: [{after: 5m, score: {points: 2}, because: So.}], ends: [{at: 1h, to: two}]}
  two: {title: Two, begins: [{score: {points: 1}, because: So.}], ends: [{at: 1h, to: endex}]}
",
    );
    let state = engine::start(&program, &mut Keyed::new(1), &mut ());
    let worth = |known| Pricer::new(&program, known, BUDGET).worth(&state, &mut go_on);
    assert_eq!(worth(None), Some(2.0 + 1.0));
    // The state itself is known, or the one in which the second phase begins.
    let [first, second] = [0, 1].map(|phase| SevenIn(PhaseId::at(phase)));
    assert_eq!(worth(Some(&first)), Some(7.0));
    assert_eq!(worth(Some(&second)), Some(2.0 + 1.0 + 7.0));
}

#[test]
fn a_pricer_knows_whether_somebody_stopped_it() {
    // Too large to be finished before it asks.
    let text = include_str!("../../../engine/tests/rich.yaml");
    let program = program(&text.replace("lasts: 16h", "lasts: 9h"));
    let state = engine::start(&program, &mut Keyed::new(1), &mut ());
    let pricer = Pricer::new(&program, None, BUDGET);
    assert!(!pricer.interrupted());
    assert_eq!(pricer.worth(&state, &mut |_| ControlFlow::Break(())), None);
    assert!(pricer.interrupted());
}
