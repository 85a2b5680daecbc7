//! An exercise as a play: its moves, and what to expect of them.

use std::fmt::Write as _;

use crate::engine::Event;
use crate::exercise::Exercise;
use crate::journal::{EntryKind, RecordedMove, RecordedRoll};
use crate::program::ids::ObjectiveId;
use crate::words;

impl Exercise {
    /// The moves that stand, as the text of a play that passes: how it starts, forced rolls, who decided and why as
    /// comments, and the points, the phase and the ending to expect. Improvised injects, votes and notes are left out.
    #[must_use]
    pub fn as_play(&self) -> String {
        let mut text = self.start();
        for entry in self.entries() {
            if let EntryKind::Move(step) = &entry.what {
                write_step(step, &mut text);
            }
        }
        text.push('\n');
        self.expect(&mut text);
        text
    }

    /// The lines before the first move.
    fn start(&self) -> String {
        let script = &self.program.script;
        let scenario = &script.scenario;
        let mut text = format!("# {}", words::one_line(&scenario.title.value));
        if !self.team.is_empty() {
            let _ = write!(text, ", played by {}", words::one_line(&self.team));
        }
        let _ = writeln!(text, "\nseed {}", self.seed);
        if let Some(variant) = &script.variant {
            let _ = writeln!(text, "variant {variant}");
        }
        if let Some(cut) = script.cut {
            let _ = writeln!(text, "cut {}", scenario.cuts[cut].id.value);
        }
        text.push('\n');
        text
    }

    /// The lines after the last move.
    fn expect(&self, text: &mut String) {
        let scenario = &self.program.script.scenario;
        let events = &self.history().events;
        let mut total = 0;
        for (at, objective) in scenario.objectives.iter().enumerate() {
            let id = ObjectiveId::at(at);
            let points = events.iter().map(|(_, event)| match event {
                Event::Scored {
                    objective, points, ..
                } if *objective == id => *points,
                _ => 0,
            });
            let points: i64 = points.sum();
            total += points;
            let _ = writeln!(text, "expect score {} {points}", objective.id.value);
        }
        let _ = writeln!(text, "expect total {total}");
        let state = &self.history().state;
        if let Some(id) = state.ended(&self.program) {
            let ending = &scenario.endings[id.index()].id.value;
            let _ = writeln!(text, "expect ending {ending}\nend");
        } else {
            let phase = &scenario.phases[state.phase(&self.program).index()];
            let _ = writeln!(text, "expect phase {}", phase.id.value);
        }
    }
}

/// A move, after a comment with who made it and why, and after the rolls that were forced.
fn write_step(step: &RecordedMove, text: &mut String) {
    if let Some(comment) = comment(step) {
        let _ = writeln!(text, "# {}", words::one_line(&comment));
    }
    let forced = |roll: &&RecordedRoll| {
        // A forced roll is the next one of its chance, so all rolls of that chance in this move are forced.
        let same = |it: &RecordedRoll| it.forced && it.chance == roll.chance;
        step.rolled.iter().any(same)
    };
    for roll in step.rolled.iter().filter(forced) {
        let _ = writeln!(text, "roll {} {}", roll.chance, roll.outcome);
    }
    let _ = writeln!(text, "{}", step.made);
}

/// Who decided, how sure they were, and why; none if nothing is known.
fn comment(step: &RecordedMove) -> Option<String> {
    let mut who = step.by.clone();
    if let Some(sure) = step.sure {
        who.push_str(if who.is_empty() { "" } else { ", " });
        let _ = write!(who, "{sure} % sure");
    }
    let parts = [who, step.why.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}
