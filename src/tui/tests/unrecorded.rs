//! A move that could not be recorded.

use crate::front::{MoveById, Msg, Recording, Request, Unrecorded};
use crate::tui::tests::{SIZES, chars, playing, press, text};
use crate::tui::{Key, Tui};

/// A move was asked for and could not be recorded.
pub(super) fn unrecorded() -> Tui {
    let mut tui = playing();
    tui.update(Msg::Unrecorded(Unrecorded {
        why: "Cannot write /state/a.jsonl: No space left on device.".to_owned(),
        folder: "/tmp".to_owned(),
    }));
    tui
}

#[test]
fn a_move_that_could_not_be_recorded_leaves_three_ways_on() {
    let record = |how| Some(Request::Record(how));
    let typed: Vec<Key> = [
        chars("f"),
        vec![Key::Backspace; 3],
        chars("home/q"),
        vec![Key::Enter],
    ]
    .concat();
    let cases = [
        (chars("r"), record(Recording::Retry)),
        (chars("u"), record(Recording::Off)),
        (typed, record(Recording::In("/home/q".to_owned()))),
        (vec![Key::Char('f'), Key::Esc], None),
        (vec![Key::Esc], None),
        (chars("w"), None),
    ];
    for (keys, expected) in cases {
        assert_eq!(press(&mut unrecorded(), &keys), expected, "{keys:?}");
    }
    let mut tui = unrecorded();
    for size in SIZES.into_iter().chain([crate::tui::LEAST]) {
        let text = text(&tui, size);
        for line in [
            "nothing has happened",
            "No space left",
            "r  retry",
            "f  go on",
            "u  go on",
        ] {
            assert!(text.contains(line), "{line} at {size:?}:\n{text}");
        }
    }
    press(&mut tui, &[Key::Esc]);
    assert!(text(&tui, SIZES[0]).contains("so it was not made"));
    press(&mut tui, &[Key::Esc]);
    assert_eq!(text(&tui, SIZES[0]), text(&playing(), SIZES[0]));
    assert_eq!(
        press(&mut tui, &chars("ww")),
        Some(Request::Move(MoveById::Wait))
    );
}
