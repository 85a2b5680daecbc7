//! The tables as JSON Schema.

use serde_json::{Map, Value, json};

use super::{Document, FieldKind, KeyRule, NameMap, SchemaField, Shape};
use crate::scenario::read::{ID_MAX_CHARACTERS, NUMBER_MAX, TEXT_MAX_BYTES};

/// What an id looks like.
const ID: &str = "^[a-z][a-z0-9_]*$";

/// What a code of the record looks like.
const CODE: &str = r"^\S+$";

/// A sum of durations, such as `2d 12h`.
const DURATION: &str = r"^\s*([0-9]+[mhdw]\s*)+$";

/// The same, but not zero.
const PERIOD: &str = r"^\s*(?!\s*(0+[mhdw]\s*)+$)([0-9]+[mhdw]\s*)+$";

/// A date, with or without a time.
const DATE: &str =
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])( ([01][0-9]|2[0-3]):[0-5][0-9])?$";

/// An effect.
const EFFECT: &str = r"^\s*[a-z][a-z0-9_]*\s*(=|\+=|-=)";

/// The JSON Schema (2020-12) of a file, indented, with a newline at its end.
///
/// # Panics
/// Never: a tree of values whose keys are texts can always be written.
#[must_use]
pub fn json(document: Document) -> String {
    let root = document.shape();
    let definitions: Map<String, Value> = shapes(document)
        .iter()
        .skip(1)
        .map(|shape| {
            (
                shape.id.to_owned(),
                Value::Object(shape_schema(shape, root)),
            )
        })
        .map(|(id, shape)| match id.as_str() {
            // `access: {}` says that the phase has a file of its own. Not `anyOf`, which would report a mistake anywhere
            // in a phase as one of the whole phase.
            "phase" => (id, filled_or_empty(shape)),
            _ => (id, shape),
        })
        .collect();
    let mut whole = Map::new();
    let name = document.name();
    whole.insert(
        "$schema".into(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    whole.insert("$id".into(), json!(format!("{name}.schema.json")));
    whole.insert("title".into(), json!(format!("sandtable: {}", root.what)));
    whole.extend(shape_schema(root, root));
    if !definitions.is_empty() {
        whole.insert("$defs".into(), Value::Object(definitions));
    }
    let mut text = serde_json::to_string_pretty(&Value::Object(whole))
        .expect("a tree of values with text keys can be written");
    text.push('\n');
    text
}

/// All mappings that a file may hold, each once; the file itself is the first.
#[must_use]
pub fn shapes(document: Document) -> Vec<&'static Shape> {
    let mut shapes = Vec::new();
    collect(document.shape(), &mut shapes);
    shapes
}

fn collect(shape: &'static Shape, into: &mut Vec<&'static Shape>) {
    if into.iter().any(|known| known.id == shape.id) {
        return;
    }
    into.push(shape);
    for field in shape.fields() {
        collect_from(&field.kind, into);
    }
}

fn collect_from(kind: &'static FieldKind, into: &mut Vec<&'static Shape>) {
    match kind {
        FieldKind::Part(shape) | FieldKind::Parts(shape) => collect(shape, into),
        FieldKind::PhaseOrFile => collect(&super::PHASE, into),
        FieldKind::List(of) | FieldKind::OneOrMore(of) => collect_from(of, into),
        FieldKind::Named(named) => collect_from(&named.each, into),
        FieldKind::Either(kinds) => kinds.iter().for_each(|(_, kind)| collect_from(kind, into)),
        _ => {}
    }
}

fn shape_schema(shape: &'static Shape, root: &Shape) -> Map<String, Value> {
    let mut all = Map::new();
    all.insert("description".into(), json!(shape.about));
    all.insert("type".into(), json!("object"));
    let properties: Map<String, Value> = shape
        .fields()
        .map(|field| (field.name.to_owned(), field_schema(field, root)))
        .collect();
    all.insert("properties".into(), Value::Object(properties));
    let needed = shape.fields().filter(|field| field.needed);
    let needed: Vec<&str> = needed.map(|field| field.name).collect();
    if !needed.is_empty() {
        all.insert("required".into(), json!(needed));
    }
    all.insert("additionalProperties".into(), json!(false));
    let rules = shape.rules.iter().map(rule_schema);
    let rules: Vec<Value> = rules.collect();
    if !rules.is_empty() {
        all.insert("allOf".into(), Value::Array(rules));
    }
    all
}

/// The same, but an empty mapping is valid too.
fn filled_or_empty(mut shape: Value) -> Value {
    let needed = shape.as_object_mut().and_then(|it| it.remove("required"));
    shape["if"] = json!({"minProperties": 1});
    shape["then"] = json!({"required": needed});
    shape
}

fn rule_schema(rule: &KeyRule) -> Value {
    let there = |name: &&str| json!({"required": [name]});
    match rule {
        KeyRule::With([one], others) => json!({"dependentRequired": {*one: others}}),
        KeyRule::With(all, others) => {
            json!({"if": {"required": all}, "then": {"required": others}})
        }
        KeyRule::Some(names) => json!({"anyOf": names.iter().map(there).collect::<Vec<_>>()}),
        KeyRule::One(names) => json!({"oneOf": names.iter().map(there).collect::<Vec<_>>()}),
    }
}

fn field_schema(field: &'static SchemaField, root: &Shape) -> Value {
    let mut all = Map::new();
    all.insert("description".into(), json!(field.about));
    merge(&mut all, kind_schema(&field.kind, root));
    if !field.example.is_empty() {
        all.insert("examples".into(), json!([field.example()]));
    }
    Value::Object(all)
}

fn merge(into: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        into.extend(more);
    }
}

