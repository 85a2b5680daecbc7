//! Several faces in one room.

use jiff::Timestamp;

use crate::front::seats::SeatRequest;
use crate::front::view::View;
use crate::front::{MoveById, Msg, PlaySetup, Recording, Request};
use crate::room::{ExerciseRoom, FaceId, JournalPlace, Recorder, RoomSettings};

/// A room of two faces, which play `starter` in two seats, and a record.
struct TwoFaces {
    room: ExerciseRoom,
    manager: FaceId,
    owner: FaceId,
    record: FaceId,
}

impl TwoFaces {
    /// The first face has opened the exercise, and nobody has begun it.
    fn new(recorder: Option<Recorder>) -> Self {
        let mut room = ExerciseRoom::new(RoomSettings {
            recorder,
            ..RoomSettings::new(Vec::new(), || 7)
        });
        let [manager, owner] = [room.connect(), room.connect()];
        let record = room.connect_record();
        let mut two = Self {
            room,
            manager,
            owner,
            record,
        };
        let seat = |role: &str| SeatRequest {
            roles: vec![role.to_owned()],
            person: String::new(),
        };
        let setup = PlaySetup {
            scenario: "starter".to_owned(),
            seats: vec![seat("manager"), seat("owner")],
            ..PlaySetup::default()
        };
        two.ask(manager, Request::Open(setup));
        for briefed in two.hear() {
            assert!(matches!(briefed[..], [Msg::Briefing(_)]), "{briefed:?}");
        }
        two
    }

    fn ask(&mut self, face: FaceId, request: Request) {
        self.room.ask(face, request, Timestamp::UNIX_EPOCH);
    }

    /// What the manager, the owner and the record have not heard yet.
    fn hear(&mut self) -> [Vec<Msg>; 3] {
        [self.manager, self.owner, self.record].map(|it| self.room.take_messages(it))
    }

    fn begin(mut self) -> Self {
        self.ask(self.manager, Request::Begin);
        self.ask(self.owner, Request::Seat(1));
        self.hear();
        self
    }
}

fn latest_view(messages: &[Msg]) -> &View {
    let views = messages.iter().rev().find_map(|msg| match msg {
        Msg::View(view) => Some(view),
        _ => None,
    });
    views.expect("a view came")
}

fn take(action: &str) -> Request {
    Request::Move(MoveById::Take(action.to_owned()))
}

fn announces(messages: &[Msg]) -> bool {
    messages.iter().any(|msg| matches!(msg, Msg::Made(..)))
}

#[test]
fn each_face_looks_through_its_own_seat_and_hears_of_every_move() {
    let mut two = TwoFaces::new(None).begin();
    let choose = MoveById::Choose("note".to_owned(), "look".to_owned());
    two.ask(two.owner, Request::Move(choose));
    let [manager, owner, record] = two.hear();
    assert!(
        [&manager, &owner, &record]
            .into_iter()
            .all(|it| announces(it))
    );
    let actions = |messages: &[Msg]| latest_view(messages).actions.len();
    assert_eq!([&manager, &owner, &record].map(|it| actions(it)), [1, 0, 1]);
    let current = |messages: &[Msg]| {
        messages.iter().find_map(|msg| match msg {
            Msg::Seats(seats) => Some(seats.current),
            _ => None,
        })
    };
    let current = [&manager, &owner, &record].map(|it| current(it));
    assert_eq!(current, [Some(0), Some(1), None]);
}

#[test]
fn a_refusal_is_heard_by_the_face_that_asked_and_by_the_record() {
    let mut two = TwoFaces::new(None).begin();
    two.ask(two.owner, take("call_round"));
    let [manager, owner, record] = two.hear();
    assert!(manager.is_empty(), "{manager:?}");
    for heard in [owner, record] {
        assert!(matches!(heard[..], [Msg::Refused(_)]), "{heard:?}");
    }
}

#[test]
fn time_passes_when_every_face_is_ready() {
    let mut two = TwoFaces::new(None).begin();
    let wait = || Request::Move(MoveById::Wait);
    two.ask(two.manager, wait());
    let [manager, owner, record] = two.hear();
    let ready = |messages: &[Msg]| match messages {
        [Msg::Seats(seats)] => seats.seats.iter().map(|it| it.ready).collect(),
        _ => Vec::new(),
    };
    assert_eq!([ready(&manager), ready(&owner)], [[true, false]; 2]);
    assert!(record.is_empty());
    two.ask(two.owner, wait());
    let [manager, owner, _] = two.hear();
    assert!(announces(&manager) && announces(&owner));
    assert_eq!(two.room.exercise().expect("it began").moves().len(), 1);
}

#[test]
fn what_cannot_be_recorded_waits_at_the_face_that_asked() {
    let mut two = TwoFaces::new(Some(Recorder {
        place: JournalPlace::Folder("no/such/folder\0".into()),
        number: || 0,
    }));
    two.ask(two.owner, Request::Begin);
    let [manager, owner, record] = two.hear();
    assert!(manager.is_empty() && two.room.exercise().is_none());
    for heard in [owner, record] {
        assert!(matches!(heard[..], [Msg::Unrecorded(_)]), "{heard:?}");
    }
    two.ask(two.manager, Request::Record(Recording::Off));
    let [manager, ..] = two.hear();
    assert!(matches!(manager[..], [Msg::Refused(_)]), "{manager:?}");
    two.ask(two.owner, Request::Record(Recording::Off));
    let begun = two.hear();
    assert!(begun.iter().all(|it| latest_view(it).ending.is_none()));
}
