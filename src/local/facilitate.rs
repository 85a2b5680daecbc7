//! What whoever runs the room asks for.

use crate::engine::Move;
use crate::engine::look::stamp;
use crate::front::Msg;
use crate::front::facilitate::{About, Facilitate, Observation, Panel};
use crate::front::seats::{Rating, Reason};
use crate::journal::{EntryKind, RecordedCountdown, RecordedInject, RecordedNote, TakeBack};
use crate::local::moves;
use crate::local::room::{LocalRoom, refused};
use crate::local::wall::Wall;
use crate::review;

/// How many exercises are played on from here to say how long it may still take.
const TRIES: usize = 1_000;

impl LocalRoom {
    pub(super) fn facilitate(&mut self, wanted: Facilitate) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        if table.steps.is_some() || table.tail.is_some() || table.exercise.is_none() {
            return refused("Only an exercise that is played here can be facilitated.");
        }
        match wanted {
            Facilitate::Panel => self.panel(),
            Facilitate::Leads => self.leads(),
            Facilitate::Pause => self.enter(EntryKind::Pause),
            Facilitate::GoOn => self.enter(EntryKind::GoOn),
            Facilitate::Wait => self.submit(None, Move::Wait, Reason::default(), false),
            Facilitate::Countdown { decision, seconds } => {
                self.enter(EntryKind::Countdown(RecordedCountdown {
                    decision,
                    seconds,
                }))
            }
            Facilitate::Inject(it) => self.enter(EntryKind::Inject(RecordedInject {
                to: it.to,
                from: it.from,
                title: it.title,
                text: it.text,
            })),
            Facilitate::Observe(it) => self.enter(EntryKind::Note(observed(it))),
            Facilitate::TakeBack(to) => self.enter(EntryKind::TakeBack(TakeBack { to })),
            Facilitate::Stop(why) => self.stop(&why),
        }
    }

    fn panel(&self) -> Vec<Msg> {
        let Some(table) = &self.table else {
            return Vec::new();
        };
        let Some(exercise) = &table.exercise else {
            return Vec::new();
        };
        let program = exercise.program();
        let scenario = &program.script.scenario;
        let made = exercise.history().moves.iter();
        let wall = Wall::of(exercise, table.begun, self.now());
        let played = wall.passed(table.begun.as_second()) / 60;
        let state = &exercise.history().state;
        let panel = Panel {
            moves: made
                .map(|it| (stamp(program, it.at), moves::described(program, it.what)))
                .collect(),
            roles: scenario
                .roles
                .iter()
                .map(|it| (it.id.value.clone(), it.title.value.clone()))
                .collect(),
            objectives: scenario
                .objectives
                .iter()
                .map(|it| (it.id.value.clone(), it.title.value.clone()))
                .collect(),
            left: review::left::left(program, state, TRIES, exercise.seed()),
            played_minutes: u32::try_from(played).ok(),
        };
        vec![Msg::Panel(Box::new(panel))]
    }

    fn leads(&self) -> Vec<Msg> {
        let leads = self
            .exercise()
            .map(|exercise| review::leads::leads(exercise.program(), &exercise.history().state));
        leads.map(Msg::Leads).into_iter().collect()
    }
}

fn observed(it: Observation) -> RecordedNote {
    let (role, objective) = match it.about {
        About::Room => (None, None),
        About::Role(id) => (Some(id), None),
        About::Objective(id) => (None, Some(id)),
    };
    RecordedNote {
        seat: None,
        role,
        objective,
        rating: it.rating.map(Rating::letter),
        text: it.text,
    }
}
