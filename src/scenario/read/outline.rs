//! What is where in one file, whether or not it makes sense yet: for editors, while somebody types.
//!
//! The tables of [`crate::scenario::schema`] say what to expect at each place; anything unknown is left out.

use super::decode::Decoder;
use super::node::{YamlKind, YamlNode};
use super::tree;
use crate::finding::{Place, Sources};
use crate::scenario::Placed;
use crate::scenario::schema::{
    Document, FieldKind, INDICATOR, NameKind, NameMap, PHASE, SchemaField, Shape,
};

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
        /// What it is, or could still be.
        shapes: Vec<&'static Shape>,
        /// The keys that are there.
        keys: Vec<Placed<String>>,
    },
    /// A key of such a mapping.
    Key {
        /// The mapping that it belongs to.
        shape: &'static Shape,
        /// Its field.
        field: &'static SchemaField,
        /// The key.
        key: Placed<String>,
    },
    /// A name.
    Name(NameUse),
    /// An expression or an effect.
    Code {
        /// As written.
        text: Placed<String>,
        /// Whether it is an effect.
        effect: bool,
    },
    /// Another single value.
    Single {
        /// What it should be.
        kind: &'static FieldKind,
        /// As written.
        text: Placed<String>,
    },
}

/// A name that is given or used.
#[derive(Debug)]
pub struct NameUse {
    /// What it names.
    pub of: NameKind,
    /// What it belongs to: the value of a word, the decision of an option.
    pub within: Option<String>,
    /// Whether it is given here.
    pub gives: bool,
    /// As written.
    pub name: Placed<String>,
    /// Where it is given: the name with everything that belongs to it.
    pub whole: Place,
    /// Where it is given: its title, label or statement.
    pub title: String,
    /// Where it is given: which of several forms it has.
    pub shape: Option<&'static Shape>,
}

/// Outlines one file. None if its structure cannot be made out.
#[must_use]
pub fn outline(document: Document, text: &str) -> Option<Outline> {
    let mut decoder = Decoder::default();
    let root = tree::parse_file(&mut decoder, String::new(), text.as_bytes())?;
    // A piece was left out so that the rest could be read, but the structure needs it.
    if decoder.findings.iter().any(|it| it.rule == "yaml-syntax") {
        return None;
    }
    let mut walk = OutlineWalk::default();
    walk.fields(&[document.shape()], &root);
    Some(Outline {
        seen: walk.seen,
        sources: decoder.sources,
    })
}

#[derive(Default)]
struct OutlineWalk {
    seen: Vec<Seen>,
    value: Option<String>,
    decision: Option<String>,
}

impl OutlineWalk {
    fn kind(&mut self, kind: &'static FieldKind, node: &YamlNode) {
        match (kind, &node.kind) {
            (
                FieldKind::Part(shape) | FieldKind::Parts(shape),
                YamlKind::Map(_) | YamlKind::Text { .. },
            ) => {
                self.fields(&[shape], node);
            }
            (
                FieldKind::Parts(_) | FieldKind::List(_) | FieldKind::OneOrMore(_),
                YamlKind::List(items),
            ) => {
                let each = match kind {
                    FieldKind::List(each) | FieldKind::OneOrMore(each) => each,
                    _ => kind,
                };
                for item in items {
                    self.kind(each, item);
                }
            }
            (FieldKind::List(each) | FieldKind::OneOrMore(each), _) => self.kind(each, node),
            (FieldKind::PhaseOrFile, YamlKind::Map(_) | YamlKind::Text { .. }) => {
                self.fields(&[&PHASE], node);
            }
            (FieldKind::Either(kinds), YamlKind::Map(_)) => {
                self.fields(&parts(kinds), node);
            }
            (FieldKind::Named(named), _) => self.named(named, node),
            (_, YamlKind::Text { text, .. }) => {
                let text = Placed::new(text.clone(), node.place);
                self.single(kind, text);
            }
            _ => {}
        }
    }

