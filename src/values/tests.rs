//! Stored values: what is written is read again, and whatever else is read is refused.

use std::ops::ControlFlow;

use proptest::prelude::{any, prop_assert, proptest};
use sha2::{Digest, Sha256};

use super::{MAGIC, Values, ValuesError, open, read, sample, solved, write};
use crate::engine::luck::Stream;
use crate::engine::{Move, start, step};
use crate::program::compile::tests::{compiled, written};
use crate::program::ids::PhaseId;
use crate::program::{Program, ProgramSetup};
use crate::search::worth::{KnownWorths, Worth};
use crate::search::{Budget, Solver};

/// Two phases, luck in both, and two values that cross.
const SMALL: &str = "
lasts: 8h
values:
  hands: {min: 0, max: 3, initial: 2}
  open: true
actions:
  shut:
    label: Shut
    do: [open = false]
    chance: luck
    outcomes:
      - {odds: 1, do: [hands -= 1], score: {points: -1}, because: Dropped.}
      - {odds: 2, score: {points: 2}, because: Well done.}
phases:
  one:
    title: One
    injects:
      news: {at: 1h, MSG, asks: {ASK, within: 1h, default: x, options: {x: {label: X}, y: {label: Y, do: [hands -= 1], score: {points: 1}, because: So.}}}}
    ends: [{at: 3h, to: two}]
  two:
    title: Two
    injects:
      late: {at: 1h, MSG, asks: {ASK, within: 1h, default: x, options: {x: {label: X}, y: {label: Y, needs: hands >= 1, chance: more, outcomes: [{odds: 1, score: {points: 3}, because: Good.}, {odds: 3, score: {points: -1}, because: Bad.}]}}}}
    ends: [{at: 3h, to: endex}]
endex:
  - {when: open, score: {points: -2}, because: It stood open.}
";

const FINGERPRINT: &str = "8b6c987e65859e2593ed5bb66582c41c0064576c7db0563b69241adf66c8a014";

const WHOLE: Budget = Budget {
    threads: 2,
    states_max: 100_000,
};

fn program_of(text: &str) -> Program {
    let (program, findings) = compiled(&written(text), &ProgramSetup::default());
    program.unwrap_or_else(|| panic!("{findings:?}"))
}

fn worth(program: &Program, known: Option<&dyn KnownWorths>) -> Option<Worth> {
    let mut solver = Solver::new(program, known);
    solver
        .startex(WHOLE, &mut |_| ControlFlow::Continue(()))
        .value
}

fn values_of(program: &Program) -> Values {
    let mut solver = Solver::new(program, None);
    solver.startex(WHOLE, &mut |_| ControlFlow::Continue(()));
    solved(&solver, &ProgramSetup::default(), WHOLE, &mut |_| {
        ControlFlow::Continue(())
    })
    .expect("it is small")
}

fn stored(program: &Program) -> Vec<u8> {
    write(FINGERPRINT, &[values_of(program)]).expect("it is small")
}

/// With a checksum that fits.
fn sealed(mut held: Vec<u8>) -> Vec<u8> {
    held.extend(Sha256::digest(&held));
    held
}

fn opened(bytes: &[u8], program: &Program) -> Result<Values, ValuesError> {
    open(bytes, FINGERPRINT, program, &ProgramSetup::default(), 7)
}

#[test]
fn what_is_written_is_read_again() {
    let program = program_of(SMALL);
    let values = values_of(&program);
    let bytes = write(FINGERPRINT, std::slice::from_ref(&values)).expect("it is small");
    assert_eq!(opened(&bytes, &program), Ok(values.clone()));
    let phases: Vec<u16> = values.states.iter().map(|state| state.phase.0).collect();
    assert_eq!(
        phases[..2],
        [0, 1],
        "one state begins, others enter the second phase"
    );
    assert!(values.len() > 3, "{values:?}");
}

#[test]
fn the_same_bytes_whatever_the_number_of_threads() {
    let program = program_of(SMALL);
    let bytes = [1, 2, 3].map(|threads| {
        let mut solver = Solver::new(&program, None);
        let budget = Budget { threads, ..WHOLE };
        solver.startex(budget, &mut |_| ControlFlow::Continue(()));
        let values = solved(&solver, &ProgramSetup::default(), WHOLE, &mut |_| {
            ControlFlow::Continue(())
        })
        .expect("it is small");
        write(FINGERPRINT, &[values]).expect("it is small")
    });
    assert!(bytes[0] == bytes[1] && bytes[1] == bytes[2]);
}

