//! The account of an exercise in a room: worked out meanwhile, and dropped where the exercise goes on.

use sandtable::front::{AccountProgress, MoveById, Msg, PlaySetup, Request, Room};
use sandtable::local::LocalRoom;
use sandtable::room::RoomSettings;
use sandtable::search::Budget;

#[test]
fn the_balance_is_worked_out_while_the_face_waits_and_dropped_where_the_exercise_goes_on() {
    let budget = Budget {
        threads: 1,
        states_max: 1_000_000,
    };
    let mut room = LocalRoom::new(RoomSettings {
        account: Some(budget),
        ..RoomSettings::new(Vec::new(), || 7)
    });
    room.ask(Request::Open(PlaySetup {
        scenario: "starter".to_owned(),
        ..PlaySetup::default()
    }));
    room.ask(Request::Begin);
    assert!(room.wakes().is_none(), "nothing is worked out in play");
    let told = room.ask(Request::Stop);
    let works = |told: &[Msg]| {
        let working = |msg: &Msg| matches!(msg, Msg::Account(AccountProgress::Working { .. }));
        told.iter().any(working)
    };
    assert!(works(&told));
    let told = room.ask(Request::Move(MoveById::Wait));
    assert!(!works(&told) && room.wakes().is_none(), "it went on");
    let mut told = Vec::new();
    while !works(&told) {
        told = room.ask(Request::Move(MoveById::Wait));
    }
    let account = loop {
        assert!(room.wakes().is_some());
        let done = room.wake().into_iter().find_map(|msg| match msg {
            Msg::Account(AccountProgress::Done(account)) => Some(account),
            _ => None,
        });
        match done {
            Some(account) => break account,
            None => std::thread::yield_now(),
        }
    };
    assert!(room.wakes().is_none(), "idle means idle");
    let sum = account.sum.expect("it is small enough");
    let total = sum.start.shown + sum.luck.shown - sum.cost.shown;
    assert_eq!(total, account.points * 10);
}