    fn single(&mut self, kind: &'static FieldKind, text: Placed<String>) {
        match kind {
            FieldKind::Name(of) => self.name(*of, false, text, None),
            FieldKind::NewName(of) => self.name(*of, true, text, None),
            FieldKind::Content => self.name(NameKind::Word, false, text, None),
            FieldKind::Expression | FieldKind::Effect => self.seen.push(Seen::Code {
                text,
                effect: matches!(kind, FieldKind::Effect),
            }),
            _ => self.seen.push(Seen::Single { kind, text }),
        }
    }

    fn name(
        &mut self,
        of: NameKind,
        gives: bool,
        name: Placed<String>,
        body: Option<(&FieldKind, &YamlNode)>,
    ) {
        let within = match of {
            NameKind::Word => self.value.clone(),
            NameKind::Option => self.decision.clone(),
            _ => None,
        };
        let mut whole = name.place;
        whole.end = body.map_or(whole.end, |(_, node)| node.place.end.max(whole.end));
        self.seen.push(Seen::Name(NameUse {
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
    fn fields(&mut self, shapes: &[&'static Shape], node: &YamlNode) {
        let entries = match &node.kind {
            YamlKind::Map(entries) => entries.as_slice(),
            YamlKind::Text { text, .. } => {
                let key = Placed::new(text.clone(), node.place);
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

    fn named(&mut self, named: &'static NameMap, node: &YamlNode) {
        match &node.kind {
            YamlKind::Map(entries) => {
                for (key, value) in entries {
                    let body = Some((&named.each, value));
                    self.name(named.of, named.gives, key.clone(), body);
                    let (value_before, decision_before) =
                        (self.value.clone(), self.decision.clone());
                    match named.of {
                        NameKind::Value => self.value = Some(key.value.clone()),
                        NameKind::Inject => self.decision = Some(key.value.clone()),
                        _ => {}
                    }
                    self.kind(&named.each, value);
                    (self.value, self.decision) = (value_before, decision_before);
                }
            }
            YamlKind::Text { text, .. } => {
                let name = Placed::new(text.clone(), node.place);
                self.name(named.of, named.gives, name, None);
            }
            _ => {}
        }
    }
}

/// The mappings among several forms.
fn parts(kinds: &[(&str, FieldKind)]) -> Vec<&'static Shape> {
    let shapes = kinds.iter().filter_map(|(_, kind)| match kind {
        FieldKind::Part(shape) => Some(*shape),
        _ => None,
    });
    shapes.collect()
}

/// Which of several forms something has: the first if that is still open, or if it is the short form.
fn form(kind: &FieldKind, node: &YamlNode) -> Option<&'static Shape> {
    let FieldKind::Either(kinds) = kind else {
        return None;
    };
    match &node.kind {
        YamlKind::Map(entries) => fitting(&parts(kinds), entries).first().copied(),
        YamlKind::Text { .. } => parts(kinds).first().copied(),
        _ => None,
    }
}

/// The shapes that know most of the keys.
fn fitting(
    shapes: &[&'static Shape],
    entries: &[(Placed<String>, YamlNode)],
) -> Vec<&'static Shape> {
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

fn text_of(entries: &[(Placed<String>, YamlNode)], name: &str) -> Option<String> {
    let (_, node) = entries.iter().find(|(key, _)| key.value == name)?;
    match &node.kind {
        YamlKind::Text { text, .. } => Some(text.clone()),
        _ => None,
    }
}

/// What a reader calls the thing that has the name.
fn title(body: &YamlNode) -> String {
    match &body.kind {
        YamlKind::Map(entries) => ["title", "label", "says", "question"]
            .iter()
            .find_map(|name| text_of(entries, name))
            .unwrap_or_default(),
        YamlKind::Text { text, .. } => text.clone(),
        _ => String::new(),
    }
}
