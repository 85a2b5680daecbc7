//! The mouse, the cursor, searching, courses, the board, and what can be gone on with.

use ratatui::backend::Backend;
use ratatui::layout::Position;

use crate::front::review::Scorecard;
use crate::front::{Msg, Request, fixture};
use crate::tui::tests::start::starting;
use crate::tui::tests::unrecorded::unrecorded;
use crate::tui::tests::{SIZES, chars, choose, playing, press, snapshot, terminal, text};
use crate::tui::{Key, LEAST, Mouse, MouseAction, Tui};

/// The cell where a text begins that stands on the screen.
fn place(tui: &Tui, size: (u16, u16), sought: &str) -> Position {
    let terminal = terminal(tui, size);
    let buffer = terminal.backend().buffer();
    for y in 0..size.1 {
        let row: Vec<&str> = (0..size.0).map(|x| buffer[(x, y)].symbol()).collect();
        for x in 0..size.0 {
            if row[usize::from(x)..].concat().starts_with(sought) {
                return Position::new(x, y);
            }
        }
    }
    panic!("{sought} is nowhere:\n{}", text(tui, size));
}

fn mouse(tui: &mut Tui, size: (u16, u16), sought: &str, action: MouseAction) -> Option<Request> {
    let Position { x, y } = place(tui, size, sought);
    tui.mouse(Mouse {
        column: x,
        row: y,
        action,
    })
}

pub(super) fn click(tui: &mut Tui, size: (u16, u16), sought: &str) -> Option<Request> {
    mouse(tui, size, sought, MouseAction::Press)
}

/// Where the terminal's cursor stands after a frame, and whether it can be seen.
fn cursor(tui: &Tui, size: (u16, u16)) -> Option<Position> {
    let mut terminal = terminal(tui, size);
    let position = terminal.backend_mut().get_cursor_position();
    let position = position.expect("memory knows it");
    terminal.backend().cursor_visible().then_some(position)
}

#[test]
fn a_click_marks_an_option_and_a_second_one_does_nothing() {
    for size in SIZES {
        let mut tui = playing();
        for _ in 0..2 {
            let asked = click(&mut tui, size, "The Citrix farm and");
            assert_eq!(asked, None, "{size:?}");
            assert!(text(&tui, size).contains("> 2  The Citrix"), "{size:?}");
        }
        let asked = press(&mut tui, &[Key::Enter]);
        assert_eq!(asked, Some(choose("disconnect", "farm")));
    }
}

#[test]
fn a_click_on_a_barred_option_says_why() {
    let mut tui = playing();
    click(&mut tui, SIZES[0], "Only the customers");
    assert!(text(&tui, SIZES[0]).contains("It needs 8 engineers; 7 are free."));
}

#[test]
fn a_click_opens_a_message() {
    for size in SIZES {
        let mut tui = playing();
        click(&mut tui, size, "Screens are frozen");
        assert!(
            text(&tui, size).contains("Callers are waiting."),
            "{size:?}"
        );
    }
}

#[test]
fn the_keys_at_the_foot_are_buttons() {
    let mut tui = playing();
    click(&mut tui, SIZES[1], "a act");
    assert!(text(&tui, SIZES[1]).contains("Esc: back"));
    // What is open over the screen takes every click.
    assert_eq!(click(&mut tui, SIZES[1], "w wait"), None);
    click(&mut tui, SIZES[1], "Declare a major");
    assert!(text(&tui, SIZES[1]).contains("> 2  Declare a major incident"));
    press(&mut tui, &[Key::Esc, Key::Esc]);
    press(&mut tui, &chars("d"));
    click(&mut tui, SIZES[0], "Nothing until it is confirmed");
    assert!(text(&tui, SIZES[1]).contains("Enter takes option 3"));
    click(&mut tui, SIZES[1], "Esc leave it");
    let waits = Some(Request::Move(crate::front::MoveById::Wait));
    assert_eq!(click(&mut tui, SIZES[1], "w wait"), None);
    assert_eq!(click(&mut tui, SIZES[1], "w wait"), waits);
    click(&mut tui, SIZES[1], "q leave");
    let asked = click(&mut tui, SIZES[1], "h  back to the start");
    assert_eq!(asked, Some(Request::Home));
}

#[test]
fn nothing_is_clicked_where_nothing_was_drawn() {
    let mut tui = playing();
    let wait = place(&tui, SIZES[0], "w wait");
    terminal(&tui, (40, 10));
    let everywhere = (0..80).flat_map(|column| (0..24).map(move |row| (column, row)));
    for (column, row) in everywhere.chain([(wait.x, wait.y), (u16::MAX, u16::MAX)]) {
        let action = MouseAction::Press;
        assert_eq!(
            tui.mouse(Mouse {
                column,
                row,
                action
            }),
            None
        );
    }
    assert_eq!(text(&tui, SIZES[0]), text(&playing(), SIZES[0]));
}

