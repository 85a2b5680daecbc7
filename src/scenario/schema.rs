//! What a scenario's files may hold: every field with its kind, a sentence about it and an example.
//!
//! These tables are the one list of the format's fields. Reading takes the known fields from them, the JSON Schema is
//! made from them, and the language server completes and explains with them. A field that is not described here cannot
//! be read, and a test makes sure that every field described here is.

mod blocks;
mod injects;
mod json;
mod phases;
mod record;
mod top;
mod values;

#[cfg(test)]
mod tests;

pub use blocks::{BLOCK, MARK, OUTCOME, STANDINGS};
pub use injects::{
    ACTION, ANSWERS, ASKED, CONSENT, DECISION, INJECT, MESSAGE, OPTION, TIMED_DECISION,
};
pub use json::{json, shapes};
pub use phases::{END, PHASE};
pub use record::{CONFIDENCES, ENTRY, RECORD};
pub use top::{CUT, ENDING, OBJECTIVE, ROLE, RULE, SCENARIO, VARIANT};
pub use values::{GROWTH, INDICATOR, NUMBER, TRUTH, VALUE, WORD};

/// A file of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Document {
    /// `scenario.yaml`
    Scenario,
    /// A file of `phases/`.
    Phase,
    /// `record.yaml`
    Record,
}

impl Document {
    /// All of them.
    pub const ALL: [Document; 3] = [Document::Scenario, Document::Phase, Document::Record];

    /// Its name in a command, and in the name of its schema's file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Document::Scenario => "scenario",
            Document::Phase => "phase",
            Document::Record => "record",
        }
    }

    /// What the file holds.
    #[must_use]
    pub const fn shape(self) -> &'static Shape {
        match self {
            Document::Scenario => &SCENARIO,
            Document::Phase => &PHASE,
            Document::Record => &RECORD,
        }
    }
}

/// A mapping whose keys the format knows.
#[derive(Debug)]
pub struct Shape {
    /// Its name among the definitions of the JSON Schema.
    pub id: &'static str,
    /// Its name with an article, as findings use it.
    pub what: &'static str,
    /// What it is, in a sentence or two.
    pub about: &'static str,
    /// Its fields, in groups that several shapes share.
    pub groups: &'static [&'static [SchemaField]],
    /// Which fields belong together.
    pub rules: &'static [KeyRule],
}

/// A field of a mapping.
#[derive(Debug)]
pub struct SchemaField {
    /// Its key.
    pub name: &'static str,
    /// What its value is.
    pub kind: FieldKind,
    /// Whether it must be there.
    pub needed: bool,
    /// What it is, in a sentence or two, with a full stop.
    pub about: &'static str,
    /// An example of its value: JSON, or a bare text. Empty if the parts explain themselves.
    pub example: &'static str,
}

/// Which fields of a mapping belong together.
#[derive(Clone, Copy, Debug)]
pub enum KeyRule {
    /// If all of the first are there, all of the second must be.
    With(&'static [&'static str], &'static [&'static str]),
    /// At least one of these must be there.
    Some(&'static [&'static str]),
    /// Exactly one of these must be there.
    One(&'static [&'static str]),
}

