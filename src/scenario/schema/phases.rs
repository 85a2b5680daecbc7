//! Phases.

use super::{
    BLOCKS, Field, INJECT, Kind, Named, Of, RECORD_MARKS, Rule, Shape, TIMED_DECISION, may, must,
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

static HEAD: &[Field] = &[
    must(
        "title",
        Kind::Line(None),
        "The phase's name on screen.",
        "Initial access",
    ),
    may(
        "text",
        Kind::Prose,
        "What everybody reads when it begins.",
        "It is Tuesday evening, and quiet.",
    ),
];

static COURSE: &[Field] = &[
    may(
        "begins",
        BLOCKS,
        "What happens when it begins.",
        r#"[{"do": ["attacker = foothold"]}]"#,
    ),
    may(
        "injects",
        Kind::Named(&INJECTS),
        "The news, by name, in order.",
        "",
    ),
    may(
        "decisions",
        Kind::Named(&DECISIONS),
        "Questions that a moment asks, with no message, by name.",
        "",
    ),
    may(
        "ends",
        Kind::Parts(&END),
        "What ends the phase: the first of these that is true.",
        r#"[{"when": "attacker == encrypting", "to": "encryption"}]"#,
    ),
    may(
        "bands",
        Kind::Named(&BANDS),
        "Numbers that are coarsened when the phase ends: down to a multiple, or to the next listed mark.",
        r#"{"backlog": 1000, "calls": [0, 500, 5000]}"#,
    ),
];

static INJECTS: Named = Named {
    of: Of::Inject,
    gives: true,
    each: Kind::Part(&INJECT),
    filled: false,
};

static DECISIONS: Named = Named {
    of: Of::Inject,
    gives: true,
    each: Kind::Part(&TIMED_DECISION),
    filled: false,
};

static BANDS: Named = Named {
    of: Of::Value,
    gives: false,
    each: Kind::Bands,
    filled: false,
};

/// One way a phase ends.
pub static END: Shape = Shape {
    id: "end",
    what: "an end",
    about: "One way a phase ends: when a condition holds, at a moment, or at a moment if a condition then holds.",
    groups: &[&[
        may(
            "when",
            Kind::Expression,
            "The condition. With `at` too, it is tested at that minute.",
            "attacker == encrypting",
        ),
        may(
            "at",
            Kind::Moment,
            "The moment: a date, or a duration since the phase began.",
            "2022-08-04 04:30",
        ),
        must(
            "to",
            Kind::Name(Of::PhaseOrEndex),
            "The next phase, or `endex`.",
            "encryption",
        ),
    ]],
    rules: &[Rule::Some(&["when", "at"])],
};
