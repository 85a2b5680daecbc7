//! Injects, decisions, options and actions.

use super::blocks::{BEFOREHAND, HAPPENS, LUCK, NEWS, TOGETHER_LUCK, TOGETHER_SCORE};
use super::{
    BLOCKS, FieldKind, KeyRule, NameKind, NameMap, PHASES, RECORD_MARKS, ROLES, SchemaField, Shape,
    filled, may, must, used,
};
use crate::scenario::CHANNELS;
use crate::scenario::read::{LABEL_MAX_CHARACTERS, SUBJECT_MAX_CHARACTERS};

/// The options of a consent.
pub const ANSWERS: [&str; 2] = ["agree", "refuse"];

const REPEATS_ABOUT: &str =
    "How often it may come; by default once. With `at` or `when`, say `every` too.";

static TRIGGER: &[SchemaField] = &[
    may(
        "at",
        FieldKind::Moment,
        "When it comes: a duration since the phase began, or a date. A date already past means the beginning of the \
         phase.",
        "30m",
    ),
    may(
        "when",
        FieldKind::Expression,
        "The condition. Alone: it comes as soon as this holds. With `at`: at that moment, if this then holds.",
        "attacker == encrypting",
    ),
    may("repeats", FieldKind::Number(1), REPEATS_ABOUT, "3"),
    may(
        "every",
        FieldKind::Period,
        "How long after it came it may come again.",
        "2h",
    ),
];

const EVERY: [KeyRule; 2] = [
    KeyRule::With(&["repeats", "at"], &["every"]),
    KeyRule::With(&["repeats", "when"], &["every"]),
];

const MAPS_ABOUT: &str =
    "Places in other frameworks. Techniques of ATT&CK go into the layer that `export` writes.";

static MAPS: &[SchemaField] = &[may(
    "maps",
    FieldKind::List(&FieldKind::Line(None)),
    MAPS_ABOUT,
    r#"["ATT&CK T1133"]"#,
)];

/// The fields of a message.
pub static MESSAGE: &[SchemaField] = &[
    may(
        "to",
        ROLES,
        "The roles that receive it; by default everybody.",
        r#"["tech"]"#,
    ),
    may(
        "by",
        FieldKind::Line(None),
        "The sender, in words.",
        "SOC duty analyst",
    ),
    may(
        "via",
        FieldKind::OneOf(&CHANNELS),
        "The channel by which it comes.",
        "alert",
    ),
    may(
        "title",
        FieldKind::Line(Some(SUBJECT_MAX_CHARACTERS)),
        "Its subject in the inbox, at most 34 characters.",
        "Odd logon on Staffplan",
    ),
    may(
        "text",
        FieldKind::Prose,
        "The news, in the voice of the sender.",
        "A supplier account has opened a desktop session on Staffplan Citrix.",
    ),
    may(
        "expect",
        FieldKind::Prose,
        "For the facilitator and the MSEL: what a good team does now.",
        "The team asks whose account it is.",
    ),
];

const WHOLE_MESSAGE: &[&str] = &["by", "via", "title", "text"];

/// An inject.
pub static INJECT: Shape = Shape {
    id: "inject",
    what: "an inject",
    about: "News delivered to roles. With neither `at` nor `when` only an effect (`inject: NAME`) brings it. One with \
            none of `to`, `by`, `via`, `title`, `text` and `expect` is silent: nobody sees it, and its block happens.",
    groups: &[
        TRIGGER,
        MESSAGE,
        HAPPENS,
        LUCK,
        RECORD_MARKS,
        MAPS,
        &[may(
            "asks",
            FieldKind::Part(&DECISION),
            "The question that it asks. The decision has the inject's id and, unless it says `to`, its receivers.",
            "",
        )],
    ],
    rules: &[
        EVERY[0],
        EVERY[1],
        KeyRule::With(&["to"], WHOLE_MESSAGE),
        KeyRule::With(&["by"], WHOLE_MESSAGE),
        KeyRule::With(&["via"], WHOLE_MESSAGE),
        KeyRule::With(&["title"], WHOLE_MESSAGE),
        KeyRule::With(&["text"], WHOLE_MESSAGE),
        KeyRule::With(&["expect"], WHOLE_MESSAGE),
        TOGETHER_SCORE,
        TOGETHER_LUCK[0],
        TOGETHER_LUCK[1],
    ],
};

