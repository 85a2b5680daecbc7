//! Opening what a face asks for: a scenario from the library, or what really happened in it.

use std::sync::Arc;

use crate::finding::Sources;
use crate::front::PlaySetup;
use crate::library::{self, OpenedScenario, ReadScenario};
use crate::play;
use crate::program::{Program, ProgramSetup};
use crate::room::HISTORY;
use crate::room::table::{ExerciseTable, ShownSteps, TableUse};
use crate::scenario::Scenario;
use crate::words;

impl ExerciseTable {
    /// Opens a scenario of the library, to be played or to show what really happened. It is read, unless somebody has done
    /// that already.
    pub(super) fn open(
        setup: &PlaySetup,
        opened: Option<OpenedScenario>,
        draw_seed: fn() -> u64,
    ) -> Result<Self, String> {
        let opened = opened.map_or_else(|| library::open(&setup.scenario), Ok);
        let opened = opened.map_err(|error| format!("{error}. {}", error.hint()))?;
        if setup.history {
            return history(opened);
        }
        let wanted = ProgramSetup {
            variant: setup.variant.clone(),
            cut: setup.cut.clone(),
        };
        if let Some(scenario) = &opened.read.scenario {
            check_setup(scenario, &wanted)?;
        }
        let program = compile(opened.read, &wanted)?;
        let seed = setup.seed.unwrap_or_else(draw_seed);
        let mut table = ExerciseTable::new(program, seed, opened.files.folder);
        words::one_line(&setup.team)
            .trim()
            .clone_into(&mut table.team);
        table.sit(&setup.seats)?;
        table.take_back_allowed = setup.allow_take_back;
        Ok(table)
    }
}

fn compile(read: ReadScenario, setup: &ProgramSetup) -> Result<Arc<Program>, String> {
    let loaded = read.compile(setup);
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
fn check_setup(scenario: &Scenario, wanted: &ProgramSetup) -> Result<(), String> {
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
fn history(opened: OpenedScenario) -> Result<ExerciseTable, String> {
    let files = opened.files;
    let text = files.plays.iter().find(|play| play.name == HISTORY);
    let text = text.ok_or_else(|| {
        "this scenario has no `plays/history.play`, so it cannot show what really happened"
            .to_owned()
    })?;
    let mut sources = Sources::default();
    let file = sources.add(&text.path, &text.text);
    let (play, mut findings) = play::parse(&text.text, file);
    let program = compile(opened.read, &play.setup())?;
    let outcome = play::run(&program, &play);
    findings.extend(outcome.findings);
    if let Some(finding) = findings.first() {
        return Err(format!(
            "the play of what really happened does not run: {}",
            finding.short(&sources)
        ));
    }
    let mut table = ExerciseTable::new(program, play.seed(), files.folder);
    table.luck = outcome.luck;
    table.used = TableUse::Showing(ShownSteps::History(outcome.moves));
    Ok(table)
}
