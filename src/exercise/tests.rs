//! What may be entered, by whom, and what taking back leaves.

mod own_take_back;

use std::sync::Arc;

use jiff::Timestamp;

use crate::engine::Move;
use crate::engine::look::Viewer;
use crate::engine::view::{Reason, View};
use crate::exercise::{Barred, Exercise, NotMade, Seat, recall};
use crate::journal::{
    Entry, EntryKind, Forced, Recorded, RecordedBallot, RecordedCountdown, RecordedInject,
    RecordedNote, RecordedSeat, Reveal, TakeBack,
};
use crate::library;
use crate::play::parse_line;
use crate::program::{Program, ProgramSetup};
use crate::scenario::read::Folder;

const SCENARIO: &str = "\
format: 1
id: small
title: Small
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 10h
roles: {guard: {title: Guard}, boss: {title: Boss}}
objectives: {calm: {title: Calm, worth: 3}}
values:
  door: {one_of: [open, shut], initial: open, title: Door}
board: [{lamp: door}]
phases:
  only:
    title: Only
    injects:
      noise:
        at: 1h
        to: [guard]
        by: The dog
        via: meeting
        title: A noise
        text: Something moves.
        asks:
          question: What do you do?
          within: 2h
          default: nothing
          options:
            nothing: {label: Nothing}
            look:
              label: Look
              then:
                - chance: luck
                  outcomes:
                    - {odds: 1, do: [door = shut], because: It was the wind.}
                    - {odds: 1, because: Nobody was there.}
      word: {at: 4h, to: [boss], by: Town, via: phone, title: A word, text: How is it?}
    ends: [{at: 9h, to: endex}]
endings:
  over: {title: Over, text: It is over.}
";

fn program() -> (Arc<Program>, Folder) {
    let folder = Folder {
        path: "small".to_owned(),
        files: [("scenario.yaml".to_owned(), SCENARIO.into())].into(),
        single: false,
    };
    let loaded = library::load(&folder, &ProgramSetup::default());
    let loaded = loaded.unwrap_or_else(|rejected| panic!("{:?}", rejected.findings));
    (loaded.program, folder)
}

/// Two seats: the guard, and the boss.
fn two() -> Exercise {
    let (program, _) = program();
    let seat = |role: &str| RecordedSeat {
        roles: vec![role.to_owned()],
        person: String::new(),
    };
    let seats =
        Seat::from_all_recorded(&program, &[seat("guard"), seat("boss")]).expect("both are known");
    Exercise::begin(program, 7).played_by("Blue".to_owned(), seats)
}

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(1_660_000_000 + second).expect("it is a time")
}

fn meant(exercise: &Exercise, line: &str) -> Move {
    let line = parse_line(line)
        .expect("it can be read")
        .expect("it says something");
    let made = line.to_move(exercise.program());
    made.expect("its names are known").expect("it is a move")
}

fn make(exercise: &mut Exercise, seat: Option<usize>, line: &str) -> Result<(), String> {
    let wanted = meant(exercise, line);
    let made = exercise.submit(seat, wanted, Reason::default(), moment(0));
    made.map_err(|why| why.sentence(exercise.program()).unwrap_or_default())
}

fn seen(exercise: &Exercise, seat: usize) -> View {
    exercise.view(&exercise.seats()[seat].viewer())
}

fn titles(view: &View) -> Vec<&str> {
    view.inbox.iter().map(|it| it.title.as_str()).collect()
}

#[test]
fn a_seat_moves_for_its_own_roles_and_the_room_for_all() {
    let mut exercise = two();
    assert_eq!(make(&mut exercise, Some(1), "wait"), Ok(()));
    let refused = make(&mut exercise, Some(1), "choose noise look");
    assert_eq!(
        refused,
        Err("That is for Guard, not for this seat.".to_owned())
    );
    assert_eq!(
        make(&mut exercise, Some(2), "wait"),
        Err("There is no such seat.".to_owned())
    );
    assert_eq!(make(&mut exercise, Some(0), "choose noise look"), Ok(()));
    let mut exercise = two();
    make(&mut exercise, None, "wait").expect("the room may");
    make(&mut exercise, None, "choose noise nothing").expect("the room may");
}

