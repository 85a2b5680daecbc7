//! What holds of every account, over random exercises; and small scenarios in which the figures are plain.

mod plain;

use std::fmt::Write;
use std::ops::ControlFlow;

use super::lines::{Continuation, Deviation, NoLine, Onwards, timed};
use super::shown::RoundedFigures;
use super::{PlayedExercise, Priced, Pricer};
use crate::engine::luck::{Keyed, Stream};
use crate::engine::{self, Move};
use crate::program::compile::tests::{compiled, written};
use crate::program::{Program, ProgramSetup};
use crate::search::Budget;
use crate::search::walk::Progress;

const STARTER: &str = include_str!("../../../scenarios/starter/scenario.yaml");

/// A question worth 10 if it is answered at once, with luck at STARTEX, in an answer and on the way.
const PLAIN: &str = "
phases:
  one:
    title: One
    begins:
      - {chance: weather, outcomes: [{odds: 1, score: {points: 4}, because: Sun.}, {odds: 3, because: Rain.}]}
    injects:
      news: {at: 1h, MSG, asks: {ASK, within: 2h, default: no, options: {no: {label: No}, safe: {label: Safe, score: {points: 5}, because: Safe.}, bold: {label: Bold, chance: coin, outcomes: [{odds: 1, score: {points: 12}, because: Heads., chance: again, outcomes: [{odds: 1, score: {points: 2}, because: More.}, {odds: 1, because: No more.}]}, {odds: 1, because: Tails.}]}}}}
    ends: [{at: 8h, to: endex}]
";

fn program(text: &str) -> Program {
    program_of(text, &ProgramSetup::default())
}

fn program_of(text: &str, setup: &ProgramSetup) -> Program {
    let (program, findings) = compiled(&written(text), setup);
    assert_eq!(findings, Vec::<String>::new(), "{text}");
    program.expect("a scenario without findings compiles")
}

const BUDGET: Budget = Budget {
    threads: 1,
    states_max: 3_000_000,
};

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Random legal moves under the luck of a seed, to ENDEX or to a random stop.
fn random(program: &Program, seed: u64) -> (Keyed, Vec<Move>) {
    let begun = Keyed::new(seed);
    let mut luck = begun.clone();
    let mut pick = Stream(seed ^ 0x5eed);
    let mut state = engine::start(program, &mut luck, &mut ());
    let (mut legal, mut made) = (Vec::new(), Vec::new());
    let stops = pick.below(3) == 0;
    while state.ended(program).is_none() && !(stops && pick.below(8) == 0) {
        engine::moves(program, &state, &mut legal);
        let next = if pick.below(2) == 0 {
            Move::Wait
        } else {
            legal[pick.below(legal.len() as u64) as usize]
        };
        engine::step(program, &mut state, next, &mut luck, &mut ()).expect("it is legal");
        made.push(next);
    }
    (begun, made)
}

/// The account sums, exactly and as it is shown.
fn sums(priced: &Priced) {
    let start = priced.start().expect("it is known");
    let left = priced.left.expect("it is known");
    let prices = priced.steps.iter().filter_map(|step| step.price.as_ref());
    let cost: f64 = prices.map(super::Price::cost).sum();
    let rolls = priced.steps.iter().flat_map(|step| &step.rolls);
    let luck: f64 = rolls.map(|roll| roll.luck.expect("it is known")).sum();
    let score = priced.points() as f64 + left;
    let sum = start + luck - cost;
    assert!((score - sum).abs() < 1e-9, "{score} is not {sum}");
    assert!(!priced.ended || left == 0.0, "nothing is left after ENDEX");

    let shown = RoundedFigures::new(priced).expect("it is known");
    assert_eq!(shown.from, 0);
    assert_eq!(
        shown.points + shown.left,
        shown.start + shown.luck - shown.cost
    );
    assert_eq!(shown.points, priced.points() * 10);
    let costs: i64 = shown.costs.iter().flatten().sum();
    let lucks: i64 = shown.lucks.iter().flatten().flatten().sum();
    assert_eq!((costs, lucks), (shown.cost, shown.luck));
    let near = |shown: i64, exact: f64| assert!((shown as f64 - exact * 10.0).abs() < 1.0);
    near(shown.cost, cost);
    near(shown.luck, luck);
    near(shown.start, start);
    for (step, shown) in priced.steps.iter().zip(&shown.costs) {
        let exact = step.price.as_ref().map_or(0.0, super::Price::cost);
        near(shown.expect("it is known"), exact);
    }
    adds_up_at_each_step(priced, &shown);
}

