//! The pages of the rules are tests: whatever *Example* marks with `<-` is found, and nothing else; *Instead* is clean.
//!
//! A block of YAML may be only a piece: a base provides the rest. Pieces of a phase (`injects:`, `ends:`…) go into the only
//! phase of the base. A block that begins with `# record.yaml` is that file.

use std::collections::BTreeMap;

use crate::check::{RULES, check_with, prove, rule};
use crate::scenario::read::Folder;
use crate::search::Budget;

const BASE: &str = "\
format: 1
id: example
title: An example
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 2d
margin: 0
roles: {lead: {title: Incident lead}}
objectives: {contain: {title: Contain the attack, worth: 100}}
endex: [{score: {contain: 100}, because: It is contained.}]
endings: {over: {title: Over, text: It is over.}}
";

const PHASE: &str = "ends: [{at: 6h, to: endex}]\n";

const OF_A_PHASE: [&str; 5] = ["begins", "injects", "decisions", "ends", "bands"];

/// Rules whose example cannot be a piece of YAML on a page: it is about bytes, sizes, files or plays.
const WITHOUT_EXAMPLE: [&str; 15] = [
    "bad-line",
    "control-character",
    "misplaced-line",
    "never-came",
    "no-expectation",
    "not-proven",
    "not-seen",
    "not-utf8",
    "refused-move",
    "too-deep",
    "too-large",
    "too-many-findings",
    "unmet-expectation",
    "unused-file",
    "unused-roll",
];

