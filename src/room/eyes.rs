//! What a viewer may know of an exercise, as messages.

use crate::engine::look::{HistoryPlace, MadeMove, Viewer, stamp};
use crate::engine::view::View;
use crate::exercise::{Exercise, Seat};
use crate::front::facilitate::Countdown;
use crate::front::seats::{Ballot, Note, Rating, Vote};
use crate::front::{Msg, TakenBack};
use crate::journal::{self, EntryKind};
use crate::program::ids::{DecisionId, PhaseId, RoleId};
use crate::review::account::describe;
use crate::review::{self, Scorecard};
use crate::room::moves;

/// The views of one moment: each is made once, however many faces look on from the same place through the same eyes.
#[derive(Default)]
pub(super) struct SeenViews(Vec<(Viewer, HistoryPlace, (View, HistoryPlace))>);

impl SeenViews {
    fn view(
        &mut self,
        exercise: &Exercise,
        viewer: &Viewer,
        from: HistoryPlace,
    ) -> &(View, HistoryPlace) {
        let mut known = self.0.iter();
        let known = known.position(|(it, since, _)| it == viewer && *since == from);
        let index = known.unwrap_or_else(|| {
            let seen = exercise.view_since(viewer, from);
            self.0.push((viewer.clone(), from, seen));
            self.0.len() - 1
        });
        &self.0[index].2
    }
}

/// How far somebody has read in one exercise through the same eyes, so that every view holds only what is new.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The phase of the latest view.
    phase: Option<PhaseId>,
    /// Where to read on after each view, for a take-back goes back to one of them.
    places: Vec<HistoryPlace>,
}

impl Reading {
    /// What is new since the view before.
    pub(super) fn read_on<'a>(
        &mut self,
        exercise: &Exercise,
        viewer: &Viewer,
        views: &'a mut SeenViews,
    ) -> &'a View {
        let mut from = self.places.last().copied().unwrap_or_default();
        // In another phase other courses may be on the board.
        let phase = Some(exercise.history().state.phase(exercise.program()));
        if self.phase != phase {
            from = from.with_whole_courses();
        }
        self.phase = phase;
        let (view, to) = views.view(exercise, viewer, from);
        if self.places.last() != Some(to) {
            self.places.push(*to);
        }
        view
    }

    /// Moves were taken back: what was read after those that remain may come differently.
    pub(super) fn go_back(&mut self, exercise: &Exercise) {
        let stands = self
            .places
            .iter()
            .rposition(|it| it.is_in(exercise.history()));
        self.places.truncate(stands.map_or(0, |last| last + 1));
    }
}

/// How many messages and open decisions a seat sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SeenCounts {
    messages: usize,
    decisions: usize,
}

impl SeenCounts {
    pub(super) fn new(view: &View) -> Self {
        Self {
            messages: view.since.messages + view.inbox.len(),
            decisions: view.decisions.len(),
        }
    }
}

/// An exercise at one moment, as one viewer may know it.
pub(super) struct Eyes<'a> {
    pub(super) exercise: &'a Exercise,
    pub(super) viewer: &'a Viewer,
    pub(super) views: &'a mut SeenViews,
    /// What the face that listens has read so far.
    pub(super) reading: &'a mut Reading,
}