/// What the exercise was worth before a step, and what the step cost and gave, is what it was worth after it.
fn adds_up_at_each_step(priced: &Priced, shown: &RoundedFigures) {
    assert_eq!(shown.values.len(), priced.steps.len() + 1);
    let mut value = priced.start().expect("it is known");
    let mut figure = shown.start;
    let mut points = 0;
    for (number, step) in priced.steps.iter().enumerate() {
        let price = step.price.as_ref().expect("it is known");
        let worth = points as f64 + price.before;
        assert!((worth - value).abs() < 1e-9, "{worth} is not {value}");
        assert_eq!(shown.values[number], Some(figure));
        assert!(
            (figure as f64 - worth * 10.0).abs() < 3.0,
            "{figure}: {worth}"
        );
        let luck = step.rolls.iter().filter_map(|roll| roll.luck);
        value += luck.sum::<f64>() - price.cost();
        let luck: i64 = shown.lucks[number].iter().flatten().sum();
        figure += luck - shown.costs[number].expect("it is known");
        points += step.points;
    }
    assert_eq!(shown.values.last(), Some(&Some(figure)));
    assert_eq!(figure, shown.points + shown.left);
}

fn hold_in(program: &Program, seeds: std::ops::Range<u64>) {
    let pricer = Pricer::new(program, None, BUDGET);
    for seed in seeds {
        let (luck, moves) = random(program, seed);
        let played = PlayedExercise {
            luck: &luck,
            moves: &moves,
        };
        let priced = pricer.account(played, &[], &mut go_on);
        assert_eq!(priced.steps.len(), moves.len() + 1);
        sums(&priced);
        if priced.ended && !moves.is_empty() {
            let after = pricer.best_from(played, moves.len() + 1, &mut go_on);
            assert_eq!(after.err(), Some(NoLine::NoSuchMove(moves.len())));
            // What was lost and won is the same wherever one looks: under best play from STARTEX on nothing costs.
            let best = pricer
                .best_from(played, 1, &mut go_on)
                .expect("it is known");
            let moves: Vec<Move> = made(&best);
            let played = PlayedExercise {
                luck: &luck,
                moves: &moves,
            };
            let priced = pricer.account(played, &[], &mut go_on);
            sums(&priced);
            let shown = RoundedFigures::new(&priced).expect("it is known");
            assert_eq!((shown.cost, priced.points()), (0, best.points));
        }
    }
}

fn made(line: &Continuation) -> Vec<Move> {
    let of = |step: &super::Happened| step.of.as_ref().map(|(made, _)| *made);
    line.steps.iter().filter_map(of).collect()
}

#[test]
fn every_account_of_starter_sums() {
    hold_in(&program(STARTER), 0..150);
}

#[test]
fn every_account_of_its_variant_and_its_cut_sums() {
    let variant = ProgramSetup {
        variant: Some("alone".to_owned()),
        ..ProgramSetup::default()
    };
    hold_in(&program_of(STARTER, &variant), 0..40);
    let cut = ProgramSetup {
        cut: Some("the_week".to_owned()),
        ..ProgramSetup::default()
    };
    hold_in(&program_of(STARTER, &cut), 0..40);
}

#[test]
fn every_account_of_generated_scenarios_sums() {
    for number in 0..40 {
        hold_in(&program(&generated(number)), 0..12);
    }
}

/// A small scenario: luck at STARTEX, in answers, in actions and where a phase begins, some of it within other luck.
fn generated(number: u64) -> String {
    let mut draw = Stream(number);
    let mut text = "
values: {v: {min: 0, max: 3, initial: 1, saturates: true}, on: false}
actions:
"
    .to_owned();
    let _ = writeln!(
        text,
        "  act: {{label: Act, repeats: 2, takes: {}0m, then: [{}]}}\nphases:",
        draw.below(9) + 1,
        block(&mut draw, "act", 2)
    );
    for (phase, next) in [("one", "two"), ("two", "endex")] {
        let begins = block(&mut draw, phase, 2);
        let _ = writeln!(
            text,
            "  {phase}:\n    title: P\n    begins: [{begins}]\n    injects:"
        );
        for inject in 0..=draw.below(2) {
            let name = format!("{phase}_{inject}");
            let (at, within) = (draw.below(12) * 10, (draw.below(9) + 1) * 10);
            let options: Vec<String> = ["x", "y", "z"][..2 + draw.below(2) as usize]
                .iter()
                .map(|option| {
                    let block = block(&mut draw, &format!("{name}_{option}"), 2);
                    format!("{option}: {{label: L, then: [{block}]}}")
                })
                .collect();
            let _ = writeln!(
                text,
                "      {name}: {{at: {at}m, MSG, asks: {{ASK, within: {within}m, default: x, options: {{{}}}}}}}",
                options.join(", ")
            );
        }
        let _ = writeln!(
            text,
            "    ends: [{{when: v == 3 && on, to: {next}}}, {{at: 4h, to: {next}}}]"
        );
    }
    text + "endex: [{when: on, score: {points: 2}, because: On.}]\n"
}

