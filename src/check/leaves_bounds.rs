//! Arithmetic that can leave the bounds of a value.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::intervals::{Extent, Intervals};
use super::known::{Everything, Knowledge};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::program::expression::{Assign, EffectExpr, parse, parse_effect};
use crate::scenario::read::place_inside;
use crate::scenario::{Value, ValueKind};
use crate::words;

pub(super) const NAME: &str = "leaves-bounds";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let values = subject.scenario.values.iter();
    let numbers = values.filter_map(|value| match &value.kind {
        ValueKind::Number { min, max, .. } => {
            Some((value.id.value.as_str(), ((min.value, max.value), value)))
        }
        _ => None,
    });
    let numbers: BTreeMap<&str, (Extent, &Value)> = numbers.collect();
    let all = Everything::new(subject.scenario);
    // One missing `saturates` or too narrow a bound is one mistake, in however many effects it shows.
    let mut first: BTreeMap<&str, (Finding, i64)> = BTreeMap::new();
    for guarded in &subject.parts.blocks {
        if guarded.block.effects.is_empty() {
            continue;
        }
        let steps = Cell::new(0);
        let mut known = Knowledge::new(&all, &steps);
        for guard in &guarded.guards {
            if let Ok(node) = parse(&guard.value) {
                known.assume(&node, true);
            }
        }
        // What cannot happen leaves no bounds.
        if known.is_impossible() {
            continue;
        }
        for written in &guarded.block.effects {
            let Ok(effect) = parse_effect(&written.value) else {
                continue;
            };
            let Some((bounds, value)) = numbers.get(effect.name.as_str()) else {
                continue;
            };
            let reach = reach(&effect, &mut known, *bounds);
            let is_lost = subject.scenario.lost.holds(&effect.name);
            let Some((reached, bound)) = reach.filter(|_| !value.saturates && !is_lost) else {
                continue;
            };
            let headline = format!(
                "this can bring `{}` to {}, beyond {}",
                effect.name,
                words::number(reached),
                words::number(bound)
            );
            let range = effect.name_range.start..effect.expression.range.end;
            let place = place_inside(&subject.scenario.sources, written, range);
            let hint = "Test it before, as in `when: x >= 1`, or say `saturates: true` if it should stop at its bound.";
            let finding = Finding::warning(NAME, place, headline)
                .related(value.id.place, "bounds here")
                .hint(hint);
            match first.entry(value.id.value.as_str()) {
                Entry::Vacant(entry) => {
                    entry.insert((finding, 0));
                }
                Entry::Occupied(mut entry) => {
                    let (earliest, more) = entry.get_mut();
                    *more += 1;
                    if finding.place < earliest.place {
                        *earliest = finding;
                    }
                }
            }
        }
    }
    for (mut finding, more) in first.into_values() {
        if more > 0 {
            let places = words::count(more, "more place", "more places");
            finding = finding.hint(format!("So can effects in {places}."));
        }
        findings.push(finding);
    }
}

/// How far an effect can bring a value beyond which bound, and what is known of the value after it.
fn reach(effect: &EffectExpr, known: &mut Knowledge, (min, max): Extent) -> Option<(i64, i64)> {
    let right = known.number(&effect.expression).and_then(|it| it.hull());
    let before = known.may_hold(&effect.name).and_then(Intervals::hull);
    let after = match (effect.assign, right, before) {
        (Assign::Set, right, _) => right,
        (Assign::Add, Some(right), Some(before)) => Some((before.0 + right.0, before.1 + right.1)),
        (Assign::Subtract, Some(right), Some(before)) => {
            Some((before.0 - right.1, before.1 - right.0))
        }
        _ => None,
    };
    let (low, high) = after.unwrap_or((min, max));
    let within = Intervals::between(low.clamp(min, max), high.clamp(min, max));
    known.set(&effect.name, within);
    // What is always outside is an error of its own.
    if effect.assign == Assign::Set && (high < min || low > max) {
        return None;
    }
    let above = (high > max).then_some((high, max));
    above.or_else(|| (low < min).then_some((low, min)))
}