#[test]
fn a_seat_hears_what_is_addressed_to_it() {
    let mut exercise = two();
    make(&mut exercise, None, "wait").expect("time passes");
    make(&mut exercise, Some(0), "choose noise look").expect("it is open");
    make(&mut exercise, None, "wait").expect("time passes");
    let (guard, boss) = (seen(&exercise, 0), seen(&exercise, 1));
    assert!(titles(&guard).contains(&"A noise") && !titles(&guard).contains(&"A word"));
    assert!(titles(&boss).contains(&"A word") && !titles(&boss).contains(&"A noise"));
    // What the guard decided is the guard's; that time passed is everybody's.
    let moves = |view: &View| {
        view.moves
            .iter()
            .map(|it| (it.number, it.what.clone()))
            .collect::<Vec<_>>()
    };
    let made = [(1, "Wait"), (2, "Look"), (3, "Wait")].map(|(number, what)| (number, what.into()));
    assert_eq!(moves(&guard), made);
    assert_eq!(moves(&boss), [made[0].clone(), made[2].clone()]);
    let wall = Viewer::shared(&[exercise.seats()[0].viewer(), exercise.seats()[1].viewer()]);
    let wall = exercise.view(&wall);
    assert!(!titles(&wall).contains(&"A noise") && !titles(&wall).contains(&"A word"));
}

#[test]
fn taking_back_leaves_the_state_of_an_earlier_moment_and_the_same_luck() {
    let mut exercise = two();
    make(&mut exercise, None, "wait").expect("time passes");
    let before = exercise.view(&Viewer::all(exercise.program()));
    make(&mut exercise, Some(0), "choose noise look").expect("it is open");
    let after = exercise.view(&Viewer::all(exercise.program()));
    exercise
        .enter(EntryKind::TakeBack(TakeBack { to: 1 }), moment(5))
        .expect("two moves stand");
    assert_eq!(exercise.view(&Viewer::all(exercise.program())), before);
    assert_eq!(exercise.moves().len(), 1);
    make(&mut exercise, Some(0), "choose noise look").expect("it is open again");
    assert_eq!(exercise.view(&Viewer::all(exercise.program())), after);
    let refused = exercise.enter(EntryKind::TakeBack(TakeBack { to: 2 }), moment(6));
    assert!(matches!(
        refused,
        Err(NotMade::Barred(Barred::NotSoMany(2)))
    ));
}

#[test]
fn what_was_said_after_a_move_is_taken_back_with_it_and_notes_stay() {
    let mut exercise = two();
    let said = |text: &str| {
        EntryKind::Inject(RecordedInject {
            text: text.to_owned(),
            title: text.to_owned(),
            ..RecordedInject::default()
        })
    };
    let note = EntryKind::Note(RecordedNote {
        seat: Some(0),
        text: "the clock is slow".to_owned(),
        ..RecordedNote::default()
    });
    exercise
        .enter(said("early"), moment(1))
        .expect("it is news");
    make(&mut exercise, None, "wait").expect("time passes");
    exercise.enter(said("late"), moment(2)).expect("it is news");
    exercise
        .enter(note.clone(), moment(3))
        .expect("it says something");
    let both = exercise.view(&Viewer::all(exercise.program()));
    assert!(titles(&both).contains(&"early") && titles(&both).contains(&"late"));
    exercise
        .enter(EntryKind::TakeBack(TakeBack { to: 0 }), moment(4))
        .expect("one move stands");
    let left = exercise.view(&Viewer::all(exercise.program()));
    assert!(titles(&left).contains(&"early") && !titles(&left).contains(&"late"));
    assert!(exercise.entries().any(|it| it.what == note));
}

#[test]
fn a_forced_roll_that_has_not_fallen_survives_a_take_back() {
    for outcome in 1..=2 {
        let mut exercise = two();
        let forced = EntryKind::Roll(Forced {
            chance: "luck".to_owned(),
            outcome,
        });
        exercise
            .enter(forced, moment(0))
            .expect("the chance is known");
        make(&mut exercise, None, "wait").expect("time passes");
        exercise
            .enter(EntryKind::TakeBack(TakeBack { to: 0 }), moment(1))
            .expect("one move stands");
        make(&mut exercise, None, "wait").expect("time passes");
        make(&mut exercise, Some(0), "choose noise look").expect("it is open");
        let board = exercise.view(&Viewer::all(exercise.program())).board;
        let wanted = if outcome == 1 { "shut" } else { "open" };
        assert_eq!(board[0].text, wanted);
    }
}

