//! The faces that are connected to a room, and what each is still to hear.

use std::collections::BTreeMap;

use crate::engine::Move;
use crate::exercise::Exercise;
use crate::front::{Msg, Request, Unrecorded};
use crate::journal::JournalError;
use crate::room::eyes::{Eyes, Reading, SeenViews};
use crate::room::table::TableUse;

/// One connected face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaceId(usize);

/// What belongs to one connected face.
#[derive(Debug)]
struct ConnectedFace {
    /// The seat that it looks through, by its place; none for a record, which sees everything.
    seat: Option<usize>,
    /// What could not be recorded and waits for [`Request::Record`].
    retry: Option<Retry>,
    /// What it has not heard yet.
    messages: Vec<Msg>,
    /// What it was shown of the exercise on the table, through each seat as in `seat`.
    readings: BTreeMap<Option<usize>, Reading>,
}

/// What can be tried again once it can be recorded.
#[derive(Clone, Debug)]
pub(super) enum Retry {
    /// What a face asked for.
    Request(Request),
    /// The default of a decision whose countdown has ended.
    Default(Move),
}

/// Who wants something done, and how to try it again.
#[derive(Debug)]
pub(super) struct Asker {
    /// None if the room does it by itself.
    pub(super) face: Option<FaceId>,
    pub(super) retry: Retry,
}

impl Asker {
    /// Whether the answer is for this face.
    fn is_answered_at(&self, face: FaceId) -> bool {
        self.face.is_none_or(|it| it == face)
    }
}

/// A face, and through which seat it looks.
#[derive(Clone, Copy)]
pub(super) struct Listener {
    pub(super) face: FaceId,
    /// As in [`ConnectedFace`].
    pub(super) seat: Option<usize>,
}

/// All connected faces.
#[derive(Debug, Default)]
pub(super) struct Faces(Vec<ConnectedFace>);

impl Faces {
    pub(super) fn connect(&mut self, seat: Option<usize>) -> FaceId {
        self.0.push(ConnectedFace {
            seat,
            retry: None,
            messages: Vec::new(),
            readings: BTreeMap::new(),
        });
        FaceId(self.0.len() - 1)
    }

    pub(super) fn take_messages(&mut self, face: FaceId) -> Vec<Msg> {
        std::mem::take(&mut self.0[face.0].messages)
    }

    /// The seat of a face; a record sits in the first one.
    pub(super) fn seat(&self, face: FaceId) -> usize {
        self.0[face.0].seat.unwrap_or(0)
    }

    pub(super) fn take_seat(&mut self, face: FaceId, seat: usize) {
        self.0[face.0].seat = Some(seat);
    }

    /// Another exercise comes on the table: every face looks through its first seat, and nothing waits to be recorded.
    pub(super) fn start_anew(&mut self) {
        self.seat_within(1);
        self.read_anew();
        for face in &mut self.0 {
            face.retry = None;
        }
    }

    /// What was shown no longer holds: the next view of every face is whole.
    pub(super) fn read_anew(&mut self) {
        for face in &mut self.0 {
            face.readings.clear();
        }
    }

    /// Moves were taken back, also for seats that nobody looks through now.
    pub(super) fn go_back(&mut self, exercise: &Exercise) {
        for reading in self.0.iter_mut().flat_map(|it| it.readings.values_mut()) {
            reading.go_back(exercise);
        }
    }

    /// Keeps every face at its seat, or at the last one if there are fewer now.
    pub(super) fn seat_within(&mut self, seats: usize) {
        for seat in self.0.iter_mut().filter_map(|it| it.seat.as_mut()) {
            *seat = (*seat).min(seats.saturating_sub(1));
        }
    }

    pub(super) fn give_up_retry(&mut self, face: FaceId) {
        self.0[face.0].retry = None;
    }

