//! The limits in `docs/format.md` are those of the source.

use crate::docs::document;

/// A file, its constant with its value as they are written there, a row of the table by how it begins, and how the
/// limit stands in that row.
type Limit = (&'static str, &'static str, &'static str, &'static str);

const READ: &str = "src/scenario/read/limits.rs";
const COMPILE: &str = "src/program/compile/limits.rs";
const EXPRESSION: &str = "src/program/expression.rs";
const BARRED: &str = "src/exercise/barred.rs";
const JOURNAL: &str = "src/journal.rs";
const SHELF: &str = "src/journal/shelf.rs";

#[rustfmt::skip]
const LIMITS: [Limit; 52] = [
    (READ, "FILE_MAX_BYTES: usize = 4 << 20;", "a file; ", "4 MiB;"),
    (READ, "FOLDER_MAX_BYTES: usize = 32 << 20;", "a file; ", "32 MiB;"),
    (READ, "FILES_MAX: usize = 512;", "a file; ", "; 512"),
    (READ, "DEPTH_MAX: usize = 32;", "lists and mappings", "32;"),
    (READ, "NODES_MAX: usize = 200_000;", "lists and mappings", "200,000"),
    (READ, "FINDINGS_MAX: usize = 1_000;", "findings of one reading", "1,000"),
    (READ, "TEXT_MAX_BYTES: usize = 8 << 10;", "a text;", "8 KiB;"),
    (READ, "ID_MAX_CHARACTERS: usize = 48;", "a text;", "; 48 characters"),
    (READ, "SUBJECT_MAX_CHARACTERS: usize = 34;", "a text;", "; 34;"),
    (READ, "LABEL_MAX_CHARACTERS: usize = 52;", "a text;", "; 52;"),
    // How much of a text a headline quotes is no limit of what may be written.
    (READ, "QUOTED_MAX_CHARACTERS: usize = 40;", "", ""),
    (READ, "DURATION_MAX_MINUTES: i64 = 5 * 366 * 24 * 60;", "other numbers", "(2,635,200 minutes)"),
    (READ, "NUMBER_MAX: i64 = 1 << 40;", "other numbers", "2^40"),
    (EXPRESSION, "LENGTH_BYTES_MAX: usize = 2_000;", "an expression", "2,000 bytes"),
    (EXPRESSION, "DEPTH_MAX: usize = 32;", "an expression", "32 levels"),
    (EXPRESSION, "NUMBER_MAX: i64 = 1 << 53;", "an expression", "2^53"),
    (COMPILE, "REMEMBERED_MAX: usize = 10_000;", "values;", "10,000 of each"),
    (COMPILE, "LISTED_MAX: usize = 65_535;", "roles;", "65,535 of each"),
    (COMPILE, "OPTIONS_MAX: usize = 63;", "words of a value;", "; 63;"),
    (COMPILE, "OUTCOMES_MAX: usize = 255;", "words of a value;", "; 255"),
    (COMPILE, "WORDS_MAX: usize = 64;", "words of a value;", "64;"),
    (COMPILE, "ODDS_MAX: i64 = 1_000_000_000;", "the odds", "1,000,000,000"),
    (COMPILE, "REPEATS_MAX: i64 = 1_000;", "`repeats`", "1,000;"),
    (COMPILE, "TIMES_MAX: usize = 10_000;", "`repeats`", "10,000"),
    (COMPILE, "INSTANCES_MAX: u32 = 16;", "how often one option", "16"),
    (COMPILE, "CHAIN_MAX: usize = 32;", "injects that trigger", "32"),
    ("src/library/listing.rs", "NAMES_MAX: usize = 10_000;", "names in one", "10,000;"),
    ("src/library/search.rs", "SEARCHED_MAX: usize = 100_000;", "names in one", "100,000;"),
    ("src/library/search.rs", "DEPTH_MAX: usize = 6;", "names in one", "; 6"),
    ("src/values.rs", "VALUES_MAX_BYTES: usize = 8 << 20;", "stored values", "8 MiB;"),
    ("src/cli/settings.rs", "SETTINGS_MAX_BYTES: usize = 64 << 10;", "stored values", "64 KiB"),
    ("src/play/file.rs", "FINDINGS_MAX: usize = 1_000;", "findings of one play", "1,000"),
    (BARRED, "MOVES_MAX: usize = 20_000;", "moves;", "20,000;"),
    (BARRED, "INJECTS_MAX: usize = 200;", "moves;", "; 200;"),
    (BARRED, "TAKE_BACKS_MAX: usize = 200;", "moves;", "; 200 "),
    (JOURNAL, "JOURNAL_MAX_BYTES: usize = 2 * FOLDER_MAX_BYTES + (128 << 20);", "a journal;", "192 MiB;"),
    (JOURNAL, "LINE_MAX_BYTES: usize = 1 << 20;", "a journal;", " 1 MiB;"),
    (JOURNAL, "LINES_MAX: usize = 200_000;", "a journal;", "200,000"),
    (SHELF, "LOOKED_AT_MAX: usize = 20;", "exercises that the start", "; 20"),
    ("src/room/offers.rs", "UNFINISHED_MOST: usize = 9;", "exercises that the start", "9;"),
    ("src/journal/disk.rs", "BESIDE_MAX: usize = 1_000;", "names that are tried", "1,000"),
    ("src/local/lines.rs", "LINE_MOST: u64 = 4096;", "a line of input", "4,096 bytes"),
    ("src/tui/field.rs", "NAME_MAX_CHARACTERS: usize = 80;", "on the full screen", "80;"),
    ("src/tui/field.rs", "TEXT_MAX_CHARACTERS: usize = 600;", "on the full screen", "; 600 characters"),
    ("src/tui/input.rs", "PASTE_MAX_BYTES: usize = 64 * 1024;", "on the full screen", "64 KiB"),
    ("src/tui/exercise/console.rs", "COUNTDOWN_MAX_MINUTES: u32 = 120;", "a countdown", "120 minutes"),
    ("src/review/leads.rs", "BRANCHES_MAX: usize = 16;", "for the facilitator", "16;"),
    ("src/review/leads.rs", "RUNS_MAX: usize = 512;", "for the facilitator", "; 512"),
    ("src/export/table.rs", "CELL_MAX: usize = 32_767;", "characters in a cell", "32,767"),
    ("src/export/mermaid.rs", "TEXT_MAX: usize = 50_000;", "characters; edges", "50,000;"),
    ("src/export/mermaid.rs", "EDGES_MAX: usize = 500;", "characters; edges", "; 500"),
    ("src/export/drn.rs", "STATES_MAX: usize = 1_000_000;", "states of a process", "1,000,000"),
];

