//! Whole conversations: what is found while files change, and what a server must bear.

use lsp_server::{Message, Notification, Request, RequestId};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Editor, FILES, uri};

const S: &str = "scenario.yaml";
const P: &str = "phases/access.yaml";
const R: &str = "record.yaml";
const L: &str = "plays/good.play";

const NOTHING: [&str; 0] = [];

/// A file, what is put into the place of what, and what is then found.
#[rustfmt::skip]
const FOUND: &[(&str, &str, &str, &[&str])] = &[
    (P, "citrix != cut", "citrx != cut", &["phases/access.yaml:20:36 unknown-name"]),
    (S, "  citrix:", "  farm:", &["scenario.yaml:15:3 unused-name", "scenario.yaml:17:16 unknown-name"]),
    (P, "to: [tech]", "to: [", &["phases/access.yaml:5:9 yaml-syntax"]),
    (S, "# allow missing-history: it is invented", "", &["scenario.yaml:2:5 missing-history"]),
    (R, "confidence: V", "confidence: X", &["record.yaml:4:78 bad-confidence"]),
    (L, "expect citrix cut", "expect citrix mfa", &["plays/good.play:8:1 unmet-expectation"]),
    (L, "expect citrix cut", "expect citrx cut", &["plays/good.play:8:8 bad-line"]),
    (L, "roll luck 1", "rol luck 1", &["plays/good.play:4:1 bad-line"]),
    (L, "variant ready", "variant redy", &["plays/good.play:1:9 bad-line"]),
];

#[test]
fn what_check_and_test_find_is_told_while_somebody_types() {
    for (file, old, new, expected) in FOUND {
        let mut editor = Editor::new();
        assert_eq!(editor.findings(), NOTHING);
        let before = editor.text(file).to_owned();
        assert!(before.contains(old), "no {old:?} in {file}");
        editor.write(file, &before.replacen(old, new, 1));
        assert!(editor.server.has_changes());
        assert_eq!(editor.findings(), *expected, "{new}");
        assert!(!editor.server.has_changes());
        editor.write(file, &before);
        assert_eq!(editor.findings(), NOTHING, "{new} is taken back");
    }
}

#[test]
fn every_open_file_is_told_of_with_its_version() {
    let mut editor = Editor::new();
    let text = editor.text(P).to_owned();
    editor.write(P, &text);
    let shown: Vec<(String, Value)> = editor
        .server
        .findings()
        .into_iter()
        .map(published)
        .collect();
    let expected = [(L, 1), (P, 2), (R, 1), (S, 1)];
    let expected = expected.map(|(file, version)| (uri(file), json!(version)));
    let mut sorted = shown;
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut expected = expected.to_vec();
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(sorted, expected);
}

fn published(message: Message) -> (String, Value) {
    let Message::Notification(Notification { params, .. }) = message else {
        panic!("findings are sent");
    };
    (
        params["uri"].as_str().unwrap_or_default().to_owned(),
        params["version"].clone(),
    )
}

#[test]
fn nothing_is_said_of_a_scenario_that_nobody_has_open() {
    let mut editor = Editor::new();
    editor.write(P, &FILES[1].1.replace("citrix != cut", "citrx != cut"));
    assert_eq!(editor.findings().len(), 1);
    for file in [S, P, R, L] {
        editor.tell(
            "textDocument/didClose",
            json!({"textDocument": {"uri": uri(file)}}),
        );
    }
    assert_eq!(editor.findings(), NOTHING);
    editor.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert!(!editor.server.has_changes(), "it is forgotten");
}

#[test]
fn a_part_without_its_scenario_is_no_part() {
    let mut editor = Editor::new();
    editor.write(P, &FILES[1].1.replace("citrix != cut", "citrx != cut"));
    assert_eq!(editor.findings().len(), 1);
    editor.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": uri(S)}}),
    );
    assert_eq!(editor.findings(), NOTHING);
    let answer = editor.ask_at("hover", P, 3, &json!({}));
    assert_eq!(answer, Ok(json!(null)));
    editor.open(S, FILES[0].1);
    assert_eq!(editor.findings().len(), 1);
}

#[test]
fn a_scenario_of_one_file_may_have_any_name() {
    let text = FILES[0]
        .1
        .replace("  access: {}\n", "")
        .replace(" && citrix", "");
    let mut editor = Editor::with(&[("drill.yml", &text)], &json!({}));
    let found = editor.findings();
    assert!(
        !found.is_empty() && found.iter().all(|it| it.starts_with("drill.yml:")),
        "{found:?}"
    );
    let mut editor = Editor::with(&[("compose.yaml", "services: {}\n")], &json!({}));
    assert!(!editor.server.has_changes(), "it is somebody else's");
    assert_eq!(editor.findings(), NOTHING);
}

