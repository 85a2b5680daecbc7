//! What stands where in one file, whether or not it makes sense yet: for editors, while somebody types.
//!
//! The tables of [`crate::scenario::schema`] say what to expect at each place; what is unknown is left out.

use super::decode::Reader;
use super::tree::{self, Node, NodeKind};
use crate::finding::{Place, Sources};
use crate::scenario::Placed;
use crate::scenario::schema::{Document, Field, INDICATOR, Kind, Named, Of, PHASE, Shape};

/// One file.
#[derive(Debug)]
pub struct Outline {
    /// In the order of the file.
    pub seen: Vec<Seen>,
    /// The file, as the only one.
    pub sources: Sources,
}

/// Something with a meaning.
#[derive(Debug)]
pub enum Seen {
    /// A mapping of fields.
    Fields {
        /// What it is; several where that is still open.
        shapes: Vec<&'static Shape>,
        /// The keys that are there.
        keys: Vec<Placed<String>>,
    },
    /// A key of such a mapping.
    Key {
        /// What it belongs to.
        shape: &'static Shape,
        /// Its field.
        field: &'static Field,
        /// The key.
        key: Placed<String>,
    },
    /// A name.
    Name(Name),
    /// An expression or an effect.
    Code {
        /// It.
        text: Placed<String>,
        /// Whether it is an effect.
        effect: bool,
    },
    /// Another single value.
    Single {
        /// What it should be.
        kind: &'static Kind,
        /// It.
        text: Placed<String>,
    },
}

/// A name that is given or used.
#[derive(Debug)]
pub struct Name {
    /// What it names.
    pub of: Of,
    /// What it belongs to: the value of a word, the decision of an option.
    pub within: Option<String>,
    /// Whether it is given here.
    pub gives: bool,
    /// It.
    pub name: Placed<String>,
    /// With all that belongs to it, where it is given.
    pub whole: Place,
    /// Its title, label or statement, where it is given.
    pub title: String,
    /// Which of several forms it has, where it is given.
    pub shape: Option<&'static Shape>,
}

/// Looks at one file. None where its structure cannot be known.
#[must_use]
pub fn outline(document: Document, text: &str) -> Option<Outline> {
    let mut reader = Reader::default();
    let root = tree::of_file(&mut reader, String::new(), text.as_bytes())?;
    // What was left out so that the rest could be read is part of the structure.
    if reader.findings.iter().any(|it| it.rule == "yaml-syntax") {
        return None;
    }
    let mut walk = Walk::default();
    walk.fields(&[document.shape()], &root);
    Some(Outline {
        seen: walk.seen,
        sources: reader.sources,
    })
}

#[derive(Default)]
struct Walk {
    seen: Vec<Seen>,
    value: Option<String>,
    decision: Option<String>,
}

impl Walk {
    fn kind(&mut self, kind: &'static Kind, node: &Node) {
        match (kind, &node.kind) {
            (Kind::Part(shape) | Kind::Parts(shape), NodeKind::Map(_) | NodeKind::Text { .. }) => {
                self.fields(&[shape], node);
            }
            (Kind::Parts(_) | Kind::List(_) | Kind::OneOrMore(_), NodeKind::List(items)) => {
                let each = match kind {
                    Kind::List(each) | Kind::OneOrMore(each) => each,
                    _ => kind,
                };
                for item in items {
                    self.kind(each, item);
                }
            }
            (Kind::List(each) | Kind::OneOrMore(each), _) => self.kind(each, node),
            (Kind::PhaseOrFile, NodeKind::Map(_) | NodeKind::Text { .. }) => {
                self.fields(&[&PHASE], node);
            }
            (Kind::Either(kinds), NodeKind::Map(_)) => {
                self.fields(&parts(kinds), node);
            }
            (Kind::Named(named), _) => self.named(named, node),
            (_, NodeKind::Text { text, .. }) => {
                let text = Placed {
                    value: text.clone(),
                    place: node.place,
                };
                self.single(kind, text);
            }
            _ => {}
        }
    }

    fn single(&mut self, kind: &'static Kind, text: Placed<String>) {
        match kind {
            Kind::Name(of) => self.name(*of, false, text, None),
            Kind::NewName(of) => self.name(*of, true, text, None),
            Kind::Content => self.name(Of::Word, false, text, None),
            Kind::Expression | Kind::Effect => self.seen.push(Seen::Code {
                text,
                effect: matches!(kind, Kind::Effect),
            }),
            _ => self.seen.push(Seen::Single { kind, text }),
        }
    }

