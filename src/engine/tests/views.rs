//! What a seat may know.

use super::program;
use crate::engine::Move;
use crate::engine::look::{History, Viewer, look};
use crate::engine::luck::{Keyed, Stream};
use crate::engine::moves;
use crate::program::Program;
use crate::program::ids::RoleId;

/// Every text says who may read it: `xALL`, `xLEAD`, `xTECH`, `xEXEC`, or `xNOBODY`.
const MARKED: &str = "
roles: {lead: {title: Lead}, tech: {title: Tech}, exec: {title: Exec}}
values:
  secret: {min: 0, max: 9, initial: 5, hidden: true, title: xNOBODY}
  secret_word: {one_of: [xnobody_a, xnobody_b], initial: xnobody_a, hidden: true}
  people: {min: 0, max: 9, initial: 9, title: xALL people}
  pulse: {min: 0, max: 99, initial: 9, title: xTECH pulse, grows: [{add: 1, every: 10m}]}
board:
  - {gauge: people}
  - {trend: pulse, to: [tech]}
  - {clock: to_lead, title: xLEAD clock, to: [lead]}
actions:
  for_all: {label: xALL act, repeats: 3, text: xALL told., do: [secret -= 2]}
  for_tech: {label: xTECH act, to: [tech], uses: {people: 1, secret: 1}, takes: 30m, feedback: xTECH begun., then: [{text: xTECH result.}]}
  for_lead:
    label: xLEAD act
    to: [lead]
    repeats: 3
    consent: {of: lead, question: xLEAD asks., within: 1h, default: refuse, refused: [{text: xLEAD refused.}]}
    needs: secret > 2
phases:
  one:
    title: xALL phase
    text: xALL begins.
    begins: [{text: xALL begun., do: [secret_word = xnobody_b]}]
    injects:
      to_tech:
        at: 5m
        to: [tech]
        by: xTECH by
        via: note
        title: xTECH title
        text: xTECH text.
        expect: xNOBODY expects.
        score: {points: 1}
        because: xNOBODY because.
        chance: xnobody
        outcomes: [{odds: 1, text: xALL outcome.}, {odds: 1, because: xNOBODY because.}]
        asks:
          question: xTECH question?
          within: 1h
          default: a
          discuss: xTECH discuss?
          options:
            a: {label: xTECH a, feedback: xTECH fed.}
            b:
              label: xTECH b
              consent: {of: tech, question: xTECH agree?, within: 20m, default: agree}
              then: [{after: 5m, text: xTECH then.}]
      to_lead: {at: 7m, to: [lead], by: xLEAD by, via: note, title: xLEAD title, text: xLEAD text., inject: to_exec}
      to_exec: {to: [exec, lead], by: xLEAD by xEXEC, via: note, title: xLEAD xEXEC, text: xLEAD xEXEC.}
      to_all: {at: 9m, by: xALL, via: note, title: xALL, text: xALL.}
    ends: [{at: 2h, to: two}]
  two: {title: xALL second}
endings: {over: {title: xALL over, text: xALL over.}}
";

/// Every text of the format's kinds is in the view of a seat that may read it, and in no other.
#[test]
fn a_view_shows_nothing_hidden_and_nothing_for_other_roles() {
    let program = program(MARKED);
    let roles = ["xLEAD", "xTECH", "xEXEC"];
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let mut luck = Keyed::new(seed);
        let mut history = History::begin(&program, &mut luck);
        let mut pick = Stream(seed);
        for _ in 0..30 {
            check_views(&program, &history, &roles, &mut seen);
            let mut legal = Vec::new();
            moves(&program, &history.state, &mut legal);
            let Some(last) = legal.len().checked_sub(1) else {
                break;
            };
            let chosen = if pick.number().is_multiple_of(3) {
                Move::Wait
            } else {
                legal[pick.number() as usize % (last + 1)]
            };
            history
                .step(&program, chosen, &mut luck)
                .expect("a legal move");
        }
    }
    for text in [
        "xALL outcome.",
        "xTECH then.",
        "xTECH result.",
        "xTECH fed.",
        "xLEAD refused.",
        "xALL over.",
        "xTECH discuss?",
    ] {
        assert!(
            seen.iter().any(|word: &String| word == text),
            "{text} was never seen"
        );
    }
}

