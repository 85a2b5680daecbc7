//! What the start screen lists, and what is read before STARTEX.

use std::path::Path;

use jiff::Timestamp;

use crate::front::seats::RoleBrief;
use crate::front::{Briefing, ScenarioOffer, Unfinished};
use crate::journal::{self, Shelved};
use crate::library;
use crate::room::HISTORY;
use crate::room::table::{ExerciseTable, TableUse};
use crate::scenario::read::read;
use crate::scenario::{Role, Text};

/// The most exercises that the start screen offers to resume. `sandtable exercises` lists older ones.
const UNFINISHED_MOST: usize = 9;

/// Exercises of a folder that can be resumed, the latest first, without those that cannot be read.
pub(super) fn unfinished(folder: &Path) -> Vec<Unfinished> {
    let found = journal::unfinished(folder, UNFINISHED_MOST).unwrap_or_default();
    found.into_iter().filter_map(resumable).collect()
}

fn resumable(found: Shelved) -> Option<Unfinished> {
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

/// A scenario as the start screen offers it; none if it cannot be read.
pub(super) fn offer(name: &str) -> Option<ScenarioOffer> {
    let found = library::find(name).ok()?;
    let scenario = read(&found.folder).0?;
    let variants = scenario.variants.iter();
    let variants = variants.map(|it| {
        (
            it.id.value.clone(),
            it.title.value.clone(),
            prose(it.text.as_ref()),
        )
    });
    // The first is played if none is named. If it changes anything, the scenario as written comes before it.
    let first = scenario.variants.first();
    let changes = first.is_some_and(|first| !first.initial.is_empty());
    let as_written = changes.then(|| (String::new(), "As written".to_owned(), String::new()));
    let cuts = scenario.cuts.iter();
    Some(ScenarioOffer {
        id: name.to_owned(),
        title: scenario.title.value.clone(),
        summary: prose(scenario.summary.as_ref()),
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

/// What people read before STARTEX.
pub(super) fn briefing(table: &ExerciseTable) -> Briefing {
    let script = &table.program.script;
    let scenario = &script.scenario;
    let mut text = prose(scenario.briefing.as_ref());
    if let Some(so_far) = script.cut.and_then(|cut| scenario.cuts[cut].text.as_ref()) {
        text = format!("{}\n\n{}", text.trim_end(), so_far.text.value);
    }
    let brief = |role: &Role| RoleBrief {
        id: role.id.value.clone(),
        title: role.title.value.clone(),
        brief: prose(role.brief.as_ref()),
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
        history: matches!(table.used, TableUse::Showing(_)),
        replay: table.used.is_replay(),
        follow: matches!(table.used, TableUse::Following(_)),
        team: table.team.clone(),
        seats: table.seat_requests(),
    }
}

/// The words of a text; empty if there is none.
fn prose(text: Option<&Text>) -> String {
    text.map_or_else(String::new, |text| text.text.value.clone())
}
