//! Phases.

use super::{
    BLOCKS, FieldKind, INJECT, KeyRule, NameKind, NameMap, RECORD_MARKS, SchemaField, Shape,
    TIMED_DECISION, given, may, must, used,
};

/// A phase, in `scenario.yaml` or in a file of its own.
pub static PHASE: Shape = Shape {
    id: "phase",
    what: "a phase",
    about: "A stretch of the exercise with its own injects and its own end. A phase that nothing ends goes on until \
            ENDEX. When it ends, open decisions take their defaults and undelivered injects are dropped.",
    groups: &[HEAD, RECORD_MARKS, COURSE],
    rules: &[],
};

static HEAD: &[SchemaField] = &[
    must(
        "title",
        FieldKind::Line(None),
        "The phase's name on screen.",
        "Initial access",
    ),
    may(
        "text",
        FieldKind::Prose,
        "What everybody reads when it begins.",
        "It is Tuesday evening, and quiet.",
    ),
];

static COURSE: &[SchemaField] = &[
    may(
        "begins",
        BLOCKS,
        "What happens when it begins.",
        r#"[{"do": ["attacker = foothold"]}]"#,
    ),
    may(
        "injects",
        FieldKind::Named(&INJECTS),
        "The news, by name, in order.",
        "",
    ),
    may(
        "decisions",
        FieldKind::Named(&DECISIONS),
        "Questions that a moment asks, with no message, by name.",
        "",
    ),
    may(
        "ends",
        FieldKind::Parts(&END),
        "What ends the phase: the first of these that is true.",
        r#"[{"when": "attacker == encrypting", "to": "encryption"}]"#,
    ),
    may(
        "bands",
        FieldKind::Named(&BANDS),
        "Numbers that are coarsened when the phase ends: down to a multiple, or to the next listed mark.",
        r#"{"backlog": 1000, "calls": [0, 500, 5000]}"#,
    ),
];

static INJECTS: NameMap = given(NameKind::Inject, FieldKind::Part(&INJECT));

static DECISIONS: NameMap = given(NameKind::Inject, FieldKind::Part(&TIMED_DECISION));

static BANDS: NameMap = used(NameKind::Value, FieldKind::Bands);

/// One way a phase ends.
pub static END: Shape = Shape {
    id: "end",
    what: "an end",
    about: "One way a phase ends: when a condition holds, at a moment, or at a moment if a condition then holds.",
    groups: &[&[
        may(
            "when",
            FieldKind::Expression,
            "The condition. With `at` too, it is tested at that minute.",
            "attacker == encrypting",
        ),
        may(
            "at",
            FieldKind::Moment,
            "The moment: a date, or a duration since the phase began.",
            "2022-08-04 04:30",
        ),
        must(
            "to",
            FieldKind::Name(NameKind::PhaseOrEndex),
            "The next phase, or `endex`.",
            "encryption",
        ),
    ]],
    rules: &[KeyRule::Some(&["when", "at"])],
};