#[test]
fn changes_count_in_what_was_agreed() {
    let agreed = json!({"general": {"positionEncodings": ["utf-16", "utf-8"]}});
    for (capabilities, column) in [(json!({}), 21), (agreed, 23)] {
        let ends = FILES[0]
            .1
            .replace("title: An exercise", "title: 🦀 An exercise");
        let text = ends.replace('\n', "\r\n");
        let mut editor = Editor::with(&[(S, &text)], &capabilities);
        let at = |column: u32| json!({"line": 2, "character": column});
        let change = json!({"range": {"start": at(column), "end": at(column)}, "text": "s"});
        let change_more =
            json!({"range": {"start": at(column + 1), "end": at(column + 1)}, "text": " é"});
        editor.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri(S), "version": 2}, "contentChanges": [change, change_more]}),
        );
        let path = crate::lsp::uri::path_of(&uri(S)).expect("a file");
        let now = editor.server.workspace.text(&path).expect("it is open");
        assert!(now.contains("title: 🦀 An exercises é\r\n"), "{now}");
    }
}

/// What editors leave out, or send as `null`.
#[test]
fn null_counts_as_left_out() {
    let text = FILES[0].1.replace("when: told", "when: tol");
    for (params, version) in [
        (json!({}), json!(null)),
        (json!({"version": null}), json!("1")),
    ] {
        let mut server = super::Server::default();
        let mut send = |message: Message| server.receive(message);
        let nulls = json!({"processId": null, "rootUri": null, "workspaceFolders": null, "capabilities": params.get("version")});
        let begun = send(Request::new(RequestId::from(1), "initialize".into(), nulls).into());
        assert!(matches!(&begun[..], [Message::Response(it)] if it.response_result.is_ok()));
        let mut document = json!({"uri": uri(S), "languageId": null, "text": text});
        document
            .as_object_mut()
            .expect("a map")
            .extend(params.as_object().cloned().expect("a map"));
        let mut tell = |method: &str, params: Value| {
            let told = send(Notification::new(method.into(), params).into());
            assert!(told.is_empty(), "{told:?}");
        };
        tell("initialized", json!(null));
        tell("textDocument/didOpen", json!({"textDocument": document}));
        let at = json!({"line": 0, "character": 0});
        let changes = json!([{"range": {"start": at, "end": at}, "rangeLength": null, "text": "x"}, {"range": null, "text": text}]);
        let changed = json!({"uri": uri(S), "version": version});
        tell(
            "textDocument/didChange",
            json!({"textDocument": changed, "contentChanges": changes}),
        );
        assert!(!server.findings().is_empty());
        let here = json!({"textDocument": {"uri": uri(S)}, "position": at, "range": {"start": at, "end": at},
            "context": null, "workDoneToken": null});
        for method in [
            "hover",
            "completion",
            "definition",
            "references",
            "documentSymbol",
            "codeAction",
            "prepareRename",
        ] {
            let asked = Request::new(
                RequestId::from(2),
                format!("textDocument/{method}"),
                here.clone(),
            );
            let answered = server.receive(asked.into());
            assert!(
                matches!(&answered[..], [Message::Response(it)] if it.response_result.is_ok()),
                "{method}: {answered:?}"
            );
        }
    }
}

#[test]
fn a_message_that_cannot_be_read_is_reported() {
    let cases = [
        (
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri(S)}}),
            "window/showMessage",
        ),
        ("textDocument/didOpen", json!(null), "window/showMessage"),
        (
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri(S)}}),
            "window/showMessage",
        ),
        (
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri("phases/b.yaml")}, "contentChanges": []}),
            "window/showMessage",
        ),
        ("textDocument/didClose", json!({}), "window/showMessage"),
        (
            "textDocument/didOpen",
            json!({"textDocument": {"uri": "untitled:1", "text": ""}}),
            "window/logMessage",
        ),
    ];
    for (method, params, expected) in cases {
        let told = Editor::new().tell(method, params.clone());
        let [Message::Notification(told)] = &told[..] else {
            panic!("{method} {params}: {told:?}");
        };
        assert_eq!(told.method, expected, "{method} {params}");
        assert!(
            told.params["message"]
                .as_str()
                .is_some_and(|it| it.starts_with("sandtable: "))
        );
    }
}

