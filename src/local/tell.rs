//! What a face must know of an exercise, as messages.

use jiff::Timestamp;

use crate::engine::look::{Viewer, stamp};
use crate::exercise::{Exercise, Seat};
use crate::front::facilitate::Countdown;
use crate::front::seats::{Ballot, Note, Rating, SeatView, Seats, Vote};
use crate::front::{Msg, TakenBack};
use crate::journal::{self, EntryKind};
use crate::local::moves;
use crate::local::wall::Wall;
use crate::program::ids::RoleId;
use crate::review::{self, Scorecard};

/// How an exercise stands: its view, and its account once it is over.
pub(super) fn standing(exercise: &Exercise, seat: &Viewer) -> Vec<Msg> {
    let mut told = vec![Msg::View(Box::new(exercise.view(seat)))];
    if exercise.is_over() {
        told.push(Msg::Scorecard(scorecard(exercise)));
    }
    told
}

pub(super) fn scorecard(exercise: &Exercise) -> Scorecard {
    review::scorecard(exercise.program(), &exercise.history().events)
}

/// What the latest entry brought. `announced` is whether the face asked for it itself, and said so already; `before` are
/// the lines of the moves that stood before it.
pub(super) fn entered(
    exercise: &Exercise,
    seat: &Viewer,
    what: &EntryKind,
    (announced, before): (bool, &[(Vec<RoleId>, String)]),
) -> Vec<Msg> {
    match what {
        EntryKind::Move(_) => {
            let made = exercise.history().moves.last();
            let heard = made.filter(|it| !announced && seat.hears(exercise.roles_of(it.what)));
            let made = heard
                .map(|it| Msg::Made(moves::by_id(exercise.program(), it.what), it.reason.clone()));
            made.into_iter().chain(standing(exercise, seat)).collect()
        }
        EntryKind::TakeBack(back) => {
            let taken = before.get(back.to..).unwrap_or_default().iter();
            let heard = |(roles, line): &(Vec<RoleId>, String)| {
                let heard = seat.hears(roles);
                heard.then(|| line.clone())
            };
            let taken = TakenBack {
                to: back.to,
                moves: taken
                    .map(|it| heard(it).unwrap_or_else(|| "a move of others".to_owned()))
                    .collect(),
            };
            let mut told = vec![Msg::TakenBack(taken)];
            told.extend(standing(exercise, seat));
            told.extend(votes(exercise, seat));
            told
        }
        EntryKind::Inject(_) => standing(exercise, seat),
        EntryKind::Note(note) => vec![Msg::Note(noted(exercise, note))],
        EntryKind::Ballot(journal::RecordedBallot { decision, .. })
        | EntryKind::Reveal(journal::Reveal { decision }) => vote(exercise, decision, seat)
            .map(Msg::Vote)
            .into_iter()
            .collect(),
        EntryKind::Pause | EntryKind::GoOn => vec![Msg::Paused(exercise.is_paused())],
        EntryKind::Stopped(it) => vec![
            Msg::Stopped(it.why.clone()),
            Msg::Scorecard(scorecard(exercise)),
        ],
        EntryKind::Roll(_) | EntryKind::Countdown(_) | EntryKind::Resumed | EntryKind::Ended => {
            Vec::new()
        }
    }
}

/// The countdowns of the questions that these eyes may see, of an exercise that began then, at this time on the wall.
pub(super) fn countdowns(
    exercise: &Exercise,
    seat: &Viewer,
    begun: Timestamp,
    now: Timestamp,
) -> Vec<Countdown> {
    let program = exercise.program();
    let wall = Wall::of(exercise, begun, now);
    let left = wall.countdowns(exercise, begun).into_iter();
    let heard = left.filter(|(id, _)| seat.hears(&program.script.decision(*id).to));
    heard
        .map(|(id, seconds)| Countdown {
            decision: program.script.decision(id).id.clone(),
            seconds,
        })
        .collect()
}

