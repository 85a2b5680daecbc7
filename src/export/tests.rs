//! Nasty texts in every format, and the two shipped scenarios through a reader of Mermaid's grammar.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::graph::{Graph, GraphEdge, GraphEdgeKind, GraphNode, GraphNodeKind};
use super::table::{Book, CELL_MAX, Table};
use super::{AttackDomain, csv, dot, graph, mermaid, msel, navigator, table};
use crate::library;
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::Scenario;
use crate::scenario::read::read;
use crate::words;

/// What means something to a terminal, a spreadsheet, Graphviz, Mermaid, XML or JSON.
const NASTY: &str =
    "=a\"b]c-->d|e\u{1b}[2J\u{202e}f\r\n%%{init: {}}%% <b>&#quot; `x`\u{0}\u{ffff}\\N}} end";

fn scenario(name: &str) -> Scenario {
    let found = library::find(name).expect("it is in the binary");
    read(&found.folder).0.expect("it can be read")
}

fn compiled(scenario: Scenario) -> Program {
    let (program, findings) = compile(&Arc::new(scenario), &ProgramSetup::default());
    program.unwrap_or_else(|| panic!("{findings:?}"))
}

/// The starter scenario with nasty texts, also such as reading refuses.
fn nasty() -> Program {
    let mut scenario = scenario("starter");
    scenario.title.value = NASTY.into();
    scenario.roles[0].title.value = NASTY.into();
    scenario.objectives[0].title.value = NASTY.into();
    scenario.actions[0].course.label.value = NASTY.into();
    for phase in &mut scenario.phases {
        phase.title.value = NASTY.into();
        for inject in &mut phase.injects {
            if let Some(message) = &mut inject.message {
                for text in [&mut message.by, &mut message.title, &mut message.text.text] {
                    text.value = NASTY.into();
                }
            }
            if let Some(asks) = &mut inject.asks {
                asks.question.text.value = NASTY.into();
                for option in &mut asks.options {
                    option.label.value = NASTY.into();
                }
            }
        }
    }
    compiled(scenario)
}

/// Every text that can be written of a program.
fn texts(program: &Program) -> [String; 4] {
    let graph = graph::graph(program);
    let csv = csv::bytes(&msel::injects(program));
    [
        String::from_utf8(csv).expect("it is UTF-8"),
        mermaid::text(&graph),
        dot::text(&graph),
        navigator::layer(program, AttackDomain::Enterprise).text,
    ]
}