/// A block with luck inside luck.
fn block(draw: &mut Stream, name: &str, depth: u64) -> String {
    let points = draw.below(9) as i64 - 3;
    let effect = ["v += 1", "v -= 1", "on = !on", "on = v >= 2"][draw.below(4) as usize];
    let mut block = format!("{{do: [{effect}], score: {{points: {points}}}, because: B.");
    if depth > 0 && draw.below(3) > 0 {
        let outcomes: Vec<String> = (0..2 + draw.below(2))
            .map(|outcome| {
                let inner = self::block(draw, &format!("{name}_{outcome}"), depth - 1);
                format!("{{odds: {}, {}", draw.below(5) + 1, &inner[1..])
            })
            .collect();
        let _ = write!(
            block,
            ", chance: c_{name}, outcomes: [{}]",
            outcomes.join(", ")
        );
    }
    block + "}"
}

#[test]
fn rolls_of_one_step_are_told_apart_in_the_order_they_fell() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let moves = [Move::Wait, Move::Choose(news, 2), Move::Wait];
    let mut luck = Keyed::new(1);
    for (name, outcome) in [("weather", 1), ("coin", 0), ("again", 1)] {
        luck.force(program.chance_named(name).expect("it is there"), outcome);
    }
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let priced = pricer.account(played, &[news], &mut go_on);
    sums(&priced);
    // Sun is worth 4 and falls once in four; bold is worth (12 + 1) / 2.
    assert_eq!(priced.start(), Some(1.0 + 6.5));
    let lucks: Vec<_> = priced
        .steps
        .iter()
        .map(|step| step.rolls.iter().map(|it| it.luck).collect::<Vec<_>>())
        .collect();
    assert_eq!(
        lucks,
        [
            vec![Some(-1.0)],
            vec![],
            vec![Some(6.5), Some(-1.0)],
            vec![]
        ]
    );
    assert_eq!(priced.points(), 12);
    let about: Vec<_> = priced
        .steps
        .iter()
        .map(|step| step.needs_hindsight)
        .collect();
    assert_eq!(about, [false, false, true, false]);
}

#[test]
fn a_wait_past_the_deadline_bears_the_cost_of_its_default() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let luck = Keyed::new(3);
    let moves = [Move::Wait, Move::Wait, Move::Wait];
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let priced = pricer.account(played, &[], &mut go_on);
    let price = |step: usize| priced.steps[step].price.as_ref().expect("it is known");
    let costs: Vec<_> = (1..3).map(|step| price(step).cost()).collect();
    assert_eq!(costs, [0.0, 6.5]);
    assert_eq!(price(2).best(Move::Wait), Move::Choose(news, 2));
}

#[test]
fn where_the_budget_does_not_reach_the_end_is_priced_and_the_beginning_is_not() {
    let small = Budget {
        threads: 1,
        states_max: 0,
    };
    // One with too many states to be looked at before the budget is looked at.
    let beyond = (0..60).find(|number| {
        let program = program(&generated(*number));
        let (luck, moves) = random_to_the_end(&program);
        let pricer = Pricer::new(&program, None, small);
        let played = PlayedExercise {
            luck: &luck,
            moves: &moves,
        };
        let priced = pricer.account(played, &[], &mut go_on);
        let unpriced = priced.steps.iter().take_while(|it| it.price.is_none());
        let shown = RoundedFigures::new(&priced).expect("the end is known");
        assert_eq!(shown.from, unpriced.count());
        assert!(shown.from < priced.steps.len());
        assert_eq!(shown.points, shown.start + shown.luck - shown.cost);
        assert_eq!(priced.start().is_none(), shown.from > 0);
        let line = pricer.best_from(played, 1, &mut go_on);
        assert_eq!(line.is_err(), shown.from > 1, "{:?}", line.err());
        shown.from > 1
    });
    assert!(beyond.is_some());
}

/// The first random exercise that comes to ENDEX.
fn random_to_the_end(program: &Program) -> (Keyed, Vec<Move>) {
    let ends = |(luck, moves): &(Keyed, Vec<Move>)| {
        let last = super::again(program, moves, &mut luck.again()).pop();
        last.is_some_and(|it| it.after.ended(program).is_some())
    };
    let mut all = (0..).map(|seed| random(program, seed));
    all.find(ends).expect("one comes to ENDEX")
}