/// The moves that stand, as lines of a play, with whose they were.
pub(super) fn lines(exercise: &Exercise) -> Vec<(Vec<RoleId>, String)> {
    let line = |made| {
        let roles = exercise.roles_of(made).to_vec();
        (roles, crate::play::line_of(exercise.program(), made))
    };
    exercise.moves().map(line).collect()
}

pub(super) fn seats(exercise: &Exercise, current: usize, ready: &[bool]) -> Seats {
    let program = exercise.program();
    let roles = &program.script.scenario.roles;
    let seat = |(place, it): (usize, &Seat)| SeatView {
        title: it.title(program),
        person: it.person.clone(),
        ready: ready.get(place).copied().unwrap_or(false),
    };
    Seats {
        seats: exercise.seats().iter().enumerate().map(seat).collect(),
        current,
        absent: exercise
            .absent()
            .iter()
            .map(|role| roles[role.index()].title.value.clone())
            .collect(),
    }
}

fn noted(exercise: &Exercise, note: &journal::RecordedNote) -> Note {
    let program = exercise.program();
    let scenario = &program.script.scenario;
    let role = note.role.as_ref().and_then(|id| {
        let role = scenario.roles.iter().find(|it| it.id.value == *id)?;
        Some(role.title.value.clone())
    });
    let objective = note.objective.as_ref().and_then(|id| {
        let objective = scenario.objectives.iter().find(|it| it.id.value == *id)?;
        Some(objective.title.value.clone())
    });
    let place = note.seat.and_then(|seat| exercise.seats().get(seat));
    Note {
        at: stamp(program, exercise.history().state.now(program)),
        by: place.map_or_else(|| "Facilitator".to_owned(), |it| it.name(program)),
        observation: note.seat.is_none(),
        about: role.or(objective).unwrap_or_default(),
        rating: note.rating.and_then(Rating::from_letter),
        text: note.text.clone(),
    }
}

/// Every vote that stands on an open question, as far as these eyes may see it.
pub(super) fn votes(exercise: &Exercise, seat: &Viewer) -> Vec<Msg> {
    let program = exercise.program();
    let open = exercise.history().state.open(program).into_iter();
    let named = open.map(|id| &program.script.decision(id).id);
    let voted = named.filter(|id| exercise.ballots(id).next().is_some());
    voted
        .filter_map(|id| vote(exercise, id, seat).map(Msg::Vote))
        .collect()
}

/// How the vote on a decision stands; none where these eyes may not see the question.
fn vote(exercise: &Exercise, decision: &str, seat: &Viewer) -> Option<Vote> {
    let program = exercise.program();
    let id = program.decision_named(decision)?;
    let script = program.script.decision(id);
    if !seat.hears(&script.to) {
        return None;
    }
    let asked = exercise.seats().iter().enumerate();
    let asked = asked.filter(|(_, it)| it.seat().hears(&script.to));
    let has_voted = |seat: usize| exercise.ballots(decision).any(|it| it.seat == seat);
    let (cast, waiting): (Vec<_>, Vec<_>) = asked.partition(|(place, _)| has_voted(*place));
    let named = |seats: Vec<(usize, &Seat)>| {
        let names = seats.into_iter().map(|(_, it)| it.name(program));
        names.collect::<Vec<_>>()
    };
    let ballot = |it: &journal::RecordedBallot| {
        let option = program.option_named(id, &it.option)?;
        let course = program.decisions[id.index()].options[usize::from(option)];
        Some(Ballot {
            who: exercise.seats().get(it.seat)?.name(program),
            option: it.option.clone(),
            label: program.script.course(course).label.clone(),
            sure: it.sure,
        })
    };
    let revealed = exercise.is_revealed(decision);
    Some(Vote {
        decision: decision.to_owned(),
        question: program.script.text(script.question).text.clone(),
        cast: named(cast),
        waiting: named(waiting),
        ballots: revealed.then(|| exercise.ballots(decision).filter_map(ballot).collect()),
    })
}