#[test]
fn a_question_that_stands_again_stands_since_the_take_back() {
    let mut exercise = two();
    let noise = exercise
        .program()
        .decision_named("noise")
        .expect("it is there");
    exercise
        .submit(None, Move::Wait, Reason::default(), moment(10))
        .expect("time passes");
    assert_eq!(exercise.asked_at(noise), Some(moment(10)));
    let look = meant(&exercise, "choose noise look");
    exercise
        .submit(Some(0), look, Reason::default(), moment(20))
        .expect("it is open");
    exercise
        .enter(EntryKind::TakeBack(TakeBack { to: 1 }), moment(30))
        .expect("two moves stand");
    assert_eq!(exercise.asked_at(noise), Some(moment(10)));
    assert_eq!(exercise.rewound_at(), Some(moment(30)));
}

#[test]
fn nothing_moves_in_a_pause() {
    let mut exercise = two();
    exercise
        .enter(EntryKind::Pause, moment(0))
        .expect("it runs");
    let refused = make(&mut exercise, None, "wait");
    assert_eq!(refused, Err("The exercise is paused.".to_owned()));
    assert!(exercise.enter(EntryKind::Pause, moment(1)).is_err());
    exercise
        .enter(EntryKind::GoOn, moment(2))
        .expect("it stands still");
    make(&mut exercise, None, "wait").expect("it runs again");
}

#[test]
fn nobody_is_surer_than_sure_and_no_journal_says_so() {
    let (program, folder) = program();
    let mut exercise = Exercise::begin(Arc::clone(&program), 7);
    let head = exercise.head(&folder, moment(0));
    make(&mut exercise, None, "wait").expect("time passes");
    let look = meant(&exercise, "choose noise look");
    let sure = |percent| Reason {
        sure: Some(percent),
        ..Reason::default()
    };
    let refused = exercise.submit(None, look, sure(101), moment(1));
    assert!(matches!(
        refused,
        Err(NotMade::Barred(Barred::TooSure(101)))
    ));
    assert_eq!(exercise.moves().len(), 1);
    let made = exercise.submit(None, look, sure(100), moment(1));
    made.expect("it is open");
    let mut entries: Vec<Entry> = exercise.entries().cloned().collect();
    let Some(EntryKind::Move(step)) = entries.last_mut().map(|entry| &mut entry.what) else {
        panic!("a move was entered");
    };
    step.sure = Some(255);
    assert_eq!(
        recall(&program, &Recorded { head, entries }).expect_err("it was changed"),
        "move 2, `choose noise look`, is refused. Confidence goes up to 100 %, not 255 %."
    );
}

#[test]
fn what_cannot_be_entered_is_refused_with_a_sentence() {
    let ballot = |seat: usize, option: &str| {
        EntryKind::Ballot(RecordedBallot {
            decision: "noise".to_owned(),
            seat,
            option: option.to_owned(),
            sure: None,
        })
    };
    let reveal = || {
        EntryKind::Reveal(Reveal {
            decision: "noise".to_owned(),
        })
    };
    let mut exercise = two();
    let not_yet = exercise.enter(ballot(0, "look"), moment(0));
    assert!(matches!(not_yet, Err(NotMade::Barred(Barred::NotOpen(_)))));
    make(&mut exercise, None, "wait").expect("time passes");
    let refusals = [
        (ballot(0, "run"), "There is no option `run`."),
        (
            EntryKind::Ballot(RecordedBallot {
                decision: "noise".to_owned(),
                seat: 0,
                option: "look".to_owned(),
                sure: Some(101),
            }),
            "Confidence goes up to 100 %, not 101 %.",
        ),
        (ballot(1, "look"), "That is for Guard, not for this seat."),
        (reveal(), "Nobody has voted on this question."),
        (
            EntryKind::Countdown(RecordedCountdown {
                decision: Some("word".to_owned()),
                seconds: 60,
            }),
            "`word` is not open.",
        ),
        (
            EntryKind::Inject(RecordedInject::default()),
            "An improvised inject needs a text.",
        ),
        (
            EntryKind::Inject(RecordedInject {
                to: vec!["cat".to_owned()],
                text: "Miaow.".to_owned(),
                ..RecordedInject::default()
            }),
            "There is no role `cat`.",
        ),
        (
            EntryKind::Note(RecordedNote {
                text: " ".to_owned(),
                ..RecordedNote::default()
            }),
            "A note needs a text.",
        ),
        (
            EntryKind::Note(RecordedNote {
                objective: Some("peace".to_owned()),
                text: "Well.".to_owned(),
                ..RecordedNote::default()
            }),
            "There is no objective `peace`.",
        ),
        (EntryKind::GoOn, "The exercise is not paused."),
        (
            EntryKind::Roll(Forced {
                chance: "luck".to_owned(),
                outcome: 3,
            }),
            "There is no outcome `luck 3`.",
        ),
    ];
    for (what, sentence) in refusals {
        let refused = exercise.enter(what, moment(1)).expect_err(sentence);
        assert_eq!(
            refused.sentence(exercise.program()).as_deref(),
            Some(sentence)
        );
    }
    exercise
        .enter(ballot(0, "look"), moment(2))
        .expect("it is open");
    exercise
        .enter(ballot(0, "nothing"), moment(3))
        .expect("a mind may change");
    let cast: Vec<&str> = exercise
        .ballots("noise")
        .map(|it| it.option.as_str())
        .collect();
    assert_eq!(cast, ["nothing"]);
    exercise.enter(reveal(), moment(4)).expect("one has voted");
    let late = exercise.enter(ballot(0, "look"), moment(5));
    assert!(matches!(late, Err(NotMade::Barred(Barred::Revealed))));
}

