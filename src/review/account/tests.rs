//! Accounts of the starter scenario, played in different ways.

use std::ops::ControlFlow;

use super::{Account, Figure, hints, priced_account};
use crate::engine::luck::Keyed;
use crate::engine::{self, Move};
use crate::program::compile::tests::compiled;
use crate::program::{Program, ProgramSetup};
use crate::search::Budget;
use crate::search::pricing::Pricer;

const STARTER: &str = include_str!("../../../scenarios/starter/scenario.yaml");

fn account_of(program: &Program, luck: &Keyed, moves: &[Move]) -> Account {
    let budget = Budget {
        threads: 1,
        states_max: 1_000_000,
    };
    let pricer = Pricer::new(program, None, budget);
    priced_account(program, &pricer, (luck, moves), &[], &mut |_| {
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
    let (program, _) = compiled(STARTER, &ProgramSetup::default());
    let program = program.expect("it compiles");
    let luck = Keyed::new(1);
    let moves = waited(&program, &luck, &[]);
    let account = account_of(&program, &luck, &moves);
    let sum = account.sum.expect("it is small enough");
    assert!(account.ended && sum.from == 0);
    assert_eq!(
        sum.start.shown + sum.luck.shown - sum.cost.shown,
        account.points * 10 + sum.left.shown
    );
    let lines = account.moves.iter();
    let costs: i64 = lines.filter_map(|it| it.cost).map(|it| it.shown).sum();
    assert_eq!(costs, sum.cost.shown);
    assert!(!account.costly.is_empty() && account.costly.len() <= super::COSTLY_MAX);
    let first = &account.costly[0];
    assert!(first.what.starts_with("Wait; by default"), "{}", first.what);
    assert_ne!(first.best.line, "wait");
    assert!(
        account
            .costly
            .iter()
            .all(|it| it.cost.shown <= first.cost.shown)
    );
    for it in &account.costly {
        let reasons = it.gains.iter().chain(&it.spares);
        let sum: i64 = reasons.map(|it| it.points.abs()).sum();
        assert_eq!(it.then - account.points, sum + it.others, "{it:?}");
    }
}

#[test]
fn an_exercise_that_stopped_at_once_has_everything_left() {
    let (program, _) = compiled(STARTER, &ProgramSetup::default());
    let program = program.expect("it compiles");
    let account = account_of(&program, &Keyed::new(1), &[]);
    let sum = account.sum.expect("it is small enough");
    assert!(!account.ended);
    assert_eq!((account.points, sum.cost.shown), (0, 0));
    assert_eq!(sum.start.shown + sum.luck.shown, sum.left.shown);
}

#[test]
fn the_curve_leads_from_the_start_to_the_points_by_cost_and_luck() {
    let (program, _) = compiled(STARTER, &ProgramSetup::default());
    let program = program.expect("it compiles");
    for seed in 0..12 {
        let luck = Keyed::new(seed);
        let all = waited(&program, &luck, &[]);
        // To the end, and stopped on the way.
        for count in [all.len(), all.len() / 2, 0] {
            let account = account_of(&program, &luck, &all[..count]);
            let sum = account.sum.expect("it is small enough");
            let curve = &account.curve;
            assert_eq!(curve.len(), count + 2);
            assert_eq!(curve[0].value, sum.start);
            let last = curve.last().expect("there is one").value;
            assert_eq!(last.shown, account.points * 10 + sum.left.shown);
            for place in 0..=count {
                let step = account.step(place).expect("it was made");
                assert_eq!(step.value, Some(curve[place].value));
                let shown = |it: Option<Figure>| it.map_or(0, |it| it.shown);
                let exact = |it: Option<Figure>| it.map_or(0.0, |it| it.exact);
                let (now, next) = (curve[place].value, curve[place + 1].value);
                assert_eq!(now.shown + shown(step.luck) - shown(step.cost), next.shown);
                let sum = now.exact + exact(step.luck) - exact(step.cost);
                assert!((sum - next.exact).abs() < 1e-9, "{sum} is not {next:?}");
            }
            let lowest = account.lowest().expect("there is a curve").value.shown;
            assert!(curve.iter().all(|it| it.value.shown >= lowest));
        }
    }
}

#[test]
fn what_is_not_priced_has_no_place_on_the_curve() {
    let (program, _) = compiled(STARTER, &ProgramSetup::default());
    let program = program.expect("it compiles");
    let luck = Keyed::new(1);
    let moves = waited(&program, &luck, &[]);
    let budget = Budget {
        threads: 1,
        states_max: 20,
    };
    let pricer = Pricer::new(&program, None, budget);
    let account = priced_account(&program, &pricer, (&luck, &moves), &[], &mut |_| {
        ControlFlow::Continue(())
    });
    let sum = account.sum.expect("the end is known");
    assert!(sum.from > 0, "the beginning is too far");
    let first = &account.curve[0];
    assert_eq!((first.before, first.value), (sum.from, sum.start));
    let said = hints::curve(&account).expect("there is a curve");
    assert!(
        said.contains(&format!("before move {}", sum.from)),
        "{said}"
    );
}
