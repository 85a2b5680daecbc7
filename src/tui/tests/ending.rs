//! ENDEX, the account, history, and ways out.

use crate::front::seats::SeatRequest;
use crate::front::{AccountProgress, Msg, Request, fixture};
use crate::tui::tests::{chars, playing, press, snapshot, snapshot_of, text, watching};
use crate::tui::theme::Theme;
use crate::tui::{Key, Tui};

#[test]
fn the_ending_says_what_the_score_is_made_of_once_that_is_known() {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    tui.update(Msg::Account(AccountProgress::Working { states: 0 }));
    press(&mut tui, &[Key::Enter]);
    tui.update(Msg::Account(AccountProgress::Working { states: 123_456 }));
    assert!(text(&tui, (120, 40)).contains("123,456 states"));
    let done = AccountProgress::Done(Box::new(fixture::account()));
    tui.update(Msg::Account(done));
    snapshot("balance", &tui);
    let first = text(&tui, (80, 24));
    press(&mut tui, &[Key::PageDown]);
    let second = text(&tui, (80, 24));
    assert!(first.contains("The value of the position"));
    snapshot_of("balance_second_page_80x24", &second);
    // Back to the messages and in again: it is still known.
    press(&mut tui, &[Key::Char('i'), Key::Enter]);
    assert!(text(&tui, (80, 24)).contains("value at the start"));
}

#[test]
fn the_timeline_marks_what_moves_cost_once_the_exercise_is_over() {
    let done = || Msg::Account(AccountProgress::Done(Box::new(fixture::account())));
    let cost = "cost 18.5 with hindsight";
    let mut tui = playing();
    let mut view = fixture::ended();
    view.moves = fixture::seated::moves();
    tui.update(Msg::View(Box::new(view)));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    press(&mut tui, &[Key::Enter]);
    press(&mut tui, &chars("t"));
    assert!(!text(&tui, (120, 40)).contains("with hindsight"));
    tui.update(done());
    snapshot("timeline_costs", &tui);
    let seen = text(&tui, (120, 40));
    let marked: Vec<&str> = seen.lines().filter(|it| it.contains("✗ cost ")).collect();
    assert!(
        marked.len() == 1 && marked[0].contains(cost),
        "one move cost something that could be known: {marked:?}"
    );

    // The keys at the foot are those of the timeline, and it says what cannot be opened.
    press(&mut tui, &[Key::Up, Key::Enter]);
    let seen = text(&tui, (80, 24));
    assert!(seen.contains("That is a move."), "{seen}");
    assert!(
        seen.contains("go through it") && !seen.contains("leave"),
        "{seen}"
    );
    press(&mut tui, &[Key::Esc]);

    // Where the exercise goes on, nothing of it is shown.
    tui.update(Msg::View(Box::new(fixture::seated::done())));
    press(&mut tui, &chars("t"));
    assert!(!text(&tui, (120, 40)).contains("with hindsight"));
}

#[test]
fn what_is_not_known_of_a_balance_is_said() {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    press(&mut tui, &[Key::Enter]);
    assert!(!text(&tui, (120, 40)).contains("with hindsight"));
    let nothing = crate::front::review::account::Account::default();
    tui.update(Msg::Account(AccountProgress::Done(Box::new(nothing))));
    assert!(text(&tui, (120, 40)).contains("What moves cost is not known"));
}

#[test]
fn in_play_marks_do_not_tell_what_the_record_says() {
    let record = "The attacker began to encrypt";
    let mut tui = playing();
    press(&mut tui, &chars("m"));
    let seen = text(&tui, (120, 40));
    assert!(
        seen.contains("documented: systems were encrypted"),
        "{seen}"
    );
    assert!(!seen.contains("T-10") && !seen.contains(record), "{seen}");
    let mut over = playing();
    over.update(Msg::View(Box::new(fixture::ended())));
    press(&mut over, &[Key::Down, Key::Char('m')]);
    let seen = text(&over, (120, 40));
    assert!(seen.contains(record), "{seen}");
    assert!(seen.contains("V: a public page states it."), "{seen}");
}

#[test]
fn leaving_says_how_it_came_out_and_how_to_play_it_again() {
    let setup = crate::front::PlaySetup {
        scenario: "my scenario".to_owned(),
        cut: Some("first_hour".to_owned()),
        ..Default::default()
    };
    let mut tui = playing();
    assert_eq!(tui.parting(&setup), None);
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    assert_eq!(
        tui.parting(&setup).as_deref(),
        Some(
            "Fined, and back on its feet: 8 of 60 points. \
             Again: sandtable play 'my scenario' --cut first_hour --seed 7"
        )
    );
    // As it was seated before STARTEX.
    let mut tui = Tui::new(Theme::default());
    let mut briefing = fixture::briefing(false);
    briefing.seats = vec![
        SeatRequest {
            roles: vec!["lead".to_owned(), "tech".to_owned()],
            person: "Anna Lee".to_owned(),
        },
        SeatRequest {
            roles: vec!["clinical".to_owned()],
            person: String::new(),
        },
    ];
    tui.update(Msg::Briefing(briefing));
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    let setup = crate::front::PlaySetup {
        team: "Night shift".to_owned(),
        ..setup
    };
    let said = tui.parting(&setup).expect("it is over");
    let seats = "--seed 7 --role 'lead,tech=Anna Lee' --role clinical --team 'Night shift'";
    assert!(said.ends_with(seats), "{said}");
}

#[test]
fn leaving_asks_first() {
    let mut tui = playing();
    assert_eq!(press(&mut tui, &chars("q")), None);
    assert_eq!(press(&mut tui, &[Key::Esc]), None);
    assert_eq!(press(&mut tui, &chars("qs")), Some(Request::Stop));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    let seen = text(&tui, (80, 24));
    assert!(
        seen.contains("stopped") && seen.contains("8 of 60"),
        "{seen}"
    );
    assert_eq!(press(&mut playing(), &chars("qq")), Some(Request::Quit));
}

#[test]
fn history_has_one_move() {
    let mut tui = watching();
    for key in chars("1234aw") {
        assert_eq!(tui.key(key), None, "{key:?}");
    }
    assert_eq!(tui.key(Key::Enter), Some(Request::Step));
    tui.update(Msg::Next(None));
    assert_eq!(tui.key(Key::Enter), None);
}

#[test]
fn the_account_may_come_before_the_ending() {
    let mut tui = playing();
    tui.update(Msg::Scorecard(fixture::scorecard()));
    tui.update(Msg::View(Box::new(fixture::ended())));
    press(&mut tui, &[Key::Enter]);
    let seen = text(&tui, (120, 40));
    assert!(
        seen.contains("Fined, and back on its feet") && seen.contains("8 of 60"),
        "{seen}"
    );
}