#[test]
fn the_end_is_entered_once() {
    let mut exercise = two();
    let early = exercise
        .enter(EntryKind::Ended, moment(0))
        .expect_err("it runs");
    assert!(matches!(early, NotMade::Barred(Barred::NotOpen(_))));
    while !exercise.is_over() {
        make(&mut exercise, None, "wait").expect("time passes");
    }
    let again = exercise
        .enter(EntryKind::Ended, moment(1))
        .expect_err("it is over");
    assert!(matches!(again, NotMade::Barred(Barred::Over)));
    let ends = exercise.entries().filter(|it| it.what == EntryKind::Ended);
    assert_eq!(ends.count(), 1);
}

#[test]
fn two_seats_cannot_hold_one_role() {
    let (program, _) = program();
    let seat = || RecordedSeat {
        roles: vec!["guard".to_owned()],
        person: String::new(),
    };
    let twice = Seat::from_all_recorded(&program, &[seat(), seat()]).expect_err("the guard is one");
    assert_eq!(twice.sentence(&program), "The role Guard was given twice.");
    let nobody = Seat::from_all_recorded(&program, &[RecordedSeat::default()]);
    assert!(matches!(nobody, Err(Barred::Empty(_))));
}

#[test]
fn everything_that_was_entered_comes_out_again() {
    let (program, folder) = program();
    let mut exercise = two();
    let head = exercise.head(&folder, moment(0));
    let mut entries = Vec::new();
    let mut known = 0;
    // A take-back shortens what stands, so every entry is noted as it comes.
    let mut note_down = |exercise: &Exercise| {
        let all: Vec<_> = exercise.entries().cloned().collect();
        entries.extend_from_slice(&all[known.min(all.len())..]);
        known = all.len();
    };
    make(&mut exercise, None, "wait").expect("time passes");
    note_down(&exercise);
    exercise
        .enter(
            EntryKind::Ballot(RecordedBallot {
                decision: "noise".to_owned(),
                seat: 0,
                option: "look".to_owned(),
                sure: Some(70),
            }),
            moment(1),
        )
        .expect("it is open");
    note_down(&exercise);
    let reason = Reason {
        by: "Anna".to_owned(),
        why: "It moved.".to_owned(),
        sure: Some(60),
    };
    let look = meant(&exercise, "choose noise look");
    exercise
        .submit(Some(0), look, reason.clone(), moment(2))
        .expect("it is open");
    note_down(&exercise);
    while !exercise.is_over() {
        make(&mut exercise, None, "wait").expect("time passes");
        note_down(&exercise);
    }
    let recorded = Recorded { head, entries };
    recall(&program, &recorded).expect("it is the same");
    let mut again = crate::exercise::begin_recorded(&program, &recorded.head).expect("so it began");
    for entry in &recorded.entries {
        crate::exercise::enter_again(&mut again, entry).expect("it is the same");
    }
    let all = Viewer::all(&program);
    assert_eq!(again.view(&all), exercise.view(&all));
    assert!(again.view(&all).moves.iter().any(|it| it.reason == reason));
    assert_eq!(again.team(), "Blue");
    assert_eq!(again.seats(), exercise.seats());
}
