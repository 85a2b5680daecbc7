//! What a wide screen shows in the room that is left, and what never breaks on a narrow one.

use ratatui::text::Line;

use crate::front::view::{Choice, IndicatorForm, IndicatorReading, MoveView, Reason, Tone, View};
use crate::front::{MoveById, Msg, Request, fixture};
use crate::tui::situation;
use crate::tui::tests::screen::click;
use crate::tui::tests::{SIZES, chars, choose, playing, press, snapshot_of, text};
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

#[test]
fn a_board_with_long_titles_and_large_numbers() {
    let [.., mixed, many] = boards();
    for (name, board) in [("board_mixed", mixed), ("board_many", many)] {
        let mut view = fixture::view();
        view.board = board;
        let tui = showing(&view);
        for size in [(60, 20), (80, 24), (200, 60)] {
            let seen = text(&tui, size);
            snapshot_of(&format!("{name}_{}x{}", size.0, size.1), &seen);
        }
    }
}

/// The number of a reading, or all of it if it is no number.
fn value(reading: &IndicatorReading) -> &str {
    if reading.number.is_some() || !reading.course.is_empty() {
        reading.text.split(' ').next().unwrap_or_default()
    } else {
        &reading.text
    }
}

#[test]
fn values_are_whole_and_in_one_column_on_every_board() {
    // A screen of 60 columns leaves 28 to the board.
    for board in boards() {
        for columns in 28..=120 {
            for rows in [3, 8, 20, usize::MAX] {
                let lines = situation::lines(&board, Theme::default(), columns, rows);
                let seen: Vec<String> = lines.iter().map(ToString::to_string).collect();
                for reading in &board {
                    // A bound may follow the number.
                    let value = value(reading);
                    let ends = ["", " ", "/"].map(|end| format!("  {value}{end}"));
                    let lamp = format!(" {value}");
                    let whole = |line: &String| {
                        line.contains(&ends[1])
                            || line.contains(&ends[2])
                            || line.ends_with(&ends[0])
                            || line.ends_with(&lamp)
                            || line.contains(&format!("{lamp} "))
                    };
                    assert!(seen.iter().any(whole), "{value} in {columns}: {seen:#?}");
                }
                for line in &lines {
                    assert!(line.width() <= columns, "{columns}: {seen:#?}");
                }
                if rows == usize::MAX {
                    let begins = |line: &Line| line.spans[0].width() + line.spans[1].width();
                    let mut begins: Vec<usize> = lines.iter().map(begins).collect();
                    begins.dedup();
                    assert_eq!(begins.len(), 1, "{columns}: {seen:#?}");
                }
            }
        }
    }
}

#[test]
fn a_value_is_whole_on_every_screen() {
    let all: Vec<IndicatorReading> = boards().into_iter().take(3).flatten().collect();
    for reading in &all {
        let mut view = fixture::view();
        view.board = vec![reading.clone()];
        let tui = showing(&view);
        for columns in (60..=220).step_by(16) {
            for rows in (20..=70).step_by(25) {
                let seen = text(&tui, (columns, rows));
                let value = value(reading);
                assert!(
                    [" ", "/"]
                        .iter()
                        .any(|end| seen.contains(&format!(" {value}{end}"))),
                    "{value} at {columns}x{rows}:\n{seen}"
                );
            }
        }
    }
}

fn twelve(word: &str) -> Vec<Choice> {
    let choice = |number: usize| Choice {
        id: format!("{word}_{number}"),
        label: format!("The {word} number {number}."),
        cost: String::new(),
        barred: None,
        used: 0,
    };
    (1..=12).map(choice).collect()
}

fn with_twelve() -> Tui {
    let mut view = fixture::view();
    view.decisions[0].options = twelve("option");
    view.actions = twelve("action");
    showing(&view)
}

#[test]
fn a_click_marks_options_and_actions_past_the_ninth() {
    for number in [1, 9, 10, 12] {
        let option = format!("The option number {number}.");
        let chosen = Some(choose("disconnect", &format!("option_{number}")));
        for (sheet, size) in [("", SIZES[1]), ("", SIZES[2]), ("d", SIZES[0])] {
            let mut tui = with_twelve();
            press(&mut tui, &chars(sheet));
            assert_eq!(click(&mut tui, size, &option), None);
            assert!(!text(&tui, size).contains("Esc: back"));
            assert_eq!(press(&mut tui, &[Key::Enter]), chosen, "{size:?}");
        }
        let mut tui = with_twelve();
        press(&mut tui, &chars("a"));
        click(&mut tui, SIZES[0], &format!("The action number {number}."));
        let taken = Request::Move(MoveById::Take(format!("action_{number}")));
        assert_eq!(press(&mut tui, &[Key::Enter]), Some(taken));
    }
}

