//! What holds in every exercise of every program.

use std::ops::ControlFlow;
use std::sync::Arc;

use sandtable::engine::luck::{Keyed, Luck, Stream};
use sandtable::engine::{self, Event, Move, State};
use sandtable::exercise::{Exercise, Seat};
use sandtable::program::Program;
use sandtable::program::ids::{ActionId, DecisionId, DueId};
use sandtable::review::{leads, left, scorecard};
use sandtable::scenario::Minutes;
use sandtable::search::{Budget, Solver, explore};

/// Moves that are drawn. After them the team only waits.
const DRAWN_MAX: usize = 60;

/// More waits than there are things that can show.
const WAITS_MAX: usize = 1_000;

type Events = Vec<(Minutes, Event)>;

/// A move, and the state and the events after it.
struct Made {
    by: Move,
    state: State,
    events: Events,
}

/// Plays, and holds what must be so.
pub fn holds(program: &Arc<Program>, seed: u64) {
    let played = play(program, seed);
    sound(program, &played);
    cut_up(program, seed, &played);
    refused(program, &played);
    kept(program, seed, &played);
    recorded(program, seed, &played);
    // The search and the facilitator's look ahead make the same steps, many of them.
    match seed >> 4 & 7 {
        0 => explored(program),
        1 => ahead(program, seed, &played),
        _ => {}
    }
}

fn explored(program: &Program) {
    let budget = Budget {
        threads: 1,
        states_max: 100,
    };
    let mut solver = Solver::new(program, None);
    let found = explore(&mut solver, budget, &mut |_| ControlFlow::Continue(()));
    let ended: usize = found.endings.iter().sum();
    assert!(found.worth.is_none() || ended > 0, "no exercise ends");
}

fn ahead(program: &Program, seed: u64, played: &[Made]) {
    let middle = &played[played.len() / 2].state;
    let _ = leads::leads(program, middle);
    let _ = left::left(program, middle, 3, seed);
}

/// An exercise in which every other move is a wait.
fn play(program: &Program, seed: u64) -> Vec<Made> {
    let (mut luck, mut pick) = (Keyed::new(seed), Stream(seed));
    let mut events = Vec::new();
    let mut state = engine::start(program, &mut luck, &mut events);
    let mut played = vec![Made {
        by: Move::Wait,
        state: state.clone(),
        events,
    }];
    let mut legal = Vec::new();
    loop {
        engine::moves(program, &state, &mut legal);
        if legal.is_empty() {
            assert!(state.ended(program).is_some(), "nothing can be done");
            return played;
        }
        let drawn = played.len() <= DRAWN_MAX && pick.below(2) == 0;
        let made = match legal.len() {
            total if drawn => legal[pick.below(total as u64) as usize],
            _ => Move::Wait,
        };
        let mut events = Vec::new();
        engine::step(program, &mut state, made, &mut luck, &mut events).expect("it is legal");
        played.push(Made {
            by: made,
            state: state.clone(),
            events,
        });
        assert!(
            played.len() < DRAWN_MAX + WAITS_MAX,
            "an exercise without an end"
        );
    }
}

/// Values within their bounds, time that goes forward, and nothing left that could have come.
fn sound(program: &Program, played: &[Made]) {
    for it in played {
        at_rest(program, &it.state);
        let minutes = it.events.iter().map(|(minute, _)| *minute);
        assert!(minutes.is_sorted(), "time goes back");
    }
    let events: Events = played
        .iter()
        .flat_map(|it| it.events.iter().copied())
        .collect();
    let scorecard = scorecard(program, &events);
    let points = scorecard.objectives.iter().map(|it| {
        assert_eq!(
            it.points,
            it.lines.iter().map(|line| line.points).sum::<i64>()
        );
        it.points
    });
    assert_eq!(scorecard.total, points.sum::<i64>());
}

fn at_rest(program: &Program, state: &State) {
    let words = state.words();
    for value in &program.values {
        let units = value.slot.get(words);
        let bounds = value.min * value.per..=value.max * value.per;
        assert!(bounds.contains(&units), "{units} is not in {bounds:?}");
    }
    assert!(state.now(program) <= program.lasts);
    if state.ended(program).is_some() {
        return;
    }
    let is_due =
        |id: DueId| words[program.agenda.start + id.index() / 64] >> (id.index() % 64) & 1 == 1;
    let phase = &program.phases[state.phase(program).index()];
    for watched in &phase.watched {
        let inject = &program.injects[watched.inject.index()];
        let came = inject.came.map_or(0, |slot| slot.get(words));
        let waits = inject.again.is_some_and(|again| is_due(again.due));
        let comes = came < i64::from(inject.repeats)
            && !waits
            && program.operations.holds(watched.when, words);
        assert!(
            !comes,
            "an inject that holds has not come: {:?}",
            program.script.injects[watched.inject.index()].id
        );
    }
    for end in phase.ends.iter().filter(|end| end.at.is_none()) {
        let holds = end
            .when
            .is_some_and(|when| program.operations.holds(when, words));
        assert!(!holds, "a phase that is over has not ended");
    }
}

