//! `sandtable export`

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use super::arguments::{Export, ExportAs};
use super::format::program_of;
use super::{EXIT_FINDINGS, EXIT_FINE, Trouble};
use crate::export::{csv, dot, graph, mermaid, msel, navigator};
use crate::program::{Program, Setup};
use crate::{library, words};

/// Writes a scenario in a format of somebody else's program.
pub fn export(chosen: &Export) -> Result<u8, Trouble> {
    if chosen.form == ExportAs::MselXlsx && chosen.output.is_none() && io::stdout().is_terminal() {
        return Err(Trouble::new(
            "a workbook is no text for a terminal",
            "Name a file with `-o FILE.xlsx`, or send it on with `>`.",
        ));
    }
    if let Some(path) = &chosen.output
        && !chosen.force
        && path.symlink_metadata().is_ok()
    {
        return Err(already_there(path));
    }
    let found = library::find(&chosen.scenario)?;
    let Some(program) = program_of(&found, &Setup::default())? else {
        return Ok(EXIT_FINDINGS);
    };
    let (bytes, holds) = exported(&program, chosen.form)?;
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

/// The bytes, and what they hold in a few words.
fn exported(program: &Program, form: ExportAs) -> Result<(Vec<u8>, String), Trouble> {
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
                    "note: it is larger than Mermaid draws with its usual settings; `--as dot` has no such limit"
                )?;
            }
            (text.into_bytes(), format!("{nodes}, {edges}"))
        }
        ExportAs::Navigator => {
            let layer = navigator::layer(program);
            if layer.techniques == 0 {
                writeln!(
                    io::stderr(),
                    "note: the scenario names no ATT&CK technique; `maps: [ATT&CK T1486]` on an inject would"
                )?;
            }
            let techniques = count(layer.techniques, "technique", "techniques");
            (layer.text.into_bytes(), techniques)
        }
    })
}

#[cfg(feature = "xlsx")]
fn workbook(book: &crate::export::table::Book) -> Result<Vec<u8>, Trouble> {
    crate::export::xlsx::bytes(book)
        .map_err(|error| Trouble::new(format!("cannot make the workbook: {error}"), ""))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_: &crate::export::table::Book) -> Result<Vec<u8>, Trouble> {
    Err(Trouble::new(
        "this program was built without workbooks",
        "Use `--as msel-csv`, which every spreadsheet opens, or build it with `--features xlsx`.",
    ))
}

/// Writes a file that was not there; with `force` in the place of one that was.
fn write(path: &Path, force: bool, bytes: &[u8]) -> Result<(), Trouble> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => already_there(path),
        _ => Trouble::new(
            format!("cannot write {}: {error}", path.display()),
            "Name a file in a folder that is there and may be written.",
        ),
    })
}

fn already_there(path: &Path) -> Trouble {
    Trouble::new(
        format!("{} is already there", path.display()),
        "Nothing was changed. `--force` writes over it.",
    )
}
