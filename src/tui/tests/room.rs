//! Seats, votes, reasons, notes, the timeline and the facilitator: keys in, text out.

mod facilitator;

mod votes;

use crate::front::fixture::{FakeRoom, seated};
use crate::front::seats::{Rating, Reason, SeatRequest};
use crate::front::{MoveById, Msg, PlaySetup, Request, Room, fixture};
use crate::tui::tests::{SIZES, chars, choose, playing, press, snapshot, terminal, text};
use crate::tui::theme::Theme;
use crate::tui::{Key, Tui};

/// A screen and the room that answers it.
struct ScreenAtRoom {
    tui: Tui,
    room: FakeRoom,
}

impl ScreenAtRoom {
    fn ask(&mut self, request: Request) {
        let mut next = Some(request);
        while let Some(request) = next.take() {
            for msg in self.room.ask(request) {
                next = self.tui.update(msg).or(next);
            }
        }
    }

    fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if let Some(request) = self.tui.key(*key) {
                self.ask(request);
            }
        }
    }

    /// Keys as they are written: `~` is Enter, `^` Escape, `|` Tab, `<` and `>` left and right.
    fn keys(&mut self, keys: &str) {
        let key = |c| match c {
            '~' => Key::Enter,
            '^' => Key::Esc,
            '|' => Key::Tab,
            '<' => Key::Left,
            '>' => Key::Right,
            other => Key::Char(other),
        };
        self.press(&keys.chars().map(key).collect::<Vec<_>>());
    }

    fn seen(&self) -> String {
        text(&self.tui, (80, 24))
    }

    fn last(&self) -> &Request {
        self.room.asked.last().expect("something was asked")
    }
}

fn table(seats: Vec<SeatRequest>) -> ScreenAtRoom {
    let mut table = ScreenAtRoom {
        tui: Tui::new(Theme::default()),
        room: FakeRoom::default(),
    };
    table.ask(Request::Open(PlaySetup::default()));
    if !seats.is_empty() {
        table.ask(Request::Sit(seats));
    }
    table.ask(Request::Begin);
    table
}

fn alone() -> ScreenAtRoom {
    table(Vec::new())
}

fn two() -> ScreenAtRoom {
    let mut table = table(seated::two_seats());
    table.keys("~");
    table
}

#[test]
fn seats_are_given_before_startex() {
    let mut table = ScreenAtRoom {
        tui: Tui::new(Theme::default()),
        room: FakeRoom::default(),
    };
    table.ask(Request::Open(PlaySetup::default()));
    table.keys("r");
    snapshot("who_plays_nobody", &table.tui);
    table.press(&[Key::Down]);
    table.keys(" ");
    table.press(&[Key::Down]);
    table.keys("Anna Lee");
    snapshot("who_plays", &table.tui);
    table.keys("^^");
    let sitting = |role: &str, person: &str| SeatRequest {
        roles: vec![role.to_owned()],
        person: person.to_owned(),
    };
    let expected = vec![sitting("tech", ""), sitting("clinical", "Anna Lee")];
    assert_eq!(*table.last(), Request::Sit(expected));
    snapshot("briefing_seats", &table.tui);
    // What nobody changed is not asked again.
    let asked = table.room.asked.len();
    table.keys("r^");
    assert_eq!(table.room.asked.len(), asked);
    // One name for two roles is one seat.
    table.keys("r");
    table.press(&[Key::Down]);
    table.keys("Anna Lee~^");
    let both = vec!["tech".to_owned(), "clinical".to_owned()];
    let Request::Sit(seats) = table.last() else {
        panic!("{:?}", table.last());
    };
    assert_eq!((seats.len(), &seats[0].roles), (1, &both));
}