#[test]
fn the_facilitators_keys_can_be_clicked() {
    let size = (80, 24);
    let mut tui = playing();
    press(&mut tui, &chars("f"));
    let asked = click(&mut tui, size, "Enter yes");
    assert!(matches!(asked, Some(Request::Facilitate(_))), "{asked:?}");
    click(&mut tui, size, "? help");
    assert!(text(&tui, size).contains("Esc: back"));
    press(&mut tui, &[Key::Esc]);
    click(&mut tui, size, "Esc back to");
    assert_eq!(text(&tui, size), text(&playing(), size));
}

#[test]
fn a_wheel_scrolls_timeline_and_notes() {
    let size = (80, 16);
    for key in ["t", "n"] {
        let mut tui = playing();
        for number in 0..20 {
            tui.update(Msg::Note(crate::front::seats::Note {
                at: fixture::view().now,
                by: "Everybody".to_owned(),
                observation: false,
                about: String::new(),
                rating: None,
                text: format!("Note {number}"),
            }));
        }
        press(&mut tui, &chars(key));
        let end = text(&tui, size);
        let turn = |action| Mouse {
            column: 40,
            row: 6,
            action,
        };
        tui.mouse(turn(MouseAction::WheelUp));
        assert_ne!(text(&tui, size), end, "{key}");
        tui.mouse(turn(MouseAction::WheelDown));
        assert_eq!(text(&tui, size), end, "{key}");
    }
}

#[test]
fn a_wheel_scrolls_what_is_under_it() {
    let size = (80, 16);
    let mut tui = playing();
    let before = text(&tui, size);
    mouse(&mut tui, size, "From  SOC", MouseAction::WheelDown);
    assert!(text(&tui, size).contains("▲3"), "{}", text(&tui, size));
    mouse(&mut tui, size, "We have renamed", MouseAction::WheelUp);
    assert_eq!(text(&tui, size), before);
    // The list turns away from what is open, and comes back with the next message.
    let mut tui = playing();
    mouse(&mut tui, size, "07:20  Files", MouseAction::WheelDown);
    let turned = text(&tui, size);
    assert!(!turned.contains("07:20  Files"), "{turned}");
    assert_eq!(cursor(&tui, size), None);
    press(&mut tui, &[Key::Down, Key::Up]);
    assert_eq!(text(&tui, size).lines().nth(2), before.lines().nth(2));
}

#[test]
fn the_cursor_stands_on_what_the_next_key_is_about() {
    for size in SIZES.into_iter().chain([LEAST]) {
        let mut tui = playing();
        assert_eq!(cursor(&tui, size), Some(place(&tui, size, ">  07:20")));
        press(&mut tui, &chars("3"));
        assert_eq!(cursor(&tui, size), Some(place(&tui, size, "> 3  ")));
        press(&mut tui, &chars("a2"));
        assert_eq!(cursor(&tui, size), Some(place(&tui, size, "> 2  ")));
        press(&mut tui, &[Key::Esc, Key::Esc]);
        press(&mut tui, &chars("/ab"));
        let field = place(&tui, size, "/ ab");
        assert_eq!(
            cursor(&tui, size),
            Some(Position::new(field.x + 4, field.y))
        );
        let start = starting(Vec::new());
        assert_eq!(cursor(&start, size), Some(place(&start, size, "> Play")));
    }
    assert_eq!(cursor(&playing(), (40, 10)), None);
}

#[test]
fn searching_lists_only_what_is_found_and_says_how_many() {
    for size in SIZES {
        let mut tui = playing();
        press(&mut tui, &chars("/CALLERS"));
        let seen = text(&tui, size);
        assert!(seen.contains("1 of 12 found"), "{seen}");
        assert!(seen.contains("Screens are frozen"), "{seen}");
        // A wide screen has it in the timeline, beside the inbox.
        let left = |line: &str| line.chars().take(36).collect::<String>();
        let inbox: String = seen.lines().map(left).collect();
        assert!(
            !inbox.contains("Odd logon") && !inbox.contains("SOC duty"),
            "{seen}"
        );
        // What is looked at is not what is read.
        press(&mut tui, &[Key::Esc]);
        assert_eq!(text(&tui, size), text(&playing(), size));
        press(&mut tui, &chars("/callers"));
        press(&mut tui, &[Key::Enter]);
        let seen = text(&tui, size);
        assert!(seen.contains("Callers are waiting."), "{seen}");
        assert!(!seen.contains("found"), "{seen}");
    }
    let mut tui = playing();
    press(&mut tui, &chars("/soc duty"));
    snapshot("search", &tui);
}

