//! Explanations, and where names are given and used.

use serde_json::json;

use super::Editor;

const S: &str = "scenario.yaml";
const P: &str = "phases/access.yaml";
const L: &str = "plays/good.play";

/// A place, and what an explanation begins with and holds.
#[rustfmt::skip]
const EXPLAINED: &[(&str, &str, &str, &str)] = &[
    (S, "star¦tex", "`startex` of a scenario, needed", "startex: 2022-08-02 21:00"),
    (P, "vi¦a: alert", "`via` of an inject", "via: alert"),
    (P, "via: al¦ert", "`via` of an inject", "via: alert"),
    (P, "is: docu¦mented", "`is` of a record mark, needed", "*inferred*"),
    (P, "within: 2¦h", "`within` of a decision", "within: 2h"),
    (P, "to: [te¦ch]", "role `tech`", "Technical lead"),
    (P, "cit¦rix != cut", "value `citrix`", "citrix: {one_of: [open, mfa, cut], initial: open, title: Citrix}"),
    (P, "citrix != cu¦t", "word `cut` of `citrix`", ""),
    (P, "chosen.odd_lo¦gon", "inject or decision `odd_logon`", "`watch`, `shut`"),
    (P, "chosen.odd_logon == sh¦ut", "option `shut` of `odd_logon`", "Shut it"),
    (P, "cho¦sen.odd_logon", "`chosen`", "The option that was taken"),
    (P, "sin¦ce(odd_logon)", "`since`", "-1 before that"),
    (P, "cites: [T-0¦1]", "entry of the record `T-01`", "confidence: V"),
    (P, "score: {con¦tain", "objective `contain`", "Contain \\*it\\*"),
    (S, "to: end¦ex", "`endex`", "The end of the exercise."),
    (S, "# allow missing-¦history", "# missing-history", "## Why it matters"),
    (L, "cho¦ose odd_logon", "`choose`", "`choose DECISION OPTION`"),
    (L, "choose odd_lo¦gon", "inject or decision `odd_logon`", ""),
    (L, "call_ncsc.con¦sent", "`consent`", "agree"),
    (L, "consent ag¦ree", "`agree`", ""),
    (L, "expect sc¦ore", "`score`", ""),
    (L, "wait un¦til", "`until`", ""),
];

#[test]
fn what_stands_under_the_pointer_is_explained() {
    for (file, marked, begins, holds) in EXPLAINED {
        let mut editor = Editor::new();
        let at = editor.find(file, marked);
        let answer = editor
            .ask_at("hover", file, at, &json!({}))
            .expect("it is answered");
        let text = answer["contents"]["value"].as_str().unwrap_or_default();
        assert_eq!(text.lines().next(), Some(*begins), "{marked}");
        assert!(text.contains(holds), "{marked}: {text}");
        assert!(answer["range"].is_object(), "{marked}");
    }
}

#[test]
fn a_text_of_the_author_is_not_explained() {
    let mut editor = Editor::new();
    for (file, marked) in [
        (P, "Some¦body is"),
        (P, "title: Odd lo¦gon"),
        (L, "2022-08-¦03"),
        (S, "An exer¦cise"),
    ] {
        let at = editor.find(file, marked);
        let answer = editor.ask_at("hover", file, at, &json!({}));
        assert_eq!(answer, Ok(json!(null)), "{marked}");
    }
}

#[test]
fn a_finding_is_explained_by_the_page_of_its_rule() {
    let mut editor = Editor::new();
    let text = editor.text(P).replace("to: [tech]", "to: [tehc]");
    editor.write(P, &text);
    assert_eq!(editor.findings(), ["phases/access.yaml:5:10 unknown-name"]);
    let at = editor.find(P, "to: [te¦hc]");
    let answer = editor
        .ask_at("hover", P, at, &json!({}))
        .expect("it is answered");
    let text = answer["contents"]["value"].as_str().unwrap_or_default();
    assert!(text.starts_with("# unknown-name\n"), "{text}");
}

/// A use of a name, where it is given, and how often it is used.
#[rustfmt::skip]
const GIVEN: &[(&str, &str, &str, usize)] = &[
    (P, "to: [te¦ch]", "scenario.yaml:10", 1),
    (P, "cit¦rix != cut", "scenario.yaml:15", 5),
    (P, "citrix != cu¦t", "scenario.yaml:15", 3),
    (P, "default: wa¦tch", "phases/access.yaml:17", 1),
    (P, "cites: [T-0¦1]", "record.yaml:4", 1),
    (P, "to: out¦age}", "scenario.yaml:22", 3),
    (P, "score: {con¦tain", "scenario.yaml:12", 2),
    (L, "variant re¦ady", "scenario.yaml:29", 1),
    (L, "choose odd_logon sh¦ut", "phases/access.yaml:18", 3),
    (L, "take call_n¦csc", "scenario.yaml:19", 2),
    (L, "call_n¦csc.consent", "scenario.yaml:19", 2),
    (L, "roll lu¦ck", "phases/access.yaml:25", 1),
];

#[test]
fn a_name_leads_to_where_it_is_given_and_used() {
    for (file, marked, giver, uses) in GIVEN {
        let mut editor = Editor::new();
        let at = editor.find(file, marked);
        let answer = editor
            .ask_at("definition", file, at, &json!({}))
            .expect("it is answered");
        let path = answer["uri"]
            .as_str()
            .expect("a place")
            .strip_prefix(super::ROOT);
        let line = answer["range"]["start"]["line"].as_u64().expect("a line") + 1;
        assert_eq!(
            format!("{}:{line}", path.expect("in the folder")),
            *giver,
            "{marked}"
        );
        let context = json!({"context": {"includeDeclaration": false}});
        let answer = editor
            .ask_at("references", file, at, &context)
            .expect("it is answered");
        assert_eq!(answer.as_array().map(Vec::len), Some(*uses), "{marked}");
    }
}

#[test]
fn the_names_of_a_file_lie_one_within_the_other() {
    let mut editor = Editor::new();
    let params = json!({"textDocument": {"uri": super::uri(P)}});
    let answer = editor
        .ask("textDocument/documentSymbol", params)
        .expect("it is answered");
    let [inject] = answer.as_array().expect("a list").as_slice() else {
        panic!("one inject: {answer}");
    };
    assert_eq!(
        (&inject["name"], &inject["detail"]),
        (&json!("odd_logon"), &json!("Odd logon"))
    );
    let options = inject["children"].as_array().expect("a list");
    let names: Vec<&str> = options
        .iter()
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert_eq!(names, ["watch", "shut"]);
}

#[test]
fn a_wrong_name_can_be_put_right() {
    let mut editor = Editor::new();
    let text = editor.text(P).replace("to: [tech]", "to: [tehc]");
    editor.write(P, &text);
    let at = editor.find(P, "to: [te¦hc]");
    let position = editor.position(P, at);
    let range = json!({"start": position, "end": position});
    let params = json!({"textDocument": {"uri": super::uri(P)}, "range": range, "context": {"diagnostics": []}});
    let before = editor.ask("textDocument/codeAction", params.clone());
    assert_eq!(before, Ok(json!([])), "nothing was found yet");
    editor.findings();
    let answer = editor
        .ask("textDocument/codeAction", params)
        .expect("it is answered");
    assert_eq!(answer[0]["title"], "Write `tech`");
    let edit = &answer[0]["edit"]["changes"][super::uri(P).as_str()][0];
    assert_eq!(edit["newText"], "tech");
}