/// The fields of a question.
pub static ASKED: &[SchemaField] = &[
    must(
        "question",
        FieldKind::Prose,
        "The question.",
        "What do you do about the session?",
    ),
    may(
        "to",
        ROLES,
        "The roles that answer; by default the receivers of the inject.",
        r#"["tech"]"#,
    ),
    may(
        "within",
        FieldKind::Moment,
        "When it closes: a duration since it was asked, or a date. By default when the phase ends.",
        "2h",
    ),
    must(
        "default",
        FieldKind::Name(NameKind::Option),
        "The option that is taken if nobody answers. It may not need, use or ask consent for anything.",
        "watch",
    ),
    may(
        "discuss",
        FieldKind::Prose,
        "A question for the room, before or after the exercise.",
        "Who in your organisation may cut off a customer at nine in the evening?",
    ),
    must(
        "options",
        FieldKind::Named(&OPTIONS),
        "The answers, by name, at most 63.",
        "",
    ),
];

static OPTIONS: NameMap = filled(NameKind::Option, FieldKind::Part(&OPTION));

/// A decision that an inject asks.
pub static DECISION: Shape = Shape {
    id: "decision",
    what: "a decision",
    about: "A question with options.",
    groups: &[ASKED, RECORD_MARKS],
    rules: &[],
};

/// A decision that a moment asks.
pub static TIMED_DECISION: Shape = Shape {
    id: "timed_decision",
    what: "a decision",
    about: "A question with options that a moment asks, with no message.",
    groups: &[TRIGGER, ASKED, RECORD_MARKS, MAPS],
    rules: &EVERY,
};

static COURSE: &[SchemaField] = &[
    must(
        "label",
        FieldKind::Line(Some(LABEL_MAX_CHARACTERS)),
        "Its name on screen, at most 52 characters.",
        "Disable the account and end the session",
    ),
    may(
        "needs",
        FieldKind::Expression,
        "What must hold for it.",
        "engineers >= 1",
    ),
    may(
        "uses",
        FieldKind::Named(&USES),
        "Numbers that it holds from now until the time it takes is over.",
        r#"{"engineers": 1}"#,
    ),
    may(
        "takes",
        FieldKind::Duration,
        "How long it takes until `then`.",
        "30m",
    ),
    may(
        "consent",
        FieldKind::Part(&CONSENT),
        "Another role that must agree first.",
        r#"{"of": "exec", "question": "Do you agree?", "within": "1h", "default": "refuse"}"#,
    ),
    may(
        "feedback",
        FieldKind::Prose,
        "What the team reads at once.",
        "The customer rings. Their rota clerk is locked out.",
    ),
    may(
        "then",
        BLOCKS,
        "What happens when the time it takes is over; at once if it takes none.",
        r#"[{"do": ["citrix = isolated"]}]"#,
    ),
];

static USES: NameMap = used(NameKind::Value, FieldKind::Number(1));

/// An option of a decision.
pub static OPTION: Shape = Shape {
    id: "option",
    what: "an option",
    about: "One answer to a decision: what it costs, and what comes of it.",
    groups: &[COURSE, BEFOREHAND, HAPPENS, NEWS, LUCK, RECORD_MARKS, MAPS],
    rules: &[TOGETHER_SCORE, TOGETHER_LUCK[0], TOGETHER_LUCK[1]],
};

/// A standing action.
pub static ACTION: Shape = Shape {
    id: "action",
    what: "an action",
    about: "A verb that a team may use whenever its condition holds.",
    groups: &[
        COURSE,
        &[
            may(
                "to",
                ROLES,
                "The roles that may use it; by default all.",
                r#"["lead"]"#,
            ),
            may(
                "in",
                PHASES,
                "The phases in which it can be used; by default all.",
                r#"["access"]"#,
            ),
            may(
                "repeats",
                FieldKind::Number(1),
                "How often it may be used; by default once.",
                "2",
            ),
        ],
        BEFOREHAND,
        HAPPENS,
        NEWS,
        LUCK,
        RECORD_MARKS,
        MAPS,
    ],
    rules: &[TOGETHER_SCORE, TOGETHER_LUCK[0], TOGETHER_LUCK[1]],
};

/// A consent.
pub static CONSENT: Shape = Shape {
    id: "consent",
    what: "a consent",
    about: "A second question, asked of another role before a course is taken. If they agree, it is taken; if they \
            refuse, `refused` happens and it is gone. In plays it is `DECISION.OPTION.consent`.",
    groups: &[
        &[
            must(
                "of",
                FieldKind::Name(NameKind::Role),
                "The role that is asked.",
                "exec",
            ),
            must(
                "question",
                FieldKind::Prose,
                "The question.",
                "Do you agree?",
            ),
            must("within", FieldKind::Period, "How long they have.", "1h"),
            must(
                "default",
                FieldKind::OneOf(&ANSWERS),
                "What silence means.",
                "refuse",
            ),
            may(
                "refused",
                BLOCKS,
                "What happens when they refuse.",
                r#"[{"text": "They say no."}]"#,
            ),
        ],
        RECORD_MARKS,
    ],
    rules: &[],
};
