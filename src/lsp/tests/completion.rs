//! What may stand where the cursor is.

use serde_json::json;

use super::{CURSOR, Editor};

/// What is put into the place of a piece of a file, and what is offered there.
type CompletionCase = (&'static str, &'static str, &'static str, &'static str);

const VALUES: &str = "told citrix engineers";
const ANYTHING: &str = "told citrix engineers phase chosen. taken. came. since( now() min( max(";

const S: &str = "scenario.yaml";
const P: &str = "phases/access.yaml";
const R: &str = "record.yaml";
const L: &str = "plays/good.play";

#[rustfmt::skip]
const NAMES: &[CompletionCase] = &[
    (P, "    to: [tech]\n", "    to: [¦]\n", "lead tech"),
    (P, "    to: [tech]\n", "    to: [¦\n", "lead tech"),
    (P, "    to: [tech]\n", "    to: [lead, te¦]\n", "lead tech"),
    (P, "    to: [tech]\n", "    to:\n    - ¦\n", "lead tech"),
    (P, "    to: [tech]\n", "    to:\n      - lead\n      - ¦\n", "lead tech"),
    (P, "    to: [tech]\n", "    inject: ¦\n", "odd_logon"),
    (P, "    to: [tech]\n", "    inject: [¦\n", "odd_logon"),
    (P, "      default: watch\n", "      default: ¦\n", "watch shut"),
    (P, "uses: {engineers: 1}", "uses: {¦}", "engineers"),
    (P, "uses: {engineers: 1}", "uses: {¦", "engineers"),
    (P, "score: {contain: 100}", "score: {¦", "contain"),
    (P, "score: {contain: 100}", "score: {con¦: 100}", "contain"),
    (P, "- chance: luck", "- chance: ¦", "luck"),
    (P, "{at: 1d, to: outage}", "{at: 1d, to: ¦}", "access outage endex"),
    (P, "{at: 1d, to: outage}", "{at: 1d, to: ¦", "access outage endex"),
    (P, "cites: [T-01]", "cites: [¦]", "T-01"),
    (P, "cites: [T-01]}]", "cites: [T-¦", "T-01"),
    (P, "cites: [T-01]}]", "cites: [\"T-¦", "T-01"),
    (S, "{lamp: citrix, good: [mfa]}", "{lamp: ¦}", VALUES),
    (S, "{lamp: citrix, good: [mfa]}", "{lamp: citrix, good: [¦]}", "open mfa cut"),
    (S, "{lamp: citrix, good: [mfa]}", "{lamp: told, good: [¦", "true false"),
    (S, "{gauge: engineers}", "{gauge: ¦}", "engineers"),
    (S, "{gauge: engineers}", "{clock: ¦}", "call_ncsc odd_logon"),
    (S, "initial: open,", "initial: ¦,", "open mfa cut"),
    (S, "initial: {citrix: mfa, told: true}", "initial: {citrix: ¦, told: true}", "open mfa cut"),
    (S, "initial: {citrix: mfa, told: true}", "initial: {citrix: mfa, told: ¦}", "true false"),
    (S, "initial: {citrix: mfa, told: true}", "initial: {¦}", VALUES),
    (S, "of: lead", "of: ¦", "lead tech"),
    (S, "default: refuse", "default: ¦", "agree refuse"),
    (R, "source: [NEWS]", "source: [¦]", "NEWS"),
    (R, "confidence: V", "confidence: V, rests_on: [¦]", "T-01"),
    (R, "confidence: V", "confidence: ¦", "V V- S D B"),
    // A name that is given is a new one.
    (P, "  odd_logon:\n", "  od¦:\n", ""),
];

#[rustfmt::skip]
const WORDS: &[CompletionCase] = &[
    (P, "via: alert", "via: ¦", "alert chat email letter meeting news note phone post report"),
    (P, "is: documented", "is: d¦", "documented inferred invented"),
    (S, "told: false", "told: {initial: false, hidden: ¦}", "true false"),
    (P, "title: Odd logon", "title: Odd ¦", ""),
    (P, "      Somebody is", "      Somebody ¦is", ""),
    (P, "    to: [tech]\n", "    to: [tech] # to¦\n", ""),
];

#[rustfmt::skip]
const FIELDS: &[CompletionCase] = &[
    (R, "  T-01: {says: It was 1 server., figures: [\"1\"], ", "  T-01: {says: x, ¦, ", "date figures rests_on"),
    (P, "    to: [tech]\n", "    ¦\n", "when repeats every to expect do score because inject chance outcomes maps"),
    (P, "    to: [tech]\n", "    t¦\n", "when repeats every to expect do score because inject chance outcomes maps"),
    (P, "    to: [tech]\n", "    record:\n      - ¦\n", "says is cites"),
    (P, "    to: [tech]\n", "    record:\n      - says: x\n        ¦\n", "is cites"),
    (P, "    to: [tech]\n", "    record:\n    - ¦\n      is: invented\n", "says cites"),
    (P, "    to: [tech]\n", "    record: [{¦", "says is cites"),
    (P, "[{says: one server, is: documented, cites: [T-01]}]", "[{says: one,\n              ¦,\n              is: invented}]", "cites"),
    (S, "  lead: {title: Incident lead}", "  lead: {¦}", "title brief record"),
    (S, "  lead: {title: Incident lead}", "  lead:\n    ¦", "title brief record"),
];

