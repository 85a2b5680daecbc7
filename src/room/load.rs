//! Opening what a face asks for: a scenario from the library, or what really happened in it.

use std::sync::Arc;

use crate::finding::Sources;
use crate::front::PlaySetup;
use crate::library::{self, ScenarioFiles};
use crate::play;
use crate::program::{Program, ProgramSetup};
use crate::room::HISTORY;
use crate::room::table::{ExerciseTable, ShownSteps, TableUse};
use crate::scenario::read::read;
use crate::words;

impl ExerciseTable {
    /// Opens a scenario of the library, to be played or to show what really happened.
    pub(super) fn open(setup: &PlaySetup, draw_seed: fn() -> u64) -> Result<Self, String> {
        let found =
            library::find(&setup.scenario).map_err(|error| format!("{error}. {}", error.hint()))?;
        if setup.history {
            return history(&found);
        }
        let wanted = ProgramSetup {
            variant: setup.variant.clone(),
            cut: setup.cut.clone(),
        };
        check_setup(&found, &wanted)?;
        let program = load(&found, &wanted)?;
        let seed = setup.seed.unwrap_or_else(draw_seed);
        let mut table = ExerciseTable::new(program, seed, found.folder);
        words::one_line(&setup.team)
            .trim()
            .clone_into(&mut table.team);
        table.sit(&setup.seats)?;
        table.take_back_allowed = setup.allow_take_back;
        Ok(table)
    }
}

fn load(found: &ScenarioFiles, setup: &ProgramSetup) -> Result<Arc<Program>, String> {
    let loaded = library::load(&found.folder, setup);
    loaded.map(|loaded| loaded.program).map_err(|rejected| {
        let first = rejected
            .findings
            .first()
            .map(|finding| finding.short(&rejected.sources))
            .unwrap_or_default();
        format!("the scenario has mistakes. `sandtable check` shows them all; the first: {first}")
    })
}

/// Whether the scenario has the variant and the cut that are wanted.
fn check_setup(found: &ScenarioFiles, wanted: &ProgramSetup) -> Result<(), String> {
    if wanted.variant.is_none() && wanted.cut.is_none() {
        return Ok(());
    }
    let (Some(scenario), _, _) = read(&found.folder) else {
        return Ok(());
    };
    let variants = scenario.variants.iter().map(|it| it.id.value.as_str());
    let cuts = scenario.cuts.iter().map(|it| it.id.value.as_str());
    check_name(
        "variant",
        wanted.variant.as_deref(),
        &variants.collect::<Vec<_>>(),
    )?;
    check_name("cut", wanted.cut.as_deref(), &cuts.collect::<Vec<_>>())
}

fn check_name(what: &str, wanted: Option<&str>, known: &[&str]) -> Result<(), String> {
    let Some(wanted) = wanted.filter(|it| !known.contains(it)) else {
        return Ok(());
    };
    let hint = match words::did_you_mean(wanted, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it has none.".to_owned(),
        None => format!("it has {}.", words::list(known)),
    };
    Err(format!("The scenario has no {what} `{wanted}`; {hint}"))
}

/// What really happened: the play of that name, run to its end to know its moves.
fn history(found: &ScenarioFiles) -> Result<ExerciseTable, String> {
    let text = found.plays.iter().find(|play| play.name == HISTORY);
    let text = text.ok_or_else(|| {
        "this scenario has no `plays/history.play`, so it cannot show what really happened"
            .to_owned()
    })?;
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    let program = load(found, &play.setup())?;
    let outcome = play::run(&program, &play);
    findings.extend(outcome.findings);
    if let Some(finding) = findings.first() {
        return Err(format!(
            "the play of what really happened does not run: {}",
            finding.short(&sources)
        ));
    }
    let mut table = ExerciseTable::new(program, play.seed(), found.folder.clone());
    table.luck = outcome.luck;
    table.used = TableUse::Showing(ShownSteps::History(outcome.moves));
    Ok(table)
}
