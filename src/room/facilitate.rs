//! What a facilitator asks for.

use crate::engine::Move;
use crate::engine::look::stamp;
use crate::front::Msg;
use crate::front::facilitate::{About, Facilitate, Observation, Panel};
use crate::front::seats::{Rating, Reason};
use crate::journal::{EntryKind, RecordedCountdown, RecordedInject, RecordedNote, TakeBack};
use crate::review;
use crate::review::account::describe;
use crate::room::ExerciseRoom;
use crate::room::faces::{Asker, FaceId};
use crate::room::wall::Wall;
use crate::scenario::{Objective, Role};

/// How many exercises are played on from here to estimate how long it may still take.
const TRIES: usize = 1_000;

impl ExerciseRoom {
    pub(super) fn facilitate(&mut self, by: &Asker, wanted: Facilitate) {
        let Some(face) = by.face.filter(|_| self.table.is_some()) else {
            return;
        };
        if self.playing().is_none() {
            let why = "Only an exercise that is played here can be facilitated.";
            return self.faces.refuse(face, why);
        }
        let entry = match wanted {
            Facilitate::Panel => return self.tell_panel(face),
            Facilitate::Leads => return self.tell_leads(face),
            Facilitate::Wait => return self.submit(by, None, Move::Wait, Reason::default()),
            Facilitate::Stop(why) => return self.stop(why),
            Facilitate::Pause => EntryKind::Pause,
            Facilitate::GoOn => EntryKind::GoOn,
            Facilitate::Countdown { decision, seconds } => {
                EntryKind::Countdown(RecordedCountdown { decision, seconds })
            }
            Facilitate::Inject(it) => EntryKind::Inject(RecordedInject {
                to: it.to,
                from: it.from,
                title: it.title,
                text: it.text,
            }),
            Facilitate::Observe(it) => EntryKind::Note(observation(it)),
            Facilitate::TakeBack(to) => EntryKind::TakeBack(TakeBack { to }),
        };
        self.enter(by, &entry);
    }

    fn tell_panel(&mut self, face: FaceId) {
        let Some(table) = &self.table else {
            return;
        };
        let Some(exercise) = &table.exercise else {
            return;
        };
        let program = exercise.program();
        let scenario = &program.script.scenario;
        let made = exercise.history().moves.iter();
        let wall = Wall::new(exercise, table.begun, self.now);
        let played = wall.passed(table.begun.as_second()) / 60;
        let state = &exercise.history().state;
        let role = |it: &Role| (it.id.value.clone(), it.title.value.clone());
        let objective = |it: &Objective| (it.id.value.clone(), it.title.value.clone());
        let panel = Panel {
            moves: made
                .map(|it| (stamp(program, it.at), describe(program, it.what)))
                .collect(),
            roles: scenario.roles.iter().map(role).collect(),
            objectives: scenario.objectives.iter().map(objective).collect(),
            left: review::left::left(program, state, TRIES, exercise.seed()),
            played_minutes: u32::try_from(played).ok(),
        };
        self.faces.tell(face, [Msg::Panel(Box::new(panel))]);
    }

    fn tell_leads(&mut self, face: FaceId) {
        let leads = self
            .exercise()
            .map(|exercise| review::leads::leads(exercise.program(), &exercise.history().state));
        self.faces.tell(face, leads.map(Msg::Leads));
    }
}

fn observation(it: Observation) -> RecordedNote {
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
