//! Arithmetic that can leave the bounds of a value.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::intervals::{Extent, Intervals};
use super::known::{Everything, Knowledge};
use super::subject::Subject;
use crate::finding::{Finding, Findings};
use crate::program::expression::{Assign, parse, parse_effect};
use crate::scenario::read::place_inside;
use crate::scenario::{Value, ValueKind};
use crate::words;

pub(super) const NAME: &str = "leaves-bounds";

pub(super) fn run(subject: &Subject, findings: &mut Findings) {
    let values = &subject.scenario.values;
    let numbers: BTreeMap<&str, (Extent, &Value)> = values
        .iter()
        .filter_map(|value| match &value.kind {
            ValueKind::Number { min, max, .. } => {
                Some((value.id.value.as_str(), ((min.value, max.value), value)))
            }
            _ => None,
        })
        .collect();
    let all = Everything::of(subject.scenario);
    // One missing `saturates` or too narrow a bound is one mistake, in however many effects it shows.
    let mut first: BTreeMap<&str, (Finding, i64)> = BTreeMap::new();
    for guarded in &subject.walk.blocks {
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
            let Some(((min, max), value)) = numbers.get(effect.name.as_str()) else {
                continue;
            };
            let right = known.number(&effect.expression).and_then(|it| it.hull());
            let before = known.of(&effect.name).and_then(Intervals::hull);
            let after = match (effect.assign, right, before) {
                (Assign::Set, Some(right), _) => Some(right),
                (Assign::Add, Some(right), Some(before)) => {
                    Some((before.0 + right.0, before.1 + right.1))
                }
                (Assign::Subtract, Some(right), Some(before)) => {
                    Some((before.0 - right.1, before.1 - right.0))
                }
                _ => None,
            };
            let Some(after) = after else {
                known.set(&effect.name, Intervals::between(*min, *max));
                continue;
            };
            known.set(
                &effect.name,
                Intervals::between(after.0.clamp(*min, *max), after.1.clamp(*min, *max)),
            );
            // What can only lie outside is an error of its own.
            let never_within = effect.assign == Assign::Set && (after.1 < *min || after.0 > *max);
            let fits = after.0 >= *min && after.1 <= *max;
            if fits || never_within || value.saturates || subject.scenario.lost.holds(&effect.name)
            {
                continue;
            }
            let (reached, bound) = if after.1 > *max {
                (after.1, *max)
            } else {
                (after.0, *min)
            };
            let headline = format!(
                "this can bring `{}` to {}, beyond {}",
                effect.name,
                words::number(reached),
                words::number(bound)
            );
            let place = place_inside(
                &subject.scenario.sources,
                written,
                effect.name_range.start..effect.expression.range.end,
            );
            let hint = "Test it before, as in `when: x >= 1`, or say `saturates: true` where stopping at a bound is meant.";
            let finding = Finding::warning(NAME, place, headline)
                .related(value.id.place, "bounds here")
                .hint(hint);
            match first.get_mut(value.id.value.as_str()) {
                Some((earliest, more)) => {
                    *more += 1;
                    if finding.place < earliest.place {
                        *earliest = finding;
                    }
                }
                None => {
                    first.insert(&value.id.value, (finding, 0));
                }
            }
        }
    }
    for (finding, more) in first.into_values() {
        let places = words::count(more, "more place", "more places");
        findings.push(if more > 0 {
            finding.hint(format!("So can effects in {places}."))
        } else {
            finding
        });
    }
}