#[test]
fn the_same_later_moves_after_no_change_give_the_same_exercise() {
    for program in [program(STARTER), program(&generated(3)), program(PLAIN)] {
        let pricer = Pricer::new(&program, None, BUDGET);
        for seed in 0..40 {
            let (luck, moves) = random(&program, seed);
            let Some(number) = moves.len().checked_sub(1) else {
                continue;
            };
            let number = Stream(seed).below(number as u64 + 1) as usize + 1;
            let played = PlayedExercise {
                luck: &luck,
                moves: &moves,
            };
            let change = Deviation::Move(moves[number - 1]);
            let line = pricer
                .what_if(played, number, change, Onwards::Same, &mut go_on)
                .expect("it was legal");
            assert_eq!(line.left_out, []);
            let priced = pricer.account(played, &[], &mut go_on);
            assert_eq!((line.points, line.ended), (priced.points(), priced.ended));
            let all = timed(&program, played);
            let again = pricer.what_if(played, number, change, Onwards::Other(&all), &mut go_on);
            assert!(again.is_ok());
        }
    }
}

#[test]
fn a_changed_roll_changes_nothing_else() {
    let program = program(PLAIN);
    let news = program.decision_named("news").expect("it is there");
    let chance = |name| program.chance_named(name).expect("it is there");
    let moves = [Move::Wait, Move::Choose(news, 2), Move::Wait];
    let mut luck = Keyed::new(1);
    luck.force(chance("weather"), 0);
    luck.force(chance("coin"), 1);
    let pricer = Pricer::new(&program, None, BUDGET);
    let played = PlayedExercise {
        luck: &luck,
        moves: &moves,
    };
    let points = |number, change| {
        let line = pricer.what_if(played, number, change, Onwards::Same, &mut go_on);
        line.map(|line| line.points)
    };
    assert_eq!(points(0, Deviation::Roll(chance("weather"), 1)), Ok(0));
    let heads = points(2, Deviation::Roll(chance("coin"), 0)).expect("it is rolled there");
    assert!([16, 18].contains(&heads), "{heads}");
    assert_eq!(points(2, Deviation::Move(Move::Choose(news, 1))), Ok(9));
    let elsewhere = points(1, Deviation::Roll(chance("coin"), 0));
    assert_eq!(elsewhere, Err(NoLine::NotRolled(Vec::new())));
    assert_eq!(
        points(4, Deviation::Move(Move::Wait)),
        Err(NoLine::NoSuchMove(3))
    );
    let early = points(1, Deviation::Move(Move::Choose(news, 1)));
    assert!(matches!(early, Err(NoLine::Refused(_))));
}

#[test]
fn of_moves_that_are_as_good_an_answer_comes_first_and_an_action_last() {
    let ask = |options: &str| {
        let text = format!(
            "
actions: {{one: {{label: One, SCORE}}, two: {{label: Two, SCORE}}}}
phases:
  one:
    title: One
    decisions: {{ask: {{at: 0m, ASK, within: 1h, default: a, options: {{{options}}}}}}}
    ends: [{{at: 2h, to: endex}}]
"
        );
        text.replace("SCORE", "score: {points: 1}, because: So.")
    };
    let best = |text: &str, moves: &[&str]| {
        let program = program(text);
        let mut luck = Keyed::new(1);
        let mut state = engine::start(&program, &mut luck, &mut ());
        for name in moves {
            let act = Move::Take(program.action_named(name).expect("it is there"));
            engine::step(&program, &mut state, act, &mut luck, &mut ()).expect("it is legal");
        }
        let pricer = Pricer::new(&program, None, BUDGET);
        let worths = pricer.moves(&state, &mut go_on).expect("it is known");
        let best = pricer.best(&state, &mut go_on).expect("it is known");
        (program, worths, best)
    };
    // Nothing need be done now: each action is worth as much later.
    let same = "a: {label: A}, b: {label: B}";
    let (program, worths, first) = best(&ask(same), &[]);
    let choose = |option| Move::Choose(program.decision_named("ask").expect("it is there"), option);
    let take = |name| Move::Take(program.action_named(name).expect("it is there"));
    assert_eq!(worths.len(), 5);
    assert!(
        worths.iter().all(|(_, worth)| (*worth - 2.0).abs() < 1e-9),
        "{worths:?}"
    );
    assert_eq!(first, choose(0));
    let (_, _, second) = best(
        &ask("a: {label: A, score: {points: -1}, because: So.}, b: {label: B}"),
        &[],
    );
    assert_eq!(second, choose(1), "the default would come");
    let price = |made: f64, moves| super::Price {
        before: 2.0,
        made,
        moves,
    };
    // The move that was made, if none was better; else a wait before an action, and the first of two actions.
    let (one, two) = (take("one"), take("two"));
    assert_eq!(price(2.0, worths.clone()).best(two), two);
    assert_eq!(price(2.0 - 1e-10, worths.clone()).best(two), two);
    assert_eq!(price(1.0, worths).best(two), choose(0));
    let without = |wait: f64| vec![(two, 2.0), (one, 2.0 - 1e-10), (Move::Wait, wait)];
    assert_eq!(price(1.0, without(2.0)).best(choose(0)), Move::Wait);
    assert_eq!(price(1.0, without(1.9)).best(choose(0)), one);
}
