//! What leads to what, as nodes and edges.
//!
//! Phases are clusters. Edges hold positions of nodes, so none can lead out of the graph.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::program::Program;
use crate::scenario::{Action, Course, Decision, Inject, PhaseEnd};
use crate::words;

use super::msel::{self, is_unseen};
use super::walk::{self, InjectLead};
use super::{phrase, table};

/// The longest condition or step on an edge or below a title, in characters.
const LABEL_MAX: usize = 60;

/// The id of the end of all phases.
const ENDEX: &str = "endex";

/// A scenario as a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The scenario's title, with the word EXERCISE.
    pub title: String,
    /// Titles of the clusters, in order.
    pub clusters: Vec<String>,
    /// How many of them are phases; another one may follow, with the standing actions.
    pub phases: usize,
    /// Nodes, those of a cluster together.
    pub nodes: Vec<GraphNode>,
    /// Edges, in the order of the files.
    pub edges: Vec<GraphEdge>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphNode {
    /// What it is.
    pub kind: GraphNodeKind,
    /// The position of its cluster; `None` for ENDEX.
    pub cluster: Option<usize>,
    /// A title, and perhaps a line below it.
    pub lines: Vec<String>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GraphNodeKind {
    /// A phase begins.
    Begins,
    /// A message.
    Inject,
    /// An inject that nobody sees, but that brings another one.
    Unseen,
    /// A question.
    Decision,
    /// An answer.
    Option,
    /// A second question, to the role that has to agree.
    Consent,
    /// What a team may do at any time.
    Action,
    /// A phase ends.
    Ends,
    /// The end.
    Endex,
}

/// An edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphEdge {
    /// The position of the node it leaves.
    pub from: usize,
    /// The position of the node it enters.
    pub to: usize,
    /// What it says.
    pub kind: GraphEdgeKind,
    /// A short condition; may be empty.
    pub label: String,
}

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphEdgeKind {
    /// From an inject to its question.
    Asks,
    /// From a question to an answer.
    Offers,
    /// To an inject, from what brings it.
    Leads,
    /// From an answer or an action to the consent it needs.
    Consent,
    /// From the end of a phase to the next, or to ENDEX.
    Ends,
}

/// The graph of a scenario.
#[must_use]
pub fn graph(program: &Program) -> Graph {
    let scenario = &*program.script.scenario;
    let mut build = Build {
        program,
        graph: Graph {
            title: format!("EXERCISE · {}", scenario.title.value),
            clusters: Vec::new(),
            phases: scenario.phases.len(),
            nodes: Vec::new(),
            edges: Vec::new(),
        },
        places: BTreeMap::new(),
        later: Vec::new(),
    };
    let rows = msel::rows(program);
    for phase in 0..scenario.phases.len() {
        let here = rows.iter().filter(|row| row.phase == phase);
        build.phase(phase, here.map(|row| row.inject));
    }
    if !scenario.actions.is_empty() {
        let title = "What a team may do without being asked";
        build.graph.clusters.push(title.to_owned());
        scenario.actions.iter().for_each(|it| build.action(it));
    }
    let endex = build.node(GraphNodeKind::Endex, None, vec!["ENDEX".to_owned()]);
    build.places.insert((true, ENDEX), endex);
    build.finish()
}

