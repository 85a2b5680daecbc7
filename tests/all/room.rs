//! A room of several people, in plain lines: seats, votes, notes, and the facilitator.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Stdio};

use sandtable::front::seats::SeatRequest;
use sandtable::front::{MoveById, Msg, PlaySetup, Request, Room};
use sandtable::local::LocalRoom;
use sandtable::room::RoomSettings;

use crate::program::{Call, SILENT, Text, command, folder, starter};
use crate::same::plays;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sandtable");

/// Two people at one screen.
pub const TWO: [&str; 9] = [
    "play",
    "starter",
    "--plain",
    "--seed",
    "7",
    "--role",
    "manager=Mia",
    "--role",
    "owner",
];

/// What such a room writes for these lines must hold this, in order.
fn holds(input: &str, code: i32, pieces: &[&str]) {
    let call = Call {
        arguments: &TWO,
        input,
        code,
        stdout: Text::Holds(pieces),
        ..SILENT
    };
    call.run(folder().path());
}

/// Everything that the program writes for these lines.
pub fn written(home: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = started(home, arguments);
    let mut stdin = child.stdin.take().expect("it was asked for");
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8(output.stdout).expect("outputs are UTF-8")
}

pub fn started(home: &Path, arguments: &[&str]) -> Child {
    command(PROGRAM, home)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// What follows the line that says how to play.
pub fn since_startex(text: &str) -> &str {
    let at = text
        .find("\nSTARTEX ")
        .unwrap_or_else(|| panic!("it never began: {text}"));
    let rest = &text[at + 1..];
    &rest[rest.find("\n\n").expect("a gap follows")..]
}

#[test]
fn a_consent_is_given_at_the_seat_that_is_asked() {
    holds(
        "choose note all_off\nseat 2\nchoose note.all_off.consent agree\n",
        0,
        &[
            "\nSEAT 1: Practice manager (Mia)\nSEAT 2: Senior doctor\n\
             AT THE SCREEN 1: Practice manager (Mia)\n",
            "\nMOVE choose note 3: Switch the whole network off\n",
            "asks Senior doctor. Senior doctor has\n    been asked to agree.\n",
            "\nAT THE SCREEN 2: Senior doctor\n",
            "\nDECISION 1 of 2: consent\n",
            "\nMOVE choose consent 1: Agree\n",
            "\n  It is very quiet. Somebody looks for a pen.\n",
        ],
    );
}

#[test]
fn time_passes_when_everybody_is_ready_and_not_before() {
    holds(
        "wait\nseat 2\nstatus\nwait\n",
        0,
        &[
            "\nREADY Practice manager (Mia). Still to say `wait`: Senior doctor.\n",
            "\nNOW 08:00 GMT",
            "\nMOVE wait\n",
            "\nNOW 09:00 GMT",
        ],
    );
    // The facilitator need not wait for anybody.
    holds("pass\n", 0, &["\nMOVE wait\n", "\nNOW 09:00 GMT"]);
}

#[test]
fn what_is_another_seats_is_neither_shown_nor_done() {
    let folder = folder();
    let text = written(folder.path(), &TWO, "seat 2\ntake call_round\n");
    let (_, at_two) = text
        .split_once("\nAT THE SCREEN 2")
        .expect("it came to the screen");
    assert!(!at_two.contains("call_round:"), "{at_two}");
    assert!(
        at_two.contains(
            "\nREFUSED There is no action `call_round`; none can be taken in this phase.\n"
        ),
        "{at_two}"
    );
    let mut room = two(LocalRoom::new(RoomSettings::new(Vec::new(), || 0)));
    room.ask(Request::Seat(1));
    let take = MoveById::Take("call_round".to_owned());
    let told = room.ask(Request::Move(take));
    let [Msg::Refused(why)] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(why, "That is for Practice manager, not for this seat.");
}

#[test]
fn a_role_that_nobody_plays_takes_its_defaults() {
    let call = Call {
        arguments: &starter(&["--role", "owner"]),
        input: "wait\nwait\nwait\n",
        stdout: Text::Holds(&[
            "\nSEAT 1: Senior doctor\n\
             ABSENT Practice manager: nobody plays this, so defaults are taken.\n",
            "\nNOW 09:00 GMT",
            "\nTOTAL 2 of 17\n",
        ]),
        ..SILENT
    };
    call.run(folder().path());
}

#[test]
fn what_was_said_of_a_choice_is_kept_and_shown_again() {
    let folder = folder();
    let home = folder.path();
    let arguments = starter(&["--journal", "a.jsonl"]);
    // What is typed is cleaned before anybody reads it, and a wait for something is made of waits.
    let lines = "by  Mia\nbecause It\u{1b}[31m spreads:\t“now”.\nsure 80\nchoose note look\n\
                 wait until 2024-03-04 09:30\n";
    let said = "\nMOVE choose note 1: Photograph it and touch nothing\nBY Mia\n\
                BECAUSE It␛[31m spreads: “now”.\nSURE 80 %\n";
    let live = written(home, &arguments, lines);
    assert!(live.contains(said), "{live}");
    let again = written(home, &["replay", "a.jsonl", "--plain"], "");
    assert_eq!(since_startex(&again), since_startex(&live));
}

#[test]
fn what_was_said_at_one_seat_is_not_said_by_another() {
    let folder = folder();
    let text = written(
        folder.path(),
        &TWO,
        "by Mia\nsure 80\nseat 2\nchoose note look\n",
    );
    assert!(text.contains("\nMOVE choose note 1"), "{text}");
    assert!(
        !text.contains("\nBY Mia") && !text.contains("\nSURE "),
        "{text}"
    );
}

#[test]
fn votes_are_hidden_until_they_are_shown() {
    holds(
        "vote look 60%\nseat 2\nvote 3\nreveal\nvote 1\n",
        1,
        &[
            "\nVOTE note: voted: Practice manager (Mia); still to vote: Senior doctor\n",
            "\nVOTE note: voted: Practice manager (Mia) and Senior doctor; all have voted\n\
             REVEALED note\n  \
             Practice manager (Mia): Photograph it and touch nothing, 60 % sure\n  \
             Senior doctor: Switch the whole network off\n\
             REFUSED The votes on this question have been shown already.\n",
        ],
    );
}

#[test]
fn whoever_runs_the_room_writes_pauses_takes_back_and_stops() {
    holds(
        "note Who writes?\nobserve role owner S Quick.\nobserve role boss x\npause\nwait\ngo on\n\
         choose note look\ninject to owner Mother: Ring me.\nseat 2\ntake back to 0\n\
         take back to 4\nstop Lunch.\n",
        1,
        &[
            "\nNOTE 08:00 Practice manager (Mia): Who writes?\n\
             OBSERVED 08:00 Senior doctor S, performed with some challenges: Quick.\n\
             REFUSED There is no role `boss`.\n\
             PAUSED Nothing happens until the facilitator goes on.\n\
             REFUSED The exercise is paused.\nGOES ON The pause is over.\n",
            "\nAT THE SCREEN 2: Senior doctor\n",
            "\nINJECT 08:00\n  From Mother, to Senior doctor.\n  Ring me.\n",
            "\nTAKEN BACK 1 move: Photograph it and touch nothing. Moves that remain: 0.\n",
            "\nREFUSED 0 moves stand: only fewer can remain.\n\
             STOP at Mon 4 Mar 2024 08:00 GMT: Lunch; points so far:\n",
            "\nTOTAL 0 of 17\n",
        ],
    );
    let folder = folder();
    let text = written(folder.path(), &TWO, "inject to owner Mother: Ring me.\n");
    assert!(!text.contains("Mother"), "the manager reads it: {text}");
}

#[test]
fn a_player_takes_back_a_move_of_which_nothing_came() {
    let lines = "choose note look\nnote Wait, no.\ntake back\ntake back\n\
        choose note desk_off\nwait\ntake back\n";
    let folder = folder();
    let home = folder.path();
    let arguments = starter(&["--allow-take-back", "--journal", "a.jsonl"]);
    let live = written(home, &arguments, lines);
    let answers: Vec<&str> = live
        .lines()
        .filter(|it| it.starts_with("TAKEN BACK") || it.starts_with("REFUSED"))
        .collect();
    assert_eq!(
        answers,
        [
            "TAKEN BACK 1 move: Photograph it and touch nothing. Moves that remain: 0.",
            "REFUSED No move has been made.",
            "REFUSED Time has passed; a wait stands.",
        ]
    );
    let replay = written(home, &["replay", "a.jsonl", "--plain"], "");
    let heard: String = since_startex(&live)
        .split_inclusive('\n')
        .filter(|it| !it.starts_with("REFUSED"))
        .collect();
    assert_eq!(since_startex(&replay), heard);
    // A resumed exercise allows what it allowed from the start, and no other does.
    let again = written(
        home,
        &["resume", "a.jsonl", "--plain"],
        "take call_round\ntake back\n",
    );
    assert!(
        again.contains("\nTAKEN BACK 1 move: Ring patients"),
        "{again}"
    );
    let never = written(home, &starter(&[]), "choose note look\ntake back\n");
    let why = "\nREFUSED Taking back was not allowed when this exercise began.\n";
    assert!(never.contains(why), "{never}");
}

#[test]
fn a_move_taken_back_that_was_another_seats_is_not_named() {
    let lines = "take call_round\nseat 2\ntake back to 0\n";
    holds(
        lines,
        0,
        &["\nTAKEN BACK 1 move: a move of others. Moves that remain: 0.\n"],
    );
}

#[test]
fn roles_that_cannot_be_seated_are_told() {
    for (roles, told) in [
        (
            &["managr"][..],
            "error: the scenario has no role `managr`\nhint: Did you mean `manager`?\n",
        ),
        (
            &["manager", "manager,owner"],
            "error: the role `manager` was given twice\n\
             hint: A role has only one seat; a seat may hold several roles, as in `--role tech,comms`.\n",
        ),
        (
            &["=Anna"],
            "error: a seat must have a role\nhint: Write `--role ROLE=NAME`.\n",
        ),
    ] {
        let mut arguments = vec!["play", "starter", "--plain"];
        arguments.extend(roles.iter().flat_map(|it| ["--role", it]));
        let call = Call {
            arguments: &arguments,
            input: "wait\n",
            code: 2,
            stderr: Text::Is(told),
            ..SILENT
        };
        call.run(folder().path());
    }
}

#[test]
fn teams_are_told_apart_in_the_list() {
    let folder = folder();
    let home = folder.path();
    let shelf = ".local/state/sandtable/exercises";
    std::fs::create_dir_all(home.join(shelf)).expect("it can be made");
    for team in ["Blue", "Night shift"] {
        let path = format!("{shelf}/{}.jsonl", &team[..4].trim());
        let mut arguments = TWO.to_vec();
        arguments.extend(["--team", team, "--journal", &path]);
        let text = written(home, &arguments, "wait\n");
        assert!(text.contains(&format!("\nTEAM {team}\n")), "{text}");
    }
    let list = written(home, &["exercises"], "");
    assert!(list.contains(" TEAM "), "{list}");
    assert!(
        list.contains(" Blue ") && list.contains(" Night shift "),
        "{list}"
    );
}

#[test]
fn after_endex_nothing_moves() {
    let scripted = plays("starter").swap_remove(0);
    let mut arguments: Vec<&str> = scripted.arguments.iter().map(String::as_str).collect();
    arguments.push("--plain");
    let input = format!("{}wait\n", scripted.lines);
    let call = Call {
        arguments: &arguments,
        input: &input,
        code: 1,
        stdout: Text::Holds(&[
            "\nENDEX ",
            "\nREFUSED The exercise is over; this line was not read.\n",
        ]),
        ..SILENT
    };
    call.run(folder().path());
}

/// Lines for a room of several seats, none of which is refused.
const ROOM: &str = "note Who writes?\nvote 1\nseat 2\nvote 2 30%\nreveal\nseat 1\n\
    choose note all_off\nseat 2\nby Bo\nsure 10\nchoose note.all_off.consent agree\n\
    inject to owner Mother: Ring me.\nwait\nseat 1\ntake call_round\nwait\nobserve U Slow.\npass\n\
    take back to 3\npause\ngo on\npass\nstop Lunch.\n";

#[test]
fn the_transcript_of_a_room_is_what_a_replay_says() {
    let folder = folder();
    let home = folder.path();
    let mut arguments = TWO.to_vec();
    arguments.extend(["--journal", "a.jsonl", "--transcript", "a.txt"]);
    let live = written(home, &arguments, ROOM);
    assert!(!live.contains("REFUSED"), "{live}");
    let transcript = std::fs::read_to_string(home.join("a.txt")).expect("it was written");
    let replay = written(home, &["replay", "a.jsonl", "--plain"], "");
    assert_eq!(since_startex(&transcript), since_startex(&replay));
    assert!(
        transcript.contains("\nMOVE take 1: Ring patients"),
        "{transcript}"
    );
}

/// STARTEX for two in a room.
pub fn two(mut room: LocalRoom) -> LocalRoom {
    let seat = |role: &str| SeatRequest {
        roles: vec![role.to_owned()],
        person: String::new(),
    };
    room.ask(Request::Open(PlaySetup {
        scenario: "starter".to_owned(),
        seed: Some(7),
        seats: vec![seat("manager"), seat("owner")],
        ..PlaySetup::default()
    }));
    room.ask(Request::Begin);
    room
}
