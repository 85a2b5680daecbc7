use sandtable::export::{AttackDomain, csv, dot, graph, mermaid, msel, navigator};
use sandtable::program::{Program, ProgramSetup};
use sandtable::scenario::read::Folder;
use sandtable::{check, library};

use super::author::Author;
use super::choices::Choices;
use super::{exercise, hold};

/// Writes a scenario as the input says, and plays it.
pub fn run(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let seed = choices.number();
    let text = Author::of(&mut choices).text;
    plays(&text, seed);
}

/// The scenario that an input writes.
pub fn written(bytes: &[u8]) -> String {
    let mut choices = Choices::of(bytes);
    let _ = choices.number();
    Author::of(&mut choices).text
}

/// Reads and compiles a scenario, and holds what must be so in every exercise of it. Whether there were any.
pub fn plays(text: &str, seed: u64) -> bool {
    let folder = Folder::single("it.yaml", text.as_bytes().to_vec());
    // What takes long and shows the same as reading does is done now and then.
    if seed.is_multiple_of(8) {
        let (found, sources) = check::check(&folder);
        hold::findings(&found, &sources);
    }
    match library::load(&folder, &setup(seed)) {
        Ok(loaded) => {
            exercise::holds(&loaded.program, seed);
            if seed.is_multiple_of(16) {
                exports(&loaded.program);
            }
            true
        }
        Err(rejected) => {
            hold::findings(&rejected.findings, &rejected.sources);
            false
        }
    }
}

/// The whole half of the time, else the variant or the cut that every scenario here has.
fn setup(seed: u64) -> ProgramSetup {
    let named = |name: &str| Some(name.to_owned());
    match seed % 4 {
        2 => ProgramSetup {
            variant: named("other_way"),
            cut: None,
        },
        3 => ProgramSetup {
            variant: None,
            cut: named("piece"),
        },
        _ => ProgramSetup::default(),
    }
}

fn exports(program: &Program) {
    let graph = graph::graph(program);
    assert!(!dot::text(&graph).is_empty());
    assert!(!mermaid::text(&graph).is_empty());
    assert!(!csv::bytes(&msel::injects(program)).is_empty());
    let _ = msel::book(program);
    for domain in AttackDomain::ALL {
        let _ = navigator::layer(program, domain);
    }
}
