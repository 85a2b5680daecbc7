//! From a request to an entry: it is recorded, then every face hears what it did.

use crate::engine::Move;
use crate::exercise::NotMade;
use crate::front::seats::Reason;
use crate::front::{MoveById, Msg, Request};
use crate::journal::{EntryKind, RecordedNote};
use crate::room::eyes::{SeenViews, lines_before};
use crate::room::faces::{Asker, Retry};
use crate::room::table::{ExerciseTable, TableUse};
use crate::room::{ExerciseRoom, line, moves};

impl ExerciseRoom {
    pub(super) fn make(&mut self, by: &Asker, wanted: &MoveById, reason: Reason) {
        let Some((exercise, playing)) = self.playing() else {
            return;
        };
        let wanted = match moves::by_number(exercise.program(), wanted) {
            Ok(wanted) => wanted,
            Err(why) => return self.faces.tell_asker(by, &[Msg::Refused(why)]),
        };
        let several = playing.ready.len() > 1;
        if several && wanted == Move::Wait && !exercise.is_paused() {
            return self.get_ready(by);
        }
        self.submit(by, self.seat(by), wanted, reason);
    }

    /// The seat of the face that asks.
    pub(super) fn seat(&self, by: &Asker) -> Option<usize> {
        by.face.map(|face| self.faces.seat(face))
    }

    /// Makes a move for a seat, or for the room.
    pub(super) fn submit(&mut self, by: &Asker, seat: Option<usize>, wanted: Move, reason: Reason) {
        let now = self.now;
        let Some((exercise, playing)) = self.playing() else {
            return;
        };
        if let Err(why) = exercise.submit(seat, wanted, reason, now) {
            return self.not_made(by, why);
        }
        if wanted == Move::Wait {
            playing.ready.fill(None);
        }
        let mut views = SeenViews::default();
        self.show(&mut views, |_, eyes| eyes.moved());
        self.tell_countdowns();
        self.tell_take_back();
        self.check_ready(&mut views);
    }

    /// Enters anything but a move.
    pub(super) fn enter(&mut self, by: &Asker, what: &EntryKind) {
        let now = self.now;
        let Some((exercise, _)) = self.playing() else {
            return;
        };
        let before = lines_before(exercise, what);
        if let Err(why) = exercise.enter(what.clone(), now) {
            return self.not_made(by, why);
        }
        self.go_back_after(what);
        let mut views = SeenViews::default();
        self.show(&mut views, |_, eyes| eyes.entered(what, &before));
        self.tell_countdowns();
        self.tell_take_back();
        self.check_ready(&mut views);
    }

    /// After a take-back everybody reads on from what remains, and not only who is told of it: until a seat comes back on
    /// screen, the history may be as long again.
    pub(super) fn go_back_after(&mut self, what: &EntryKind) {
        let Some(table) = self.table.as_mut() else {
            return;
        };
        if let (EntryKind::TakeBack(_), Some(exercise)) = (what, &table.exercise) {
            self.faces.go_back(exercise);
            if let TableUse::Playing(playing) = &mut table.used {
                for reading in &mut playing.readings {
                    reading.go_back(exercise);
                }
            }
        }
    }

    /// Does what a line of the play grammar says; faces hear of every move as if it had been made alone.
    pub(super) fn line(&mut self, by: &Asker, text: &str) {
        let line = match line::read(text) {
            Ok(Some(line)) => line,
            Ok(None) => return,
            Err(why) => return self.faces.tell_asker(by, &[Msg::Refused(why)]),
        };
        let (now, faces) = (self.now, &mut self.faces);
        let Some(ExerciseTable {
            exercise: Some(exercise),
            used,
            ..
        }) = &mut self.table
        else {
            return;
        };
        let TableUse::Playing(playing) = &*used else {
            return;
        };
        if playing.ready.len() > 1 {
            let why = if line.moves() {
                "Several seats play: `wait` alone says that this one is ready."
            } else {
                "That works only with a single seat: it may show what others do not know."
            };
            return faces.tell_asker(by, &[Msg::Refused(why.to_owned())]);
        }
        let outcome = line::walk(exercise, line, now, |exercise| {
            faces.show(exercise, used, &mut SeenViews::default(), |_, eyes| {
                eyes.moved()
            });
        });
        let refused: Vec<Msg> = outcome.refused.into_iter().map(Msg::Refused).collect();
        faces.tell_asker(by, &refused);
        if let Some((wanted, error)) = outcome.unrecorded {
            let wanted = wanted.map(|it| Request::Move(moves::by_id(exercise.program(), it)));
            let again = Asker {
                face: by.face,
                retry: Retry::Request(wanted.unwrap_or_else(|| Request::Line(text.to_owned()))),
            };
            faces.unrecorded(&again, &error);
        }
    }

    /// Takes back the latest move of the face's own seat.
    pub(super) fn take_back(&mut self, by: &Asker) {
        let seat = self.seat(by);
        let Some((exercise, _)) = self.playing() else {
            return;
        };
        match exercise.own_take_back(seat) {
            Ok(back) => self.enter(by, &EntryKind::TakeBack(back)),
            Err(why) => self.not_made(by, why.into()),
        }
    }

    /// Tells every face whether its seat may take back the latest move, if that may ever be.
    pub(super) fn tell_take_back(&mut self) {
        if let Some((exercise, _)) = self.table.as_ref().and_then(|it| it.playing())
            && exercise.allows_take_back()
        {
            self.faces.tell_each(|it| {
                let may = it.seat.is_some() && exercise.own_take_back(it.seat).is_ok();
                vec![Msg::MayTakeBack(may)]
            });
        }
    }

    pub(super) fn note(&mut self, by: &Asker, text: String) {
        let note = RecordedNote {
            seat: self.seat(by),
            text,
            ..RecordedNote::default()
        };
        self.enter(by, &EntryKind::Note(note));
    }

    /// Says why something was not entered.
    fn not_made(&mut self, by: &Asker, why: NotMade) {
        if let NotMade::Unrecorded(error) = why {
            return self.faces.unrecorded(by, &error);
        }
        let exercise = self.exercise();
        let sentence = exercise.and_then(|it| why.sentence(it.program()));
        let refused: Vec<Msg> = sentence.into_iter().map(Msg::Refused).collect();
        self.faces.tell_asker(by, &refused);
    }
}
