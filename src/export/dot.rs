//! A graph in the language of Graphviz.
//!
//! Phases are stacked. Each reads from left to right: messages, questions, answers, and what they bring.

use super::graph::{Graph, GraphEdge, GraphEdgeKind, GraphNode, GraphNodeKind, put, wrapped};

/// The most characters of a line of a node.
const NODE_MAX: usize = 34;

/// The most characters of a line on an edge.
const EDGE_MAX: usize = 26;

/// The most characters of a line of a title.
const TITLE_MAX: usize = 200;

/// The last two keep nodes in the order of the text, which is that of time; Graphviz would reorder them to avoid crossings.
const GRAPH: &str = "rankdir=LR, nodesep=0.15, ranksep=0.5, fontname=Helvetica, fontsize=20, remincross=false, mclimit=0.01";
const NODE: &str =
    "fontname=Helvetica, fontsize=11, style=filled, fillcolor=white, margin=\"0.12,0.06\"";
const EDGE: &str = "fontname=Helvetica, fontsize=9, arrowsize=0.7";
const CLUSTER: &str = "labeljust=l, style=rounded, color=gray50, fontsize=16";

/// The text of the graph. Nodes are `n0`, `n1` and so on; texts of the scenario are only in labels.
#[must_use]
pub fn text(graph: &Graph) -> String {
    let mut text = String::from("digraph exercise {\n");
    let title = quoted(std::slice::from_ref(&graph.title), TITLE_MAX);
    put(
        &mut text,
        format_args!("  graph [label={title}, labelloc=t, {GRAPH}]\n"),
    );
    put(
        &mut text,
        format_args!("  node [{NODE}]\n  edge [{EDGE}]\n"),
    );
    // Graphviz stacks clusters from the bottom.
    for (cluster, title) in graph.clusters.iter().enumerate().rev() {
        if cluster + 1 == graph.phases {
            push_nodes(&mut text, "  ", graph, None);
        }
        let label = quoted(std::slice::from_ref(title), TITLE_MAX);
        put(
            &mut text,
            format_args!("  subgraph cluster_{cluster} {{\n    graph [label={label}, {CLUSTER}]\n"),
        );
        push_nodes(&mut text, "    ", graph, Some(cluster));
        text.push_str("  }\n");
    }
    for edge in &graph.edges {
        push_edge(&mut text, edge);
    }
    text.push_str("}\n");
    text
}

fn push_nodes(text: &mut String, indent: &str, graph: &Graph, cluster: Option<usize>) {
    for (at, node) in graph.nodes.iter().enumerate() {
        if node.cluster == cluster {
            push_node(text, indent, at, node);
        }
    }
}

fn push_node(text: &mut String, indent: &str, at: usize, node: &GraphNode) {
    let look = match node.kind {
        GraphNodeKind::Begins | GraphNodeKind::Ends => {
            "shape=box, style=\"rounded,filled\", fillcolor=gray85"
        }
        GraphNodeKind::Inject => "shape=box, fillcolor=lightyellow",
        GraphNodeKind::Unseen => "shape=box, style=\"dashed,filled\"",
        GraphNodeKind::Decision => "shape=octagon, fillcolor=lightblue",
        GraphNodeKind::Option => "shape=box, style=\"rounded,filled\"",
        GraphNodeKind::Consent => "shape=octagon, style=\"dashed,filled\", fillcolor=lavender",
        GraphNodeKind::Action => "shape=component, fillcolor=honeydew",
        GraphNodeKind::Endex => "shape=doublecircle, fillcolor=gray85",
    };
    let label = quoted(&node.lines, NODE_MAX);
    put(
        text,
        format_args!("{indent}n{at} [label={label}, {look}]\n"),
    );
}

fn push_edge(text: &mut String, edge: &GraphEdge) {
    let look = match edge.kind {
        GraphEdgeKind::Asks | GraphEdgeKind::Offers | GraphEdgeKind::Leads => "",
        GraphEdgeKind::Consent => ", style=dashed",
        // Phases stay stacked, whatever their order.
        GraphEdgeKind::Ends => ", style=bold, constraint=false",
    };
    let label = quoted(std::slice::from_ref(&edge.label), EDGE_MAX);
    let GraphEdge { from, to, .. } = edge;
    put(
        text,
        format_args!("  n{from} -> n{to} [label={label}{look}]\n"),
    );
}

/// A label between quotes. Graphviz reads escapes and entities in labels, so `\` and `&` are escaped.
fn quoted(lines: &[String], characters_max: usize) -> String {
    let lines = wrapped(lines, characters_max).join("\n");
    let mut label = String::from("\"");
    for character in lines.chars() {
        match character {
            '\n' => label.push_str("\\n"),
            '"' => label.push_str("\\\""),
            '\\' => label.push_str("\\\\"),
            '&' => label.push_str("&amp;"),
            '<' => label.push_str("&lt;"),
            '>' => label.push_str("&gt;"),
            other => label.push(other),
        }
    }
    label.push('"');
    label
}