    /// Takes what a face can try again. All faces can try a default again, but only one does.
    pub(super) fn take_retry(&mut self, face: FaceId) -> Option<Retry> {
        let retry = self.0[face.0].retry.take();
        if let Some(Retry::Default(_)) = retry {
            for face in &mut self.0 {
                face.retry.take_if(|it| matches!(it, Retry::Default(_)));
            }
        }
        retry
    }

    /// Whether something waits to be recorded.
    pub(super) fn any_retry(&self) -> bool {
        self.0.iter().any(|it| it.retry.is_some())
    }

    /// Tells one face.
    pub(super) fn tell(&mut self, face: FaceId, messages: impl IntoIterator<Item = Msg>) {
        self.0[face.0].messages.extend(messages);
    }

    /// Tells one face that the room itself does not do what it asks for.
    pub(super) fn refuse(&mut self, face: FaceId, why: &str) {
        self.tell(face, [Msg::Refused(why.to_owned())]);
    }

    /// Tells every face.
    pub(super) fn tell_all(&mut self, messages: &[Msg]) {
        self.tell_those(|_| true, messages);
    }

    /// Tells every face but the records.
    pub(super) fn tell_people(&mut self, messages: &[Msg]) {
        self.tell_those(|it| it.seat.is_some(), messages);
    }

    /// Answers the face that asked, or all if the room did something by itself. Records hear it too.
    pub(super) fn tell_asker(&mut self, by: &Asker, messages: &[Msg]) {
        self.tell_those(
            |it| it.seat.is_none() || by.is_answered_at(it.face),
            messages,
        );
    }

    /// Tells some faces.
    pub(super) fn tell_those(&mut self, hears: impl Fn(Listener) -> bool, messages: &[Msg]) {
        self.tell_each(|listener| {
            if hears(listener) {
                messages.to_vec()
            } else {
                Vec::new()
            }
        });
    }

    /// Tells each face what this makes for it.
    pub(super) fn tell_each(&mut self, mut tell: impl FnMut(Listener) -> Vec<Msg>) {
        for (place, face) in self.0.iter_mut().enumerate() {
            face.messages.extend(tell(Listener {
                face: FaceId(place),
                seat: face.seat,
            }));
        }
    }

    /// Tells each face something about an exercise, as its own eyes see it.
    pub(super) fn show(
        &mut self,
        exercise: &Exercise,
        used: &TableUse,
        views: &mut SeenViews,
        tell: impl Fn(Listener, &mut Eyes) -> Vec<Msg>,
    ) {
        for place in 0..self.0.len() {
            self.show_one(FaceId(place), exercise, used, views, &tell);
        }
    }

    /// The same for one face.
    pub(super) fn show_one(
        &mut self,
        face: FaceId,
        exercise: &Exercise,
        used: &TableUse,
        views: &mut SeenViews,
        tell: impl Fn(Listener, &mut Eyes) -> Vec<Msg>,
    ) {
        let connected = &mut self.0[face.0];
        let seat = connected.seat;
        let mut eyes = Eyes {
            exercise,
            viewer: &used.viewer(exercise, seat),
            views,
            reading: connected.readings.entry(seat).or_default(),
        };
        let messages = tell(Listener { face, seat }, &mut eyes);
        connected.messages.extend(messages);
    }

    /// Says that something could not be recorded, and keeps it to be tried again.
    pub(super) fn unrecorded(&mut self, by: &Asker, error: &JournalError) {
        for (place, face) in self.0.iter_mut().enumerate() {
            if face.seat.is_some() && by.is_answered_at(FaceId(place)) {
                face.retry = Some(by.retry.clone());
            }
        }
        let why = format!("{error}. {}", error.hint());
        let unrecorded = Msg::Unrecorded(Unrecorded {
            why: capitalised(why.trim_end()),
            folder: std::env::temp_dir().display().to_string(),
        });
        self.tell_asker(by, &[unrecorded]);
    }
}

/// A phrase with a capital letter, as a sentence begins.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
