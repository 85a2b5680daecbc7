//! The scorecard as lines: every point with its reason.

use crate::front::review::Scorecard;
use crate::front::sentences;
use crate::plain::write::{dated, item, labelled};
use crate::words::number;

/// The whole scorecard, with a note if ENDEX was not reached.
pub(super) fn write(scorecard: &Scorecard, ended: bool) -> String {
    let mut out = String::new();
    if !ended {
        out += &labelled("NOTE", sentences::NOT_REACHED);
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
            let at = dated(&line.at);
            let text = format!(
                "{:+} {at}{luck}: {} (from {})",
                line.points, line.because, line.from
            );
            out += &item(&text);
        }
        if objective.lines.is_empty() {
            out += &item(sentences::NOTHING_SCORED);
        }
    }
    out + &labelled(
        "TOTAL",
        &format!("{} of {}", number(scorecard.total), number(scorecard.worth)),
    )
}
