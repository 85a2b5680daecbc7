//! How much of an exercise may still come.

use crate::engine::look::stamp;
use crate::engine::luck::Stream;
use crate::engine::view::Stamp;
use crate::engine::{Move, State, step};
use crate::program::Program;
use crate::scenario::Minutes;
use crate::search::random::RandomPlayer;

/// How much may still come, in some exercises played on from here at random, and one that only waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many were played at random.
    pub tries: usize,
    /// Moves to ENDEX, fewest and most.
    pub moves: (usize, usize),
    /// When ENDEX comes, earliest and latest.
    pub endex: (Stamp, Stamp),
}

/// What is left from a state: the same for the same seed. `None` after ENDEX.
#[must_use]
pub fn left(program: &Program, state: &State, tries: usize, seed: u64) -> Option<Left> {
    if state.ended(program).is_some() {
        return None;
    }
    let (count, last) = wait_for_endex(program, state, seed);
    let (mut moves, mut endex) = ((count, count), (last, last));
    let mut player = RandomPlayer::new(program, seed);
    for _ in 0..tries {
        let count = player.play_on(state, &mut ());
        let last = player.state().now(program);
        moves = (moves.0.min(count), moves.1.max(count));
        endex = (endex.0.min(last), endex.1.max(last));
    }
    Some(Left {
        tries,
        moves,
        endex: (stamp(program, endex.0), stamp(program, endex.1)),
    })
}

/// Waits until ENDEX: how many waits that takes, and the minute.
fn wait_for_endex(program: &Program, state: &State, seed: u64) -> (usize, Minutes) {
    let (mut state, mut luck) = (state.clone(), Stream(seed));
    let mut count = 0;
    while step(program, &mut state, Move::Wait, &mut luck, &mut ()).is_ok() {
        count += 1;
    }
    (count, state.now(program))
}

#[cfg(test)]
mod tests {
    use super::{Left, left};
    use crate::engine::luck::Keyed;
    use crate::engine::{Move, State, start, step};
    use crate::program::compile::tests::{compiled, written};
    use crate::program::{Program, ProgramSetup};

    /// Waiting meets the news and the end after ten hours; a choice ends it at once, an action makes moves more.
    const TEXT: &str = "
actions: {call: {label: Call, repeats: 3}}
values: {over: false}
phases:
  one:
    title: One
    decisions:
      ask: {at: 0m, within: 5h, question: Stop?, default: no, options: {no: {label: No}, yes: {label: Yes, do: [over = true]}}}
    injects: {news: {at: 1h, MSG}}
    ends: [{when: over, to: endex}]
";

    fn begun() -> (Program, State) {
        let (program, findings) = compiled(&written(TEXT), &ProgramSetup::default());
        assert_eq!(findings, Vec::<String>::new());
        let program = program.expect("a scenario without findings compiles");
        let state = start(&program, &mut Keyed::new(1), &mut ());
        (program, state)
    }

    fn figures(left: &Left) -> ((usize, usize), (i64, i64)) {
        (left.moves, (left.endex.0.minute, left.endex.1.minute))
    }

    #[test]
    fn the_shortest_and_the_longest_way_are_found() {
        let (program, state) = begun();
        let left = left(&program, &state, 500, 7).expect("it has not ended");
        // The news, the default and ENDEX are three waits; an answer and three calls come on top.
        assert_eq!(figures(&left), ((1, 6), (0, 600)));
        assert_eq!(left.tries, 500);
    }

    #[test]
    fn without_tries_only_waiting_is_told() {
        let (program, state) = begun();
        let left = left(&program, &state, 0, 7).expect("it has not ended");
        assert_eq!(figures(&left), ((3, 3), (600, 600)));
    }

    #[test]
    fn the_same_seed_gives_the_same() {
        let (program, state) = begun();
        let with = |seed| left(&program, &state, 5, seed);
        assert_eq!(with(7), with(7));
        let seeds: Vec<_> = (0..20).map(with).collect();
        assert!(seeds.iter().any(|it| *it != seeds[0]), "seeds differ");
    }

    #[test]
    fn nothing_is_left_after_endex() {
        let (program, mut state) = begun();
        let ask = program.decision_named("ask").expect("it is there");
        let mut luck = Keyed::new(1);
        let yes = Move::Choose(ask, 1);
        step(&program, &mut state, yes, &mut luck, &mut ()).expect("it is legal");
        assert_eq!(left(&program, &state, 10, 7), None);
    }
}
