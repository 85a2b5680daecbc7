//! What the wall shows, and what it never shows.

use crate::front::facilitate::{Countdown, Panel};
use crate::front::review::leads::OptionLead;
use crate::front::seats::{Ballot, Note, Rating, Vote};
use crate::front::{Msg, Request, fixture};
use crate::tui::tests::{terminal, text};
use crate::tui::theme::Theme;
use crate::tui::{Key, LEAST, Mouse, MouseAction, Tui};

const SIZES: [(u16, u16); 5] = [(60, 16), (80, 24), (120, 40), (160, 45), (200, 60)];

fn wall() -> Tui {
    let mut tui = Tui::new(Theme::default());
    let mut briefing = fixture::briefing(false);
    briefing.follow = true;
    "Blue".clone_into(&mut briefing.team);
    tui.update(Msg::Briefing(briefing));
    tui
}

fn following() -> Tui {
    let mut tui = wall();
    tui.update(Msg::View(Box::new(fixture::view())));
    tui
}

fn countdowns(seconds: u32) -> Msg {
    Msg::Countdowns(vec![Countdown {
        decision: "disconnect".to_owned(),
        seconds,
    }])
}

/// Everything that can be seen, scrolled to its end.
fn all(tui: &mut Tui, size: (u16, u16)) -> String {
    let mut seen = text(tui, size);
    for _ in 0..40 {
        tui.key(Key::Down);
        seen += &text(tui, size);
    }
    tui.key(Key::Home);
    seen
}

#[test]
fn the_wall_in_every_size() {
    let mut tui = following();
    tui.update(countdowns(95));
    for size in SIZES {
        insta::assert_snapshot!(format!("wall_{}x{}", size.0, size.1), text(&tui, size));
    }
    tui.update(Msg::Paused(true));
    insta::assert_snapshot!("wall_paused_120x40", text(&tui, (120, 40)));
    tui.theme.ascii = true;
    tui.update(Msg::View(Box::new(fixture::view())));
    insta::assert_snapshot!("wall_ascii_80x24", text(&tui, (80, 24)));
}

#[test]
fn it_says_what_is_played_and_how_it_stands() {
    for size in SIZES {
        let mut tui = following();
        let seen = all(&mut tui, size);
        for part in [
            "EXERCISE",
            "The Advanced incident",
            "Team Blue",
            "Thu 4 Aug 2022",
            "Phase 2 of 4: Encryption",
            "Adastra",
            "12,500",
            "Files are renamed",
            "What do you disconnect?",
            "The Citrix farm",
        ] {
            assert!(seen.contains(part), "{part} at {size:?}:\n{seen}");
        }
    }
}

#[test]
fn it_shows_no_costs_reasons_marks_or_votes() {
    for size in SIZES {
        let mut tui = following();
        tui.update(Msg::Note(Note {
            at: fixture::stamp("07:20"),
            by: "Facilitator".to_owned(),
            observation: true,
            about: String::new(),
            rating: Some(Rating::Major),
            text: "SECRET observation".to_owned(),
        }));
        tui.update(Msg::Leads(Vec::<OptionLead>::new()));
        tui.update(Msg::Panel(Box::new(Panel {
            roles: vec![("x".to_owned(), "SECRET role".to_owned())],
            ..Panel::default()
        })));
        tui.update(Msg::Refused("SECRET refusal".to_owned()));
        let mut vote = Vote {
            decision: "disconnect".to_owned(),
            question: "SECRET question".to_owned(),
            cast: vec!["SECRET seat".to_owned()],
            waiting: Vec::new(),
            ballots: None,
        };
        tui.update(Msg::Vote(vote.clone()));
        vote.ballots = Some(vec![Ballot {
            who: "SECRET seat".to_owned(),
            option: "farm".to_owned(),
            label: "SECRET".to_owned(),
            sure: None,
        }]);
        tui.update(Msg::Vote(vote));
        let seen = all(&mut tui, size);
        for hidden in [
            "SECRET",
            "2 engineers",
            "asks the Executive",
            "not now",
            "It needs 8",
            "documented",
            "Nothing until it is confirmed.",
            "Call the NCSC",
        ] {
            assert!(!seen.contains(hidden), "{hidden} at {size:?}:\n{seen}");
        }
    }
}

