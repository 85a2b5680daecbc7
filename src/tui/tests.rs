//! Keys in, text out.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::front::{Msg, Request, Room, fixture};
use crate::tui::theme::Theme;
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
    let setup = crate::front::Setup {
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

fn terminal(tui: &Tui, (columns, rows): (u16, u16)) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a screen in memory");
    terminal
        .draw(|frame| tui.render(frame))
        .expect("drawn in memory");
    terminal
}

fn text(tui: &Tui, size: (u16, u16)) -> String {
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
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), text(tui, size));
    }
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
    tui.update(Msg::Account(fixture::account()));
    snapshot("endex", &tui);
    press(&mut tui, &[Key::Enter]);
    snapshot("ending", &tui);
}
