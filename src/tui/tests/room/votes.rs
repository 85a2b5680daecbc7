//! Hidden votes.

use crate::front::fixture::{FakeRoom, seated};
use crate::front::{Msg, Request, Room, fixture};
use crate::tui::tests::room::{table, two};
use crate::tui::tests::{SIZES, chars, playing, press, snapshot, text};
use crate::tui::{Key, Tui};

#[test]
fn nothing_of_a_vote_is_seen_before_all_are_shown() {
    let mut table = two();
    table.keys("1b");
    snapshot("ballot", &table.tui);
    table.keys(">>~");
    assert_eq!(
        *table.last(),
        Request::Vote {
            decision: "disconnect".to_owned(),
            option: "everything".to_owned(),
            sure: Some(60),
        }
    );
    for size in SIZES {
        let seen = text(&table.tui, size);
        assert!(seen.contains("Voted: Anna."), "{seen}");
        assert!(!seen.contains("60 %") && !seen.contains("> 1"), "{seen}");
    }
    snapshot("vote_hidden", &table.tui);
    table.keys("B");
    assert!(
        table.seen().contains("Show the votes now?"),
        "{}",
        table.seen()
    );
    table.keys("^x~2b~");
    assert!(
        table.seen().contains("All have voted. B: show"),
        "{}",
        table.seen()
    );
    assert!(!table.seen().contains("1 vote"), "{}", table.seen());
    table.keys("B");
    assert_eq!(*table.last(), Request::Reveal("disconnect".to_owned()));
    let seen = text(&table.tui, (120, 40));
    assert!(seen.contains("1 vote: Anna 60 %"), "{seen}");
    assert!(seen.contains("1 vote: Ben"), "{seen}");
    snapshot("vote_shown", &table.tui);
    // Who voted otherwise stays visible.
    table.keys("2y~");
    table.tui.update(Msg::View(Box::new(seated::done())));
    table.keys("t");
    table.press(&[Key::Up]);
    let seen = text(&table.tui, (120, 40));
    let dissent = "Voted otherwise: Anna 60 % for";
    assert!(seen.contains(dissent), "{seen}");
    assert!(!seen.contains("Ben for"), "{seen}");
}

/// The view of a seat that is asked nothing.
fn unasked() -> crate::front::view::View {
    let mut view = fixture::view();
    view.decisions.clear();
    view
}

#[test]
fn a_vote_outlives_the_view_of_a_seat_that_is_not_asked() {
    let mut table = table(seated::three_seats());
    table.keys("~1b~");
    assert!(table.seen().contains("Voted: Anna."), "{}", table.seen());
    let heard = table.room.ask(Request::Seat(2));
    for msg in heard {
        table.tui.update(match msg {
            Msg::View(_) => Msg::View(Box::new(unasked())),
            other => other,
        });
    }
    table.ask(Request::Seat(1));
    table.keys("~");
    assert!(table.seen().contains("Voted: Anna."), "{}", table.seen());
    // Told again it is the same vote.
    table.keys("2b~B");
    let seen = table.seen();
    assert!(seen.contains("Show the votes now?"), "{seen}");
}

/// A vote that was shown: Anna for everything, Ben for the farm.
fn shown() -> Msg {
    let mut room = FakeRoom::default();
    room.ask(Request::Sit(seated::two_seats()));
    for (seat, option) in [(0, "everything"), (1, "farm")] {
        room.ask(Request::Seat(seat));
        room.ask(Request::Vote {
            decision: "disconnect".to_owned(),
            option: option.to_owned(),
            sure: None,
        });
    }
    let heard = room.ask(Request::Reveal("disconnect".to_owned()));
    heard.into_iter().next_back().expect("it is shown")
}

#[test]
fn a_vote_belongs_to_the_move_that_followed_it() {
    let otherwise = |tui: &mut Tui| {
        press(tui, &chars("t"));
        // Where no timeline stands below the sheet.
        let seen = text(tui, (120, 40));
        press(tui, &[Key::Esc]);
        seen.matches("Voted otherwise:").count()
    };
    let again = || {
        let mut view = seated::done();
        let mut last = view.moves.last().expect("there are moves").clone();
        last.number += 1;
        view.moves.push(last);
        Msg::View(Box::new(view))
    };
    let back = || {
        Msg::TakenBack(crate::front::TakenBack {
            to: 3,
            moves: vec!["choose disconnect farm".to_owned()],
        })
    };
    let done = || Msg::View(Box::new(seated::done()));
    let before = || Msg::View(Box::new(fixture::view()));
    for (case, heard, expected) in [
        ("voted, then done", vec![shown(), done()], 1),
        ("told twice", vec![shown(), shown(), done(), shown()], 1),
        ("done twice, voted once", vec![shown(), done(), again()], 1),
        (
            "taken back",
            vec![shown(), done(), back(), before(), done()],
            0,
        ),
        (
            "taken back, and it stands",
            vec![shown(), done(), back(), shown(), before(), done()],
            1,
        ),
        (
            "closed by itself",
            vec![shown(), Msg::View(Box::new(unasked())), done()],
            0,
        ),
    ] {
        let mut tui = playing();
        for msg in heard {
            tui.update(msg);
        }
        assert_eq!(otherwise(&mut tui), expected, "{case}");
    }
}

#[test]
fn a_vote_needs_several_seats() {
    let mut tui = playing();
    assert_eq!(press(&mut tui, &chars("2b")), None);
    assert!(text(&tui, SIZES[0]).contains("A vote needs several seats"));
}