#[rustfmt::skip]
const EXPRESSIONS: &[CompletionCase] = &[
    (P, "needs: engineers >= 1 && citrix != cut", "needs: ¦", ANYTHING),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: eng¦ >= 1", ANYTHING),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: \"!¦", ANYTHING),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: (told ? ¦", ANYTHING),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: citrix == ¦", "open mfa cut"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: told && citrix != m¦", "open mfa cut"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: citrix in [¦", "open mfa cut"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: citrix in [mfa, ¦]", "open mfa cut"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: phase == ¦", "access outage"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: chosen.¦", "odd_logon"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: chosen.odd_logon == ¦", "watch shut none"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: taken.¦", "call_ncsc"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: came.o¦", "odd_logon"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: since(¦", "call_ncsc odd_logon"),
    (P, "needs: engineers >= 1 && citrix != cut", "needs: told == ¦", "true false told citrix engineers phase chosen. taken. came. since( now() min( max("),
    (P, "do: [citrix = cut]", "do: [¦]", VALUES),
    (P, "do: [citrix = cut]", "do: [citrix = ¦", "open mfa cut"),
    (P, "do: [citrix = cut]", "do: [engineers -= ¦]", ANYTHING),
    (P, "do: [citrix = cut]", "do: [engineers = ¦]", ANYTHING),
];

#[rustfmt::skip]
const PLAYS: &[CompletionCase] = &[
    (L, "roll luck 1", "¦", "choose take wait expect roll end seed variant cut"),
    (L, "roll luck 1", "choose ¦", "odd_logon"),
    (L, "roll luck 1", "choose odd_logon ¦", "watch shut"),
    (L, "roll luck 1", "choose odd_logon.¦", "watch shut"),
    (L, "roll luck 1", "choose odd_logon.shut.¦", "consent"),
    (L, "roll luck 1", "choose call_ncsc.con¦", "consent"),
    (L, "roll luck 1", "choose call_ncsc.consent ¦", "agree refuse"),
    (L, "roll luck 1", "take ¦", "call_ncsc"),
    (L, "roll luck 1", "wait ¦", "until for"),
    (L, "roll luck 1", "wait for ¦", "odd_logon"),
    (L, "roll luck 1", "roll ¦", "luck"),
    (L, "roll luck 1", "expect ¦", "told citrix engineers inject no chosen score total phase ending time"),
    (L, "roll luck 1", "expect citrix ¦", "open mfa cut"),
    (L, "roll luck 1", "expect citrix != ¦", "open mfa cut"),
    (L, "roll luck 1", "expect told ¦", "true false"),
    (L, "roll luck 1", "expect engineers ¦", "== >= <="),
    (L, "roll luck 1", "expect inject ¦", "odd_logon"),
    (L, "roll luck 1", "expect no ¦", "inject"),
    (L, "roll luck 1", "expect no inject ¦", "odd_logon"),
    (L, "roll luck 1", "expect chosen odd_logon ¦", "watch shut"),
    (L, "roll luck 1", "expect score ¦", "contain"),
    (L, "roll luck 1", "expect phase ¦", "access outage"),
    (L, "roll luck 1", "expect ending ¦", "known quiet"),
    (L, "variant ready", "variant ¦", "ready"),
    (L, "roll luck 1", "# choose ¦", ""),
];

#[test]
fn what_fits_is_offered() {
    for (file, old, new, expected) in [NAMES, WORDS, FIELDS, EXPRESSIONS, PLAYS].concat() {
        let mut editor = Editor::new();
        assert_eq!(
            offered(&mut editor, file, old, new).join(" "),
            expected,
            "{new:?}"
        );
    }
}

/// The labels of what is offered at the cursor in a new piece.
fn offered(editor: &mut Editor, file: &str, old: &str, new: &str) -> Vec<String> {
    let text = editor.text(file);
    assert!(text.contains(old), "no {old:?} in {file}");
    let marked = text.replacen(old, new, 1);
    let at = marked.find(CURSOR).expect("a cursor");
    editor.write(file, &marked.replace(CURSOR, ""));
    let answer = editor.ask_at("completion", file, at, &json!({}));
    let answer = answer.expect("it is offered");
    let items = answer["items"].as_array().expect("a list");
    let labels = items
        .iter()
        .map(|it| it["label"].as_str().expect("a text").to_owned());
    labels.collect()
}

#[test]
fn rules_that_a_comment_may_allow_are_offered() {
    let old = "# allow missing-history: it";
    for new in ["# allow ¦", "# allow mis¦sing-history: it"] {
        let rules = offered(&mut Editor::new(), "scenario.yaml", old, new);
        assert!(rules.iter().any(|it| it == "missing-history"), "{new}");
    }
}

#[test]
fn a_mistake_elsewhere_does_not_matter() {
    let mut editor = Editor::new();
    editor.findings();
    let text =
        editor
            .text("phases/access.yaml")
            .replacen("title: Access", "}} [title: \"Access", 1);
    editor.write("phases/access.yaml", &text);
    let labels = offered(&mut editor, "phases/access.yaml", "to: [tech]", "to: [¦");
    assert_eq!(labels, ["lead", "tech"]);
}

#[test]
fn what_is_taken_replaces_the_word_and_no_more() {
    let mut editor = Editor::new();
    let at = editor.find("phases/access.yaml", "cites: [T-¦01]");
    let answer = editor.ask_at("completion", "phases/access.yaml", at, &json!({}));
    let edit = &answer.expect("it is offered")["items"][0]["textEdit"];
    let start = editor.position("phases/access.yaml", at - 2);
    let end = editor.position("phases/access.yaml", at + 2);
    assert_eq!(edit["range"], json!({"start": start, "end": end}));
    assert_eq!(edit["newText"], "T-01");
    let at = editor.find("phases/access.yaml", "    via¦: alert");
    let answer = editor.ask_at("completion", "phases/access.yaml", at, &json!({}));
    let items = answer.expect("it is offered")["items"].clone();
    let when = items
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["label"] == "when");
    assert_eq!(
        when.expect("a field")["textEdit"]["newText"],
        "when",
        "the colon is there"
    );
}