/// A mark in a block: the file, the number of the line, and a part of the headline.
pub(super) type ExpectedFinding = Vec<(&'static str, usize, String)>;

#[test]
fn pages_show_what_is_found_and_what_is_not() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let example = blocks(rule.page, "Example");
        assert_eq!(
            example.is_empty(),
            WITHOUT_EXAMPLE.contains(&rule.name),
            "{}",
            rule.name
        );
        if example.is_empty() {
            continue;
        }
        let (found, marked) = checked(rule.name, &example);
        let fits = |(finding, mark): (&PageFinding, &(&str, usize, String))| {
            let (name, file, line, headline) = finding;
            name == rule.name && file == mark.0 && *line == mark.1 && headline.contains(&mark.2)
        };
        if marked.is_empty() || found.len() != marked.len() || !found.iter().zip(&marked).all(fits)
        {
            wrong.push(format!(
                "{}: Example: {found:?}, marked {marked:?}",
                rule.name
            ));
        }
        let (found, _) = checked(rule.name, &blocks(rule.page, "Instead"));
        if !found.is_empty() {
            wrong.push(format!("{}: Instead: {found:?}", rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_has_its_headings_and_stands_in_the_list() {
    let list = include_str!("../../../docs/rules/README.md");
    let listed: Vec<&str> = list.lines().filter(|line| line.starts_with("- ")).collect();
    let lines: Vec<String> = RULES
        .iter()
        .map(|rule| format!("- [{0}]({0}.md): {1}", rule.name, rule.summary()))
        .collect();
    assert_eq!(listed, lines);
    for rule in RULES {
        assert!(
            rule.page.starts_with(&format!("# {}\n\n", rule.name)),
            "{}",
            rule.name
        );
        for heading in ["What it checks", "Why it matters", "Example", "Instead"] {
            let heading = format!("\n## {heading}\n\n");
            assert_eq!(
                rule.page.matches(&heading).count(),
                1,
                "{}: {heading}",
                rule.name
            );
        }
    }
}

#[test]
fn rules_are_found_by_name() {
    assert_eq!(
        rule("unknown-name").map(|rule| rule.name),
        Some("unknown-name")
    );
    assert!(rule("unknown").is_none());
    assert!(RULES.is_sorted_by_key(|rule| rule.name));
}

/// Rule, file, line and headline.
type PageFinding = (String, String, usize, String);

/// The folder that the blocks of a page make, and the marks in them.
pub(super) fn folder(blocks: &[String]) -> (Folder, ExpectedFinding) {
    let mut marked = Vec::new();
    let mut scenario = String::new();
    let mut files = BTreeMap::new();
    for block in blocks {
        if block.starts_with("# record.yaml") {
            let text = unmarked("record.yaml", block, &mut marked);
            files.insert("record.yaml".to_owned(), text.into_bytes());
        } else {
            scenario.push_str(block);
        }
    }
    let scenario = unmarked("scenario.yaml", &completed(&scenario), &mut marked);
    files.insert("scenario.yaml".to_owned(), scenario.into_bytes());
    let folder = Folder {
        path: String::new(),
        files,
        single: false,
    };
    (folder, marked)
}

fn checked(rule: &str, blocks: &[String]) -> (Vec<PageFinding>, ExpectedFinding) {
    let (folder, mut marked) = folder(blocks);
    let plays: &[&str] = if rule == "missing-history" {
        &[]
    } else {
        &["history"]
    };
    let (findings, sources) = if prove::NAMES.contains(&rule) {
        let proved = super::proved(&folder, Some(plays), Budget::default());
        (proved.findings, proved.sources)
    } else {
        check_with(&folder, Some(plays))
    };
    let found = findings.into_iter().map(|finding| {
        let (line, _) = sources.line_and_column(finding.place);
        let path = sources
            .get(finding.place.file)
            .map_or("", |source| &source.path);
        (
            finding.rule.to_owned(),
            path.to_owned(),
            line,
            finding.headline,
        )
    });
    marked.sort_by_key(|mark| std::cmp::Reverse(mark.0));
    (found.collect(), marked)
}

/// The blocks of YAML below a heading.
pub(super) fn blocks(page: &str, heading: &str) -> Vec<String> {
    let below = page.split(&format!("## {heading}\n")).nth(1).unwrap_or("");
    let section = below.split("\n## ").next().unwrap_or("");
    let blocks = section.split("```yaml\n").skip(1);
    blocks
        .filter_map(|block| Some(block.split_once("```")?.0.to_owned()))
        .collect()
}

/// The text without its marks, which are added to `marked` with their lines.
fn unmarked(file: &'static str, text: &str, marked: &mut ExpectedFinding) -> String {
    let mut bare = String::new();
    for (index, line) in text.lines().enumerate() {
        let (line, mark) = line.split_once("<- ").unwrap_or((line, ""));
        if !mark.is_empty() {
            marked.push((file, index + 1, mark.to_owned()));
        }
        let line = line.trim_end();
        bare.push_str(
            line.strip_suffix('#')
                .filter(|_| !mark.is_empty())
                .unwrap_or(line)
                .trim_end(),
        );
        bare.push('\n');
    }
    bare
}

/// A whole scenario from a piece: its top-level keys replace those of the base.
fn completed(piece: &str) -> String {
    let pieces = by_key(piece);
    let has = |key: &str| pieces.iter().any(|(name, _)| *name == key);
    let mut whole = String::new();
    for (key, text) in by_key(BASE) {
        if !has(key) {
            whole.push_str(&text);
        }
    }
    for (_, text) in pieces.iter().filter(|(key, _)| !OF_A_PHASE.contains(key)) {
        whole.push_str(text);
    }
    if !has("phases") {
        whole.push_str("phases:\n  access:\n    title: Access\n");
        let of_phase = pieces.iter().filter(|(key, _)| OF_A_PHASE.contains(key));
        let ends = (!has("ends")).then_some(PHASE);
        for text in of_phase.map(|(_, text)| text.as_str()).chain(ends) {
            for line in text.lines() {
                whole.extend(["    ", line, "\n"]);
            }
        }
    }
    whole
}

/// The parts of a text by top-level key; a comment belongs to the key below it.
fn by_key(text: &str) -> Vec<(&str, String)> {
    let mut pieces: Vec<(&str, String)> = Vec::new();
    let mut above = String::new();
    for line in text.lines() {
        if line.starts_with('#') {
            above.extend([line, "\n"]);
            continue;
        }
        match pieces.last_mut() {
            Some((_, piece)) if line.starts_with(' ') => piece.extend([line, "\n"]),
            _ => {
                let key = line.split(':').next().unwrap_or("");
                pieces.push((key, format!("{}{line}\n", std::mem::take(&mut above))));
            }
        }
    }
    pieces
}