#[test]
fn a_document_has_several_spellings_and_answers_use_the_one_it_was_opened_with() {
    let spelled = "file:///nowhere/my exercises/[1] für alle/small.yaml";
    let other = "file://localhost/nowhere/my%20exercises/%5b1%5D%20f%c3%BCr%20alle/small.yaml";
    let text = FILES[0]
        .1
        .replace("  access: {}\n", "")
        .replace("when: told", "when: tol");
    let text = text.replace("told: false", "told: false\n  told: true");
    let mut editor = Editor::with(&[], &json!({}));
    let opened = json!({"uri": spelled, "version": 1, "text": "format: 1\nstartex: 1\n"});
    editor.tell("textDocument/didOpen", json!({"textDocument": opened}));
    let changed =
        json!({"textDocument": {"uri": other, "version": 2}, "contentChanges": [{"text": text}]});
    editor.tell("textDocument/didChange", changed);
    let told = editor.server.findings();
    let [Message::Notification(told)] = &told[..] else {
        panic!("one document: {told:?}");
    };
    assert_eq!(told.params["uri"], spelled);
    let found = told.params["diagnostics"].as_array().expect("a list");
    let related = found
        .iter()
        .find(|it| it["code"] == "repeated-key")
        .expect("it is found");
    assert_eq!(related["relatedInformation"][0]["location"]["uri"], spelled);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let asked = json!({"textDocument": {"uri": other}, "range": whole, "context": {}});
    let offered = editor
        .ask("textDocument/codeAction", asked)
        .expect("an answer");
    assert!(
        !offered[0]["edit"]["changes"][other].is_null(),
        "as it was asked: {offered}"
    );
    editor.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": other}}),
    );
    let told = editor.server.findings();
    assert!(
        matches!(&told[..], [Message::Notification(it)] if it.params["diagnostics"] == json!([])),
        "{told:?}"
    );
}

#[test]
fn a_conversation_has_an_order() {
    let mut editor = Editor::with(&[], &json!({}));
    let again = editor.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(again, Err("the conversation has already begun".to_owned()));
    assert_eq!(editor.ask("shutdown", json!(null)), Ok(json!(null)));
    let late = editor.ask("textDocument/hover", json!({}));
    assert_eq!(late, Err("the conversation is over".to_owned()));
    editor.tell("exit", json!(null));
    assert_eq!(
        editor.server.stage,
        super::super::LspStage::Ended { well: true }
    );
    let mut new = Editor::with(&[], &json!({}));
    new.tell("exit", json!(null));
    assert_eq!(
        new.server.stage,
        super::super::LspStage::Ended { well: false }
    );
    let unknown = Editor::with(&[], &json!({})).ask("textDocument/foldingRange", json!({}));
    assert_eq!(
        unknown,
        Err("`textDocument/foldingRange` is not supported".to_owned())
    );
}

#[test]
fn an_editor_that_can_is_asked_to_watch_files() {
    let can = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    for (capabilities, asked) in [(can, 1), (json!({}), 0)] {
        let mut editor = Editor::with(&[], &capabilities);
        assert_eq!(editor.tell("initialized", json!({})).len(), asked);
    }
}

/// Pieces that break YAML, plays and lines.
const PIECES: [&str; 14] = [
    "\n", "  ", ": ", "[", "}", "\"", "'", "- ", "é🦀", "\r\n", "# allow ", "\u{feff}", "|\n", "\t",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_text_and_no_question_ends_it(
        edits in prop::collection::vec((0..4_usize, any::<u16>(), 0..40_usize, 0..PIECES.len()), 1..8),
    ) {
        let mut editor = Editor::new();
        for (file, at, gone, piece) in edits {
            let file = FILES[file].0;
            let text = editor.text(file).to_owned();
            let bound = |mut at: usize| {
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let start = bound(usize::from(at) % (text.len() + 1));
            let end = bound((start + gone).min(text.len()));
            let new = format!("{}{}{}", &text[..start], PIECES[piece], &text[end..]);
            editor.write(file, &new);
            let cursor = start + PIECES[piece].len();
            for method in ["hover", "completion", "definition", "prepareRename", "rename"] {
                let _ = editor.ask_at(method, file, cursor, &json!({"newName": "other"}));
            }
            let params = json!({"textDocument": {"uri": uri(file)}});
            prop_assert!(editor.ask("textDocument/documentSymbol", params).is_ok());
            editor.findings();
        }
    }
}
