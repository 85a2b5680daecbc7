//! The situation board and the courses of its numbers.

use crate::front::view::{IndicatorForm, IndicatorReading, Tone};
use crate::front::{Msg, fixture};
use crate::tui::tests::{SIZES, chars, playing, press, snapshot, terminal, text};
use crate::tui::{Key, LEAST};

#[test]
fn a_course_opens_over_dates_and_numbers() {
    let mut view = fixture::view();
    let mut other = view.board[6].clone();
    "Visits overdue".clone_into(&mut other.title);
    other.course = vec![(0, -20), (1640, 80)];
    view.board.push(other);
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    press(&mut tui, &chars("sg"));
    snapshot("course", &tui);
    for size in SIZES.into_iter().chain([LEAST]) {
        let seen = text(&tui, size);
        for part in ["Calls on paper", "Course 1 of 2", "21:00", "23:20", "0"] {
            assert!(seen.contains(part), "{part} at {size:?}:\n{seen}");
        }
    }
    press(&mut tui, &[Key::Down]);
    let seen = text(&tui, SIZES[1]);
    assert!(seen.contains("Visits overdue"), "{seen}");
    assert!(
        seen.contains("2 Aug 21:00") && seen.contains("4 Aug 00:20"),
        "{seen}"
    );
    press(&mut tui, &[Key::Esc]);
    assert!(text(&tui, SIZES[1]).contains("g: charts"));
    tui.theme.ascii = true;
    press(&mut tui, &chars("g"));
    let seen = text(&tui, SIZES[1]);
    let inside = seen.lines().skip(2).take(30);
    assert!(inside.flat_map(str::chars).all(|c| c.is_ascii()), "{seen}");
}

#[test]
fn without_a_course_there_is_no_chart() {
    let mut view = fixture::view();
    view.board.iter_mut().for_each(|it| it.course.clear());
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    press(&mut tui, &chars("s"));
    assert!(!text(&tui, SIZES[0]).contains("charts"));
    press(&mut tui, &chars("g"));
    assert!(!text(&tui, SIZES[0]).contains("Course"));
}

fn lamp(title: &str, changed: bool) -> IndicatorReading {
    IndicatorReading {
        form: IndicatorForm::Lamp,
        title: title.to_owned(),
        text: "asked for".to_owned(),
        tone: Tone::Plain,
        number: None,
        course: Vec::new(),
        changed,
    }
}

#[test]
fn long_titles_on_the_board_are_cut_and_what_is_read_stays_in_its_column() {
    let titles = [
        "Power",
        "The supplier of the supplier's connection",
        "👩\u{200d}👩\u{200d}👧 and cafe\u{301}s",
        "日本語の名前はとても長いのでここで切れます",
        "Standing with the authorities",
    ];
    let mut view = fixture::view();
    view.board = titles.iter().map(|it| lamp(it, false)).collect();
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view)));
    for size in [(80, 24), (60, 16), (200, 60)] {
        let terminal = terminal(&tui, size);
        let buffer = terminal.backend().buffer();
        let mut columns = Vec::new();
        for y in 1..size.1 {
            let lamps = (0..size.0 - 2)
                .filter(|x| buffer[(*x, y)].symbol() == "·" && buffer[(*x + 2, y)].symbol() == "a");
            columns.extend(lamps);
        }
        assert!(columns.len() >= 2, "{}", text(&tui, size));
        columns.dedup();
        assert_eq!(columns.len(), 1, "{}", text(&tui, size));
    }
    let seen = text(&tui, (80, 24));
    assert!(seen.contains("…  · asked for"), "{seen}");
}

#[test]
fn what_changed_comes_first_where_not_everything_is_seen() {
    let mut view = fixture::view();
    view.board = (1..=30)
        .map(|it| lamp(&format!("Part {it}"), it == 30))
        .collect();
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view.clone())));
    let seen = text(&tui, (80, 24));
    let line = seen.lines().nth(2).unwrap_or_default();
    assert!(line.contains("* Part 30"), "{seen}");
    // Where there is room, everything keeps its place.
    view.board.truncate(5);
    view.board[4].changed = true;
    tui.update(Msg::View(Box::new(view)));
    let seen = text(&tui, (200, 60));
    let part = |number: &str| seen.find(number).expect("it is seen");
    assert!(part("Part 1") < part("* Part 5"), "{seen}");
}
