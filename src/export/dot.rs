//! A graph in the language of Graphviz.
//!
//! Phases are stacked, each read from left to right: messages, questions, answers, and what they bring.

use std::fmt::Write as _;

use super::graph::{Edge, EdgeKind, Graph, Node, NodeKind, wrapped};

/// The most characters of a line of a node.
const NODE_MAX: usize = 34;

/// The most characters of a line on an edge.
const EDGE_MAX: usize = 26;

/// The text of the graph. Nodes are `n0`, `n1` and so on; names from the scenario stand in labels only.
#[must_use]
pub fn text(graph: &Graph) -> String {
    let mut text = String::from("digraph exercise {\n");
    push(
        &mut text,
        &format!(
            "  graph [label={}, labelloc=t, rankdir=LR, newrank=false, nodesep=0.15, ranksep=0.5, fontname=Helvetica, fontsize=20]\n",
            quoted(std::slice::from_ref(&graph.title), 200)
        ),
    );
    text.push_str("  node [fontname=Helvetica, fontsize=11, style=filled, fillcolor=white, margin=\"0.12,0.06\"]\n");
    text.push_str("  edge [fontname=Helvetica, fontsize=9, arrowsize=0.7]\n");
    for (cluster, title) in graph.clusters.iter().enumerate() {
        let label = quoted(std::slice::from_ref(title), 200);
        push(&mut text, &format!("  subgraph cluster_{cluster} {{\n"));
        push(
            &mut text,
            &format!(
                "    graph [label={label}, labeljust=l, style=rounded, color=gray50, fontsize=16]\n"
            ),
        );
        for (at, node) in graph.nodes.iter().enumerate() {
            if node.cluster == Some(cluster) {
                push_node(&mut text, "    ", at, node);
            }
        }
        text.push_str("  }\n");
    }
    for (at, node) in graph.nodes.iter().enumerate() {
        if node.cluster.is_none() {
            push_node(&mut text, "  ", at, node);
        }
    }
    for edge in &graph.edges {
        push_edge(&mut text, edge);
    }
    text.push_str("}\n");
    text
}

fn push(text: &mut String, more: &str) {
    text.push_str(more);
}

fn push_node(text: &mut String, indent: &str, at: usize, node: &Node) {
    let look = match node.kind {
        NodeKind::Begins | NodeKind::Ends => {
            "shape=box, style=\"rounded,filled\", fillcolor=gray85"
        }
        NodeKind::Inject => "shape=box, fillcolor=lightyellow",
        NodeKind::Unseen => "shape=box, style=\"dashed,filled\"",
        NodeKind::Decision => "shape=hexagon, fillcolor=lightblue, margin=\"0.01,0.03\"",
        NodeKind::Option => "shape=box, style=\"rounded,filled\"",
        NodeKind::Consent => "shape=hexagon, fillcolor=lavender, margin=\"0.01,0.03\"",
        NodeKind::Action => "shape=component, fillcolor=honeydew",
        NodeKind::Endex => "shape=doublecircle, fillcolor=gray85",
    };
    let label = quoted(&node.lines, NODE_MAX);
    writeln!(text, "{indent}n{at} [label={label}, {look}]").expect("memory takes it");
}

fn push_edge(text: &mut String, edge: &Edge) {
    let look = match edge.kind {
        EdgeKind::Asks | EdgeKind::Offers | EdgeKind::Leads => "",
        EdgeKind::Consent => ", style=dashed",
        EdgeKind::Lasts => ", style=dotted, arrowhead=none",
        // Phases stay stacked, however they follow one another.
        EdgeKind::Ends => ", style=bold, constraint=false",
    };
    let label = quoted(std::slice::from_ref(&edge.label), EDGE_MAX);
    let Edge { from, to, .. } = edge;
    writeln!(text, "  n{from} -> n{to} [label={label}{look}]").expect("memory takes it");
}

/// A label between quotes. Graphviz reads `\` and, in every label, `&` of entities: both stand for themselves here.
fn quoted(lines: &[String], characters_max: usize) -> String {
    let mut label = String::from("\"");
    for (at, line) in wrapped(lines, characters_max).iter().enumerate() {
        if at > 0 {
            label.push_str("\\n");
        }
        for character in line.chars() {
            match character {
                '"' => label.push_str("\\\""),
                '\\' => label.push_str("\\\\"),
                '&' => label.push_str("&amp;"),
                '<' => label.push_str("&lt;"),
                '>' => label.push_str("&gt;"),
                other => label.push(other),
            }
        }
    }
    label.push('"');
    label
}
