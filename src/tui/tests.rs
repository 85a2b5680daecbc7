//! Keys in, text out.

mod room;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use crate::front::seats::{Reason, SeatRequest};
use crate::front::{MoveById, Msg, Reckoning, Recording, Request, Room, Unrecorded, fixture};
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
    tui.update(Msg::Scorecard(fixture::scorecard()));
    snapshot("endex", &tui);
    press(&mut tui, &[Key::Enter]);
    snapshot("ending", &tui);
}

#[test]
fn the_ending_says_what_the_score_is_made_of_once_that_is_known() {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(fixture::ended())));
    tui.update(Msg::Scorecard(fixture::scorecard()));
    tui.update(Msg::Account(Reckoning::Working { states: 0 }));
    press(&mut tui, &[Key::Enter]);
    tui.update(Msg::Account(Reckoning::Working { states: 123_456 }));
    assert!(text(&tui, (120, 40)).contains("123,456 states so far"));
    let done = Reckoning::Done(Box::new(fixture::account()));
    tui.update(Msg::Account(done));
    snapshot("balance", &tui);
    let first = text(&tui, (80, 24));
    press(&mut tui, &[Key::PageDown]);
    let second = text(&tui, (80, 24));
    assert!(first.contains("The value of the position"));
    insta::assert_snapshot!("balance_second_page_80x24", second);
    // Back to the messages and in again: it is still known.
    press(&mut tui, &[Key::Char('i'), Key::Enter]);
    assert!(text(&tui, (80, 24)).contains("value at the start"));
}

#[test]
fn the_timeline_marks_what_moves_cost_once_the_exercise_is_over() {
    let done = || Msg::Account(Reckoning::Done(Box::new(fixture::account())));
    let cost = "cost 18.5 with hindsight";
    let mut tui = playing();
    let mut view = fixture::ended();
    view.deeds = fixture::seated::deeds();
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
    tui.update(Msg::Account(Reckoning::Done(Box::new(nothing))));
    assert!(text(&tui, (120, 40)).contains("What moves cost is not known"));
}

#[test]
fn ascii_screen() {
    let mut tui = playing();
    tui.theme.ascii = true;
    insta::assert_snapshot!("ascii_80x24", text(&tui, (80, 24)));
}

fn choose(decision: &str, option: &str) -> Request {
    Request::Move(MoveById::Choose(decision.to_owned(), option.to_owned()))
}

#[test]
fn an_option_is_taken_only_after_enter() {
    let mut tui = playing();
    assert_eq!(press(&mut tui, &chars("2")), None);
    assert!(text(&tui, (80, 24)).contains("Enter takes option 2 (30 min · 2 engineers)"));
    assert_eq!(
        press(&mut tui, &[Key::Enter]),
        Some(choose("disconnect", "farm"))
    );
    assert_eq!(press(&mut tui, &[Key::Esc, Key::Enter]), None);
}

#[test]
fn a_barred_option_says_why_instead() {
    let mut tui = playing();
    assert_eq!(press(&mut tui, &[Key::Char('4'), Key::Enter]), None);
    press(&mut tui, &chars("4"));
    assert!(
        text(&tui, (120, 40))
            .contains("“Only the customers who ask for it”: It needs 8 engineers; 7 are free.")
    );
}

#[test]
fn tab_goes_through_the_open_decisions() {
    let mut tui = playing();
    press(&mut tui, &[Key::Tab]);
    assert_eq!(
        press(&mut tui, &[Key::Char('1'), Key::Enter]),
        Some(choose("paper", "go"))
    );
    press(&mut tui, &[Key::Tab]);
    assert_eq!(
        press(&mut tui, &[Key::Char('1'), Key::Enter]),
        Some(choose("disconnect", "everything"))
    );
}

