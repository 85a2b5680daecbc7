//! The start screen.

use crate::front::{Msg, Request, Unfinished, fixture};
use crate::tui::tests::screen::click;
use crate::tui::tests::{SIZES, chars, press, snapshot, text};
use crate::tui::theme::Theme;
use crate::tui::{Key, LEAST, Tui};

#[test]
fn coming_home_keeps_what_was_chosen() {
    let mut tui = Tui::new(Theme::default());
    tui.update(Msg::Offers(fixture::offers()));
    press(&mut tui, &[Key::Up, Key::Right, Key::Up, Key::Right]);
    press(&mut tui, &chars("p"));
    tui.update(Msg::Briefing(fixture::briefing(false)));
    tui.update(Msg::Offers(fixture::offers()));
    let Some(Request::Open(setup)) = press(&mut tui, &[Key::Enter]) else {
        panic!("nothing was opened");
    };
    assert_eq!(
        (setup.variant.as_deref(), setup.cut.as_deref()),
        (Some("mfa"), Some("first_hour"))
    );
}

#[test]
fn the_start_screen_opens_what_is_chosen() {
    let start = || {
        let mut tui = Tui::new(Theme::default());
        tui.update(Msg::Offers(fixture::offers()));
        tui
    };
    let setup = |request| match request {
        Some(Request::Open(setup)) => setup,
        other => panic!("no setup: {other:?}"),
    };
    let plain = setup(press(&mut start(), &[Key::Enter]));
    assert_eq!(
        (
            plain.scenario.as_str(),
            plain.variant,
            plain.cut,
            plain.history
        ),
        ("advanced-2022", None, None, false)
    );
    let keys = [Key::Up, Key::Right, Key::Up, Key::Right, Key::Char('p')];
    let varied = setup(press(&mut start(), &keys));
    assert_eq!(
        (varied.variant.as_deref(), varied.cut.as_deref()),
        (Some("mfa"), Some("first_hour"))
    );
    assert!(setup(press(&mut start(), &[Key::Down, Key::Enter])).history);
    assert_eq!(press(&mut start(), &chars("q")), Some(Request::Quit));
}

pub(super) fn starting(unfinished: Vec<Unfinished>) -> Tui {
    let mut tui = Tui::new(Theme::default());
    tui.update(Msg::Unfinished(unfinished));
    tui.update(Msg::Offers(fixture::offers()));
    tui
}

fn unfinished(count: usize) -> Vec<Unfinished> {
    (0..count)
        .map(|number| Unfinished {
            exercise: format!("/state/{number}.jsonl"),
            name: format!("advanced-2022-{number}"),
            scenario: "advanced-2022".to_owned(),
            team: if number == 0 { "Blue" } else { "" }.to_owned(),
            written: "2022-08-04 07:20".to_owned(),
            moves: number + 1,
        })
        .collect()
}

fn reopen(number: usize) -> Request {
    Request::Reopen {
        exercise: format!("/state/{number}.jsonl"),
        replay: false,
    }
}

#[test]
fn exercises_can_be_gone_on_with_from_the_start_screen() {
    let mut tui = starting(unfinished(3));
    snapshot("start_with_unfinished", &tui);
    assert_eq!(press(&mut tui, &chars("g")), Some(reopen(0)));
    let keys = [Key::Down, Key::Down, Key::Down, Key::Enter];
    assert_eq!(press(&mut tui, &keys), Some(reopen(1)));
    // They come anew with the offers, or there are none.
    tui.update(Msg::Offers(fixture::offers()));
    assert!(!text(&tui, SIZES[1]).contains("Go on with"));
    assert_eq!(press(&mut tui, &chars("g")), None);
}

#[test]
fn a_long_list_of_exercises_scrolls() {
    for size in SIZES.into_iter().chain([LEAST]) {
        let mut tui = starting(unfinished(200));
        for number in 0..200 {
            press(&mut tui, &[Key::Down]);
            if number > 0 {
                let seen = text(&tui, size);
                let moves = format!("{number} move");
                let marked = seen.lines().find(|line| line.contains("> Go on with"));
                assert!(
                    marked.is_some_and(|it| it.contains(&moves)),
                    "{size:?} {seen}"
                );
                assert!(seen.contains("The Advanced incident"), "{seen}");
            }
        }
        assert_eq!(press(&mut tui, &[Key::Enter]), Some(reopen(198)));
        assert_eq!(
            click(&mut tui, size, "Go on with: advanced-2022, 199"),
            Some(reopen(198))
        );
    }
}

#[test]
fn a_click_on_the_start_screen_goes_there_and_a_second_one_does_it() {
    let mut tui = starting(unfinished(1));
    assert_eq!(click(&mut tui, SIZES[0], "Go on with"), None);
    assert_eq!(click(&mut tui, SIZES[0], "Go on with"), Some(reopen(0)));
    click(&mut tui, SIZES[0], "? how to play");
    assert!(text(&tui, SIZES[0]).contains("Esc: back"));
}
