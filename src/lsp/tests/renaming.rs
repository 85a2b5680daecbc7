//! Renaming: every place of a name and nothing else, or a reason why not.

use std::collections::BTreeMap;

use lsp_types::TextEdit;
use serde_json::{Value, json};

use super::{Editor, FILES, ROOT};
use crate::lsp::position::{Encoding, LineIndex};

const S: &str = "scenario.yaml";
const P: &str = "phases/access.yaml";
const R: &str = "record.yaml";
const L: &str = "plays/good.play";

/// A place, a new name, and how many places change in which files.
#[rustfmt::skip]
const RENAMED: &[(&str, &str, &str, &str)] = &[
    (P, "to: [te¦ch]", "desk", "phases/access.yaml 1, scenario.yaml 1"),
    (P, "cit¦rix != cut", "farm", "phases/access.yaml 2, plays/good.play 1, scenario.yaml 3"),
    (P, "citrix != cu¦t", "gone", "phases/access.yaml 2, plays/good.play 1, scenario.yaml 1"),
    (P, "odd_lo¦gon:", "logon", "phases/access.yaml 3, plays/good.play 3"),
    (P, "sh¦ut:", "lock", "phases/access.yaml 2, plays/good.play 2"),
    (P, "chance: lu¦ck", "fate", "phases/access.yaml 1, plays/good.play 1"),
    (S, "con¦tain:", "stop", "phases/access.yaml 1, plays/good.play 1, scenario.yaml 1"),
    (S, "out¦age:", "dark", "phases/access.yaml 2, plays/good.play 1, scenario.yaml 1"),
    (S, "rea¦dy:", "set", "plays/good.play 1, scenario.yaml 1"),
    (S, "call_n¦csc:", "call", "plays/good.play 2, scenario.yaml 1"),
    (R, "T-0¦1:", "A-7", "phases/access.yaml 1, record.yaml 1"),
    (R, "NE¦WS:", "PAPER", "record.yaml 2"),
    (L, "take call¦_ncsc", "call", "plays/good.play 2, scenario.yaml 1"),
];

#[test]
fn a_name_is_renamed_wherever_it_stands() {
    for (file, marked, wanted, expected) in RENAMED {
        let mut editor = Editor::new();
        assert_eq!(editor.findings(), [""; 0]);
        let at = editor.find(file, marked);
        let prepared = editor.ask_at("prepareRename", file, at, &json!({}));
        assert!(
            prepared.is_ok_and(|it| it["placeholder"].is_string()),
            "{marked}"
        );
        let edit = editor.ask_at("rename", file, at, &json!({"newName": wanted}));
        let edit = edit.unwrap_or_else(|reason| panic!("{marked}: {reason}"));
        let counts: Vec<String> = edits(&edit)
            .iter()
            .map(|(file, edits)| format!("{file} {}", edits.len()))
            .collect();
        assert_eq!(counts.join(", "), *expected, "{marked}");
        apply(&mut editor, &edit);
        assert_eq!(editor.findings(), [""; 0], "{marked} is {wanted}");
    }
}

/// A place, a new name, and why not.
#[rustfmt::skip]
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (P, "Some¦body", "x", "there is no name here"),
    (P, "vi¦a:", "x", "there is no name here"),
    (P, "to: [te¦ch]", "lead", "there is already a role `lead`"),
    (P, "wat¦ch:", "shut", "there is already an option `shut`"),
    (P, "to: [te¦ch]", "The Tech", "`The Tech` is not a name: names consist of lower-case letters, digits and `_`, and begin with a letter, with at most 48 characters"),
    (P, "to: [te¦ch]", "phase", "`phase` is a reserved word of expressions or plays"),
    (P, "sh¦ut:", "none", "`none` is a reserved word of expressions or plays"),
    (P, "citrix != cu¦t", "true", "`true` is a reserved word of expressions or plays"),
    (S, "cit¦rix: {", "cut", "something else would then mean `cut`: choose another name"),
    (S, "acc¦ess: {}", "entry", "the phase has a file of its own, and this editor cannot rename files: rename /nowhere/an exercise/phases/access.yaml first"),
    (R, "T-0¦1:", "a b", "`a b` is not a name: codes consist of letters, digits, `-`, `_`, `.` and `+`, with at most 48 characters"),
];

#[test]
fn what_cannot_be_renamed_says_why() {
    for (file, marked, wanted, reason) in REFUSED {
        let mut editor = Editor::new();
        let at = editor.find(file, marked);
        let answer = editor.ask_at("rename", file, at, &json!({"newName": wanted}));
        assert_eq!(answer, Err((*reason).to_owned()), "{marked} as {wanted}");
    }
}

#[test]
fn nothing_is_renamed_while_a_file_cannot_be_read() {
    let mut editor = Editor::new();
    editor.findings();
    editor.write(R, "entries: [");
    let at = editor.find(P, "to: [te¦ch]");
    let answer = editor.ask_at("rename", P, at, &json!({"newName": "desk"}));
    let reason = "/nowhere/an exercise/record.yaml cannot be read: correct it first";
    assert_eq!(answer, Err(reason.to_owned()));
}

#[test]
fn the_file_of_a_phase_follows_its_name() {
    let can = json!({"workspace": {"workspaceEdit": {"resourceOperations": ["create", "rename"]}}});
    let mut editor = Editor::with(&FILES[..4], &can);
    let at = editor.find(S, "acc¦ess: {}");
    let edit = editor
        .ask_at("rename", S, at, &json!({"newName": "entry"}))
        .expect("it is renamed");
    let last = edit["documentChanges"]
        .as_array()
        .and_then(|all| all.last());
    let expected = json!({
        "kind": "rename",
        "oldUri": format!("{ROOT}phases/access.yaml"),
        "newUri": format!("{ROOT}phases/entry.yaml"),
    });
    assert_eq!(last, Some(&expected));
}

/// The edits by file, however they are written.
fn edits(edit: &Value) -> BTreeMap<String, Vec<TextEdit>> {
    let changes = edit["changes"].as_object().expect("edits by file");
    let each = changes.iter().map(|(uri, edits)| {
        let file = uri.strip_prefix(ROOT).expect("in the folder").to_owned();
        (file, serde_json::from_value(edits.clone()).expect("edits"))
    });
    each.collect()
}

/// Makes the edits, as an editor does.
fn apply(editor: &mut Editor, edit: &Value) {
    for (file, mut edits) in edits(edit) {
        let mut text = editor.text(&file).to_owned();
        edits.sort_by_key(|it| std::cmp::Reverse(it.range.start));
        for TextEdit { range, new_text } in edits {
            let lines = LineIndex::new(&text, Encoding::Utf16);
            let bytes = lines.offset(range.start)..lines.offset(range.end);
            text.replace_range(bytes, &new_text);
        }
        editor.write(&file, &text);
    }
}