#[test]
fn a_curtain_stands_between_two_seats() {
    let mut table = table(seated::two_seats());
    let secret = "Only for the";
    assert!(!table.seen().contains(secret), "{}", table.seen());
    assert!(
        table
            .seen()
            .contains("This screen now shows: Clinical safety officer (Anna).")
    );
    snapshot("curtain", &table.tui);
    table.keys("~");
    assert!(
        table.seen().contains("Only for the Clinical"),
        "{}",
        table.seen()
    );
    snapshot("seats", &table.tui);
    table.keys("x");
    let seen = table.seen();
    assert!(
        !seen.contains(secret) && seen.contains("Technical lead (Ben)"),
        "{seen}"
    );
    for key in chars("iwmvdst1 n?") {
        table.press(&[key]);
        assert!(!table.seen().contains(secret), "{key:?}");
    }
    table.keys("~");
    assert!(
        table.seen().contains("Only for the Technical lead"),
        "{}",
        table.seen()
    );
}

#[test]
fn each_seat_keeps_what_it_read_and_typed() {
    let mut table = two();
    table.press(&[Key::Down, Key::Down, Key::Down]);
    table.keys("na private thought^");
    let before = table.seen();
    assert!(before.contains("Callers are waiting."), "{before}");
    table.keys("x~");
    assert!(!table.seen().contains("Callers are waiting."));
    table.keys("n");
    assert!(
        !table.seen().contains("a private thought"),
        "{}",
        table.seen()
    );
    table.keys("^x~");
    assert_eq!(table.seen(), before);
    table.keys("n");
    assert!(
        table.seen().contains("a private thought"),
        "{}",
        table.seen()
    );
}

#[test]
fn of_more_than_two_seats_one_is_chosen() {
    let mut table = table(seated::three_seats());
    table.keys("~x");
    snapshot("chooser", &table.tui);
    table.keys("3");
    assert_eq!(*table.last(), Request::Seat(2));
    assert!(
        table
            .seen()
            .contains("This screen now shows: Incident lead.")
    );
}

#[test]
fn a_seat_that_waits_is_told_who_is_missing() {
    let mut table = two();
    table.keys("ww");
    let seen = table.seen();
    assert!(
        seen.contains("Time passes once Technical lead (Ben) is ready"),
        "{seen}"
    );
    assert!(seen.contains("1 of 2 ready"), "{seen}");
    snapshot("ready", &table.tui);
    table.keys("x~ww");
    assert!(table.seen().contains("ENDEX"), "{}", table.seen());
}

#[test]
fn a_decision_can_carry_who_took_it_and_why() {
    let mut table = alone();
    table.keys("2yBen|It stops the spread|");
    table.press(&[Key::Right, Key::Right, Key::Right]);
    snapshot("reason", &table.tui);
    table.keys("~");
    let reason = Reason {
        by: "Ben".to_owned(),
        why: "It stops the spread".to_owned(),
        sure: Some(70),
    };
    let made = MoveById::Choose("disconnect".to_owned(), "farm".to_owned());
    assert_eq!(*table.last(), Request::Reasoned(made, reason));
    // Enter alone still takes at once.
    let mut tui = playing();
    assert_eq!(
        press(&mut tui, &[Key::Char('2'), Key::Enter]),
        Some(choose("disconnect", "farm"))
    );
}

#[test]
fn what_is_typed_outlives_its_form_and_a_refusal() {
    let mut tui = playing();
    press(&mut tui, &chars("2yBen"));
    press(&mut tui, &[Key::Esc]);
    assert!(!text(&tui, SIZES[0]).contains("Ben"));
    press(&mut tui, &chars("y"));
    assert!(text(&tui, SIZES[0]).contains("Ben"));
    assert!(matches!(tui.key(Key::Enter), Some(Request::Reasoned(..))));
    tui.update(Msg::Refused("It closed at 07:20.".to_owned()));
    press(&mut tui, &chars("2y"));
    assert!(text(&tui, SIZES[0]).contains("Ben"));
    tui.key(Key::Enter);
    tui.update(Msg::View(Box::new(fixture::view())));
    press(&mut tui, &chars("2y"));
    assert!(!text(&tui, SIZES[0]).contains("Ben"));
}

