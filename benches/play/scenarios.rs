//! What is measured: the scenarios of the repository, and one made to any size.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use sandtable::program::{Program, ProgramSetup, compile};
use sandtable::scenario::read::{Folder, read};

/// Folders of `scenarios/`.
const FOLDERS: [&str; 2] = ["advanced-2022", "starter"];

/// Lines of the generated scenario that is played: a few phases.
const PLAYED_LINES: usize = 400;

/// What can be measured, compiled once. What cannot is said once.
static PROGRAMS: LazyLock<BTreeMap<&str, Program>> = LazyLock::new(|| {
    let generated = program(&generated(PLAYED_LINES)).expect("the generated scenario is sound");
    let mut programs = BTreeMap::from([("generated", generated)]);
    for name in FOLDERS {
        match folder(name).and_then(|folder| program(&folder)) {
            Ok(program) => {
                programs.insert(name, program);
            }
            Err(why) => eprintln!("{name} is left out: {why}"),
        }
    }
    programs
});

/// The names of what can be measured.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.keys().copied()
}

/// One of them.
pub fn compiled(name: &str) -> &'static Program {
    &PROGRAMS[name]
}

/// From a folder to its program, or why there is none.
pub fn program(folder: &Folder) -> Result<Program, String> {
    set_up(folder, &ProgramSetup::default())
}

/// The same for a variant or a cut.
pub fn set_up(folder: &Folder, setup: &ProgramSetup) -> Result<Program, String> {
    let (scenario, findings, _) = read(folder);
    let scenario = scenario.ok_or_else(|| format!("{} findings in reading", findings.len()))?;
    let (program, findings) = compile(&Arc::new(scenario), setup);
    let told = || findings.first().map_or("", |it| &it.headline).to_owned();
    program.ok_or_else(|| format!("{} findings in compiling: {}", findings.len(), told()))
}

/// A folder of `scenarios/`.
pub fn folder(name: &str) -> Result<Folder, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    let mut files = BTreeMap::new();
    for part in ["", "phases/"] {
        // A scenario need have no folder of phases; where nothing is there, reading says so.
        for entry in std::fs::read_dir(root.join(part)).into_iter().flatten() {
            let entry = entry.map_err(|error| error.to_string())?;
            let path = format!("{part}{}", entry.file_name().to_string_lossy());
            if Folder::wants(&path) {
                let bytes = std::fs::read(entry.path()).map_err(|error| error.to_string())?;
                files.insert(path, bytes);
            }
        }
    }
    Ok(Folder {
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
