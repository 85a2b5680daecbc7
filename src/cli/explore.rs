//! `sandtable explore`

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use super::arguments::Explore;
use super::format::program_of;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble, known, output};
use crate::program::{Program, Setup};
use crate::search::{Budget, Exploration, explore as search};
use crate::{library, words};

/// Counts the reachable states of a scenario, by phase.
pub fn explore(chosen: &Explore) -> Result<u8, Trouble> {
    let found = library::find(&chosen.scenario)?;
    known(&found, chosen.variant.as_deref(), chosen.cut.as_deref())?;
    let setup = Setup {
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
    };
    let Some(program) = program_of(&found, &setup)? else {
        return Ok(EXIT_FINDINGS);
    };
    let budget = Budget {
        states_max: chosen.states_max,
        ..Budget::default()
    };
    let watched = io::stderr().is_terminal();
    let exploration = search(&program, budget, |phase, states| {
        if watched {
            let title = &program.script.scenario.phases[phase.index()].id.value;
            // Progress is a courtesy: where it cannot be written, exploring goes on.
            let _ = write!(
                io::stderr(),
                "\r{title}: {} states ",
                words::number(states as i64)
            );
        }
        ControlFlow::Continue(())
    });
    if watched {
        writeln!(io::stderr(), "\r{:60}\r", "")?;
    }
    write_table(&program, &exploration, &mut output())?;
    Ok(EXIT_FINE)
}

fn write_table(
    program: &Program,
    exploration: &Exploration,
    output: &mut impl Write,
) -> io::Result<()> {
    let number = |number: usize| words::number(number as i64);
    writeln!(
        output,
        "{:16} {:>12} {:>14} {:>14} {:>14}",
        "phase", "entering", "states", "most from one", "steps"
    )?;
    for phase in &exploration.phases {
        let id = &program.script.scenario.phases[phase.phase.index()].id.value;
        let (entering, states) = (number(phase.entering), number(phase.states));
        let (alone, steps) = (number(phase.most_alone), number(phase.steps));
        let partial = if phase.complete { "" } else { "  partial" };
        writeln!(
            output,
            "{id:16} {entering:>12} {states:>14} {alone:>14} {steps:>14}{partial}"
        )?;
    }
    writeln!(output)?;
    writeln!(output, "{:30} {:>12}", "ending", "final states")?;
    for (ending, states) in program
        .script
        .scenario
        .endings
        .iter()
        .zip(&exploration.endings)
    {
        writeln!(output, "{:30} {:>12}", ending.id.value, number(*states))?;
    }
    writeln!(output)?;
    writeln!(
        output,
        "{} bytes a state. Most from one: the most of up to 16 entering states explored alone.",
        exploration.state_bytes
    )?;
    if !exploration.complete {
        writeln!(
            output,
            "Partial: a phase holds more states than `--states-max` allows. What is counted is there, but it is not all."
        )?;
    }
    Ok(())
}
