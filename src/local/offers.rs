//! What the start screen lists, and what is read before STARTEX.

use std::path::Path;

use jiff::Timestamp;

use crate::front::seats::{RoleBrief, SeatRequest};
use crate::front::{Briefing, ScenarioOffer, Unfinished};
use crate::journal::{self, Shelved};
use crate::library;
use crate::local::room::HISTORY;
use crate::local::table::ExerciseTable;

/// Exercises to go on with, on the start screen. What is older is listed by `sandtable exercises`.
const UNFINISHED_MOST: usize = 9;

/// Exercises of a folder that can be taken up again, the latest first. What cannot be read is not offered.
pub(super) fn unfinished(folder: &Path) -> Vec<Unfinished> {
    let found = journal::unfinished(folder, UNFINISHED_MOST).unwrap_or_default();
    found.into_iter().filter_map(entry).collect()
}

fn entry(found: Shelved) -> Option<Unfinished> {
    let summary = found.summary.ok()?;
    let written = Timestamp::try_from(found.written).ok()?;
    Some(Unfinished {
        exercise: found.path.to_str()?.to_owned(),
        name: found.name,
        scenario: summary.scenario,
        team: summary.team,
        written: written.strftime("%Y-%m-%d %H:%M").to_string(),
        moves: summary.moves,
    })
}

/// A scenario as it is offered; none where it cannot be read.
pub(super) fn offer(name: &str) -> Option<ScenarioOffer> {
    let found = library::find(name).ok()?;
    let (scenario, _, _) = crate::scenario::read::read(&found.folder);
    let scenario = scenario?;
    let text = |text: &Option<crate::scenario::Text>| {
        text.as_ref()
            .map_or_else(String::new, |text| text.text.value.clone())
    };
    let variants = scenario.variants.iter();
    let variants = variants.map(|it| (it.id.value.clone(), it.title.value.clone(), text(&it.text)));
    // The first is what is played where none is named, so it may change nothing.
    let first = scenario.variants.first();
    let changes = first.is_some_and(|first| !first.initial.is_empty());
    let as_written = changes.then(|| (String::new(), "As written".to_owned(), String::new()));
    let cuts = scenario.cuts.iter();
    Some(ScenarioOffer {
        id: name.to_owned(),
        title: scenario.title.value.clone(),
        summary: text(&scenario.summary),
        variants: as_written.into_iter().chain(variants).collect(),
        cuts: cuts
            .map(|it| {
                (
                    it.id.value.clone(),
                    it.title.value.clone(),
                    it.minutes.value,
                )
            })
            .collect(),
        history: found.plays.iter().any(|play| play.name == HISTORY),
    })
}

/// What is read before STARTEX of what lies on the table.
pub(super) fn briefing(table: &ExerciseTable) -> Briefing {
    let script = &table.program.script;
    let scenario = &script.scenario;
    let mut text = scenario
        .briefing
        .as_ref()
        .map_or_else(String::new, |text| text.text.value.clone());
    if let Some(so_far) = script.cut.and_then(|cut| scenario.cuts[cut].text.as_ref()) {
        text = format!("{}\n\n{}", text.trim_end(), so_far.text.value);
    }
    let brief = |role: &crate::scenario::Role| {
        let brief = role
            .brief
            .as_ref()
            .map_or_else(String::new, |brief| brief.text.value.clone());
        RoleBrief {
            id: role.id.value.clone(),
            title: role.title.value.clone(),
            brief,
        }
    };
    Briefing {
        title: scenario.title.value.clone(),
        text,
        roles: scenario.roles.iter().map(brief).collect(),
        objectives: scenario
            .objectives
            .iter()
            .map(|it| (it.title.value.clone(), it.worth.value))
            .collect(),
        seed: table.seed,
        history: table.steps.is_some(),
        replay: table.is_replay(),
        follow: table.tail.is_some(),
        team: table.team.clone(),
        seats: table.seats.iter().map(sitting).collect(),
    }
}

fn sitting(seat: &journal::RecordedSeat) -> SeatRequest {
    SeatRequest {
        roles: seat.roles.clone(),
        person: seat.person.clone(),
    }
}