/// The rows of the section, without what frames them.
fn rows(markdown: &str) -> Vec<&str> {
    let section = markdown.split("\n## Limits\n").nth(1);
    let section = section.and_then(|rest| rest.split("\n## ").next());
    let lines = section.expect("there are limits").lines();
    lines.filter_map(|line| line.strip_prefix("| ")).collect()
}

#[test]
fn the_limits_that_are_documented_are_those_of_the_source() {
    let page = document("docs/format.md");
    let rows = rows(&page);
    for (file, constant, row, limit) in LIMITS {
        assert!(
            document(file).contains(&format!("const {constant}")),
            "{file} no longer has `{constant}`: change docs/format.md too"
        );
        let at_most = rows.iter().find(|it| it.starts_with(row));
        let at_most = at_most.and_then(|it| it.split_once(" | "));
        let (_, at_most) = at_most.unwrap_or_else(|| panic!("no row begins with {row:?}"));
        assert!(
            row.is_empty() || format!(" {at_most}").contains(limit),
            "docs/format.md does not give {limit:?} for `{constant}`: {at_most}"
        );
    }
}

/// Whoever adds a limit to one of these files documents it.
#[test]
fn no_limit_is_left_out() {
    for file in [READ, COMPILE, EXPRESSION, BARRED, JOURNAL, SHELF] {
        let source = document(file);
        let limits = source.lines().filter_map(|line| line.split_once("const "));
        let limits = limits.filter(|(_, it)| it.contains("_MAX"));
        for (_, constant) in limits {
            let is_listed = LIMITS.iter().any(|it| it.0 == file && it.1 == constant);
            assert!(
                is_listed,
                "{file}: `{constant}` is in no row of docs/format.md"
            );
        }
    }
}