#[test]
fn searching_takes_every_letter_and_moves_nothing() {
    let mut tui = playing();
    assert_eq!(press(&mut tui, &chars("/wq1a?")), None);
    let seen = text(&tui, SIZES[0]);
    assert!(
        seen.contains("/ wq1a?") && seen.contains("0 of 12 found"),
        "{seen}"
    );
    assert_eq!(press(&mut tui, &[Key::Enter]), None);
    assert_eq!(text(&tui, SIZES[0]), text(&playing(), SIZES[0]));
    // Capitals of any language are found, and wide text keeps its field in the box.
    let mut view = fixture::view();
    "Ärger im Büro: ΔΟΚΙΜΗ".clone_into(&mut view.inbox[3].title);
    tui.update(Msg::View(Box::new(view)));
    press(&mut tui, &chars("/δοκιμη"));
    assert!(text(&tui, SIZES[0]).contains("1 of 12 found"));
    press(&mut tui, &[Key::Esc]);
    press(&mut tui, &chars(&format!("/{}", "日本".repeat(40))));
    for line in text(&tui, SIZES[0]).lines().skip(1).take(20) {
        assert!(
            line.trim_start_matches('"')
                .starts_with(['┌', '│', '├', '└']),
            "{line}"
        );
    }
}

#[test]
fn up_and_down_go_through_what_is_found() {
    let mut tui = playing();
    press(&mut tui, &chars("/hosting desk"));
    assert!(text(&tui, SIZES[1]).contains("Forty alarms in ten minutes."));
    press(&mut tui, &[Key::Down]);
    assert!(text(&tui, SIZES[1]).contains("Wide characters stay"));
    press(&mut tui, &[Key::Down, Key::Up]);
    assert!(text(&tui, SIZES[1]).contains("Forty alarms in ten minutes."));
}

#[test]
fn joined_signs_and_accents_keep_the_borders_in_line() {
    let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
    let accents = "e\u{301}a\u{308}\u{304}n\u{303}";
    for words in [
        family.repeat(12),
        accents.repeat(30),
        format!("{accents} {family} 日本語 🇬🇧🇬🇧 👍🏽 ").repeat(6),
    ] {
        let mut view = fixture::view();
        view.inbox[11].title.clone_from(&words);
        view.inbox[11].text.clone_from(&words);
        view.inbox[10].from.clone_from(&words);
        view.decisions[0].options[0].label.clone_from(&words);
        view.board[0].title.clone_from(&words);
        let mut tui = playing();
        tui.update(Msg::View(Box::new(view)));
        for size in SIZES.into_iter().chain([LEAST]) {
            let terminal = terminal(&tui, size);
            let buffer = terminal.backend().buffer();
            for y in 1..size.1 - 4 {
                for x in [0, size.0 - 1] {
                    let symbol = buffer[(x, y)].symbol();
                    assert!("┌┐└┘├┤│".contains(symbol), "{x} {y} of {size:?}: {symbol}");
                }
            }
            let seen = text(&tui, size);
            assert!(seen.contains('…') || size.0 > 80, "{size:?}\n{seen}");
        }
    }
}

#[test]
fn a_click_dismisses_trouble_and_answers_what_could_not_be_recorded() {
    let mut tui = unrecorded();
    let asked = click(&mut tui, SIZES[0], "r  retry");
    let retry = Request::Record(crate::front::Recording::Retry);
    assert_eq!(asked, Some(retry));
    tui.update(Msg::Trouble("It is late.".to_owned()));
    assert!(cursor(&tui, SIZES[0]).is_some());
    click(&mut tui, SIZES[0], "Enter: go on");
    assert!(!text(&tui, SIZES[0]).contains("It is late."));
}

#[test]
fn a_folder_that_is_typed_has_the_cursor_behind_it() {
    let mut tui = unrecorded();
    press(&mut tui, &chars("f"));
    let field = place(&tui, SIZES[0], "/tmp");
    assert_eq!(
        cursor(&tui, SIZES[0]),
        Some(Position::new(field.x + 4, field.y))
    );
}

#[test]
fn a_wheel_scrolls_the_account() {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(Scorecard::clone(&fixture::scorecard())));
    press(&mut tui, &[Key::Enter]);
    let before = text(&tui, LEAST);
    mouse(&mut tui, LEAST, "Fined", MouseAction::WheelDown);
    assert_ne!(text(&tui, LEAST), before);
    assert_eq!(click(&mut tui, LEAST, "q leave"), Some(Request::Quit));
}

#[test]
fn a_paste_is_written_where_something_is_typed_and_nowhere_else() {
    let pasted = "w\nq\r1\n";
    let mut tui = playing();
    tui.paste(pasted);
    assert!(text(&tui, (80, 24)).contains("Nothing was pasted, because no field is open."));
    // A note, on one line.
    press(&mut tui, &chars("n"));
    tui.paste(pasted);
    assert_eq!(
        press(&mut tui, &[Key::Enter]),
        Some(Request::Note("w q1".to_owned()))
    );
    // A search, which shows what it finds at once.
    press(&mut tui, &[Key::Esc, Key::Char('/')]);
    tui.paste("no message says this");
    assert!(text(&tui, (80, 24)).contains("0 of "));
    // The start screen has no field.
    let mut tui = starting(Vec::new());
    tui.paste(pasted);
    assert!(text(&tui, (80, 24)).contains("Nothing was pasted"));
}

#[test]
fn what_does_not_fit_of_a_paste_is_said() {
    let mut tui = playing();
    press(&mut tui, &chars("n"));
    tui.paste(&"long ".repeat(1000));
    assert!(text(&tui, (80, 24)).contains("its end was left out"));
}