#[test]
fn it_takes_no_key_but_to_leave_to_be_helped_and_to_scroll() {
    let keys = "1234567890abcdefghijklmnoprstuvwxyz/ "
        .chars()
        .map(Key::Char)
        .chain([Key::Enter, Key::Esc, Key::Tab, Key::BackTab, Key::Backspace]);
    let mut tui = following();
    for key in keys {
        assert_eq!(tui.key(key), None, "{key:?}");
    }
    tui.key(Key::Char('?'));
    assert!(text(&tui, LEAST).contains("for the wall"));
    tui.key(Key::Char('?'));
    assert!(!text(&tui, LEAST).contains("for the wall"));
    assert_eq!(tui.key(Key::Char('q')), Some(Request::Quit));
}

#[test]
fn a_wheel_scrolls_what_is_under_it() {
    let mut tui = following();
    let before = text(&tui, LEAST);
    tui.mouse(Mouse {
        column: 5,
        row: 12,
        action: MouseAction::WheelDown,
    });
    assert_ne!(text(&tui, LEAST), before);
}

#[test]
fn a_countdown_goes_on_with_its_messages() {
    let mut tui = following();
    for (seconds, said) in [(95, "1:35 left"), (5, "0:05 left"), (3725, "1:02:05 left")] {
        tui.update(countdowns(seconds));
        for size in SIZES {
            assert!(text(&tui, size).contains(said), "{said} at {size:?}");
        }
    }
    tui.update(Msg::Countdowns(Vec::new()));
    assert!(!text(&tui, SIZES[2]).contains("left to decide"));
}

#[test]
fn before_startex_it_waits_and_at_the_end_it_counts_the_points() {
    for size in SIZES {
        assert!(text(&wall(), size).contains("has not begun"), "{size:?}");
        let mut tui = following();
        tui.update(Msg::View(Box::new(fixture::ended())));
        tui.update(Msg::Scorecard(fixture::scorecard()));
        let seen = text(&tui, size);
        for part in [
            "EXERCISE",
            "Fined, and back on its feet",
            "8 of 60",
            "Contain the attack",
            "12 of 20",
            "-4 of 40",
        ] {
            assert!(seen.contains(part), "{part} at {size:?}:\n{seen}");
        }
        // Moves were taken back.
        tui.update(Msg::View(Box::new(fixture::view())));
        assert!(!text(&tui, size).contains("8 of 60"));
        tui.update(Msg::Stopped("It is noon.".to_owned()));
        tui.update(Msg::Scorecard(fixture::scorecard()));
        let seen = text(&tui, size);
        assert!(seen.contains("Stopped before ENDEX"), "{seen}");
        assert!(seen.contains("It is noon."), "{seen}");
        // In large type it is not the end that was planned.
        let large = |mut tui: Tui, ended: bool| {
            if ended {
                let mut view = fixture::view();
                view.ending = fixture::ended().ending;
                tui.update(Msg::View(Box::new(view)));
            }
            tui.update(Msg::Scorecard(fixture::scorecard()));
            let seen = text(&tui, size);
            seen.lines().skip(1).take(4).collect::<Vec<_>>().join("\n")
        };
        let stopped = large(following(), false);
        assert_ne!(stopped, large(following(), true), "{stopped}");
    }
}

#[test]
fn no_size_is_too_small_for_the_wall() {
    for columns in [0, 1, 30, 59, 60, 61, 99, 100, 101] {
        for rows in [0, 1, 15, 16, 17, 29, 30] {
            terminal(&wall(), (columns, rows));
            terminal(&following(), (columns, rows));
        }
    }
}
