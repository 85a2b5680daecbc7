//! `sandtable export`

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::arguments::{ExportArgs, ExportAs};
use super::format::load_program;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble};
use crate::export::drn::DrnError;
use crate::export::{ATTACK_VERSION, AttackDomain, csv, dot, drn, graph, mermaid, msel, navigator};
use crate::files::{self, Existing, Named, OutputFile};
use crate::library::ScenarioFiles;
use crate::program::{Program, ProgramSetup};
use crate::{library, words};

/// Writes a scenario in the format of another program.
pub fn export(chosen: &ExportArgs) -> Result<u8, Trouble> {
    if chosen.form == ExportAs::MselXlsx && chosen.output.is_none() && io::stdout().is_terminal() {
        return Err(Trouble::new(
            "a workbook cannot be shown in a terminal",
            "Name a file with `-o FILE.xlsx`, or redirect the output with `>`.",
        ));
    }
    if let Some(path) = &chosen.output
        && !chosen.force
        && stands_there(path)
    {
        return Err(already_there(path));
    }
    let found = library::find(&chosen.scenario)?;
    if chosen.form == ExportAs::Drn {
        return export_process(chosen, &found);
    }
    if chosen.variant.is_some() || chosen.cut.is_some() {
        return Err(Trouble::new(
            "only a process can be exported for a variant or a cut",
            "Use `--variant` and `--cut` with `--as drn`, or leave them out.",
        ));
    }
    let Some(program) = load_program(&found, &ProgramSetup::default())? else {
        return Ok(EXIT_FINDINGS);
    };
    let (bytes, holds) = exported(&program, chosen)?;
    if let Some(path) = &chosen.output {
        write(path, chosen.force, &bytes)?;
        writeln!(io::stderr(), "wrote {}: {holds}", path.display())?;
    } else {
        let mut output = io::stdout().lock();
        output.write_all(&bytes)?;
        output.flush()?;
    }
    Ok(EXIT_FINE)
}

/// The bytes of an export, and a few words about what they hold.
fn exported(program: &Program, chosen: &ExportArgs) -> Result<(Vec<u8>, String), Trouble> {
    let form = chosen.form;
    let count = |count: usize, one, many| words::count(count as i64, one, many);
    Ok(match form {
        ExportAs::MselCsv => {
            let table = msel::injects(program);
            let rows = count(table.rows().len(), "inject", "injects");
            (csv::bytes(&table), rows)
        }
        ExportAs::MselXlsx => {
            let book = msel::book(program);
            let rows = count(book.tables[0].rows().len(), "inject", "injects");
            (workbook(&book)?, rows)
        }
        ExportAs::Mermaid | ExportAs::Dot => {
            let graph = graph::graph(program);
            let nodes = count(graph.nodes.len(), "node", "nodes");
            let edges = count(graph.edges.len(), "edge", "edges");
            let text = match form {
                ExportAs::Dot => dot::text(&graph),
                _ => mermaid::text(&graph),
            };
            if form == ExportAs::Mermaid && !mermaid::is_drawn(&text) {
                writeln!(
                    io::stderr(),
                    "note: the chart is too large for Mermaid's default settings; `--as dot` has no such limit"
                )?;
            }
            (text.into_bytes(), format!("{nodes}, {edges}"))
        }
        ExportAs::Navigator => {
            let layer = navigator::layer(program, chosen.domain.into());
            for (domain, ids) in &layer.left_out {
                writeln!(io::stderr(), "note: {}", left_out(*domain, ids))?;
            }
            if layer.techniques == 0 && layer.left_out.is_empty() {
                writeln!(
                    io::stderr(),
                    "note: the scenario names no ATT&CK technique; an inject names one with `maps: [ATT&CK T1486]`"
                )?;
            }
            let techniques = count(layer.techniques, "technique", "techniques");
            (layer.text.into_bytes(), techniques)
        }
        ExportAs::Drn => unreachable!("it is written while it is explored"),
    })
}