fn check_views(
    program: &Program,
    history: &History,
    roles: &[&str],
    seen: &mut std::collections::BTreeSet<String>,
) {
    for number in 0..roles.len() {
        let view = format!(
            "{:?}",
            look(
                program,
                history,
                &Viewer::with_roles(vec![RoleId::at(number)])
            )
        );
        assert!(!view.to_lowercase().contains("xnobody"), "{view}");
        // What names several roles may be read by each of them.
        for piece in view.split('"') {
            let named: Vec<usize> = (0..roles.len())
                .filter(|role| piece.contains(roles[*role]))
                .collect();
            assert!(
                named.is_empty() || named.contains(&number),
                "{} reads {piece}",
                roles[number]
            );
            if piece.contains('x') {
                seen.insert(piece.to_owned());
            }
        }
    }
    let nobody = format!(
        "{:?}",
        look(program, history, &Viewer::with_roles(Vec::new()))
    );
    assert!(roles.iter().all(|role| !nobody.contains(role)), "{nobody}");
}

/// A default, a refused consent, and courses that bring no words of their own.
const TOLD: &str = "
roles: {lead: {title: Lead}, exec: {title: Exec}}
actions:
  mend: {label: Mend it, takes: 1h}
  note: {label: Note it}
  ring: {label: Ring round, then: [{after: 30m, text: Two answered.}]}
  look: {label: Look, then: [{text: Nothing is there.}]}
  pay:
    label: Pay
    to: [lead]
    consent: {of: exec, question: Agree?, within: 1h, default: refuse}
phases:
  one:
    title: One
    injects:
      ask:
        at: 0m
        by: Desk
        via: note
        title: Odd
        text: Odd.
        asks:
          question: What now?
          within: 3h
          default: watch
          options:
            cut: {label: Cut}
            watch: {label: Watch, feedback: It is watched., record: [{says: it was watched, is: invented}]}
";

fn inbox_after(moves: &[&str]) -> Vec<crate::engine::view::InboxMessage> {
    let program = program(TOLD);
    let mut luck = Keyed::new(0);
    let mut history = History::begin(&program, &mut luck);
    for wanted in moves {
        let choice = |decision: &str, option| {
            let id = program.decision_named(decision).expect("it is there");
            Move::Choose(id, option)
        };
        let wanted = match *wanted {
            "wait" => Move::Wait,
            "refuse" => choice("pay.consent", 1),
            action => Move::Take(program.action_named(action).expect("it is there")),
        };
        history
            .step(&program, wanted, &mut luck)
            .expect("a legal move");
    }
    look(&program, &history, &Viewer::all(&program)).inbox
}

#[test]
fn a_default_and_what_it_brings_are_one_message() {
    let inbox = inbox_after(&["wait"]);
    let last = inbox.last().expect("a notice");
    assert_eq!(last.title, "Nobody decided in time");
    assert_eq!(
        last.text,
        "What now?\n\nThe default was taken: **Watch.**\n\nIt is watched."
    );
    let marks: Vec<&str> = last.marks.iter().map(|it| it.says.as_str()).collect();
    assert_eq!(marks, ["it was watched"]);
    let same = |title: &str| inbox.iter().filter(|it| it.title == title).count();
    assert_eq!((same("Watch"), same(&last.title)), (0, 1));
}

#[test]
fn what_brings_no_words_says_what_is_done() {
    let texts: Vec<String> = inbox_after(&["mend", "note", "wait"])
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert!(texts.contains(&"Done: Note it.".to_owned()), "{texts:?}");
    assert!(
        texts.contains(&"Finished: Mend it.".to_owned()),
        "{texts:?}"
    );
}

#[test]
fn a_text_that_comes_later_is_a_message_of_its_own() {
    let texts = |moves: &[&str]| -> Vec<String> {
        let inbox = inbox_after(moves).into_iter().skip(1);
        inbox.map(|it| it.text).collect()
    };
    let later = texts(&["ring", "wait"]);
    assert!(
        later.ends_with(&["Done: Ring round.".to_owned(), "Two answered.".to_owned()]),
        "{later:?}"
    );
    let at_once = texts(&["look"]);
    assert!(
        at_once.ends_with(&["Nothing is there.".to_owned()]),
        "{at_once:?}"
    );
    assert!(!at_once.contains(&"Done: Look.".to_owned()), "{at_once:?}");
}

#[test]
fn a_refusal_is_told_to_those_who_asked_and_those_who_refused() {
    let inbox = inbox_after(&["pay", "refuse"]);
    let last = inbox.last().expect("a notice");
    assert_eq!(last.title, "Consent refused");
    assert_eq!(last.to, ["Exec", "Lead"]);
    assert_eq!(last.text, "“Pay”: Exec said no.");
}
