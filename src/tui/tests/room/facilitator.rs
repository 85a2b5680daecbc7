//! The facilitator's screen, and what it changes on that of the team.

use crate::front::facilitate::{About, Countdown, Facilitate, Improvised, Observation};
use crate::front::fixture::seated;
use crate::front::seats::Rating;
use crate::front::{Msg, Request, fixture};
use crate::tui::Key;
use crate::tui::tests::room::{alone, two};
use crate::tui::tests::{SIZES, chars, playing, press, snapshot, text};

#[test]
fn a_countdown_is_for_the_question_it_was_typed_for() {
    let mut tui = playing();
    press(&mut tui, &chars("f"));
    press(&mut tui, &[Key::Enter]);
    press(&mut tui, &chars("c5"));
    let mut view = fixture::view();
    view.decisions.remove(0);
    tui.update(Msg::View(Box::new(view)));
    assert_eq!(press(&mut tui, &[Key::Enter]), None);
    let seen = text(&tui, SIZES[0]);
    assert!(seen.contains("has closed meanwhile"), "{seen}");
}

#[test]
fn on_the_smallest_screen_the_facilitator_scrolls_to_everything() {
    let mut table = alone();
    table.keys("f~");
    let mut seen = String::new();
    for _ in 0..40 {
        seen.push_str(&text(&table.tui, crate::tui::LEAST));
        table.press(&[Key::Down]);
    }
    for part in [
        "pause everything",
        "end the exercise here",
        "Open questions",
        "Observations",
        "Until ENDEX",
        "ENDEX: ",
        " more ",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
}

#[test]
fn the_facilitator_has_a_door_and_one_screen() {
    let mut table = alone();
    table.keys("f");
    snapshot("facilitator_door", &table.tui);
    assert!(
        !table
            .room
            .asked
            .contains(&Request::Facilitate(Facilitate::Panel))
    );
    table.keys("~");
    assert_eq!(*table.last(), Request::Facilitate(Facilitate::Panel));
    snapshot("facilitator", &table.tui);
    table.keys("oThey decide quickly|k|p~");
    snapshot("facilitator_observed", &table.tui);
}

#[test]
fn each_key_of_the_facilitator_asks_one_thing() {
    let news = Improvised {
        to: vec!["tech".to_owned()],
        from: "BBC".to_owned(),
        title: "A call".to_owned(),
        text: "Is it true?\nAll of it?".to_owned(),
    };
    let seen = |about, rating| {
        Facilitate::Observe(Observation {
            about,
            rating,
            text: "Seen".to_owned(),
        })
    };
    let countdown = |decision: Option<&str>, seconds| Facilitate::Countdown {
        decision: decision.map(str::to_owned),
        seconds,
    };
    for (keys, expected) in [
        ("p", Facilitate::Pause),
        ("ww", Facilitate::Wait),
        ("c5~", countdown(Some("disconnect"), 300)),
        ("|c5~", countdown(Some("paper"), 300)),
        ("cx0~", countdown(Some("disconnect"), 0)),
        ("C120~", countdown(None, 7200)),
        ("l", Facilitate::Leads),
        (
            "i> |BBC|A call|Is it true?~All of it?|~",
            Facilitate::Inject(news),
        ),
        ("oSeen~", seen(About::Room, None)),
        (
            "oSeen|>>|s~",
            seen(About::Role("tech".to_owned()), Some(Rating::Some)),
        ),
        (
            "oSeen|>>>>>|U~",
            seen(
                About::Objective("patients".to_owned()),
                Some(Rating::Unable),
            ),
        ),
        ("bk~~", Facilitate::TakeBack(2)),
        (
            "eThe room is needed~~",
            Facilitate::Stop("The room is needed".to_owned()),
        ),
        ("e~~", Facilitate::Stop(String::new())),
    ] {
        let mut table = alone();
        table.keys("f~");
        table.keys(keys);
        let asked = table.room.asked.iter().rev();
        let mut asked = asked.filter(|it| **it != Request::Facilitate(Facilitate::Panel));
        assert_eq!(asked.next(), Some(&Request::Facilitate(expected)), "{keys}");
    }
}

#[test]
fn the_facilitators_forms_refuse_what_is_missing() {
    for (keys, says) in [
        ("c~", "Type 1 to 120 minutes"),
        ("c121~", "Type 1 to 120 minutes"),
        ("i||||~", "Type a subject and a text first"),
        ("o~", "Type what you saw first."),
        ("b~^", "x any other"),
    ] {
        let mut table = alone();
        table.keys("f~");
        let before = table.room.asked.len();
        table.keys(keys);
        assert_eq!(table.room.asked.len(), before, "{keys}");
        if !says.starts_with('x') {
            assert!(table.seen().contains(says), "{keys}: {}", table.seen());
        }
    }
}

#[test]
fn the_facilitators_forms() {
    for (name, keys) in [
        ("facilitator_countdown", "c5"),
        ("facilitator_leads", "l"),
        (
            "facilitator_inject",
            "i> |BBC|A call|Is it true?~All of it?",
        ),
        ("facilitator_observe", "oThey decide quickly|>>|s"),
        ("facilitator_take_back", "bk~"),
        ("facilitator_stop", "eThe room is needed"),
    ] {
        let mut table = alone();
        table.keys("f~");
        table.keys(keys);
        snapshot(name, &table.tui);
    }
}

#[test]
fn what_options_lead_to_is_seen_only_behind_the_door() {
    let mut table = alone();
    let lead = "Adastra is encrypted.";
    table.tui.update(Msg::Leads(seated::leads()));
    assert!(!table.seen().contains(lead));
    table.keys("f~l");
    let seen = table.seen();
    assert!(seen.contains(lead) && seen.contains("SPOILER"), "{seen}");
    table.keys("^^");
    assert!(!table.seen().contains(lead));
    table.keys("f~");
    assert!(!table.seen().contains(lead));
}

#[test]
fn in_a_pause_nothing_moves_and_the_screen_says_so() {
    let mut table = two();
    table.keys("f~p^");
    snapshot("paused", &table.tui);
    for keys in [
        chars("w"),
        vec![Key::Char('1'), Key::Enter],
        vec![Key::Char('a'), Key::Char('1'), Key::Enter],
    ] {
        assert_eq!(press(&mut table.tui, &keys), None);
        let seen = table.seen();
        assert!(seen.contains("PAUSED: nothing happens"), "{seen}");
        press(&mut table.tui, &[Key::Esc, Key::Esc]);
    }
    // What was typed stays in its form.
    assert_eq!(
        press(&mut table.tui, &[chars("1yBen"), vec![Key::Enter]].concat()),
        None
    );
    assert!(table.seen().contains("Ben"));
    table.tui.update(Msg::Paused(false));
    assert!(!table.seen().contains("PAUSED"), "{}", table.seen());
    assert!(matches!(
        table.tui.key(Key::Enter),
        Some(Request::Reasoned(..))
    ));
}

#[test]
fn a_countdown_stands_beside_its_question() {
    let counting = |decision: &str, seconds| Countdown {
        decision: decision.to_owned(),
        seconds,
    };
    let mut tui = playing();
    tui.update(Msg::Countdowns(vec![
        counting("disconnect", 299),
        counting("paper", 45),
    ]));
    let seen = text(&tui, SIZES[0]);
    assert!(
        seen.contains("4:59") && seen.contains("2: ! 0:45"),
        "{seen}"
    );
    snapshot("countdown", &tui);
    press(&mut tui, &[Key::Tab]);
    assert!(
        text(&tui, SIZES[0]).contains("! 0:45  then the default"),
        "{}",
        text(&tui, SIZES[0])
    );
    tui.update(Msg::Countdowns(Vec::new()));
    assert!(!text(&tui, SIZES[0]).contains("0:45"));
}

#[test]
fn news_typed_on_the_spot_arrives_as_news() {
    let mut table = alone();
    table.keys("f~i|BBC|A call|Is it true?|~^");
    let seen = table.seen();
    assert!(
        seen.contains("A call") && seen.contains("BBC") && seen.contains("Is it true?"),
        "{seen}"
    );
}
