//! Questions, options and standing actions: what keys mark and take.

use crate::front::seats::Reason;
use crate::front::{MoveById, Msg, Request, fixture};
use crate::tui::tests::{SIZES, chars, choose, playing, press, text};
use crate::tui::theme::Theme;
use crate::tui::{Key, Tui};

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
fn a_marked_option_is_seen_where_the_question_is_long() {
    let mut view = fixture::view();
    view.decisions[0].question = "A long question. ".repeat(40);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    press(&mut tui, &chars("3"));
    assert!(text(&tui, (80, 24)).contains("> 3  Nothing until it is confirmed"));
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

/// The first question with thirteen options.
fn many_options() -> Tui {
    let mut view = fixture::view();
    let options = &mut view.decisions[0].options;
    let free = options[0].clone();
    options.extend((options.len()..13).map(|number| {
        let mut option = free.clone();
        option.id = format!("option_{}", number + 1);
        option
    }));
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    tui
}

#[test]
fn an_option_with_two_digits_is_marked_by_both() {
    for (keys, taken) in [
        ("10", "option_10"),
        ("13", "option_13"),
        ("9", "option_9"),
        // There is no 14, so the 4 begins anew; it is barred.
        ("14", ""),
        ("0", ""),
        ("210", "option_10"),
        ("d11", "option_11"),
    ] {
        let mut tui = many_options();
        press(&mut tui, &chars(keys));
        let asked = press(&mut tui, &[Key::Enter]);
        let expected = (!taken.is_empty()).then(|| choose("disconnect", taken));
        assert_eq!(asked, expected, "{keys}");
    }
    let mut tui = many_options();
    press(&mut tui, &chars("13"));
    for size in SIZES {
        assert!(text(&tui, size).contains("> 13 "), "{}", text(&tui, size));
    }
}

#[test]
fn a_move_can_be_taken_back_where_that_may_be() {
    let mut tui = playing();
    assert!(!text(&tui, (120, 40)).contains("take back"));
    tui.update(Msg::MayTakeBack(true));
    assert!(
        text(&tui, (120, 40)).contains("u take back"),
        "{}",
        text(&tui, (120, 40))
    );
    // Where it may not be, the answer says why.
    tui.update(Msg::MayTakeBack(false));
    assert_eq!(press(&mut tui, &chars("u")), Some(Request::TakeBack));
}

#[test]
fn a_wait_past_a_deadline_says_once_what_it_takes() {
    let waits = Some(Request::Move(MoveById::Wait));
    let mut tui = playing();
    assert_eq!(press(&mut tui, &chars("w")), None);
    for size in SIZES {
        let text = text(&tui, size);
        assert!(text.contains("Press w again to wait."), "{text}");
    }
    assert_eq!(press(&mut tui, &chars("w")), waits);
    // Whatever came of it, that question was announced.
    tui.update(Msg::View(Box::new(fixture::view())));
    assert_eq!(press(&mut tui, &chars("w")), waits);
    // Another deadline is announced again.
    let mut view = fixture::view();
    view.decisions.truncate(1);
    "Something else".clone_into(&mut view.decisions[0].default);
    tui.update(Msg::View(Box::new(view.clone())));
    assert_eq!(press(&mut tui, &chars("w")), None);
    // Without a deadline there is nothing to say; nor where somebody has turned it off.
    view.decisions.clear();
    tui.update(Msg::View(Box::new(view)));
    assert_eq!(press(&mut tui, &chars("w")), waits);
    let mut tui = Tui::new(Theme::default()).waiting_at_once();
    tui.update(Msg::View(Box::new(fixture::view())));
    assert_eq!(press(&mut tui, &chars("w")), waits);
}

#[test]
fn caps_lock_changes_no_command() {
    let mut tui = playing();
    let waits = Some(Request::Move(MoveById::Wait));
    assert_eq!(press(&mut tui, &chars("WW")), waits);
    press(&mut tui, &chars("NNo"));
    assert_eq!(
        press(&mut tui, &[Key::Enter]),
        Some(Request::Note("No".to_owned()))
    );
}