#[test]
fn a_replay_shows_what_was_observed() {
    let note = crate::front::seats::Note {
        at: fixture::view().now,
        by: "Facilitator".to_owned(),
        observation: true,
        about: "Technical lead".to_owned(),
        rating: Some(Rating::Some),
        text: "Nobody wrote it down.".to_owned(),
    };
    for history in [true, false] {
        let mut tui = if history {
            super::watching()
        } else {
            playing()
        };
        tui.update(Msg::Note(note.clone()));
        press(&mut tui, &chars("n"));
        let seen = text(&tui, SIZES[0]);
        assert_eq!(seen.contains("Nobody wrote it down."), history, "{seen}");
        assert_eq!(seen.contains("Observation"), history, "{seen}");
    }
}

#[test]
fn the_timeline_holds_news_and_moves_in_order() {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(seated::done())));
    press(&mut tui, &chars("t"));
    press(&mut tui, &[Key::Up]);
    snapshot("timeline", &tui);
    press(&mut tui, &[Key::Home]);
    let seen = text(&tui, (200, 60));
    let at = |what: &str| seen.find(what).unwrap_or_else(|| panic!("{what}: {seen}"));
    let order = [
        "Tue 2 Aug 2022  ",
        "Odd logon on Staffplan",
        "Decided: Note it and watch",
        "What do you do about the session?",
        "Wait  ",
        "Thu 4 Aug 2022  ",
        "Done: Call the duty engineers",
        "Why: It stops the spread",
    ];
    let dialog = at(" Timeline ");
    let places: Vec<usize> = order
        .iter()
        .map(|it| {
            dialog
                + seen[dialog..]
                    .find(it)
                    .unwrap_or_else(|| panic!("{it}: {seen}"))
        })
        .collect();
    assert!(places.is_sorted(), "{places:?} {seen}");
    press(&mut tui, &[Key::Home, Key::Down, Key::Enter]);
    let open = text(&tui, SIZES[0]);
    assert!(
        open.contains("A supplier account has opened a desktop session."),
        "{open}"
    );
    press(&mut tui, &[Key::Esc]);
    assert!(text(&tui, SIZES[0]).contains(" Timeline "));
}

#[test]
fn notes_are_the_teams_and_observations_are_not() {
    let mut table = alone();
    table.keys("n");
    snapshot("notes_none", &table.tui);
    table.keys("Who may pull the plug? 日本~");
    assert_eq!(
        *table.last(),
        Request::Note("Who may pull the plug? 日本".to_owned())
    );
    table.keys("^f~oNobody listens~^n");
    table.keys("a second one");
    let seen = table.seen();
    assert!(seen.contains("Who may pull the plug?"), "{seen}");
    assert!(!seen.contains("Nobody listens"), "{seen}");
    snapshot("notes", &table.tui);
}

#[test]
fn the_terminals_cursor_stands_where_is_typed() {
    let mut tui = playing();
    press(&mut tui, &chars("nab日"));
    press(&mut tui, &[Key::Left]);
    let mut terminal = terminal(&tui, SIZES[0]);
    let at = terminal.get_cursor_position().expect("a cursor in memory");
    let buffer = terminal.backend().buffer();
    assert_eq!(buffer[(at.x - 1, at.y)].symbol(), "b");
    assert_eq!(buffer[(at.x, at.y)].symbol(), "日");
}

#[test]
fn what_is_taken_back_is_said_and_no_longer_read() {
    let mut table = alone();
    table.keys("f~bk~~^");
    let seen = table.seen();
    let says = "2 moves were taken back. It is Thu 4 Aug 2022 07:00 again.";
    assert!(seen.contains(says), "{seen}");
    // Of what this seat knew, it is told what it was.
    table.tui.update(Msg::View(Box::new(seated::done())));
    table.keys("f~bk~~^");
    let seen = text(&table.tui, (120, 40));
    let what =
        "taken back: from “Note it and watch” to “The Citrix farm and the domain it trusts”.";
    assert!(seen.contains(what), "{seen}");
    // The same messages are new when they come again.
    table.press(&[Key::Home]);
    table.tui.update(Msg::View(Box::new(fixture::view())));
    assert!(table.seen().contains("new: i"), "{}", table.seen());
}

#[test]
fn a_stop_says_who_and_why() {
    let mut table = alone();
    table.keys("f~eThe room is needed~~");
    let seen = table.seen();
    assert!(seen.contains("The exercise was stopped here:"), "{seen}");
    assert!(seen.contains("“The room is needed”"), "{seen}");
    snapshot("stopped", &table.tui);
}