/// Says which techniques a layer leaves out, and why.
fn left_out(domain: Option<AttackDomain>, ids: &[String]) -> String {
    let (listed, one) = (words::list(ids), ids.len() == 1);
    let (is, layer) = (
        if one { "is" } else { "are" },
        if one { "it" } else { "them" },
    );
    match domain {
        Some(domain) => {
            let word = domain.word();
            format!(
                "{listed} {is} of another matrix of ATT&CK and left out; `--domain {word}` writes a layer with {layer}"
            )
        }
        None => {
            format!("{listed} {is} in no matrix of ATT&CK {ATTACK_VERSION}, and left out")
        }
    }
}

/// Writes the process while it is explored, since it may be larger than memory.
fn export_process(chosen: &ExportArgs, found: &ScenarioFiles) -> Result<u8, Trouble> {
    super::check_setup(found, chosen.variant.as_deref(), chosen.cut.as_deref())?;
    let setup = ProgramSetup {
        variant: chosen.variant.clone(),
        cut: chosen.cut.clone(),
    };
    let Some(program) = load_program(found, &setup)? else {
        return Ok(EXIT_FINDINGS);
    };
    let mut title = program.script.scenario.id.value.clone();
    for part in [&setup.variant, &setup.cut].into_iter().flatten() {
        title = format!("{title} {part}");
    }
    let states_max = chosen.states_max;
    let go_on = &mut |_| ControlFlow::Continue(());
    let written = match &chosen.output {
        Some(path) => {
            let mut begun = None;
            let place = &mut begun;
            let written = drn::write(
                &program,
                &title,
                states_max,
                move || Ok(place.insert(open(path, chosen.force)?)),
                go_on,
            );
            written.and_then(|written| {
                begun.map_or(Ok(()), OutputFile::finish)?;
                Ok(written)
            })
        }
        None => drn::write(&program, &title, states_max, || Ok(io::stdout()), go_on),
    };
    let written = match written {
        Ok(written) => written,
        Err(DrnError::TooLarge | DrnError::Stopped) => {
            let most = words::count(states_max as i64, "state", "states");
            return Err(Trouble::new(
                format!("the process has more than {most}; nothing was written"),
                "Allow more with `--states-max`, at about 150 bytes each, or export part of the scenario with `--cut`.",
            ));
        }
        Err(DrnError::Output(error)) => {
            return Err(match &chosen.output {
                Some(path) => unwritable(path, &error),
                None => error.into(),
            });
        }
    };
    if let Some(path) = &chosen.output {
        let states = words::count(written.states as i64, "state", "states");
        let choices = words::count(written.choices as i64, "choice", "choices");
        writeln!(
            io::stderr(),
            "wrote {}: {states}, {choices}",
            path.display()
        )?;
    }
    Ok(EXIT_FINE)
}

#[cfg(feature = "xlsx")]
fn workbook(book: &crate::export::table::Book) -> Result<Vec<u8>, Trouble> {
    crate::export::xlsx::bytes(book)
        .map_err(|error| Trouble::new(format!("cannot make the workbook: {error}"), ""))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: &crate::export::table::Book) -> Result<Vec<u8>, Trouble> {
    Err(Trouble::new(
        "this program was built without support for workbooks",
        "Use `--as msel-csv`, which every spreadsheet opens, or build it with `--features xlsx`.",
    ))
}

/// Writes a new file. With `force` it may replace an existing one.
fn write(path: &Path, force: bool, bytes: &[u8]) -> Result<(), Trouble> {
    files::write(path, Named::ByUser, existing(force), bytes)
        .map_err(|error| unwritable(path, &error))
}

fn open(path: &Path, force: bool) -> io::Result<OutputFile> {
    OutputFile::begin(path, Named::ByUser, existing(force))
}

fn existing(force: bool) -> Existing {
    if force {
        Existing::Replace
    } else {
        Existing::Keep
    }
}

/// Whether something would be lost: a device or a pipe is only written to.
fn stands_there(path: &Path) -> bool {
    match path.metadata() {
        Ok(kind) => kind.is_file() || kind.is_dir(),
        // A link that leads nowhere.
        Err(_) => path.is_symlink(),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::AlreadyExists => already_there(path),
        _ => Trouble::new(
            format!("cannot write {}: {error}", path.display()),
            "Name a file in an existing folder that you may write to.",
        ),
    }
}

fn already_there(path: &Path) -> Trouble {
    Trouble::new(
        format!("{} already exists", path.display()),
        "Nothing was changed. Use `--force` to overwrite it.",
    )
}
