//! What a wide screen shows in the room that is left, and what never breaks on a narrow one.

use std::collections::BTreeSet;

use crate::front::view::{Choice, InboxMessage, IndicatorForm, IndicatorReading, Tone, View};
use crate::front::{MoveById, Msg, Request, fixture};
use crate::tui::situation;
use crate::tui::tests::screen::click;
use crate::tui::tests::{SIZES, chars, playing, press, text};
use crate::tui::theme::Theme;
use crate::tui::{Key, Tui};

fn showing(view: &View) -> Tui {
    let mut tui = playing();
    tui.update(Msg::View(Box::new(view.clone())));
    tui
}

fn reading(form: IndicatorForm, title: &str, text: &str) -> IndicatorReading {
    IndicatorReading {
        form,
        title: title.to_owned(),
        text: text.to_owned(),
        tone: Tone::Bad,
        number: None,
        course: Vec::new(),
        changed: false,
    }
}

fn gauge(title: &str, text: &str, most: i64) -> IndicatorReading {
    IndicatorReading {
        number: Some((most / 2, 0, most)),
        ..reading(IndicatorForm::Gauge, title, text)
    }
}

fn trend(title: &str, text: &str) -> IndicatorReading {
    IndicatorReading {
        course: (0..30).map(|it| (it * 60, it * it)).collect(),
        changed: true,
        ..reading(IndicatorForm::Trend, title, text)
    }
}

/// The longest titles and the largest numbers that a scenario may have, wide characters, and many entries.
fn boards() -> [Vec<IndicatorReading>; 4] {
    use IndicatorForm::{Clock, Lamp};
    let long = "Standing with the authorities and with all hospitals";
    let wide = "日本語の名前はとても長いのでここで切れます";
    let numbers = vec![
        gauge("Backlog", "-549,755,813,888 visits", 1 << 40),
        trend(long, "1,099,511,627,776 pounds a year"),
        gauge(wide, "1 person", 12),
        trend("👩\u{200d}👩\u{200d}👧 families", "12 日本"),
        reading(Clock, long, "1,827 d 23 h"),
        gauge("X", "7", 7),
    ];
    let lamps = vec![
        reading(Lamp, "Power", "on"),
        reading(Lamp, long, "asked for"),
        reading(Lamp, wide, "everywhere out"),
        reading(Lamp, "cafe\u{301}s", "not yet known"),
    ];
    let mut mixed = lamps.clone();
    mixed.extend(numbers.clone());
    let many = (1..=40)
        .map(|it| match it % 4 {
            0 => gauge(&format!("Desk {it}"), &format!("{it} people"), 1000 * it),
            1 => reading(Lamp, &format!("System number {it}"), "encrypted"),
            2 => trend(&format!("Calls {it}"), &format!("{it},000 calls")),
            _ => reading(Clock, long, "2 h 10 min"),
        })
        .collect();
    [numbers, lamps, mixed, many]
}

/// The part of a reading that may never be cut.
fn whole(reading: &IndicatorReading) -> &str {
    match reading.form {
        IndicatorForm::Gauge | IndicatorForm::Trend => {
            reading.text.split(' ').next().unwrap_or_default()
        }
        _ => &reading.text,
    }
}

#[test]
fn what_is_read_stays_whole_and_in_its_column() {
    for board in boards() {
        for columns in 28..=110 {
            let lines = situation::lines(&board, Theme::default(), columns, 200);
            assert_eq!(lines.len(), board.len(), "one on each line");
            let titles: BTreeSet<usize> = lines.iter().map(|it| it.spans[1].width()).collect();
            assert_eq!(titles.len(), 1, "{columns}: {lines:?}");
            for (line, reading) in lines.iter().zip(&board) {
                assert!(line.width() <= columns, "{columns}: {line}");
                let said = whole(reading);
                assert!(line.to_string().contains(said), "{columns}: {said}: {line}");
            }
            // Side by side.
            for line in situation::lines(&board, Theme::default(), columns, 5) {
                assert!(line.width() <= columns, "{columns}: {line}");
            }
        }
    }
}

#[test]
fn the_board_is_whole_on_every_screen() {
    for board in boards() {
        let mut view = fixture::view();
        view.board = board.iter().take(6).cloned().collect();
        let tui = showing(&view);
        for columns in (60..=220).step_by(4) {
            let seen = text(&tui, (columns, 60));
            for it in &view.board {
                assert!(seen.contains(whole(it)), "{columns}: {}\n{seen}", it.text);
            }
        }
    }
}

#[test]
fn a_wide_screen_shows_the_timeline_and_a_course_where_it_is_empty() {
    let mut view = fixture::view();
    let tui = showing(&view);
    let [small, _, large] = SIZES;
    let seen = text(&tui, large);
    assert!(seen.contains(" Timeline "), "{seen}");
    assert!(seen.contains(" Course: Calls on paper "), "{seen}");
    let seen = text(&tui, small);
    assert!(
        !seen.contains("Timeline ") && !seen.contains("Course: "),
        "{seen}"
    );
    // Without a course, its room stays to what is asked.
    view.board.iter_mut().for_each(|it| it.course.clear());
    let seen = text(&showing(&view), large);
    assert!(
        seen.contains(" Timeline ") && !seen.contains("Course: "),
        "{seen}"
    );
}

#[test]
fn the_timeline_that_is_always_there_ends_with_the_newest() {
    let mut view = fixture::view();
    let message = view.inbox[0].clone();
    for number in 1..=200 {
        let title = format!("Message number {number} ends");
        view.inbox.push(InboxMessage {
            title,
            ..message.clone()
        });
    }
    let mut tui = showing(&view);
    let seen = text(&tui, SIZES[2]);
    let timeline = seen.find(" Timeline ").expect("there is room for it");
    assert!(
        seen[timeline..].contains("Message number 200 ends"),
        "{seen}"
    );
    assert!(seen[timeline..].contains("more: t "), "{seen}");
    // It opens what is clicked, as the inbox does.
    let mut rows = seen[timeline..].lines();
    assert!(
        rows.any(|it| it.contains("Message number 195 ends")),
        "{seen}"
    );
    press(&mut tui, &chars("t"));
    assert!(text(&tui, SIZES[2]).contains("Message number 200 ends"));
}

#[test]
fn an_option_past_the_ninth_is_clicked_in_the_whole_question() {
    let mut view = fixture::view();
    let options = &mut view.decisions[0].options;
    let free = options[0].clone();
    options.extend((options.len() + 1..=13).map(|number| Choice {
        id: format!("option_{number}"),
        label: format!("Way number {number}."),
        ..free.clone()
    }));
    for size in [(120, 40), (200, 60)] {
        let mut tui = showing(&view);
        press(&mut tui, &chars("d"));
        assert_eq!(click(&mut tui, size, "Way number 12."), None);
        let taken = press(&mut tui, &[Key::Enter]);
        let id = &view.decisions[0].id;
        let wanted = MoveById::Choose(id.clone(), "option_12".to_owned());
        assert_eq!(taken, Some(Request::Move(wanted)), "{size:?}");
    }
}
