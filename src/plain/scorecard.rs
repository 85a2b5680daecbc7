//! The account as lines: every point with its reason.

use crate::front::review::Scorecard;
use crate::plain::write::{indented, labelled};
use crate::words::number;

/// The whole account; of an exercise that did not reach ENDEX it says so.
pub(super) fn write(scorecard: &Scorecard, ended: bool) -> String {
    let mut out = String::new();
    if !ended {
        out += &labelled(
            "NOTE",
            "ENDEX was not reached; what had still to come is not in these points.",
        );
    }
    for objective in &scorecard.objectives {
        let sum = format!(
            "{}: {} of {}",
            objective.title,
            number(objective.points),
            number(objective.worth)
        );
        out += &labelled("OBJECTIVE", &sum);
        for line in &objective.lines {
            let luck = if line.luck { ", luck" } else { "" };
            let at = &line.at;
            let text = format!(
                "{:+} {} {}{luck}: {} (from {})",
                line.points, at.date, at.time, line.because, line.from
            );
            out += &indented(&text, "  ", "    ");
        }
        if objective.lines.is_empty() {
            out += &indented("Nothing was won or lost.", "  ", "    ");
        }
    }
    out + &labelled(
        "TOTAL",
        &format!("{} of {}", number(scorecard.total), number(scorecard.worth)),
    )
}
