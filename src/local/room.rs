//! A room for the one face on this terminal, with a clock on its wall.

use std::time::Duration;

use jiff::Timestamp;

use crate::exercise::Exercise;
use crate::front::{Msg, Request, Room};
use crate::plain::Plain;
use crate::room::{ExerciseRoom, FaceId, RecordedExercise, RoomSettings};

/// One person's room, or a whole team's at one screen.
pub struct LocalRoom {
    room: ExerciseRoom,
    face: FaceId,
    transcript: Option<Transcript>,
    clock: fn() -> Timestamp,
}

/// What the plain face would have written for somebody who holds every role.
struct Transcript {
    record: FaceId,
    plain: Plain,
    text: String,
}

impl LocalRoom {
    /// A room with these settings. Its wall has no clock.
    #[must_use]
    pub fn new(settings: RoomSettings) -> Self {
        Self::with(ExerciseRoom::new(settings))
    }

    /// The same for a room that is there already.
    #[must_use]
    pub fn with(mut room: ExerciseRoom) -> Self {
        Self {
            face: room.connect(),
            room,
            transcript: None,
            clock: || Timestamp::UNIX_EPOCH,
        }
    }

    /// The same room with a clock on its wall.
    #[must_use]
    pub fn timed_by(mut self, clock: fn() -> Timestamp) -> Self {
        self.clock = clock;
        self
    }

    /// The same room, which keeps a transcript: what the plain face would write for somebody who holds every role.
    #[must_use]
    pub fn transcribed(mut self) -> Self {
        self.transcript = Some(Transcript {
            record: self.room.connect_record(),
            plain: Plain::new(),
            text: String::new(),
        });
        self
    }

    /// The transcript so far.
    #[must_use]
    pub fn transcript(&self) -> &str {
        self.transcript.as_ref().map_or("", |it| &it.text)
    }

    /// What was recorded in this room, including the exercise on the table.
    #[must_use]
    pub fn recorded(&self) -> Vec<RecordedExercise> {
        self.room.recorded()
    }

    /// The exercise on the table, from STARTEX on.
    #[must_use]
    pub fn exercise(&self) -> Option<&Exercise> {
        self.room.exercise()
    }

    fn messages(&mut self) -> Vec<Msg> {
        if let Some(transcript) = &mut self.transcript {
            for msg in self.room.take_messages(transcript.record) {
                // What the plain face would ask for next, the person at the screen asks for in their own time.
                transcript.text += &transcript.plain.update(msg).text;
            }
        }
        self.room.take_messages(self.face)
    }
}

impl Room for LocalRoom {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        if let (Request::Step, Some(transcript)) = (&request, &mut self.transcript) {
            transcript.text += &transcript.plain.step().text;
        }
        self.room.ask(self.face, request, (self.clock)());
        self.messages()
    }

    fn wakes(&self) -> Option<Duration> {
        self.room.wakes((self.clock)())
    }

    fn wake(&mut self) -> Vec<Msg> {
        self.room.wake((self.clock)());
        self.messages()
    }
}
