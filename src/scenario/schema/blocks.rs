//! Blocks: what happens.

use super::{
    FieldKind, KeyRule, NameKind, NameMap, RECORD_MARKS, SchemaField, Shape, may, must, used,
};

/// What must hold before a block happens.
pub(super) static BEFOREHAND: &[SchemaField] = &[
    may(
        "when",
        FieldKind::Expression,
        "It happens only if this holds.",
        "attacker == admin",
    ),
    may(
        "after",
        FieldKind::Duration,
        "It happens only after this long; `when` is tested then.",
        "2h",
    ),
];

/// The fields that any block has.
pub(super) static HAPPENS: &[SchemaField] = &[
    may(
        "do",
        FieldKind::List(&FieldKind::Effect),
        "Effects on values: `NAME = EXPR`, `NAME += EXPR` or `NAME -= EXPR`.",
        r#"["attacker = evicted", "noise += 1"]"#,
    ),
    may(
        "score",
        FieldKind::Named(&SCORE),
        "Points by objective; they may be negative. They need `because` beside them.",
        r#"{"contain": 8}"#,
    ),
    may(
        "because",
        FieldKind::Prose,
        "The reason for the points, which the team reads. Without points: a reason shown with the outcome.",
        "The foothold is gone before it spreads.",
    ),
];

/// News of the result.
pub(super) static NEWS: &[SchemaField] = &[may(
    "text",
    FieldKind::Prose,
    "News of the result: of an option or an action to its roles, else to everybody.",
    "The session ends.",
)];

/// Injects and luck.
pub(super) static LUCK: &[SchemaField] = &[
    may(
        "inject",
        FieldKind::OneOrMore(&FieldKind::Name(NameKind::Inject)),
        "The inject that it brings, or a list of them. They come in the same minute, if their own phase is still running.",
        "reporter_calls",
    ),
    may(
        "chance",
        FieldKind::NewName(NameKind::Chance),
        "Luck: its name, by which rolls are keyed. Several blocks may use the same name if the odds are the same.",
        "eviction",
    ),
    may(
        "outcomes",
        FieldKind::Parts(&OUTCOME),
        "How the luck can fall, in order, at most 255.",
        r#"[{"odds": 70, "do": ["attacker = evicted"]}, {"odds": 30, "because": "They held a second account."}]"#,
    ),
];

static SCORE: NameMap = used(
    NameKind::Objective,
    FieldKind::Number(-crate::scenario::read::NUMBER_MAX),
);

pub(super) const TOGETHER_SCORE: KeyRule = KeyRule::With(&["score"], &["because"]);

pub(super) const TOGETHER_LUCK: [KeyRule; 2] = [
    KeyRule::With(&["chance"], &["outcomes"]),
    KeyRule::With(&["outcomes"], &["chance"]),
];

/// A block.
pub static BLOCK: Shape = Shape {
    id: "block",
    what: "a block",
    about: "What happens, in the order of the fields. All of them are optional.",
    groups: &[BEFOREHAND, HAPPENS, NEWS, LUCK, RECORD_MARKS],
    rules: &[TOGETHER_SCORE, TOGETHER_LUCK[0], TOGETHER_LUCK[1]],
};

/// An outcome.
pub static OUTCOME: Shape = Shape {
    id: "outcome",
    what: "an outcome",
    about: "One way that luck can fall, and what happens then.",
    groups: &[
        &[must(
            "odds",
            FieldKind::Number(1),
            "Its weight, a whole number. The odds of all need not add up to 100.",
            "70",
        )],
        HAPPENS,
        NEWS,
        LUCK,
        RECORD_MARKS,
    ],
    rules: &[TOGETHER_SCORE, TOGETHER_LUCK[0], TOGETHER_LUCK[1]],
};

/// How a statement can stand to the record.
pub const STANDINGS: [&str; 3] = ["documented", "inferred", "invented"];

/// A record mark.
pub static MARK: Shape = Shape {
    id: "mark",
    what: "a record mark",
    about: "One statement of a text, and what it rests on.",
    groups: &[&[
        must(
            "says",
            FieldKind::Prose,
            "The statement.",
            "the hour and that anybody noticed",
        ),
        must(
            "is",
            FieldKind::OneOf(&STANDINGS),
            "How far the record supports it: *documented* and *inferred* cite entries, *invented* cites nothing.",
            "invented",
        ),
        may(
            "cites",
            FieldKind::List(&FieldKind::Name(NameKind::Entry)),
            "The entries of `record.yaml` that it rests on.",
            r#"["T-10"]"#,
        ),
    ]],
    rules: &[],
};