impl Eyes<'_> {
    /// The view, and the scorecard once the exercise is over.
    pub(super) fn standing(&mut self) -> Vec<Msg> {
        let view = self.reading.read_on(self.exercise, self.viewer, self.views);
        let mut messages = vec![Msg::View(Box::new(view.clone()))];
        if self.exercise.is_over() {
            messages.push(Msg::Scorecard(scorecard(self.exercise)));
        }
        messages
    }

    /// The latest move, and what it brought.
    pub(super) fn moved(&mut self) -> Vec<Msg> {
        let exercise = self.exercise;
        let made = exercise.history().moves.last();
        let heard = |it: &&MadeMove| self.viewer.hears(exercise.roles_of(it.what));
        let made = made
            .filter(heard)
            .map(|it| Msg::Made(moves::by_id(exercise.program(), it.what), it.reason.clone()));
        made.into_iter().chain(self.standing()).collect()
    }

    /// What the latest entry brought. `before` are the moves that a take-back took.
    pub(super) fn entered(
        &mut self,
        what: &EntryKind,
        before: &[(Vec<RoleId>, String)],
    ) -> Vec<Msg> {
        match what {
            EntryKind::Move(_) => self.moved(),
            EntryKind::TakeBack(back) => {
                let named = before.iter().map(|(roles, line)| {
                    if self.viewer.hears(roles) {
                        line.clone()
                    } else {
                        "a move of others".to_owned()
                    }
                });
                let taken_back = Msg::TakenBack(TakenBack {
                    to: back.to,
                    moves: named.collect(),
                });
                let rest = self.standing().into_iter().chain(self.votes());
                [taken_back].into_iter().chain(rest).collect()
            }
            EntryKind::Inject(_) => self.standing(),
            EntryKind::Note(it) => vec![Msg::Note(note(self.exercise, it))],
            EntryKind::Ballot(journal::RecordedBallot { decision, .. })
            | EntryKind::Reveal(journal::Reveal { decision }) => {
                self.vote(decision).map(Msg::Vote).into_iter().collect()
            }
            EntryKind::Pause | EntryKind::GoOn => vec![Msg::Paused(self.exercise.is_paused())],
            EntryKind::Stopped(it) => vec![
                Msg::Stopped(it.why.clone()),
                Msg::Scorecard(scorecard(self.exercise)),
            ],
            EntryKind::Roll(_)
            | EntryKind::Countdown(_)
            | EntryKind::Resumed
            | EntryKind::Ended => Vec::new(),
        }
    }

    /// Those of some countdowns, with seconds left, whose questions the viewer may see.
    pub(super) fn countdowns(&self, running: &[(DecisionId, u32)]) -> Vec<Countdown> {
        let script = &self.exercise.program().script;
        let heard = running
            .iter()
            .filter(|(id, _)| self.viewer.hears(&script.decision(*id).to));
        heard
            .map(|(id, seconds)| Countdown {
                decision: script.decision(*id).id.clone(),
                seconds: *seconds,
            })
            .collect()
    }

    /// Every vote on an open question.
    pub(super) fn votes(&self) -> Vec<Msg> {
        let exercise = self.exercise;
        let program = exercise.program();
        let open = exercise.history().state.open(program).into_iter();
        let named = open.map(|id| &program.script.decision(id).id);
        let voted = named.filter(|id| exercise.ballots(id).next().is_some());
        voted
            .filter_map(|id| self.vote(id).map(Msg::Vote))
            .collect()
    }

    /// How the vote on a decision stands; none if the viewer may not see the question.
    fn vote(&self, decision: &str) -> Option<Vote> {
        let exercise = self.exercise;
        let program = exercise.program();
        let id = program.decision_named(decision)?;
        let script = program.script.decision(id);
        if !self.viewer.hears(&script.to) {
            return None;
        }
        let asked = exercise.seats().iter().enumerate();
        let asked = asked.filter(|(_, it)| it.viewer().hears(&script.to));
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
}

pub(super) fn scorecard(exercise: &Exercise) -> Scorecard {
    review::scorecard(exercise.program(), &exercise.history().events)
}

/// Before a take-back: the moves that it takes back, in words, with whose they were.
pub(super) fn lines_before(exercise: &Exercise, what: &EntryKind) -> Vec<(Vec<RoleId>, String)> {
    let EntryKind::TakeBack(back) = what else {
        return Vec::new();
    };
    let line = |made| {
        let roles = exercise.roles_of(made).to_vec();
        (roles, describe(exercise.program(), made))
    };
    exercise.moves().skip(back.to).map(line).collect()
}

fn note(exercise: &Exercise, note: &journal::RecordedNote) -> Note {
    let program = exercise.program();
    let scenario = &program.script.scenario;
    let is = |wanted: &Option<String>, id: &String| wanted.as_ref() == Some(id);
    let mut roles = scenario.roles.iter();
    let role = roles.find(|it| is(&note.role, &it.id.value));
    let mut objectives = scenario.objectives.iter();
    let objective = objectives.find(|it| is(&note.objective, &it.id.value));
    let about = role.map(|it| &it.title).or(objective.map(|it| &it.title));
    let seat = note.seat.and_then(|seat| exercise.seats().get(seat));
    Note {
        at: stamp(program, exercise.history().state.now(program)),
        by: seat.map_or_else(|| "Facilitator".to_owned(), |it| it.name(program)),
        observation: note.seat.is_none(),
        about: about.map_or_else(String::new, |it| it.value.clone()),
        rating: note.rating.and_then(Rating::from_letter),
        text: note.text.clone(),
    }
}
