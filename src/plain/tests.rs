//! Lines in, text out.

use crate::front::fixture;
use crate::front::seats::Reason;
use crate::front::view::Stamp;
use crate::front::{AccountProgress, MoveById, Msg, Request, Unrecorded};
use crate::plain::Plain;

fn started() -> Plain {
    let mut plain = Plain::new();
    plain.update(Msg::View(Box::new(fixture::view())));
    plain
}

#[test]
fn what_can_be_asked_for() {
    let mut plain = started();
    let orders = [
        "help",
        "status",
        "inbox",
        "read 2",
        "sources",
        "actions",
        "decisions",
    ];
    let mut text = String::new();
    for order in orders {
        text = [text.as_str(), "> ", order, "\n", &plain.line(order).text].concat();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_account_comes_after_the_scorecard() {
    let mut plain = started();
    plain.update(Msg::View(Box::new(fixture::ended())));
    plain.update(Msg::Scorecard(fixture::scorecard()));
    let working = |states| Msg::Account(AccountProgress::Working { states });
    let mut text = plain.update(working(0)).text;
    assert!(plain.is_over() && plain.awaits_account());
    text += &plain.update(working(123)).text;
    let account = fixture::account();
    let done = AccountProgress::Done(Box::new(account.clone()));
    text += &plain.update(Msg::Account(done)).text;
    assert!(!plain.awaits_account());
    text += &super::account::moves(&account);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    insta::assert_snapshot!(text);
}

#[test]
fn lines_name_moves_by_id_or_number() {
    let choose =
        |decision: &str, option: &str| MoveById::Choose(decision.to_owned(), option.to_owned());
    for (line, order) in [
        ("choose disconnect farm", choose("disconnect", "farm")),
        ("choose paper 1", choose("paper", "go")),
        ("choose 2 bulletin", choose("paper", "bulletin")),
        ("choose 2", choose("disconnect", "farm")),
        ("  3 # to be sure", choose("disconnect", "nothing")),
        ("take declare", MoveById::Take("declare".to_owned())),
        ("take 3", MoveById::Take("declare".to_owned())),
        ("wait", MoveById::Wait),
    ] {
        assert_eq!(
            started().line(line).request,
            Some(Request::Move(order)),
            "{line}"
        );
    }
}

#[test]
fn what_means_nothing_is_answered_with_a_sentence() {
    for (line, answer) in [
        (
            "chose 1",
            "REFUSED There is no command `chose`; did you mean `choose`?\n",
        ),
        (
            "choose disconect 1",
            "REFUSED There is no open decision `disconect`; did you mean `disconnect`?\n",
        ),
        (
            "choose 9",
            "REFUSED There is no option of disconnect `9`; they are numbered 1 to 4.\n",
        ),
        (
            "choose disconnect verything",
            "REFUSED There is no option of disconnect `verything`; did you mean\n  `everything`?\n",
        ),
        (
            "take 9",
            "REFUSED There is no action `9`; they are numbered 1 to 6.\n",
        ),
        (
            "take call_ncs",
            "REFUSED There is no action `call_ncs`; did you mean `call_ncsc`?\n",
        ),
        (
            "xyzzy",
            "REFUSED There is no command `xyzzy`; `help` lists them.\n",
        ),
        ("take", "REFUSED Write `take ACTION`.\n"),
        (
            "read 99",
            "REFUSED There is no message 99; they are numbered 1 to 12.\n",
        ),
        (
            "4",
            "REFUSED Only the customers who ask for it: It needs 8 engineers; 7 are free.\n",
        ),
    ] {
        let mut plain = started();
        let said = plain.line(line);
        assert_eq!((said.text.as_str(), said.request), (answer, None), "{line}");
        assert!(plain.was_refused());
    }
}

#[test]
fn lines_of_plays_are_passed_on() {
    for line in [
        "wait until 2022-08-04 07:00",
        "wait for odd_logon",
        "roll eviction 2",
        "expect calls >= 3",
        "end",
        "seed 7",
        "variant mfa",
        "cut first_hour",
    ] {
        let asked = started().line(&format!(" {line}  # a comment")).request;
        assert_eq!(asked, Some(Request::Line(line.to_owned())), "{line}");
    }
}

#[test]
fn after_endex_a_play_may_still_expect_something() {
    let mut plain = started();
    assert_eq!(plain.afterwards("end"), None);
    plain.update(Msg::View(Box::new(fixture::ended())));
    plain.update(Msg::Scorecard(fixture::scorecard()));
    let asked = |plain: &mut Plain, line: &str| plain.afterwards(line).map(|said| said.request);
    assert_eq!(
        asked(&mut plain, "end\n"),
        Some(Some(Request::Line("end".to_owned())))
    );
    assert_eq!(asked(&mut plain, "# so much for that\n"), Some(None));
    assert!(!plain.was_refused());
    assert_eq!(asked(&mut plain, "wait\n"), Some(None));
    assert!(plain.was_refused());
}

#[test]
fn what_the_record_says_is_for_afterwards() {
    let text = started().line("read 12").text + &started().line("sources").text;
    assert!(!text.contains("T-10"), "{text}");
    let mut plain = started();
    plain.update(Msg::Briefing(fixture::briefing(true)));
    plain.update(Msg::View(Box::new(fixture::view())));
    let text = plain.line("sources").text;
    assert!(text.contains("Source T-10 (V)"), "{text}");
}

#[test]
fn no_move_is_asked_for_before_an_exercise_runs() {
    for line in ["wait", "1", "take declare", "choose a b", "read 1"] {
        let mut plain = Plain::new();
        plain.update(Msg::Offers(fixture::offers()));
        assert_eq!(plain.line(line).request, None, "{line}");
        assert!(plain.was_refused());
    }
}

#[test]
fn trouble_before_anything_was_opened_ends_it() {
    let mut plain = Plain::new();
    let text = plain
        .update(Msg::Trouble("The file is gone.".to_owned()))
        .text;
    assert_eq!(
        (text.as_str(), plain.is_over()),
        ("TROUBLE The file is gone.\n", true)
    );
    let mut running = started();
    running.update(Msg::Trouble("The disk is full.".to_owned()));
    assert!(!running.is_over());
}

#[test]
fn controls_reach_no_transcript() {
    let mut view = fixture::view();
    "a\x1b]0;x\x07\u{202e}b\u{9b}c".clone_into(&mut view.inbox[11].text);
    "t\x1b[2Jt".clone_into(&mut view.decisions[0].options[0].label);
    view.now = Stamp {
        zone: "B\x08T".to_owned(),
        ..view.now
    };
    let mut plain = Plain::new();
    let mut text = plain.update(Msg::View(Box::new(view))).text;
    text += &plain.line("take \x1b[31m").text;
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'));
}

#[test]
fn the_scorecard_may_come_before_the_ending() {
    let mut plain = started();
    assert_eq!(plain.update(Msg::Scorecard(fixture::scorecard())).text, "");
    let text = plain.update(Msg::View(Box::new(fixture::ended()))).text;
    assert!(
        text.find("ENDEX")
            .is_some_and(|endex| text.find("TOTAL").is_some_and(|total| endex < total)),
        "{text}"
    );
    assert!(plain.is_over());
}

#[test]
fn what_was_said_about_a_move_is_said_once_it_is_made() {
    let take = |option: &str| MoveById::Choose("disconnect".to_owned(), option.to_owned());
    let said = Reason {
        by: "Mia".to_owned(),
        ..Reason::default()
    };
    let with = |option: &str| Some(Request::Reasoned(take(option), said.clone()));
    let made = || Msg::Made(take("farm"), said.clone());
    let unrecorded = || {
        Msg::Unrecorded(Unrecorded {
            why: "No space left.".to_owned(),
            folder: "/tmp".to_owned(),
        })
    };
    let mut plain = started();
    plain.line("by Mia");
    assert_eq!(plain.line("choose disconnect farm").request, with("farm"));
    // Refused, it is kept for the next choice; nothing was announced.
    let refused = plain.update(Msg::Refused("No.".to_owned())).text;
    assert_eq!(refused, "REFUSED No.\n");
    assert_eq!(
        plain.line("choose disconnect nothing").request,
        with("nothing")
    );
    // Not recorded, it comes with the retry, and with nothing after that.
    plain.update(unrecorded());
    plain.line("retry");
    assert!(plain.update(made()).text.contains("BY Mia\n"));
    let next = plain.line("choose disconnect farm").request;
    assert_eq!(next, Some(Request::Move(take("farm"))));
    // What is said while a move is still to be recorded is for the one after it.
    plain.update(unrecorded());
    plain.line("by Mia");
    plain.line("retry");
    plain.update(made());
    assert_eq!(plain.line("choose disconnect farm").request, with("farm"));
}
