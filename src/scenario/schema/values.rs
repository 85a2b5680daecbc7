//! Values and the board.

use super::{FieldKind, KeyRule, NameKind, PHASES, ROLES, SchemaField, Shape, may, must};
use crate::scenario::read::NUMBER_MAX;

/// A value: its short form, or one of the three kinds.
pub const VALUE: FieldKind = FieldKind::Either(&[
    ("a truth, the short form", FieldKind::Flag),
    ("a truth", FieldKind::Part(&TRUTH)),
    ("a word of a list", FieldKind::Part(&WORD)),
    ("a number", FieldKind::Part(&NUMBER)),
]);

static SHOWN: &[SchemaField] = &[
    may(
        "title",
        FieldKind::Line(None),
        "The value's name on screen; by default its id.",
        "Engineers free",
    ),
    may(
        "hidden",
        FieldKind::Flag,
        "Whether no view shows it. A hidden value may not stand on the board.",
        "true",
    ),
];

/// A truth.
pub static TRUTH: Shape = Shape {
    id: "truth",
    what: "a truth",
    about: "A value that is true or false. Its short form is `told: false`.",
    groups: &[
        &[must(
            "initial",
            FieldKind::Flag,
            "What it is at STARTEX.",
            "false",
        )],
        SHOWN,
    ],
    rules: &[],
};

/// A word.
pub static WORD: Shape = Shape {
    id: "word",
    what: "a value with words",
    about: "A value that holds one word of a list.",
    groups: &[
        &[
            must(
                "one_of",
                FieldKind::List(&FieldKind::NewName(NameKind::Word)),
                "The words that it may hold, at most 64.",
                r#"["unprotected", "mfa", "isolated"]"#,
            ),
            must(
                "initial",
                FieldKind::Name(NameKind::Word),
                "The word that it holds at STARTEX.",
                "unprotected",
            ),
        ],
        SHOWN,
    ],
    rules: &[],
};

/// A number.
pub static NUMBER: Shape = Shape {
    id: "number",
    what: "a number",
    about: "A whole number between two bounds, both included. It may grow by itself.",
    groups: &[
        &[
            must(
                "min",
                FieldKind::Number(-NUMBER_MAX),
                "The least it may be.",
                "0",
            ),
            must(
                "max",
                FieldKind::Number(-NUMBER_MAX),
                "The most it may be.",
                "12",
            ),
            must(
                "initial",
                FieldKind::Number(-NUMBER_MAX),
                "What it is at STARTEX.",
                "12",
            ),
            may(
                "unit",
                FieldKind::Line(None),
                "What is counted; shown after the number.",
                "people",
            ),
        ],
        SHOWN,
        &[
            may(
                "saturates",
                FieldKind::Flag,
                "Whether it is meant to stop at a bound. Without this, leaving the bounds is reported.",
                "true",
            ),
            may(
                "grows",
                FieldKind::Parts(&GROWTH),
                "How it grows by itself. Several rates add up. The value is kept exactly, and shown rounded down.",
                r#"[{"add": 6, "every": "1h", "when": "network == cut"}]"#,
            ),
        ],
    ],
    rules: &[],
};

/// A growth.
pub static GROWTH: Shape = Shape {
    id: "growth",
    what: "a growth",
    about: "Adds an amount at regular intervals, while a condition holds. Neither the amount nor the condition may read a \
            growing value or the clock.",
    groups: &[&[
        must(
            "add",
            FieldKind::Expression,
            "How much is added: a number, which may be negative, or an expression.",
            "1600",
        ),
        must(
            "every",
            FieldKind::Period,
            "How long it takes to add that much.",
            "1h",
        ),
        may(
            "when",
            FieldKind::Expression,
            "The condition under which it grows.",
            "attacker == admin && citrix != isolated",
        ),
    ]],
    rules: &[],
};

/// An entry of the board.
pub static INDICATOR: Shape = Shape {
    id: "indicator",
    what: "an entry of the board",
    about: "One entry of the situation board. It shows one thing: a `lamp`, a `gauge`, a `trend` or a `clock`.",
    groups: &[&[
        may(
            "lamp",
            FieldKind::Name(NameKind::Value),
            "Shows the word or truth that this value holds.",
            "citrix",
        ),
        may(
            "gauge",
            FieldKind::Name(NameKind::Value),
            "Shows this number against its maximum.",
            "engineers",
        ),
        may(
            "trend",
            FieldKind::Name(NameKind::Value),
            "Shows this number with its recent course.",
            "calls_on_paper",
        ),
        may(
            "clock",
            FieldKind::Name(NameKind::InjectOrAction),
            "Shows the time since this inject came, this decision was taken or this action was used.",
            "odd_logon",
        ),
        may(
            "title",
            FieldKind::Line(None),
            "Its name on screen; by default the value's title.",
            "Since detection",
        ),
        may(
            "in",
            PHASES,
            "The phases in which it is shown; by default all.",
            r#"["outage"]"#,
        ),
        may(
            "to",
            ROLES,
            "The roles that see it; by default all.",
            r#"["tech"]"#,
        ),
        may(
            "good",
            FieldKind::List(&FieldKind::Content),
            "Words of a lamp that are good. Of a truth: `\"true\"` or `\"false\"`, in quotes.",
            r#"["mfa", "isolated"]"#,
        ),
        may(
            "bad",
            FieldKind::List(&FieldKind::Content),
            "Words of a lamp that are bad. All others are in between.",
            r#"["unprotected"]"#,
        ),
    ]],
    rules: &[
        KeyRule::One(&["lamp", "gauge", "trend", "clock"]),
        KeyRule::With(&["good"], &["lamp"]),
        KeyRule::With(&["bad"], &["lamp"]),
    ],
};
