//! How long the exercise may still take: in moves, in its own time and in real time.

use ratatui::text::Line;

use crate::front::facilitate::{Left, Panel};
use crate::front::text::cut;
use crate::front::view::Stamp;
use crate::tui::exercise::facts::LitScene;
use crate::words;

/// Said until the panel comes.
pub(super) const UNKNOWN: &str = "Not known yet.";

/// How long it may still take, as lines.
pub(super) fn time_lines(
    panel: Option<&Panel>,
    scene: LitScene,
    columns: usize,
) -> Vec<Line<'static>> {
    let Some(panel) = panel else {
        return vec![Line::styled(UNKNOWN, scene.theme.quiet())];
    };
    let mut says = vec![played(panel)];
    match &panel.left {
        Some(left) => says.extend(to_come(left, panel, &scene.view.now)),
        None if scene.over() => says.push("ENDEX has come.".to_owned()),
        None => says.push("How much is left is not known.".to_owned()),
    }
    says.iter()
        .map(|text| Line::raw(cut(text, columns)))
        .collect()
}

/// What was played so far, and how fast.
fn played(panel: &Panel) -> String {
    let moves = panel.moves.len() as i64;
    let count = words::count(moves, "move", "moves");
    let Some(minutes) = panel.played_minutes.map(i64::from) else {
        return format!("Played: {count}.");
    };
    let time = words::duration(minutes);
    if moves == 0 {
        return format!("Played: {time} of real time, no move yet.");
    }
    let seconds = minutes * 60 / moves;
    let pace = format!("{}:{:02} min a move", seconds / 60, seconds % 60);
    format!("Played: {time} of real time, {count}, {pace}.")
}

fn to_come(left: &Left, panel: &Panel, now: &Stamp) -> Vec<String> {
    let (least, most) = left.moves;
    let tries = words::number(left.tries as i64);
    let span = |least: String, most: String| {
        if least == most {
            least
        } else {
            format!("{least} to {most}")
        }
    };
    let mut moves = words::count(most as i64, "move", "moves");
    if least < most {
        moves = format!("{} to {moves}", words::number(least as i64));
    }
    let (earliest, latest) = &left.endex;
    let today = earliest.date == now.date && latest.date == now.date;
    let time = |at: &Stamp| {
        if today {
            format!("{} {}", at.time, at.zone)
        } else {
            format!("{} {} {}", at.date, at.time, at.zone)
        }
    };
    let endex = span(time(earliest), time(latest));
    let mut says = vec![
        format!("Left: {moves}, in {tries} exercises played on from here."),
        format!("ENDEX: {endex}."),
    ];
    let made = panel.moves.len() as i64;
    if let (Some(minutes), true) = (panel.played_minutes, made > 0) {
        let wall = |moves: usize| words::duration(i64::from(minutes) * moves as i64 / made);
        let wall = span(wall(least), wall(most));
        says.push(format!("At this pace: {wall} more of real time."));
    }
    says
}
