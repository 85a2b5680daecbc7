//! Several seats: who sits where, who is ready, and what they vote.

use crate::engine::Move;
use crate::exercise::{Exercise, Seat};
use crate::front::Msg;
use crate::front::seats::{Reason, SeatRequest, SeatView, Seats};
use crate::journal::{EntryKind, RecordedBallot, Reveal};
use crate::program::ids::RoleId;
use crate::room::ExerciseRoom;
use crate::room::eyes::{SeenCounts, SeenViews};
use crate::room::faces::{Asker, FaceId};
use crate::room::offers::briefing;
use crate::room::table::Playing;

impl ExerciseRoom {
    /// Before STARTEX: who sits where.
    pub(super) fn sit(&mut self, face: FaceId, wanted: &[SeatRequest]) {
        let Some(table) = self.table.as_mut().filter(|it| it.exercise.is_none()) else {
            let why = "Who sits where is settled before STARTEX.";
            return self.faces.refuse(face, why);
        };
        match table.sit(wanted) {
            // A record has its briefing.
            Ok(()) => self.faces.tell_people(&[Msg::Briefing(briefing(table))]),
            Err(why) => self.faces.refuse(face, &why),
        }
    }

    /// Tells every face who sits where and who is ready, if several play or a role is not played.
    pub(super) fn tell_seats(&mut self) {
        if let Some((exercise, playing)) = self.table.as_ref().and_then(|it| it.playing()) {
            self.faces.tell_each(|it| {
                let seats = it.seat.and_then(|seat| seats(exercise, playing, seat));
                seats.map(Msg::Seats).into_iter().collect()
            });
        }
    }

    /// The seat of a face has nothing more to do. When no seat has, time passes.
    pub(super) fn get_ready(&mut self, by: &Asker) {
        let (Some(at), Some((exercise, playing))) = (self.seat(by), self.playing()) else {
            return;
        };
        if let (Some(ready), Some(reading), Some(seat)) = (
            playing.ready.get_mut(at),
            playing.readings.get_mut(at),
            exercise.seats().get(at),
        ) {
            let views = &mut SeenViews::default();
            let view = reading.read_on(exercise, &seat.viewer(), views);
            *ready = Some(SeenCounts::new(view));
        }
        if playing.ready.iter().all(Option::is_some) {
            return self.submit(by, None, Move::Wait, Reason::default());
        }
        self.tell_seats();
    }

    /// Seats that see something new are no longer ready.
    pub(super) fn check_ready(&mut self, views: &mut SeenViews) {
        let Some((exercise, playing)) = self.playing() else {
            return;
        };
        if exercise.seats().len() < 2 {
            return;
        }
        let readings = playing.ready.iter_mut().zip(&mut playing.readings);
        for ((ready, reading), seat) in readings.zip(exercise.seats()) {
            ready.take_if(|before| {
                SeenCounts::new(reading.read_on(exercise, &seat.viewer(), views)) != *before
            });
        }
        self.tell_seats();
    }

    pub(super) fn take_seat(&mut self, face: FaceId, seat: usize) {
        let Some((exercise, playing)) = self.table.as_ref().and_then(|it| it.playing()) else {
            return;
        };
        if seat >= playing.ready.len() {
            return self.faces.refuse(face, "There is no such seat.");
        }
        self.faces.take_seat(face, seat);
        let seats = seats(exercise, playing, seat).map(Msg::Seats);
        self.faces.tell(face, seats);
        if let Some(table) = &self.table {
            let counted = !table.countdowns.is_empty();
            let running = counted.then(|| table.countdowns_at(self.now));
            let views = &mut SeenViews::default();
            self.faces
                .show_one(face, exercise, &table.used, views, |_, eyes| {
                    let mut messages = eyes.standing();
                    let countdowns = running.as_ref().map(|it| eyes.countdowns(it));
                    messages.extend(countdowns.map(Msg::Countdowns));
                    messages.extend(eyes.votes());
                    messages
                });
        }
        self.tell_take_back();
    }

    pub(super) fn vote(&mut self, by: &Asker, decision: String, option: String, sure: Option<u8>) {
        if let Some(seat) = self.seat(by) {
            let ballot = RecordedBallot {
                decision,
                seat,
                option,
                sure,
            };
            self.enter(by, &EntryKind::Ballot(ballot));
        }
    }

    pub(super) fn reveal(&mut self, by: &Asker, decision: String) {
        let seat = self.seat(by);
        let Some((exercise, _)) = self.playing() else {
            return;
        };
        let mut decisions = exercise.program().script.decisions.iter();
        if let Some(asked) = decisions.find(|it| it.id == decision)
            && let Some(seat) = seat.and_then(|seat| exercise.seats().get(seat))
            && let Some(face) = by.face
            && !seat.viewer().hears(&asked.to)
        {
            let why = "That question is not for this seat.";
            return self.faces.refuse(face, why);
        }
        self.enter(by, &EntryKind::Reveal(Reveal { decision }));
    }
}

/// Who sits where, for a face that looks through this seat; none if one seat plays every role.
fn seats(exercise: &Exercise, playing: &Playing, current: usize) -> Option<Seats> {
    let absent = exercise.absent();
    if exercise.seats().len() < 2 && absent.is_empty() {
        return None;
    }
    let program = exercise.program();
    let roles = &program.script.scenario.roles;
    let seat = |(place, it): (usize, &Seat)| SeatView {
        title: it.title(program),
        person: it.person.clone(),
        ready: playing.ready.get(place).is_some_and(Option::is_some),
    };
    let title = |role: &RoleId| roles[role.index()].title.value.clone();
    Some(Seats {
        seats: exercise.seats().iter().enumerate().map(seat).collect(),
        current,
        absent: absent.iter().map(title).collect(),
    })
}
