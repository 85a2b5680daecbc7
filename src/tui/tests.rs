//! Keys in, text out.

mod board;

mod ending;

mod question;

mod room;

mod screen;

mod start;

mod unrecorded;

mod wide;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use crate::front::{MoveById, Msg, Request, Room, fixture};
use crate::tui::theme::{Colours, Theme};
use crate::tui::{Key, Tui};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

fn playing() -> Tui {
    let mut tui = Tui::new(Theme::default());
    tui.update(Msg::Briefing(fixture::briefing(false)));
    tui.update(Msg::View(Box::new(fixture::view())));
    tui
}

fn watching() -> Tui {
    let mut tui = Tui::new(Theme::default());
    let mut room = fixture::FakeRoom::default();
    let setup = crate::front::PlaySetup {
        history: true,
        ..Default::default()
    };
    for request in [Request::Open(setup), Request::Begin] {
        for msg in room.ask(request) {
            tui.update(msg);
        }
    }
    tui
}

pub(in crate::tui) fn terminal(tui: &Tui, (columns, rows): (u16, u16)) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a screen in memory");
    terminal
        .draw(|frame| tui.render(frame))
        .expect("drawn in memory");
    terminal
}

pub(in crate::tui) fn text(tui: &Tui, size: (u16, u16)) -> String {
    terminal(tui, size).backend().to_string()
}

fn press(tui: &mut Tui, keys: &[Key]) -> Option<Request> {
    let mut last = None;
    for key in keys {
        last = tui.key(*key);
    }
    last
}

fn chars(keys: &str) -> Vec<Key> {
    keys.chars().map(Key::Char).collect()
}

/// Every screen in every size, as a reviewer reads it.
fn snapshot(name: &str, tui: &Tui) {
    for size in SIZES {
        snapshot_of(&format!("{name}_{}x{}", size.0, size.1), &text(tui, size));
    }
}

fn snapshot_of(name: &str, text: &str) {
    insta::assert_snapshot!(name, text);
}

#[test]
fn start_screen() {
    let mut tui = Tui::new(Theme::default());
    tui.update(Msg::Offers(fixture::offers()));
    snapshot("start", &tui);
    press(&mut tui, &chars("?"));
    snapshot("how_to_play", &tui);
}

#[test]
fn briefing_screen() {
    let mut tui = Tui::new(Theme::default());
    tui.update(Msg::Briefing(fixture::briefing(false)));
    snapshot("briefing", &tui);
}

#[test]
fn exercise_screen() {
    snapshot("exercise", &playing());
}

#[test]
fn exercise_with_a_marked_option() {
    let mut tui = playing();
    press(&mut tui, &chars("2"));
    snapshot("marked", &tui);
}

#[test]
fn exercise_overlays() {
    for (name, key) in [
        ("actions", 'a'),
        ("help", '?'),
        ("leave", 'q'),
        ("marks", 'm'),
        ("situation", 's'),
        ("decision", 'd'),
        ("message", 'v'),
    ] {
        let mut tui = playing();
        press(&mut tui, &[Key::Char(key)]);
        snapshot(name, &tui);
    }
}

#[test]
fn nothing_asked() {
    let mut view = fixture::view();
    view.decisions.clear();
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    snapshot("nothing_asked", &tui);
}

#[test]
fn history_screen() {
    snapshot("history", &watching());
}

#[test]
fn ending_screen() {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    snapshot("endex", &tui);
    press(&mut tui, &[Key::Enter]);
    snapshot("ending", &tui);
}

#[test]
fn ascii_screen() {
    let mut tui = playing();
    tui.theme.ascii = true;
    snapshot_of("ascii_80x24", &text(&tui, (80, 24)));
}

fn choose(decision: &str, option: &str) -> Request {
    Request::Move(MoveById::Choose(decision.to_owned(), option.to_owned()))
}

#[test]
fn months_of_other_years_are_not_days() {
    let mut view = fixture::view();
    "Tue 3 Jan 2023".clone_into(&mut view.now.date);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    assert!(text(&tui, (80, 24)).contains("Aug 2022  Files are"));
}

#[test]
fn in_ascii_only_the_words_of_a_scenario_are_not() {
    for mut tui in everything() {
        tui.theme.ascii = true;
        // What came before the theme was set comes again.
        tui.update(Msg::View(Box::new(fixture::view())));
        for size in SIZES {
            let seen = text(&tui, size);
            let wide = |c: char| "日本語の名前😀".contains(c);
            let other = seen.chars().find(|c| !c.is_ascii() && !wide(*c));
            assert_eq!(other, None, "{seen}");
        }
    }
}

