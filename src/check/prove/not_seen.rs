//! Whatever happened in none of many random exercises.

use super::Claim;
use super::named::WrittenNames;
use crate::finding::{Finding, Place};
use crate::program::ids::{InjectId, PhaseId};
use crate::program::{Owner, Program};
use crate::search::sample::Sample;
use crate::words;

pub(super) const NAME: &str = "not-seen";

/// In a cut only its own phases count.
pub(super) fn run(program: &Program, sample: &Sample, claims: &mut Vec<Claim>) {
    let names = WrittenNames(program);
    let plays = words::count(sample.plays as i64, "random exercise", "random exercises");
    let mut add = |place: Place, headline: String| {
        let hint = "It may be rare: this is a sample, not a proof. Play more with `--plays`, or let `sandtable check --prove` search every way.";
        let finding = Finding::warning(NAME, place, headline).hint(hint);
        claims.push(Claim::new(finding, String::new()));
    };
    let played = |phase: PhaseId| (program.first..=program.last).contains(&phase);
    for (index, inject) in program.injects.iter().enumerate() {
        if sample.injects[index] > 0 || !played(inject.phase) {
            continue;
        }
        let id = InjectId::at(index);
        let written = &program.script.inject(id).id;
        let (what, name) = (names.kind_of(id), &written.value);
        add(
            written.place,
            format!("the {what} `{name}` came in none of {plays}"),
        );
    }
    for course in names.courses() {
        let owner = program.courses[course.id.index()].owner;
        let mut phases = (0..program.phases.len()).map(PhaseId::at);
        let here = phases.any(|phase| played(phase) && names.is_in(owner, phase));
        // If the question did not come, that is the finding.
        let asked = match owner {
            Owner::Action(_) => true,
            Owner::Option(decision, _) | Owner::Answer(decision, _) => {
                let asks = program.script.decision(decision).inject;
                asks.is_some_and(|inject| sample.injects[inject.index()] > 0)
            }
        };
        if sample.courses[course.id.index()] > 0 || !here || !asked {
            continue;
        }
        let (what, name) = (course.what, &course.name.value);
        let of = course.decision.and_then(|id| names.authored(id));
        let of = of.map_or_else(String::new, |(inject, _)| {
            format!(" of `{}`", inject.id.value)
        });
        add(
            course.name.place,
            format!("the {what} `{name}`{of} was taken in none of {plays}"),
        );
    }
    for (index, count) in sample.endings.iter().enumerate() {
        if *count == 0 {
            let (name, place) = names.ending(index);
            add(
                place,
                format!("none of {plays} reached the ending `{name}`"),
            );
        }
    }
}