    fn name(&mut self, of: Of, gives: bool, name: Placed<String>, body: Option<(&Kind, &Node)>) {
        let within = match of {
            Of::Word => self.value.clone(),
            Of::Option => self.decision.clone(),
            _ => None,
        };
        let mut whole = name.place;
        whole.end = body.map_or(whole.end, |(_, node)| node.place.end.max(whole.end));
        self.seen.push(Seen::Name(Name {
            of,
            within,
            gives,
            name,
            whole,
            title: body.map(|(_, node)| title(node)).unwrap_or_default(),
            shape: body.and_then(|(kind, node)| form(kind, node)),
        }));
    }

    /// A mapping of fields, or the beginning of one of its keys.
    fn fields(&mut self, shapes: &[&'static Shape], node: &Node) {
        let entries = match &node.kind {
            NodeKind::Map(entries) => entries.as_slice(),
            NodeKind::Text { text, .. } => {
                let key = Placed {
                    value: text.clone(),
                    place: node.place,
                };
                return self.seen.push(Seen::Fields {
                    shapes: shapes.to_vec(),
                    keys: vec![key],
                });
            }
            _ => return,
        };
        let shapes = fitting(shapes, entries);
        self.seen.push(Seen::Fields {
            shapes: shapes.clone(),
            keys: entries.iter().map(|(key, _)| key.clone()).collect(),
        });
        let before = self.value.clone();
        if shapes.iter().any(|shape| shape.id == INDICATOR.id) {
            self.value = text_of(entries, "lamp");
        }
        for (key, value) in entries {
            let known = shapes
                .iter()
                .find_map(|shape| Some((*shape, shape.field(&key.value)?)));
            if let Some((shape, field)) = known {
                let key = key.clone();
                self.seen.push(Seen::Key { shape, field, key });
                self.kind(&field.kind, value);
            }
        }
        self.value = before;
    }

    fn named(&mut self, named: &'static Named, node: &Node) {
        match &node.kind {
            NodeKind::Map(entries) => {
                for (key, value) in entries {
                    let body = Some((&named.each, value));
                    self.name(named.of, named.gives, key.clone(), body);
                    let (value_before, decision_before) =
                        (self.value.clone(), self.decision.clone());
                    match named.of {
                        Of::Value => self.value = Some(key.value.clone()),
                        Of::Inject => self.decision = Some(key.value.clone()),
                        _ => {}
                    }
                    self.kind(&named.each, value);
                    (self.value, self.decision) = (value_before, decision_before);
                }
            }
            NodeKind::Text { text, .. } => {
                let name = Placed {
                    value: text.clone(),
                    place: node.place,
                };
                self.name(named.of, named.gives, name, None);
            }
            _ => {}
        }
    }
}

/// The mappings among several forms.
fn parts(kinds: &[(&str, Kind)]) -> Vec<&'static Shape> {
    let shapes = kinds.iter().filter_map(|(_, kind)| match kind {
        Kind::Part(shape) => Some(*shape),
        _ => None,
    });
    shapes.collect()
}

/// Which of several forms something has; the first where that is still open. The short form is that of the first.
fn form(kind: &Kind, node: &Node) -> Option<&'static Shape> {
    let Kind::Either(kinds) = kind else {
        return None;
    };
    match &node.kind {
        NodeKind::Map(entries) => fitting(&parts(kinds), entries).first().copied(),
        NodeKind::Text { .. } => parts(kinds).first().copied(),
        _ => None,
    }
}

/// Those of the shapes that have most of the keys.
fn fitting(shapes: &[&'static Shape], entries: &[(Placed<String>, Node)]) -> Vec<&'static Shape> {
    let known = |shape: &Shape| {
        let known = entries
            .iter()
            .filter(|(key, _)| shape.field(&key.value).is_some());
        known.count()
    };
    let most = shapes.iter().map(|shape| known(shape)).max().unwrap_or(0);
    let fitting = shapes.iter().filter(|shape| known(shape) == most);
    fitting.copied().collect()
}

fn text_of(entries: &[(Placed<String>, Node)], name: &str) -> Option<String> {
    let (_, node) = entries.iter().find(|(key, _)| key.value == name)?;
    match &node.kind {
        NodeKind::Text { text, .. } => Some(text.clone()),
        _ => None,
    }
}

/// What a reader calls the thing that a name is given to.
fn title(body: &Node) -> String {
    match &body.kind {
        NodeKind::Map(entries) => ["title", "label", "says", "question"]
            .iter()
            .find_map(|name| text_of(entries, name))
            .unwrap_or_default(),
        NodeKind::Text { text, .. } => text.clone(),
        _ => String::new(),
    }
}