impl SchemaField {
    /// The example as JSON.
    #[must_use]
    pub fn example(&self) -> Value {
        let text = || Value::String(self.example.to_owned());
        match self.kind {
            // A line is text even where it looks like a number.
            FieldKind::Line(_) | FieldKind::Prose => text(),
            _ => serde_json::from_str(self.example).unwrap_or_else(|_| text()),
        }
    }
}

/// What YAML takes for a number or a truth is read as text too.
fn any_scalar() -> Value {
    json!(["string", "number", "boolean"])
}

fn kind_schema(kind: &'static FieldKind, root: &Shape) -> Value {
    match kind {
        FieldKind::Format => json!({"const": 1}),
        FieldKind::Prose => {
            json!({"type": any_scalar(), "minLength": 1, "maxLength": TEXT_MAX_BYTES})
        }
        FieldKind::Line(most) => json!({
            "type": any_scalar(),
            "pattern": r"^[^\n]*\S[^\n]*$",
            "maxLength": most.unwrap_or(TEXT_MAX_BYTES),
        }),
        FieldKind::OneOf(words) => json!({"enum": words}),
        FieldKind::Flag => json!({"type": "boolean"}),
        FieldKind::Number(least) => {
            json!({"type": "integer", "minimum": least, "maximum": NUMBER_MAX})
        }
        FieldKind::Duration => json!({"type": "string", "pattern": DURATION}),
        FieldKind::Period => json!({"type": "string", "pattern": PERIOD}),
        FieldKind::Date => json!({"type": "string", "pattern": DATE}),
        FieldKind::Moment => json!({"anyOf": [
            {"title": "a duration", "type": "string", "pattern": DURATION},
            {"title": "a date", "type": "string", "pattern": DATE},
        ]}),
        FieldKind::Zone => json!({"type": "string", "minLength": 1}),
        FieldKind::ScenarioName => {
            json!({"type": "string", "pattern": "^[a-z][a-z0-9_-]*$", "maxLength": ID_MAX_CHARACTERS})
        }
        FieldKind::Expression | FieldKind::Content => json!({"type": any_scalar(), "minLength": 1}),
        FieldKind::Effect => json!({"type": "string", "pattern": EFFECT}),
        FieldKind::Name(of) | FieldKind::NewName(of) => {
            let pattern = if of.is_code() { CODE } else { ID };
            json!({"type": "string", "pattern": pattern, "maxLength": ID_MAX_CHARACTERS})
        }
        FieldKind::Part(shape) => reference(shape, root),
        FieldKind::PhaseOrFile => reference(&super::PHASE, root),
        FieldKind::Parts(of) => json!({"type": "array", "items": reference(of, root)}),
        FieldKind::List(of) => json!({"type": "array", "items": kind_schema(of, root)}),
        FieldKind::OneOrMore(of) => json!({"anyOf": [
            with_title("one", kind_schema(of, root)),
            {"title": "several", "type": "array", "items": kind_schema(of, root)},
        ]}),
        FieldKind::Bands => json!({"anyOf": [
            {"title": "a step", "type": "integer", "minimum": 1, "maximum": NUMBER_MAX},
            {
                "title": "rising marks",
                "type": "array",
                "items": {"type": "integer", "minimum": -NUMBER_MAX, "maximum": NUMBER_MAX},
                "minItems": 1,
            },
        ]}),
        FieldKind::Named(named) => names_schema(named, root),
        FieldKind::Either(kinds) => {
            let forms = kinds.iter();
            let forms = forms.map(|(title, kind)| with_title(title, kind_schema(kind, root)));
            json!({"anyOf": forms.collect::<Vec<_>>()})
        }
    }
}

fn names_schema(named: &'static NameMap, root: &Shape) -> Value {
    let pattern = if named.of.is_code() { CODE } else { ID };
    let mut all = json!({
        "type": "object",
        "propertyNames": {"pattern": pattern, "maxLength": ID_MAX_CHARACTERS},
        "additionalProperties": kind_schema(&named.each, root),
    });
    if named.filled {
        all["minProperties"] = json!(1);
    }
    all
}

fn with_title(title: &str, kind: Value) -> Value {
    let mut all = Map::new();
    all.insert("title".into(), json!(title));
    merge(&mut all, kind);
    Value::Object(all)
}

fn reference(shape: &Shape, root: &Shape) -> Value {
    let to = if shape.id == root.id {
        "#".to_owned()
    } else {
        format!("#/$defs/{}", shape.id)
    };
    json!({"$ref": to})
}
