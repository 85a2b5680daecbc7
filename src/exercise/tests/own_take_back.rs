//! Which of its own moves a seat may take back.

use crate::exercise::Exercise;
use crate::exercise::tests::{make, moment, two};
use crate::journal::{EntryKind, RecordedNote, TakeBack};

/// Why the guard may not take back the latest move; empty if it may.
fn stands(exercise: &Exercise, seat: usize) -> String {
    let asked = exercise.own_take_back(Some(seat));
    asked.map_or_else(|why| why.sentence(exercise.program()), |_| String::new())
}

#[test]
fn a_seat_takes_back_its_own_move_while_nothing_has_come_of_it() {
    let mut exercise = two();
    make(&mut exercise, None, "wait").expect("the noise comes");
    make(&mut exercise, Some(0), "choose noise nothing").expect("it is open");
    assert_eq!(
        stands(&exercise, 0),
        "Taking back was not allowed when this exercise began."
    );
    let mut exercise = two().allowing_take_back(true);
    assert_eq!(stands(&exercise, 0), "No move has been made.");
    make(&mut exercise, None, "wait").expect("the noise comes");
    assert_eq!(stands(&exercise, 0), "Time has passed; a wait stands.");
    make(&mut exercise, Some(0), "choose noise nothing").expect("it is open");
    assert_eq!(
        stands(&exercise, 1),
        "The last move was made at another seat."
    );
    let note = RecordedNote {
        seat: Some(1),
        text: "Was that wise?".to_owned(),
        ..RecordedNote::default()
    };
    exercise
        .enter(EntryKind::Note(note), moment(1))
        .expect("anybody writes");
    let back = exercise.own_take_back(Some(0)).expect("nothing came of it");
    exercise
        .enter(EntryKind::TakeBack(back), moment(2))
        .expect("the move stands");
    assert_eq!(exercise.moves().len(), 1);
    assert_eq!(stands(&exercise, 0), "Time has passed; a wait stands.");
    // Where luck fell, another try would be another roll; and after anything else somebody may have reacted to it.
    make(&mut exercise, Some(0), "choose noise look").expect("it is open again");
    assert_eq!(
        stands(&exercise, 0),
        "Luck fell with the last move, so it stands."
    );
    let back = EntryKind::TakeBack(TakeBack { to: 1 });
    exercise
        .enter(back, moment(3))
        .expect("the facilitator may");
    make(&mut exercise, Some(0), "choose noise nothing").expect("it is open again");
    exercise
        .enter(EntryKind::Pause, moment(4))
        .expect("it runs");
    assert_eq!(stands(&exercise, 0), "The exercise is paused.");
    exercise
        .enter(EntryKind::GoOn, moment(5))
        .expect("it stands still");
    assert_eq!(
        stands(&exercise, 0),
        "More has happened since the last move."
    );
}
