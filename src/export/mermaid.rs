//! A graph as a Mermaid flowchart, which code forges draw.

use super::graph::{Graph, GraphEdge, GraphEdgeKind, GraphNode, GraphNodeKind, put, wrapped};

/// Shorter lines are left to the program that draws them.
const LINE_MAX: usize = 400;

/// How many characters Mermaid draws with its usual settings, which code forges keep.
pub const TEXT_MAX: usize = 50_000;

/// How many edges Mermaid draws with its usual settings. Invisible links count.
pub const EDGES_MAX: usize = 500;

/// Whether Mermaid draws a text with its usual settings.
#[must_use]
pub fn is_drawn(text: &str) -> bool {
    let arrows = [
        " ~~~ ", " --> ", " -.-> ", " ==> ", " -->|", " -.->|", " ==>|",
    ];
    let is_edge = |line: &&str| arrows.iter().any(|it| line.contains(it));
    text.chars().count() <= TEXT_MAX && text.lines().filter(is_edge).count() <= EDGES_MAX
}

/// The text of the graph. Nodes are `n0`, `n1` and so on; texts of the scenario are only in quoted labels.
#[must_use]
pub fn text(graph: &Graph) -> String {
    let mut text = String::from("flowchart TB\n");
    for (cluster, title) in graph.clusters.iter().enumerate() {
        let label = quoted(std::slice::from_ref(title));
        put(
            &mut text,
            format_args!("  subgraph phase{cluster} [{label}]\n    direction LR\n"),
        );
        for (at, node) in graph.nodes.iter().enumerate() {
            if node.cluster == Some(cluster) {
                push_node(&mut text, "    ", at, node);
            }
        }
        if cluster < graph.phases {
            push_column(&mut text, graph, cluster);
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
    // Invisible links keep the title on top and standing actions at the bottom.
    text.push_str("  title ~~~ phase0\n");
    for (at, node) in graph.nodes.iter().enumerate() {
        if node.kind == GraphNodeKind::Endex && graph.clusters.len() > graph.phases {
            put(
                &mut text,
                format_args!("  n{at} ~~~ phase{}\n", graph.phases),
            );
        }
    }
    for edge in &graph.edges {
        push_edge(&mut text, graph, edge);
    }
    for (class, look) in CLASSES {
        put(&mut text, format_args!("  classDef {class} {look}\n"));
    }
    text
}

/// The looks of the kinds of nodes. Their shapes differ too, for those who do not see colours.
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

fn push_node(text: &mut String, indent: &str, at: usize, node: &GraphNode) {
    let (open, close, class) = match node.kind {
        GraphNodeKind::Begins | GraphNodeKind::Ends => ("([", "])", "phase"),
        GraphNodeKind::Inject => ("[", "]", "inject"),
        GraphNodeKind::Unseen => ("[", "]", "unseen"),
        GraphNodeKind::Decision => ("{{", "}}", "decision"),
        GraphNodeKind::Option => ("(", ")", "option"),
        GraphNodeKind::Consent => ("{{", "}}", "consent"),
        GraphNodeKind::Action => ("[[", "]]", "action"),
        GraphNodeKind::Endex => ("(((", ")))", "phase"),
    };
    let label = quoted(&node.lines);
    put(
        text,
        format_args!("{indent}n{at}{open}{label}{close}:::{class}\n"),
    );
}

/// Links whatever nothing leads to invisibly to the first such node of its cluster, so that all are in one column.
fn push_column(text: &mut String, graph: &Graph, cluster: usize) {
    let is_led = |at: usize| {
        let mut edges = graph.edges.iter();
        edges.any(|edge| edge.to == at && edge.kind != GraphEdgeKind::Ends)
    };
    let mut column = (0..graph.nodes.len())
        .filter(|at| graph.nodes[*at].cluster == Some(cluster) && !is_led(*at));
    let Some(first) = column.next() else { return };
    for at in column {
        put(text, format_args!("    n{first} ~~~ n{at}\n"));
    }
}

fn push_edge(text: &mut String, graph: &Graph, edge: &GraphEdge) {
    let arrow = match edge.kind {
        GraphEdgeKind::Asks | GraphEdgeKind::Offers | GraphEdgeKind::Leads => "-->",
        GraphEdgeKind::Consent => "-.->",
        GraphEdgeKind::Ends => "==>",
    };
    // From phase to phase: with an edge to a node inside, a phase would lose its own direction.
    let name = |at: usize| match (edge.kind, graph.nodes[at].cluster) {
        (GraphEdgeKind::Ends, Some(cluster)) => format!("phase{cluster}"),
        _ => format!("n{at}"),
    };
    let (from, to) = (name(edge.from), name(edge.to));
    if edge.label.is_empty() {
        put(text, format_args!("  {from} {arrow} {to}\n"));
    } else {
        let label = quoted(std::slice::from_ref(&edge.label));
        put(text, format_args!("  {from} {arrow}|{label}| {to}\n"));
    }
}

/// A label between quotes. Every ASCII character that may mean something to Mermaid is written as a code, as in `#35;`. So
/// a label cannot contain a quote, bracket, bar, arrow, comment, directive (`%%{`) or HTML.
fn quoted(lines: &[String]) -> String {
    let lines = wrapped(lines, LINE_MAX).join("\n");
    let mut label = String::from("\"");
    for character in lines.chars() {
        let is_plain = !character.is_ascii()
            || character.is_ascii_alphanumeric()
            || "\n .,?!'()/+=".contains(character);
        if is_plain {
            label.push(character);
        } else {
            put(&mut label, format_args!("#{};", u32::from(character)));
        }
    }
    if label.len() == 1 {
        // Mermaid does not accept an empty label.
        label.push(' ');
    }
    label.push('"');
    label
}