#[test]
fn a_digit_after_a_click_begins_a_number() {
    let mut tui = with_twelve();
    press(&mut tui, &chars("1"));
    click(&mut tui, SIZES[1], "The option number 5.");
    press(&mut tui, &chars("2"));
    let asked = press(&mut tui, &[Key::Enter]);
    assert_eq!(asked, Some(choose("disconnect", "option_2")));
}

fn made(number: usize, what: &str, question: &str) -> MoveView {
    MoveView {
        number,
        at: fixture::view().now,
        after: 12,
        what: what.to_owned(),
        question: question.to_owned(),
        by: Vec::new(),
        reason: Reason::default(),
    }
}

#[test]
fn a_wide_screen_has_the_timeline_and_a_course() {
    let mut view = fixture::view();
    view.moves = vec![
        made(1, "Wait", ""),
        made(2, "Cut the domain", "What is cut?"),
        made(3, "Wait", ""),
    ];
    let tui = showing(&view);
    let seen = text(&tui, SIZES[2]);
    for part in [
        "Timeline",
        "Course: Calls on paper",
        "Decided: Cut the domain",
    ] {
        assert!(seen.contains(part), "{part}:\n{seen}");
    }
    assert!(!seen.contains("  Wait "), "{seen}");
    for size in [SIZES[0], SIZES[1], (149, 60)] {
        let seen = text(&tui, size);
        assert!(
            !seen.contains("├ Timeline") && !seen.contains("├ Course"),
            "{seen}"
        );
    }
    // Without numbers on the board the timeline stands alone.
    view.board.clear();
    let seen = text(&showing(&view), SIZES[2]);
    assert!(
        seen.contains("├ Timeline") && !seen.contains("├ Course"),
        "{seen}"
    );
}

/// The rows from the title of a part on, right of its left border.
fn part(tui: &Tui, title: &str) -> String {
    let seen = text(tui, SIZES[2]);
    let rows = seen.lines().skip_while(|line| !line.contains(title));
    let right = |line: &str| line.chars().skip(68).collect::<String>();
    rows.take(10).map(right).collect()
}

#[test]
fn marking_and_browsing_move_nothing_of_it() {
    let mut tui = playing();
    let before = ["├ Timeline", "├ Course"].map(|it| part(&tui, it));
    for key in [Key::Char('i'), Key::Down, Key::PageDown, Key::Esc] {
        press(&mut tui, &[key]);
        assert_eq!(["├ Timeline", "├ Course"].map(|it| part(&tui, it)), before);
    }
    press(&mut tui, &chars("2"));
    assert_eq!(part(&tui, "├ Course"), before[1]);
}

#[test]
fn a_long_timeline_ends_with_the_newest_and_counts_the_others() {
    let mut view = fixture::view();
    for number in 0..200 {
        let mut message = view.inbox[5].clone();
        message.title = format!("Message {number:03}.");
        message.at = view.now.clone();
        view.inbox.push(message);
    }
    let tui = showing(&view);
    let seen = text(&tui, SIZES[2]);
    let timeline = part(&tui, "├ Timeline");
    assert!(timeline.contains("Thu 4 Aug 2022"), "{timeline}");
    assert!(timeline.contains("more: t"), "{timeline}");
    let lowest = seen.lines().nth(56).unwrap_or_default();
    assert!(lowest.contains("Message 199."), "{seen}");
    // A reason that is longer than the part is cut, and its day stands above it.
    let mut long = made(1, "Cut the domain", "What is cut?");
    long.after = view.inbox.len();
    long.reason.why = "Because. ".repeat(400);
    view.moves.push(long);
    let timeline = part(&showing(&view), "├ Timeline");
    assert!(timeline.contains("Thu 4 Aug 2022"), "{timeline}");
    assert!(timeline.contains("Decided: Cut the domain"), "{timeline}");
}

#[test]
fn a_click_on_a_message_in_the_timeline_opens_it() {
    let mut tui = playing();
    click(&mut tui, SIZES[2], "111 desk: Screens are frozen");
    let seen = text(&tui, SIZES[2]);
    assert!(seen.contains("Callers are waiting."), "{seen}");
}