#[test]
fn the_talk_about_the_points_has_the_timeline_and_the_notes() {
    for (key, title) in [("t", "Timeline"), ("n", "Notes")] {
        let mut table = alone();
        table.keys("f~eThe room is needed~~");
        table.keys(key);
        let seen = table.seen();
        assert!(seen.contains(title), "{seen}");
        assert!(seen.contains("Stopped before ENDEX"), "{seen}");
    }
}

#[test]
fn a_replay_goes_on_through_a_pause() {
    let mut table = alone();
    table.ask(Request::Open(PlaySetup {
        history: true,
        ..PlaySetup::default()
    }));
    table.ask(Request::Begin);
    table.tui.update(Msg::Paused(true));
    assert_eq!(table.tui.key(Key::Enter), Some(Request::Step));
}

#[test]
fn in_ascii_only_typed_words_are_not() {
    for mut table in every_layer() {
        table.tui.theme.ascii = true;
        table.tui.update(Msg::View(Box::new(fixture::view())));
        for size in SIZES {
            let seen = text(&table.tui, size);
            let wide = |c: char| "日本語の名前😀".contains(c);
            let other = seen.chars().find(|c| !c.is_ascii() && !wide(*c));
            assert_eq!(other, None, "{seen}");
        }
    }
}

/// Every screen of this file, whole.
fn every_layer() -> Vec<ScreenAtRoom> {
    let mut all = vec![table(seated::two_seats())];
    for keys in [
        "x", "2y", "2b", "1b~", "1b~B", "t", "n", "f", "f~", "f~c", "f~l", "f~i", "f~o", "f~b",
        "f~b~", "f~e", "f~e~", "f~p", "f~p^",
    ] {
        let mut table = two();
        table.keys(keys);
        all.push(table);
    }
    let mut chooser = table(seated::three_seats());
    chooser.keys("~x");
    all.push(chooser);
    let mut seats = ScreenAtRoom {
        tui: Tui::new(Theme::default()),
        room: FakeRoom::default(),
    };
    seats.ask(Request::Open(PlaySetup::default()));
    seats.keys("rAnna");
    all.push(seats);
    all
}

#[test]
fn every_layer_keeps_its_word_in_every_size() {
    for mut table in every_layer() {
        for size in [(60, 16), (79, 24), (100, 50), (150, 16), (300, 90)] {
            assert!(text(&table.tui, size).contains("EXERCISE"), "{size:?}");
        }
        for columns in [0, 1, 5, 59, 60, 63] {
            for rows in [0, 1, 5, 15, 16] {
                terminal(&table.tui, (columns, rows));
            }
        }
        table.tui.theme.colours = crate::tui::theme::Colours::None;
        let drawn = terminal(&table.tui, (120, 40));
        for cell in drawn.backend().buffer().content() {
            let plain = ratatui::style::Color::Reset;
            assert_eq!((cell.fg, cell.bg), (plain, plain));
        }
    }
}

#[test]
fn a_longest_text_fits_every_form() {
    let long: String = "Long 日本語 words e\u{301} "
        .chars()
        .cycle()
        .take(700)
        .collect();
    for keys in ["2y|", "n", "f~i|||", "f~o", "f~e"] {
        let mut table = two();
        table.keys(keys);
        table.keys(&long);
        for size in [(60, 16), (80, 24), (200, 60)] {
            let mut drawn = terminal(&table.tui, size);
            let at = drawn.get_cursor_position().expect("a cursor in memory");
            assert!(at.x > 0 && at.y > 0, "{keys} {size:?} {at:?}");
        }
    }
}

#[test]
fn in_a_replay_no_curtain_stands_between_seats() {
    let mut table = two();
    table.ask(Request::Open(PlaySetup {
        history: true,
        ..PlaySetup::default()
    }));
    table.ask(Request::Begin);
    let seen = table.seen();
    assert!(!seen.contains("This screen now shows"), "{seen}");
    assert!(seen.contains("Only for the Clinical"), "{seen}");
}