#[test]
fn what_is_cut_ends_with_a_mark() {
    let seen = text(&playing(), (80, 24));
    assert!(seen.contains("Files are renamed on 40… │"), "{seen}");
    assert!(seen.contains("日本語の名前 and 😀 in…  │"), "{seen}");
}

#[test]
fn wide_characters_keep_the_borders_in_line() {
    for size in SIZES {
        let terminal = terminal(&playing(), size);
        let buffer = terminal.backend().buffer();
        for y in 1..size.1 - 2 {
            for x in [0, size.0 - 1] {
                assert!(
                    "┌┐└┘├┤│".contains(buffer[(x, y)].symbol()),
                    "{x} {y} of {size:?}"
                );
            }
        }
    }
}

#[test]
fn controls_reach_no_screen() {
    let mut view = fixture::view();
    view.inbox[11].text = "a\x1b]0;x\x07\u{202e}b\u{9b}c\r\nd".to_owned();
    view.inbox[11].title = "t\x1b[2J\nt".to_owned();
    view.decisions[0].options[0].label = "o\x08\x7f".to_owned();
    view.board[0].text = "w\t\u{200b}\u{85}".to_owned();
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    for size in SIZES {
        let terminal = terminal(&tui, size);
        for cell in terminal.backend().buffer().content() {
            let bad = |c: char| c.is_control() || crate::words::forbidden(c);
            assert!(!cell.symbol().contains(bad), "{:?}", cell.symbol());
        }
    }
}

/// One of each screen and overlay.
fn everything() -> Vec<Tui> {
    let mut all = vec![Tui::new(Theme::default()), playing(), watching()];
    let heard = [
        Msg::Offers(fixture::offers()),
        Msg::Offers(Vec::new()),
        Msg::Briefing(fixture::briefing(true)),
    ];
    for msg in heard {
        let mut tui = Tui::new(Theme::default());
        tui.update(msg);
        all.push(tui);
    }
    for key in ['2', '4', 'a', '?', 'q', 'm', 's', 'd', 'v'] {
        let mut tui = playing();
        tui.key(Key::Char(key));
        all.push(tui);
    }
    let mut how = Tui::new(Theme::default());
    how.update(Msg::Offers(fixture::offers()));
    how.key(Key::Char('?'));
    let mut ended = playing();
    ended.update(Msg::View(Box::new(fixture::ended())));
    ended.update(Msg::Scorecard(fixture::scorecard()));
    ended.key(Key::Enter);
    let mut troubled = playing();
    troubled.update(Msg::Trouble(
        "The disk is full; nothing more can be recorded. ".repeat(9),
    ));
    let mut refused = playing();
    refused.update(Msg::Refused("It is closed. ".repeat(40)));
    let mut bare = playing();
    let mut view = fixture::view();
    view.inbox.clear();
    view.board.clear();
    view.decisions.clear();
    view.actions.clear();
    view.under_way.clear();
    bare.update(Msg::View(Box::new(view)));
    all.extend([how, ended, troubled, refused, bare]);
    all
}

#[test]
fn without_colour_no_cell_has_one() {
    for mut tui in everything() {
        tui.theme.colours = Colours::None;
        let terminal = terminal(&tui, (120, 40));
        for cell in terminal.backend().buffer().content() {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
        }
    }
}

#[test]
fn every_screen_says_exercise_in_every_size() {
    for tui in everything() {
        for size in [
            (60, 16),
            (61, 17),
            (79, 24),
            (80, 24),
            (99, 20),
            (100, 50),
            (149, 16),
            (150, 16),
            (300, 90),
        ] {
            assert!(text(&tui, size).contains("EXERCISE"), "{size:?}");
        }
    }
}

#[test]
fn no_size_is_too_small_to_be_drawn() {
    for tui in everything() {
        for columns in [0, 1, 2, 5, 30, 59, 60, 63] {
            for rows in [0, 1, 2, 5, 15, 16] {
                terminal(&tui, (columns, rows));
            }
        }
    }
    let seen = text(&playing(), (59, 15));
    assert!(
        seen.contains("needs at least 60×16; this is 59×15") || seen.contains("this is 59×15"),
        "{seen}"
    );
}

#[test]
fn scrolling_moves_from_what_was_seen() {
    let mut tui = playing();
    let top = text(&tui, (80, 24));
    press(&mut tui, &[Key::PageDown; 9]);
    let end = text(&tui, (80, 24));
    assert!(end.contains("It asks for a decision."), "{end}");
    press(&mut tui, &[Key::PageUp]);
    text(&tui, (80, 24));
    press(&mut tui, &[Key::PageUp; 9]);
    assert_eq!(text(&tui, (80, 24)), top);
}