#[test]
fn a_message_that_asks_brings_its_decision() {
    let mut view = fixture::view();
    view.inbox.push(fixture::message(
        crate::front::view::MessageKind::Inject,
        fixture::stamp("07:25"),
        "111 desk",
        "Paper or screens",
        "Which?",
    ));
    "paper".clone_into(&mut view.inbox[12].asks);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    assert_eq!(
        press(&mut tui, &[Key::Char('2'), Key::Enter]),
        Some(choose("paper", "bulletin"))
    );
}

#[test]
fn the_newest_message_opens_after_a_move() {
    let mut tui = playing();
    press(&mut tui, &[Key::Down, Key::Down]);
    tui.update(Msg::View(Box::new(fixture::after())));
    assert!(text(&tui, (80, 24)).contains("Two engineers drive to the hall."));
}

#[test]
fn a_view_without_news_keeps_the_open_message() {
    let mut tui = playing();
    press(&mut tui, &[Key::Down, Key::Down]);
    assert!(text(&tui, (80, 24)).contains("Callers are waiting."));
    tui.update(Msg::View(Box::new(fixture::view())));
    assert!(text(&tui, (80, 24)).contains("Callers are waiting."));
}

fn take(id: &str) -> Request {
    Request::Move(MoveById::Take(id.to_owned()))
}

#[test]
fn actions_are_taken_from_their_list() {
    let mut tui = playing();
    assert_eq!(
        press(&mut tui, &[Key::Char('a'), Key::Char('2'), Key::Enter]),
        Some(take("declare"))
    );
    assert_eq!(
        press(&mut tui, &[Key::Down, Key::Down, Key::Enter]),
        Some(take("tell_ico"))
    );
}

#[test]
fn what_cannot_be_done_stands_last_and_says_why() {
    let mut tui = playing();
    assert_eq!(press(&mut tui, &chars("a6")), None);
    let seen = text(&tui, (80, 24));
    assert!(
        seen.contains("“Call the duty engineers”: Used already."),
        "{seen}"
    );
    assert_eq!(seen.matches("Used already.").count(), 2, "{seen}");
    assert_eq!(press(&mut tui, &[Key::Enter]), None);
}

#[test]
fn an_action_is_marked_before_it_is_taken() {
    let mut tui = playing();
    // A marked option is not what the bottom line speaks of while actions are listed.
    assert_eq!(press(&mut tui, &chars("3a")), None);
    let seen = text(&tui, (80, 24));
    assert!(!seen.contains("Enter takes option 3"), "{seen}");
    assert!(seen.contains("Mark an action with its number"), "{seen}");
    assert_eq!(press(&mut tui, &[Key::Enter]), None);
    press(&mut tui, &chars("1"));
    assert!(text(&tui, (80, 24)).contains("Enter takes action 1 (15 min), Esc leaves it."));
    assert_eq!(press(&mut tui, &[Key::Esc, Key::Enter]), None);
    assert_eq!(
        press(&mut tui, &[Key::Down, Key::Enter]),
        Some(take("call_ncsc"))
    );
}

#[test]
fn what_cannot_be_done_is_folded_beside_the_question() {
    let mut view = fixture::view();
    view.decisions.clear();
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    let seen = text(&tui, (200, 60));
    assert!(seen.contains("1 not now"), "{seen}");
    assert!(!seen.contains("6  Call the duty engineers"), "{seen}");
}

#[test]
fn what_does_not_fit_is_counted_in_the_title_of_its_own_pane() {
    let mut view = fixture::view();
    view.board.extend(fixture::view().board);
    view.decisions.truncate(1);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    let seen = text(&tui, (80, 24));
    let line = |of: &str| {
        let found = seen.lines().find(|line| line.contains(of));
        found.unwrap_or_default().to_owned()
    };
    assert!(line(" Situation ").contains("more: s"), "{seen}");
    assert!(!line(" Decide ").contains("more: s"), "{seen}");
    assert!(line(" Inbox ").contains("▼"), "{seen}");
}

