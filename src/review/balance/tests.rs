//! Balances of starter, played in different ways.

use std::ops::ControlFlow;

use super::{Balance, balance};
use crate::engine::luck::Keyed;
use crate::engine::{self, Move};
use crate::program::compile::tests::compiled;
use crate::program::{Program, Setup};
use crate::search::Budget;
use crate::search::account::Pricer;

const STARTER: &str = include_str!("../../../scenarios/starter/scenario.yaml");

fn of(program: &Program, luck: &Keyed, moves: &[Move]) -> Balance {
    let budget = Budget {
        threads: 1,
        states_max: 1_000_000,
    };
    let pricer = Pricer::new(program, None, budget);
    balance(program, &pricer, (luck, moves), &[], &mut |_| {
        ControlFlow::Continue(())
    })
}

/// Waits to ENDEX, once `first` was done.
fn waited(program: &Program, luck: &Keyed, first: &[Move]) -> Vec<Move> {
    let mut keyed = luck.clone();
    let mut state = engine::start(program, &mut keyed, &mut ());
    let mut made = first.to_vec();
    for made in first {
        engine::step(program, &mut state, *made, &mut keyed, &mut ()).expect("it is legal");
    }
    while engine::step(program, &mut state, Move::Wait, &mut keyed, &mut ()).is_ok() {
        made.push(Move::Wait);
    }
    made
}

#[test]
fn who_waits_all_along_is_told_what_the_best_was_and_what_it_would_have_brought() {
    let (program, _) = compiled(STARTER, &Setup::default());
    let program = program.expect("it compiles");
    let luck = Keyed::new(1);
    let moves = waited(&program, &luck, &[]);
    let balance = of(&program, &luck, &moves);
    let sum = balance.sum.expect("it is small enough");
    assert!(balance.ended && sum.from == 0);
    assert_eq!(
        sum.start.shown + sum.luck.shown - sum.cost.shown,
        balance.points * 10 + sum.left.shown
    );
    let lines = balance.moves.iter();
    let costs: i64 = lines.filter_map(|it| it.cost).map(|it| it.shown).sum();
    assert_eq!(costs, sum.cost.shown);
    assert!(!balance.costly.is_empty() && balance.costly.len() <= super::COSTLY_MAX);
    let first = &balance.costly[0];
    assert!(first.what.starts_with("Wait; by default"), "{}", first.what);
    assert_ne!(first.best.line, "wait");
    assert!(
        balance
            .costly
            .iter()
            .all(|it| it.cost.shown <= first.cost.shown)
    );
}

#[test]
fn an_exercise_that_stopped_at_once_has_everything_left() {
    let (program, _) = compiled(STARTER, &Setup::default());
    let program = program.expect("it compiles");
    let balance = of(&program, &Keyed::new(1), &[]);
    let sum = balance.sum.expect("it is small enough");
    assert!(!balance.ended);
    assert_eq!((balance.points, sum.cost.shown), (0, 0));
    assert_eq!(sum.start.shown + sum.luck.shown, sum.left.shown);
}
