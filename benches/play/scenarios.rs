//! What is measured: the scenarios of the repository, and one made to any size.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use sandtable::program::{Program, Setup, compile};
use sandtable::scenario::read::{Folder, read};

/// Folders of `scenarios/`, and `generated`, which is always there.
pub const NAMES: [&str; 3] = ["advanced-2022", "starter", "generated"];

/// Lines of the generated scenario that is played: a small one, so that it can be explored.
const PLAYED_LINES: usize = 100;

/// A compiled scenario; none, with a message, where it is not there or has mistakes.
pub fn compiled(name: &str) -> Option<Program> {
    let folder = match name {
        "generated" => generated(PLAYED_LINES),
        _ => folder(name)?,
    };
    let (scenario, findings, _) = read(&folder);
    let Some(scenario) = scenario else {
        eprintln!(
            "skipped: {name} cannot be read: {} findings",
            findings.len()
        );
        return None;
    };
    let (program, findings) = compile(&Arc::new(scenario), &Setup::default());
    if program.is_none() {
        eprintln!(
            "skipped: {name} cannot be compiled: {} findings",
            findings.len()
        );
    }
    program
}

fn folder(name: &str) -> Option<Folder> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    if !root.join("scenario.yaml").exists() {
        eprintln!("skipped: there is no scenarios/{name}");
        return None;
    }
    let mut files = BTreeMap::new();
    for part in ["", "phases/"] {
        let Ok(entries) = std::fs::read_dir(root.join(part)) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = format!("{part}{}", entry.file_name().to_string_lossy());
            if Folder::wants(&path) {
                files.insert(path, std::fs::read(entry.path()).ok()?);
            }
        }
    }
    Some(Folder {
        path: name.to_owned(),
        files,
        single: false,
    })
}

const HEAD: &str = "\
format: 1
id: generated
title: A generated scenario
summary: It is as long as it is asked to be.
briefing: It is as long as it is asked to be.
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 1800d
roles:
  tech: {title: Technical lead}
objectives:
  contain: {title: Contain it, worth: 20}
values:
  guard: {one_of: [down, up, doubled], initial: down, title: The guard}
  crews: {min: 0, max: 12, initial: 12, title: Crews free}
  queue: {min: 0, max: 9000, initial: 0, saturates: true, grows: [{add: 3, every: 1h, when: guard == down}]}
board: [{lamp: guard}, {gauge: crews}]
phases:
";

/// Injects of one phase: enough to look like a real one, few enough that a phase stays small.
const INJECTS: usize = 4;

/// A scenario of about so many lines: phases of a day, each with injects that ask.
pub fn generated(lines: usize) -> Folder {
    let mut text = HEAD.to_owned();
    let mut phases = 0;
    while text.lines().count() < lines {
        phase(&mut text, phases);
        phases += 1;
    }
    text.push_str("endings:\n  over: {title: Over, text: It is over.}\n");
    // The last phase leads to ENDEX, every other one to the next.
    let text = text.replace(&format!("to: phase_{phases}}}"), "to: endex}");
    Folder::single("generated.yaml", text.into_bytes())
}

fn phase(text: &mut String, number: usize) {
    let next = number + 1;
    let _ = write!(
        text,
        "  phase_{number}:\n    title: A phase\n    injects:\n"
    );
    for inject in 0..INJECTS {
        let name = format!("inject_{number}_{inject}");
        let at = inject * 5 + 1;
        let _ = write!(
            text,
            "      {name}:
        at: {at}h
        to: [tech]
        by: The analyst
        via: alert
        title: Something happens
        text: |
          Something has happened that nobody expected, and it goes on happening.
          The people who look after it ask what to do.
        asks:
          question: What do you do about it?
          within: 2h
          default: watch
          options:
            watch: {{label: Note it and watch}}
            cut:
              label: Cut it off
              needs: crews >= 1 && guard != doubled
              uses: {{crews: 1}}
              takes: 30m
              then:
                - chance: luck_{name}
                  outcomes:
                    - {{odds: 70, do: [guard = up], score: {{contain: 2}}, because: It is gone.}}
                    - {{odds: 30, do: [guard = down], because: It comes back.}}
"
        );
    }
    let _ = writeln!(text, "    ends: [{{at: 1d, to: phase_{next}}}]");
}
