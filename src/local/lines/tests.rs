//! Whole sessions of lines.

use crate::front::fixture::FakeRoom;
use crate::front::{PlaySetup, Request};
use crate::local::{LineSource, run_plain};

/// A whole session: what was written, and what was asked.
fn session(history: bool, input: &str) -> (String, Vec<Request>, bool) {
    let mut room = FakeRoom::default();
    let mut output = Vec::new();
    let first = Request::Open(PlaySetup {
        scenario: "advanced-2022".to_owned(),
        history,
        ..PlaySetup::default()
    });
    let end = run_plain(
        &mut room,
        first,
        LineSource::Piped(input.as_bytes()),
        &mut output,
    )
    .expect("written to memory");
    (
        String::from_utf8(output).expect("text"),
        room.asked,
        end.refused,
    )
}

#[test]
fn a_played_transcript() {
    let (text, asked, refused) =
        session(false, "# first\n\nchoose disconnect farm\nsources\nwait\n");
    insta::assert_snapshot!(text);
    assert_eq!(asked.len(), 4);
    assert!(!refused);
}

#[test]
fn history_reads_as_a_dated_account() {
    let (text, asked, _) = session(true, "");
    insta::assert_snapshot!(text);
    assert_eq!(asked.iter().filter(|it| **it == Request::Step).count(), 2);
}

#[test]
fn the_end_of_the_input_gives_the_points_so_far() {
    let (text, asked, refused) = session(false, "1");
    assert!(
        text.contains("STOP at Thu 4 Aug 2022 07:20 BST; points so far:"),
        "{text}"
    );
    assert!(text.contains("TOTAL 8 of 60"), "{text}");
    assert_eq!(asked.last(), Some(&Request::Stop));
    assert!(!refused);
}

#[test]
fn no_line_is_wider_than_eighty_columns() {
    let (text, _, _) = session(false, "status\nactions\ninbox\nhelp\nwait\n");
    for line in text.lines() {
        assert!(crate::front::text::width(line) <= 80, "{line}");
    }
}

#[test]
fn a_play_that_is_piped_in_is_read_to_its_end() {
    let (_, asked, refused) = session(false, "expect calls 1\nwait\n# the end\nend\n");
    assert_eq!(asked.last(), Some(&Request::Line("end".to_owned())));
    assert!(!refused);
    let (text, _, refused) = session(false, "wait\nexpect calls 0\n");
    assert!(
        text.ends_with("REFUSED expected calls 0, found 2340\n"),
        "{text}"
    );
    assert!(refused);
}

#[test]
fn nothing_of_a_line_that_is_too_long_is_read() {
    let line = format!("note {}stop\nchoose 1\n", "x".repeat(4091));
    let (text, asked, refused) = session(false, &line);
    let why = "REFUSED The line is longer than 4,096 bytes, so none of it was read.";
    assert!(text.contains(why), "{text}");
    assert_eq!(asked.len(), 4, "{asked:?}");
    assert!(refused);
}

#[test]
fn endless_input_ends_with_the_exercise() {
    let (text, _, refused) = session(false, &"wait\n".repeat(9));
    assert_eq!(text.matches("REFUSED").count(), 1, "{text}");
    assert!(refused);
}