struct Build<'p> {
    program: &'p Program,
    graph: Graph,
    /// The nodes that edges enter by name: phases (true) and injects (false).
    places: BTreeMap<(bool, &'p str), usize>,
    /// Edges to what may not have a node yet.
    later: Vec<(usize, GraphEdgeKind, (bool, &'p str), String)>,
}

impl<'p> Build<'p> {
    fn node(&mut self, kind: GraphNodeKind, cluster: Option<usize>, lines: Vec<String>) -> usize {
        self.graph.nodes.push(GraphNode {
            kind,
            cluster,
            lines,
        });
        self.graph.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, kind: GraphEdgeKind, label: &str) {
        self.graph.edges.push(GraphEdge {
            from,
            to,
            kind,
            label: short(label),
        });
    }

    fn leads(&mut self, from: usize, leads: Vec<InjectLead<'p>>) {
        let leads = leads.into_iter();
        self.later
            .extend(leads.map(|lead| (from, GraphEdgeKind::Leads, (false, lead.inject), lead.how)));
    }

    /// A phase with its injects, in the order in which they would come.
    fn phase(&mut self, index: usize, injects: impl Iterator<Item = &'p Inject>) {
        let phase = &self.program.script.scenario.phases[index];
        let title = &phase.title.value;
        self.graph.clusters.push(title.clone());
        let begins = self.node(
            GraphNodeKind::Begins,
            Some(index),
            vec![format!("{title} begins")],
        );
        self.places.insert((true, &phase.id.value), begins);
        self.leads(begins, walk::leads(&phase.begins));
        for inject in injects {
            self.inject(index, inject);
        }
        // The conditions are here, because on edges that all leave one node they would overlap.
        let mut lines = vec![format!("{title} ends")];
        lines.extend(phase.ends.iter().map(|end| self.end(index, end)));
        let ends = self.node(GraphNodeKind::Ends, Some(index), lines);
        for end in &phase.ends {
            let to = (true, end.to.value.as_str());
            self.later
                .push((ends, GraphEdgeKind::Ends, to, String::new()));
        }
    }

    fn end(&self, phase: usize, end: &PhaseEnd) -> String {
        let at = end
            .at
            .as_ref()
            .map(|at| phrase::moment(self.program, phase, at.value));
        let how = phrase::time_and_condition(at, end.when.as_ref());
        let to = match end.to.value.as_str() {
            ENDEX => "ENDEX",
            next => phrase::phase(&self.program.script.scenario, next),
        };
        format!("{to}: {}", short(&how))
    }

    fn inject(&mut self, phase: usize, inject: &'p Inject) {
        if is_unseen(inject) && walk::leads([&inject.block]).is_empty() {
            return;
        }
        let time = phrase::trigger(self.program, phase, &inject.trigger);
        let news = match (&inject.message, &inject.asks) {
            (Some(message), _) => Some((GraphNodeKind::Inject, &message.title.value)),
            (None, None) => Some((GraphNodeKind::Unseen, &inject.id.value)),
            (None, Some(_)) => None,
        };
        let news = news.map(|(kind, title)| self.node(kind, Some(phase), lines(title, &time)));
        let asks = inject.asks.as_ref().map(|asks| {
            let time = if news.is_some() { "" } else { &time };
            self.decision(phase, asks, time)
        });
        if let (Some(from), Some(to)) = (news, asks) {
            self.edge(from, to, GraphEdgeKind::Asks, "asks");
        }
        let Some(first) = news.or(asks) else { return };
        self.places.insert((false, &inject.id.value), first);
        self.leads(first, walk::leads([&inject.block]));
    }

    fn decision(&mut self, phase: usize, asks: &'p Decision, time: &str) -> usize {
        let question = phrase::prose(&asks.question.text.value);
        let node = self.node(GraphNodeKind::Decision, Some(phase), lines(&question, time));
        for option in &asks.options {
            let label = &option.label.value;
            let answer = self.node(GraphNodeKind::Option, Some(phase), vec![label.clone()]);
            let mut conditions = Vec::new();
            if option.id.value == asks.default.value {
                conditions.push("default".to_owned());
            }
            if let Some(needs) = &option.needs {
                conditions.push(format!("if {}", needs.value.trim()));
            }
            self.edge(node, answer, GraphEdgeKind::Offers, &conditions.join(", "));
            self.course(phase, answer, option);
        }
        node
    }

    fn action(&mut self, action: &'p Action) {
        let cluster = self.graph.clusters.len() - 1;
        let course = &action.course;
        let needs = course.needs.as_ref();
        let needs = needs.map(|needs| format!("if {}", needs.value.trim()));
        let lines = lines(&course.label.value, &needs.unwrap_or_default());
        let node = self.node(GraphNodeKind::Action, Some(cluster), lines);
        self.course(cluster, node, course);
    }

    /// What an option or an action leads to, and whom it asks first.
    fn course(&mut self, cluster: usize, node: usize, course: &'p Course) {
        let scenario = &self.program.script.scenario;
        if let Some(consent) = &course.consent {
            let who = phrase::role(scenario, &consent.of.value);
            let question = phrase::prose(&consent.question.text.value);
            let lines = vec![format!("{who}: {}", short(&question))];
            let asked = self.node(GraphNodeKind::Consent, Some(cluster), lines);
            self.edge(node, asked, GraphEdgeKind::Consent, "consent");
            let refused = walk::leads(walk::refusal_blocks(course)).into_iter();
            let refused = refused.map(|lead| InjectLead {
                how: format!("refused {}", lead.how).trim_end().to_owned(),
                ..lead
            });
            self.leads(asked, refused.collect());
        }
        let own = std::iter::once(&course.block).chain(&course.then);
        self.leads(node, walk::leads(own));
    }

    /// Adds the edges that had to wait, but for those to injects that nobody sees.
    fn finish(mut self) -> Graph {
        for (from, kind, to, label) in std::mem::take(&mut self.later) {
            let Some(to) = self.places.get(&to).copied() else {
                continue;
            };
            let label = short(&label);
            let edge = GraphEdge {
                from,
                to,
                kind,
                label,
            };
            if !self.graph.edges.contains(&edge) {
                self.graph.edges.push(edge);
            }
        }
        self.graph
    }
}

fn lines(title: &str, below: &str) -> Vec<String> {
    let mut lines = vec![title.to_owned()];
    if !below.is_empty() {
        lines.push(short(below));
    }
    lines
}

fn short(text: &str) -> String {
    phrase::beginning(text, LABEL_MAX)
}

/// The lines of a label, harmless, and folded to `characters_max` characters.
#[must_use]
pub fn wrapped(lines: &[String], characters_max: usize) -> Vec<String> {
    let folded = |line: &String| words::folded(&table::cell(line), characters_max);
    lines.iter().flat_map(folded).collect()
}

/// Adds formatted text.
pub(super) fn put(text: &mut String, more: std::fmt::Arguments) {
    text.write_fmt(more).expect("memory takes it");
}