/// What a value is.
#[derive(Debug)]
pub enum FieldKind {
    /// `1`
    Format,
    /// Paragraphs of text.
    Prose,
    /// Text on one line, with a limit of characters if one is given.
    Line(Option<usize>),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`
    Flag,
    /// A whole number that is at least this.
    Number(i64),
    /// Zero or more minutes.
    Duration,
    /// One minute or more.
    Period,
    /// A date, with or without a time.
    Date,
    /// A duration or a date.
    Moment,
    /// The name of a time zone.
    Zone,
    /// The name of the scenario itself.
    ScenarioName,
    /// An expression.
    Expression,
    /// `NAME = EXPR`
    Effect,
    /// What a value may hold: a word, a number, a truth.
    Content,
    /// The name of something.
    Name(NameKind),
    /// A name that is given to something here.
    NewName(NameKind),
    /// A mapping of fields.
    Part(&'static Shape),
    /// A phase, or nothing if the phase has a file of its own.
    PhaseOrFile,
    /// A list of such mappings.
    Parts(&'static Shape),
    /// A list.
    List(&'static FieldKind),
    /// A list, or one item of it.
    OneOrMore(&'static FieldKind),
    /// A step or rising marks.
    Bands,
    /// A mapping of names to things.
    Named(&'static NameMap),
    /// One of several forms, each with its name.
    Either(&'static [(&'static str, FieldKind)]),
}

/// A mapping of names to things.
#[derive(Debug)]
pub struct NameMap {
    /// What the names name.
    pub of: NameKind,
    /// Whether they are given here, not only used.
    pub gives: bool,
    /// What each name stands for.
    pub each: FieldKind,
    /// Whether there must be at least one.
    pub filled: bool,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// Who plays.
    Role,
    /// What is scored.
    Objective,
    /// A piece of the state.
    Value,
    /// A word that a value may hold.
    Word,
    /// A phase.
    Phase,
    /// A phase, or `endex`.
    PhaseOrEndex,
    /// An inject, or a decision that a moment asks; the decision that an inject asks has its name.
    Inject,
    /// An option of a decision.
    Option,
    /// A standing action.
    Action,
    /// An inject, a decision or an action.
    InjectOrAction,
    /// A point of luck.
    Chance,
    /// How it came out.
    Ending,
    /// A set of initial values.
    Variant,
    /// A part of the scenario.
    Cut,
    /// What must hold, however it is played.
    Rule,
    /// An entry of the record.
    Entry,
    /// A source of the record.
    Source,
}

impl NameKind {
    /// As a reader sees it: `role`, `word`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            NameKind::Role => "role",
            NameKind::Objective => "objective",
            NameKind::Value => "value",
            NameKind::Word => "word",
            NameKind::Phase | NameKind::PhaseOrEndex => "phase",
            NameKind::Inject | NameKind::InjectOrAction => "inject",
            NameKind::Option => "option",
            NameKind::Action => "action",
            NameKind::Chance => "chance",
            NameKind::Ending => "ending",
            NameKind::Variant => "variant",
            NameKind::Cut => "cut",
            NameKind::Rule => "rule",
            NameKind::Entry => "entry of the record",
            NameKind::Source => "source",
        }
    }

    /// Whether its names are codes such as `T-10` and not ids.
    #[must_use]
    pub const fn is_code(self) -> bool {
        matches!(self, NameKind::Entry | NameKind::Source)
    }
}

impl Shape {
    /// Its fields, in the order of the documentation.
    pub fn fields(&self) -> impl Iterator<Item = &'static SchemaField> + use<> {
        self.groups.iter().copied().flatten()
    }

    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static SchemaField> {
        self.fields().find(|field| field.name == name)
    }
}

/// A field that may be there.
const fn may(
    name: &'static str,
    kind: FieldKind,
    about: &'static str,
    example: &'static str,
) -> SchemaField {
    SchemaField {
        name,
        kind,
        needed: false,
        about,
        example,
    }
}

/// A field that must be there.
const fn must(
    name: &'static str,
    kind: FieldKind,
    about: &'static str,
    example: &'static str,
) -> SchemaField {
    SchemaField {
        needed: true,
        ..may(name, kind, about, example)
    }
}

/// A mapping whose names are given in it.
const fn given(of: NameKind, each: FieldKind) -> NameMap {
    NameMap {
        of,
        gives: true,
        each,
        filled: false,
    }
}

/// The same with at least one name.
const fn filled(of: NameKind, each: FieldKind) -> NameMap {
    NameMap {
        filled: true,
        ..given(of, each)
    }
}

/// A mapping whose names are given elsewhere.
const fn used(of: NameKind, each: FieldKind) -> NameMap {
    NameMap {
        gives: false,
        ..given(of, each)
    }
}

/// The marks that stand beside texts.
static RECORD_MARKS: &[SchemaField] = &[may(
    "record",
    FieldKind::Parts(&MARK),
    "What the texts beside it rest on: one mark for each dated, counted or named statement.",
    r#"[{"says": "the analyst and the alert", "is": "invented"}]"#,
)];

/// Names of roles.
const ROLES: FieldKind = FieldKind::List(&FieldKind::Name(NameKind::Role));

/// Names of phases.
const PHASES: FieldKind = FieldKind::List(&FieldKind::Name(NameKind::Phase));

/// Blocks.
const BLOCKS: FieldKind = FieldKind::Parts(&BLOCK);