/// The same moves, with waits in pieces that end anywhere, give the same. So do states made of their words alone.
fn cut_up(program: &Program, seed: u64, played: &[Made]) {
    let (mut luck, mut pick) = (Keyed::new(seed), Stream(seed ^ 1));
    let mut events = Vec::new();
    let mut state = engine::start(program, &mut luck, &mut events);
    let longest = program.lasts as u64 / 10 + 2;
    for it in &played[1..] {
        events.clear();
        if it.by == Move::Wait {
            let until = it.state.now(program);
            while state.now(program) < until && state.ended(program).is_none() {
                let piece = match pick.below(3) {
                    0 => 1,
                    _ => pick.below(longest) as Minutes,
                };
                let to = (state.now(program) + piece).min(until);
                engine::advance(program, &mut state, to, &mut luck, &mut events);
                at_rest(program, &state);
                state = State::from_words(program, state.words());
            }
        } else {
            engine::step(program, &mut state, it.by, &mut luck, &mut events).expect("it was made");
        }
        assert_eq!(events, it.events, "in pieces");
        assert!(state == it.state, "in pieces");
    }
}

/// A move is refused where it is not offered, and changes nothing then.
fn refused(program: &Program, played: &[Made]) {
    let decisions = (0..=program.decisions.len()).map(DecisionId::at);
    let options = decisions.flat_map(|id| (0..5).map(move |option| Move::Choose(id, option)));
    let actions = (0..=program.actions.len()).map(|index| Move::Take(ActionId::at(index)));
    let all: Vec<Move> = options.chain(actions).chain([Move::Wait]).collect();
    let mut legal = Vec::new();
    for it in played.iter().step_by(7) {
        engine::moves(program, &it.state, &mut legal);
        for wanted in &all {
            let refusal = engine::refusal(program, &it.state, *wanted);
            assert_eq!(refusal.is_ok(), legal.contains(wanted), "{wanted:?}");
            if let Err(refusal) = refusal {
                let mut next = it.state.clone();
                let mut events = Vec::new();
                let made = engine::step(program, &mut next, *wanted, &mut Never, &mut events);
                assert_eq!(made, Err(refusal));
                assert!(next == it.state && events.is_empty());
                // What is asked by name names nothing that is not there.
                let known = match wanted {
                    Move::Choose(id, _) => id.index() < program.decisions.len(),
                    Move::Take(id) => id.index() < program.actions.len(),
                    Move::Wait => true,
                };
                if known {
                    let said = (refusal.sentence(program), refusal.reason(program));
                    assert!(said.0.ends_with('.') && said.1.ends_with('.'), "{said:?}");
                }
            }
        }
    }
}

/// Luck that is not asked for.
struct Never;

impl Luck for Never {
    fn roll(
        &mut self,
        _: sandtable::program::ids::ChanceId,
        _: &sandtable::program::Chance,
    ) -> usize {
        panic!("a refused move rolls")
    }
}

/// A state that forgot everything but its words goes on in the same way.
fn kept(program: &Program, seed: u64, played: &[Made]) {
    for pair in played.windows(2) {
        let (mut one, mut other) = (
            pair[0].state.clone(),
            State::from_words(program, pair[0].state.words()),
        );
        let mut events = (Vec::new(), Vec::new());
        let made = pair[1].by;
        engine::step(program, &mut one, made, &mut Stream(seed), &mut events.0)
            .expect("it was made");
        engine::step(program, &mut other, made, &mut Stream(seed), &mut events.1)
            .expect("it was made");
        assert!(
            one == other && events.0 == events.1,
            "what is kept beside the words is wrong"
        );
    }
}

/// The same as an exercise of seats: the same state, the same after taking back, and views that can be made.
fn recorded(program: &Arc<Program>, seed: u64, played: &[Made]) {
    let mut exercise = Exercise::begin(Arc::clone(program), seed);
    for it in &played[1..] {
        exercise.make(it.by).expect("it was made");
    }
    let last = played.last().expect("there is STARTEX");
    assert!(exercise.history().state == last.state);
    let events: Events = played
        .iter()
        .flat_map(|it| it.events.iter().copied())
        .collect();
    assert_eq!(exercise.history().events, events);
    for role in 0..program.script.scenario.roles.len() {
        let place = Seat {
            roles: vec![sandtable::program::ids::RoleId::at(role)],
            person: String::new(),
        };
        let _ = exercise.view(&place.viewer());
    }
    let _ = exercise.view(&Seat::all(program).viewer());
}
