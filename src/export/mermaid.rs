//! A graph as a Mermaid flowchart, as code forges draw it.

use std::fmt::Write as _;

use super::graph::{Edge, EdgeKind, Graph, Node, NodeKind, wrapped};

/// Longer lines are wrapped by whoever draws it.
const LINE_MAX: usize = 400;

/// The text of the graph. Nodes are `n0`, `n1` and so on; names from the scenario stand in quoted labels only.
#[must_use]
pub fn text(graph: &Graph) -> String {
    let mut text = String::from("flowchart LR\n");
    for (cluster, title) in graph.clusters.iter().enumerate() {
        let label = quoted(std::slice::from_ref(title));
        put(
            &mut text,
            format_args!("  subgraph phase{cluster} [{label}]\n"),
        );
        for (at, node) in graph.nodes.iter().enumerate() {
            if node.cluster == Some(cluster) {
                push_node(&mut text, "    ", at, node);
            }
        }
        text.push_str("  end\n");
    }
    let title = quoted(std::slice::from_ref(&graph.title));
    put(&mut text, format_args!("  title[{title}]\n"));
    for (at, node) in graph.nodes.iter().enumerate() {
        if node.cluster.is_none() {
            push_node(&mut text, "  ", at, node);
        }
    }
    for edge in &graph.edges {
        push_edge(&mut text, edge);
    }
    for (class, look) in CLASSES {
        put(&mut text, format_args!("  classDef {class} {look}\n"));
    }
    text
}

/// Everything that has a look of its own. Shapes tell the kinds apart without colour.
const CLASSES: [(&str, &str); 7] = [
    ("phase", "fill:#ddd,stroke:#666,color:#000"),
    ("inject", "fill:#ffffe0,stroke:#666,color:#000"),
    (
        "unseen",
        "fill:#fff,stroke:#999,color:#000,stroke-dasharray:4",
    ),
    ("decision", "fill:#add8e6,stroke:#666,color:#000"),
    ("option", "fill:#fff,stroke:#666,color:#000"),
    ("consent", "fill:#e6e6fa,stroke:#666,color:#000"),
    ("action", "fill:#f0fff0,stroke:#666,color:#000"),
];

fn put(text: &mut String, more: std::fmt::Arguments) {
    text.write_fmt(more).expect("memory takes it");
}

fn push_node(text: &mut String, indent: &str, at: usize, node: &Node) {
    let (open, close, class) = match node.kind {
        NodeKind::Begins | NodeKind::Ends => ("([", "])", "phase"),
        NodeKind::Inject => ("[", "]", "inject"),
        NodeKind::Unseen => ("[", "]", "unseen"),
        NodeKind::Decision => ("{{", "}}", "decision"),
        NodeKind::Option => ("(", ")", "option"),
        NodeKind::Consent => ("{{", "}}", "consent"),
        NodeKind::Action => ("[[", "]]", "action"),
        NodeKind::Endex => ("(((", ")))", "phase"),
    };
    let label = quoted(&node.lines);
    put(
        text,
        format_args!("{indent}n{at}{open}{label}{close}:::{class}\n"),
    );
}

fn push_edge(text: &mut String, edge: &Edge) {
    let arrow = match edge.kind {
        EdgeKind::Asks | EdgeKind::Offers | EdgeKind::Leads => "-->",
        EdgeKind::Consent => "-.->",
        EdgeKind::Ends => "==>",
    };
    let Edge { from, to, .. } = edge;
    if edge.label.is_empty() {
        put(text, format_args!("  n{from} {arrow} n{to}\n"));
    } else {
        let label = quoted(std::slice::from_ref(&edge.label));
        put(text, format_args!("  n{from} {arrow}|{label}| n{to}\n"));
    }
}

/// A label between quotes. Of ASCII only what means nothing to Mermaid stands for itself; the rest are its own codes, as in
/// `#35;`. So no quote, bracket, bar, arrow, comment, directive (`%%{`) or HTML can come out of a label.
fn quoted(lines: &[String]) -> String {
    let mut label = String::from("\"");
    for (at, line) in wrapped(lines, LINE_MAX).iter().enumerate() {
        if at > 0 {
            label.push('\n');
        }
        for character in line.chars() {
            let plain = !character.is_ascii()
                || character.is_ascii_alphanumeric()
                || " .,?!'()/+=".contains(character);
            if plain {
                label.push(character);
            } else {
                put(&mut label, format_args!("#{};", u32::from(character)));
            }
        }
    }
    if label.len() == 1 {
        // A label without anything in it is none.
        label.push(' ');
    }
    label.push('"');
    label
}