#[test]
fn what_is_stored_need_not_be_explored() {
    let program = program_of(SMALL);
    let values = values_of(&program);
    assert_eq!(worth(&program, Some(&values)), worth(&program, None));

    // From within the first phase, that phase alone is explored.
    let mut state = start(&program, &mut Stream(1), &mut ());
    step(&program, &mut state, Move::Wait, &mut Stream(1), &mut ()).expect("waiting is legal");
    let go_on = &mut |_| ControlFlow::Continue(());
    let (with, without) = (
        Solver::new(&program, Some(&values)),
        Solver::new(&program, None),
    );
    assert_eq!(
        with.worth(&state, WHOLE, go_on),
        without.worth(&state, WHOLE, go_on)
    );
    let states = |solver: &Solver| [0, 1].map(|phase| solver.walk().table(PhaseId(phase)).len());
    assert_eq!(states(&with), [states(&without)[0], 0]);
    assert!(states(&without)[1] > 0);
}

#[test]
fn what_does_not_fit_is_refused() {
    let program = program_of(SMALL);
    let bytes = stored(&program);
    let body = || bytes[..bytes.len() - 32].to_vec();
    let with = |at: usize, byte: u8| {
        let mut body = body();
        body[at] = byte;
        sealed(body)
    };
    let cases = [
        (Vec::new(), ValuesError::Foreign),
        (b"sandtable".to_vec(), ValuesError::Foreign),
        (MAGIC.to_vec(), ValuesError::Broken("they end too early")),
        (with(8, 2), ValuesError::Version(2)),
        (with(12, 0), ValuesError::Packing),
        (with(16, b'9'), ValuesError::OtherText),
        // The shape stands behind the two bytes of the count and four of no variant and no cut.
        (
            with(16 + 64 + 6, bytes[16 + 64 + 6] ^ 1),
            ValuesError::Packing,
        ),
        (
            bytes[..bytes.len() - 1].to_vec(),
            ValuesError::Broken("the checksum does not fit"),
        ),
        (
            sealed([body(), vec![0]].concat()),
            ValuesError::Broken("there is something after the last state"),
        ),
        (
            sealed(body()[..body().len() - 1].to_vec()),
            ValuesError::Broken("they end too early"),
        ),
        (vec![0; super::VALUES_MAX_BYTES + 1], ValuesError::TooLarge),
    ];
    for (number, (bytes, error)) in cases.into_iter().enumerate() {
        assert_eq!(opened(&bytes, &program), Err(error), "case {number}");
    }
    let other = ProgramSetup {
        variant: Some("other".to_owned()),
        cut: None,
    };
    let found = open(&bytes, FINGERPRINT, &program, &other, 7);
    assert_eq!(found, Err(ValuesError::NoSetup));
    // The same text by a program that lays states out otherwise.
    let wider = program_of(&SMALL.replace("max: 3", "max: 300"));
    assert_eq!(opened(&bytes, &wider), Err(ValuesError::Packing));
}

#[test]
fn a_state_that_is_missing_or_worth_something_else_is_found() {
    let program = program_of(SMALL);
    let values = values_of(&program);
    let in_two = |values: &Values| {
        values
            .states
            .iter()
            .position(|state| state.phase == PhaseId(1))
    };
    let mut lacking = values.clone();
    lacking.states.retain(|state| state.phase == PhaseId(0));
    assert_eq!(sample(&lacking, &program, 7), Err(ValuesError::Missing));
    let mut wrong = values.clone();
    for state in &mut wrong.states[in_two(&values).expect("there is a second phase")..] {
        state.worth.best += 1e-6;
    }
    let bytes = write(FINGERPRINT, &[wrong]).expect("it is small");
    assert_eq!(opened(&bytes, &program), Err(ValuesError::Wrong));
    assert_eq!(sample(&values, &program, 7), Ok(()));
}

#[test]
fn a_search_that_was_not_finished_stores_nothing() {
    let program = program_of(SMALL);
    let solver = Solver::new(&program, None);
    assert_eq!(
        solved(&solver, &ProgramSetup::default(), WHOLE, &mut |_| {
            ControlFlow::Continue(())
        }),
        None
    );
    // With what is known beforehand nothing is explored, and nothing new can be said.
    let values = values_of(&program);
    let mut solver = Solver::new(&program, Some(&values));
    solver.startex(WHOLE, &mut |_| ControlFlow::Continue(()));
    assert_eq!(
        solved(&solver, &ProgramSetup::default(), WHOLE, &mut |_| {
            ControlFlow::Continue(())
        }),
        None
    );
}

proptest! {
    #[test]
    fn any_bytes_end_in_a_value_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(read(&bytes).is_err());
        let begun = [MAGIC.to_vec(), 1_u32.to_le_bytes().to_vec(), super::PACKING.to_le_bytes().to_vec(), bytes].concat();
        let _ = read(&sealed(begun.clone()));
        prop_assert!(read(&begun).is_err());
    }

    #[test]
    fn a_byte_that_changed_under_a_checksum_that_fits_ends_in_a_value_or_an_error(at in any::<usize>(), byte in any::<u8>()) {
        let program = program_of(SMALL);
        let mut bytes = stored(&program);
        bytes.truncate(bytes.len() - 32);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = opened(&sealed(bytes), &program);
    }
}