#[test]
fn no_control_character_comes_out_of_a_text() {
    for text in texts(&nasty()) {
        // CSV ends its lines with CR LF.
        let text = text.replace("\r\n", "\n");
        let found = text
            .chars()
            .find(|it| words::forbidden(*it) || *it == '\u{ffff}');
        assert_eq!(found, None, "{text}");
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    for name in ["starter", "advanced-2022"] {
        let once = texts(&compiled(scenario(name)));
        assert_eq!(once, texts(&compiled(scenario(name))), "{name}");
    }
}

#[test]
fn what_a_spreadsheet_would_take_for_a_formula_begins_with_an_apostrophe() {
    let cases = [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("＝1", "'＝1"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("1=1", "1=1"),
        ("'=1", "'=1"),
        ("a\"b", "\"a\"\"b\""),
        ("a,b", "\"a,b\""),
        ("a\nb", "\"a\nb\""),
    ];
    for (given, expected) in cases {
        let mut table = Table::new("T", &[("A", 5), ("B", 5)]);
        table.push(&[given.to_owned(), "x".to_owned()]);
        let text = String::from_utf8(csv::bytes(&table)).expect("it is UTF-8");
        assert_eq!(
            text,
            format!("\u{feff}A,B\r\n{expected},x\r\n"),
            "{given:?}"
        );
    }
}

#[test]
fn a_cell_holds_no_more_than_a_spreadsheet_takes() {
    let cell = table::cell(&"🚑".repeat(CELL_MAX));
    assert!(cell.ends_with("🚑…"));
    assert!(cell.encode_utf16().count() <= CELL_MAX);
    assert_eq!(table::cell("  short\n"), "short");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_is_the_same_every_time_and_takes_any_text() {
    let bytes = |program: &Program| super::xlsx::bytes(&msel::book(program)).expect("it is made");
    assert_eq!(bytes(&nasty()), bytes(&nasty()));
    let mut table = Table::new("T", &[("A", 5)]);
    table.push(&["x".repeat(2 * CELL_MAX)]);
    let book = Book {
        title: NASTY.repeat(50),
        tables: vec![table],
    };
    assert!(super::xlsx::bytes(&book).is_ok());
}

#[test]
fn every_inject_that_somebody_sees_is_listed_once() {
    for name in ["starter", "advanced-2022"] {
        let program = compiled(scenario(name));
        let injects = program
            .script
            .scenario
            .phases
            .iter()
            .flat_map(|it| &it.injects);
        let mut seen: Vec<&str> = injects
            .filter(|it| !msel::is_unseen(it))
            .map(|it| it.id.value.as_str())
            .collect();
        let table = msel::injects(&program);
        let mut listed: Vec<&str> = table
            .rows()
            .iter()
            .map(|row| row.last().expect("an id").as_str())
            .collect();
        seen.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, seen, "{name}");
    }
}

#[test]
fn injects_stand_in_the_order_in_which_they_would_come() {
    let table = msel::injects(&compiled(scenario("starter")));
    let listed: Vec<(&str, &str)> = table
        .rows()
        .iter()
        .map(|row| (row[12].as_str(), row[2].as_str()))
        .collect();
    let expected = [
        ("note", "Mon 4 Mar 2024 08:00 GMT"),
        (
            "supplier",
            "brought by “Switch the whole network off” (after 45 min)",
        ),
        (
            "waiting_room",
            "Mon 4 Mar 2024 09:00 GMT, if network == cut; again every 2 h, 2 times at most",
        ),
        ("waiting_words", "Mon 4 Mar 2024 10:00 GMT"),
        ("ransom", "when copied"),
        ("hours", "Tue 5 Mar 2024 09:00 GMT"),
        ("typed_in", "Wed 6 Mar 2024 12:00 GMT, if sheets == 0"),
    ];
    assert_eq!(listed, expected);
}

#[test]
fn a_label_of_graphviz_says_what_was_written() {
    let cases = [
        ("a\"b", r#""a\"b""#),
        (r"a\N", r#""a\\N""#),
        ("a&lt;<b>", r#""a&amp;lt;&lt;b&gt;""#),
        ("a\u{1b}[b", r#""a␛[b""#),
        ("a\nb", r#""a b""#),
    ];
    for (given, expected) in cases {
        let text = dot::text(&of_one_label(given));
        assert!(text.contains(&format!("n0 [label={expected},")), "{text}");
    }
}

#[test]
fn a_label_of_mermaid_holds_no_syntax() {
    let cases = [
        ("a\"]b", "a#34;#93;b"),
        ("a --> b|c", "a #45;#45;#62; b#124;c"),
        ("#quot; %%{x}", "#35;quot#59; #37;#37;#123;x#125;"),
        ("<b>&amp;", "#60;b#62;#38;amp#59;"),
        ("`x`", "#96;x#96;"),
        ("", " "),
        ("naïve 漢字 🚑", "naïve 漢字 🚑"),
    ];
    for (given, expected) in cases {
        let text = mermaid::text(&of_one_label(given));
        assert!(text.contains(&format!("n0[\"{expected}\"]")), "{text}");
        read_mermaid(&text);
    }
}

fn of_one_label(label: &str) -> Graph {
    let node = |kind| GraphNode {
        kind,
        cluster: Some(0),
        lines: vec![label.to_owned()],
    };
    Graph {
        title: label.to_owned(),
        clusters: vec![label.to_owned()],
        phases: 1,
        nodes: vec![node(GraphNodeKind::Inject), node(GraphNodeKind::Decision)],
        edges: vec![GraphEdge {
            from: 0,
            to: 1,
            kind: GraphEdgeKind::Asks,
            label: label.to_owned(),
        }],
    }
}

#[test]
fn a_flowchart_defines_every_node_once_and_leads_nowhere_else() {
    for program in [
        compiled(scenario("starter")),
        compiled(scenario("advanced-2022")),
        nasty(),
    ] {
        let graph = graph::graph(&program);
        let text = mermaid::text(&graph);
        let (defined, edges) = read_mermaid(&text);
        // The title and the clusters are defined as well.
        assert_eq!(defined.len(), graph.nodes.len() + graph.clusters.len() + 1);
        let hidden = text.matches(" ~~~ ").count();
        assert_eq!(edges, graph.edges.len() + hidden);
        assert!(
            mermaid::is_drawn(&text),
            "{} characters, {edges} edges",
            text.len()
        );
    }
}

/// Reads all of the grammar that is written; what is defined, and the number of edges.
fn read_mermaid(text: &str) -> (BTreeSet<String>, usize) {
    // Labels first: what is left has one statement on a line.
    let mut bare = String::new();
    for (at, piece) in text.split('"').enumerate() {
        if at % 2 == 0 {
            bare.push_str(piece);
        } else {
            let harmless = |it: char| {
                !it.is_ascii() || it.is_ascii_alphanumeric() || "# .,;?!'()/+=\n".contains(it)
            };
            assert!(!piece.is_empty() && piece.chars().all(harmless), "{piece}");
            bare.push('Q');
        }
    }
    let shapes = ["[Q]", "([Q])", "{{Q}}", "(Q)", "[[Q]]", "(((Q)))"];
    let arrows = ["-->", "-.->", "==>", "~~~"];
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|it| it.is_ascii_alphanumeric());
    let (mut defined, mut edges, mut open) = (BTreeSet::new(), Vec::new(), 0);
    for (number, line) in bare.lines().enumerate() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let id = match parts.as_slice() {
            ["flowchart", "TB"] if number == 0 => None,
            ["direction", "LR"] => None,
            ["subgraph", id, "[Q]"] => {
                open += 1;
                Some(*id)
            }
            ["end"] => {
                open -= 1;
                None
            }
            ["classDef", name, _] if is_id(name) => None,
            [from, arrow, to] => {
                let arrow = arrow.strip_suffix("|Q|").unwrap_or(arrow);
                assert!(arrows.contains(&arrow), "{line}");
                edges.push((from.to_string(), to.to_string()));
                None
            }
            [node] => {
                let node = node.split(":::").next().unwrap_or_default();
                let end = node.find(['[', '(', '{']).expect("a shape");
                assert!(shapes.contains(&&node[end..]), "{line}");
                Some(&node[..end])
            }
            _ => panic!("{line}"),
        };
        if let Some(id) = id {
            assert!(is_id(id) && defined.insert(id.to_owned()), "{line}");
        }
    }
    assert_eq!(open, 0);
    for (from, to) in &edges {
        assert!(
            defined.contains(from) && defined.contains(to),
            "{from} {to}"
        );
    }
    (defined, edges.len())
}

#[test]
fn a_technique_says_where_it_is_named_and_on_what_ground() {
    let layer = navigator::layer(
        &compiled(scenario("advanced-2022")),
        AttackDomain::Enterprise,
    );
    let layer: serde_json::Value = serde_json::from_str(&layer.text).expect("it is JSON");
    let techniques = layer["techniques"].as_array().expect("a list");
    let comment = |id: &str| {
        let mut found = techniques.iter().filter(|it| it["techniqueID"] == id);
        let found = found.next().unwrap_or_else(|| panic!("{id} is not there"));
        found["comment"].as_str().expect("a text").to_owned()
    };
    assert!(
        comment("T1133")
            .starts_with("inject “Odd logon on Staffplan”, Initial access: documented: ")
    );
    assert!(
        comment("T1567.002")
            .contains(": inferred: that the data went to cloud storage [A-T1567.002]")
    );
    let layer = navigator::layer(&compiled(scenario("starter")), AttackDomain::Enterprise);
    let said =
        "inject “We have your patients”, The morning: named by the scenario, no source cited";
    assert!(layer.text.contains(said), "{}", layer.text);
}