#[test]
fn hidden_actions_are_counted_and_not_their_lines() {
    let mut view = fixture::view();
    view.decisions.clear();
    view.board.truncate(3);
    view.under_way.clear();
    for action in &mut view.actions {
        action.barred = None;
        action.label = "A label that takes more than one line of this pane".to_owned();
    }
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    let seen = text(&tui, (80, 24));
    let shown = seen.matches("A label that takes").count();
    let hidden = format!("▼ {} more: a", 6 - shown);
    let whole = format!("▼ {} more: a", 7 - shown);
    assert!(seen.contains(&hidden) || seen.contains(&whole), "{seen}");
}

#[test]
fn a_question_that_a_move_brings_is_shown() {
    let mut view = fixture::view();
    let mut consent = view.decisions[0].clone();
    consent.id = "disconnect.farm.consent".to_owned();
    consent.question = "Do you agree?".to_owned();
    view.decisions.push(consent);
    let mut tui = playing();
    press(&mut tui, &[Key::Char('2'), Key::Enter]);
    tui.update(Msg::View(Box::new(view.clone())));
    assert_eq!(
        press(&mut tui, &[Key::Char('1'), Key::Enter]),
        Some(choose("disconnect.farm.consent", "everything"))
    );
    // What comes without a move of this seat takes nothing away from it.
    let mut other = playing();
    other.update(Msg::View(Box::new(view)));
    assert_eq!(
        press(&mut other, &[Key::Char('1'), Key::Enter]),
        Some(choose("disconnect", "everything"))
    );
}

#[test]
fn waiting_names_the_question_that_it_passes() {
    let mut tui = playing();
    let says = "takes “Nothing until it is confirmed”";
    assert!(text(&tui, (120, 40)).contains(&format!("{says} for question 1 of 2.")));
    let mut view = fixture::view();
    view.decisions.truncate(1);
    tui.update(Msg::View(Box::new(view)));
    assert!(text(&tui, (120, 40)).contains(&format!("{says}.")));
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
fn months_of_other_years_are_not_days() {
    let mut view = fixture::view();
    "Tue 3 Jan 2023".clone_into(&mut view.now.date);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    assert!(text(&tui, (80, 24)).contains("Aug 2022  Files are"));
}

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

#[test]
fn a_marked_option_is_seen_where_the_question_is_long() {
    let mut view = fixture::view();
    view.decisions[0].question = "A long question. ".repeat(40);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    press(&mut tui, &chars("3"));
    assert!(text(&tui, (80, 24)).contains("> 3  Nothing until it is confirmed"));
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
    let told = [
        Msg::Offers(fixture::offers()),
        Msg::Offers(Vec::new()),
        Msg::Briefing(fixture::briefing(true)),
    ];
    for msg in told {
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

/// A move was asked for and could not be recorded.
fn unrecorded() -> Tui {
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
    assert!(text(&tui, SIZES[0]).contains("Nothing was made"));
    press(&mut tui, &[Key::Esc]);
    assert_eq!(text(&tui, SIZES[0]), text(&playing(), SIZES[0]));
    assert_eq!(
        press(&mut tui, &chars("w")),
        Some(Request::Move(MoveById::Wait))
    );
}

#[test]
fn of_a_resumed_exercise_only_the_last_messages_are_new() {
    let goes_on = |tui: &mut Tui| {
        tui.update(Msg::Made(MoveById::Wait, Reason::default()));
        tui.update(Msg::View(Box::new(fixture::view())));
    };
    let mut tui = playing();
    goes_on(&mut tui);
    assert!(!text(&tui, SIZES[0]).contains(" new: i"));
    // Time that passes while somebody reads leaves the marks alone.
    let mut tui = playing();
    assert!(text(&tui, SIZES[0]).contains(" new: i"));
    goes_on(&mut tui);
    assert!(text(&tui, SIZES[0]).contains(" new: i"));
}

mod screen;
