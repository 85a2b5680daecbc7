//! The top of `scenario.yaml`, and what is short in it.

use super::{
    ACTION, BLOCKS, FieldKind, INDICATOR, KeyRule, NameKind, NameMap, RECORD_MARKS, SchemaField,
    Shape, VALUE, filled, given, may, must, used,
};

/// `format`, where any file with a number of its own begins.
pub(super) const FORMAT: SchemaField = must(
    "format",
    FieldKind::Format,
    "The number of the format. This page describes format 1.",
    "1",
);

/// `scenario.yaml`
pub static SCENARIO: Shape = Shape {
    id: "scenario",
    what: "a scenario",
    about: "A scenario: who plays, what is scored, the state, and what happens in which phase. Times are whole \
            minutes since STARTEX; what is written first comes first.",
    groups: &[ABOUT, RECORD_MARKS, PARTS],
    rules: &[],
};

static ABOUT: &[SchemaField] = &[
    FORMAT,
    must(
        "id",
        FieldKind::ScenarioName,
        "The scenario's name, which is that of its folder: lower-case letters, digits, `-` and `_`.",
        "advanced-2022",
    ),
    must(
        "title",
        FieldKind::Line(None),
        "What the start screen calls it.",
        "The Advanced incident",
    ),
    may(
        "summary",
        FieldKind::Prose,
        "One paragraph for the start screen.",
        "A clinic finds a ransom note on its booking computer.",
    ),
    may(
        "briefing",
        FieldKind::Prose,
        "What the team reads before STARTEX.",
        "You run the crisis team of a software supplier.",
    ),
];

static PARTS: &[SchemaField] = &[
    must(
        "zone",
        FieldKind::Zone,
        "The time zone of all dates, by its IANA name.",
        "Europe/London",
    ),
    must(
        "startex",
        FieldKind::Date,
        "STARTEX: the date and the time at which the exercise starts, in local time of `zone`.",
        "2022-08-02 21:00",
    ),
    must(
        "lasts",
        FieldKind::Period,
        "How long after STARTEX ENDEX comes at the latest.",
        "5d",
    ),
    must("roles", FieldKind::Named(&ROLES), "Who plays, by name.", ""),
    must(
        "objectives",
        FieldKind::Named(&OBJECTIVES),
        "What is scored, by name.",
        "",
    ),
    may(
        "values",
        FieldKind::Named(&VALUES),
        "The state, by name: truths, words of a list, and numbers with bounds.",
        "",
    ),
    may(
        "board",
        FieldKind::Parts(&INDICATOR),
        "What the situation board shows, in order.",
        r#"[{"lamp": "network", "good": ["joined"], "bad": ["cut"]}]"#,
    ),
    may(
        "actions",
        FieldKind::Named(&ACTIONS),
        "What a team can do without being asked, by name.",
        "",
    ),
    must(
        "phases",
        FieldKind::Named(&ALL_PHASES),
        "The phases in the order of play, by name. They only go forward.",
        "",
    ),
    may(
        "endex",
        BLOCKS,
        "What is scored at ENDEX, in order, before the ending is chosen.",
        r#"[{"when": "told", "score": {"inform": 2}, "because": "Those who must know were told."}]"#,
    ),
    must(
        "endings",
        FieldKind::Named(&ENDINGS),
        "How it can come out: the first whose `when` holds at ENDEX is the ending.",
        "",
    ),
    may(
        "variants",
        FieldKind::Named(&VARIANTS),
        "Named sets of other initial values.",
        "",
    ),
    may(
        "cuts",
        FieldKind::Named(&CUTS),
        "Parts of the scenario for a shorter meeting, by name.",
        "",
    ),
    may(
        "rules",
        FieldKind::Named(&RULES),
        "What must hold, however it is played, by name. `check --prove` looks for a play that breaks one.",
        "",
    ),
    may(
        "margin",
        FieldKind::Number(0),
        "By how many points a player who does not think must stay behind best play; by default 25.",
        "20",
    ),
];

static ROLES: NameMap = filled(NameKind::Role, FieldKind::Part(&ROLE));
static OBJECTIVES: NameMap = filled(NameKind::Objective, FieldKind::Part(&OBJECTIVE));
static VALUES: NameMap = given(NameKind::Value, VALUE);
static ACTIONS: NameMap = given(NameKind::Action, FieldKind::Part(&ACTION));
static ALL_PHASES: NameMap = filled(NameKind::Phase, FieldKind::PhaseOrFile);
static ENDINGS: NameMap = filled(NameKind::Ending, FieldKind::Part(&ENDING));
static VARIANTS: NameMap = given(NameKind::Variant, FieldKind::Part(&VARIANT));
static CUTS: NameMap = given(NameKind::Cut, FieldKind::Part(&CUT));
static RULES: NameMap = given(NameKind::Rule, FieldKind::Part(&RULE));

/// A role.
pub static ROLE: Shape = Shape {
    id: "role",
    what: "a role",
    about: "A part that somebody plays.",
    groups: &[
        &[
            must(
                "title",
                FieldKind::Line(None),
                "The role's name on screen.",
                "Technical lead",
            ),
            may(
                "brief",
                FieldKind::Prose,
                "What this role answers for.",
                "Runs the day and the computers.",
            ),
        ],
        RECORD_MARKS,
    ],
    rules: &[],
};

/// An objective.
pub static OBJECTIVE: Shape = Shape {
    id: "objective",
    what: "an objective",
    about: "Something that the exercise scores. A point is a point: there are no weights.",
    groups: &[&[
        must(
            "title",
            FieldKind::Line(None),
            "The objective's name on screen.",
            "Contain the attack",
        ),
        must(
            "worth",
            FieldKind::Number(0),
            "How many points best play should be able to win.",
            "20",
        ),
        may(
            "maps",
            FieldKind::List(&FieldKind::Line(None)),
            "The same in other frameworks.",
            r#"["CAF D1", "CSF RS.MI"]"#,
        ),
    ]],
    rules: &[],
};

/// An ending.
pub static ENDING: Shape = Shape {
    id: "ending",
    what: "an ending",
    about: "How it came out. At ENDEX the first ending whose `when` holds is the ending.",
    groups: &[
        &[
            must(
                "title",
                FieldKind::Line(None),
                "The ending's name on screen.",
                "No case",
            ),
            may(
                "when",
                FieldKind::Expression,
                "The condition at ENDEX. The last ending needs none.",
                "notice == final",
            ),
            must(
                "text",
                FieldKind::Prose,
                "The story of it.",
                "The regulator closes the file.",
            ),
        ],
        RECORD_MARKS,
    ],
    rules: &[],
};

/// Other initial values.
static INITIAL: NameMap = used(NameKind::Value, FieldKind::Content);

const OTHER_VALUES: SchemaField = may(
    "initial",
    FieldKind::Named(&INITIAL),
    "Values that begin differently, by name.",
    r#"{"citrix": "mfa"}"#,
);

/// A variant.
pub static VARIANT: Shape = Shape {
    id: "variant",
    what: "a variant",
    about: "The same scenario with other initial values.",
    groups: &[
        &[
            must(
                "title",
                FieldKind::Line(None),
                "The variant's name on screen.",
                "MFA complete",
            ),
            may(
                "text",
                FieldKind::Prose,
                "A sentence for the start screen.",
                "Every account has a second factor.",
            ),
            OTHER_VALUES,
        ],
        RECORD_MARKS,
    ],
    rules: &[],
};

/// A cut.
pub static CUT: Shape = Shape {
    id: "cut",
    what: "a cut",
    about: "A part of the scenario that fits a shorter meeting.",
    groups: &[
        &[
            must(
                "title",
                FieldKind::Line(None),
                "The cut's name on screen.",
                "The first hour",
            ),
            must(
                "minutes",
                FieldKind::Number(1),
                "How long a meeting it fits, in minutes of real time.",
                "30",
            ),
            must(
                "from",
                FieldKind::Name(NameKind::Phase),
                "The phase that it starts in.",
                "encryption",
            ),
            must(
                "at",
                FieldKind::Date,
                "The date at which it starts.",
                "2022-08-04 04:30",
            ),
            must(
                "to",
                FieldKind::Name(NameKind::Phase),
                "The last phase: ENDEX comes when it ends.",
                "encryption",
            ),
            may(
                "text",
                FieldKind::Prose,
                "What has happened so far, as the team reads it.",
                "It is half past four. The files are about to go.",
            ),
            OTHER_VALUES,
        ],
        RECORD_MARKS,
    ],
    rules: &[],
};

/// A rule of the author's.
pub static RULE: Shape = Shape {
    id: "rule",
    what: "a rule",
    about: "What must hold, however it is played. It has one of `always`, `never`, `eventually` and `within`. Conditions are \
            tested wherever the team may move, and at ENDEX.",
    groups: &[&[
        may(
            "always",
            FieldKind::Expression,
            "This holds everywhere.",
            "helpers >= 0",
        ),
        may(
            "never",
            FieldKind::Expression,
            "This holds nowhere.",
            "copied && network == joined",
        ),
        may(
            "eventually",
            FieldKind::Expression,
            "This holds at some point, whichever way the exercise goes.",
            "phase == week",
        ),
        may(
            "within",
            FieldKind::Period,
            "Whenever `after` holds and `holds` does not, `holds` comes true before this much time has passed.",
            "72h",
        ),
        may(
            "after",
            FieldKind::Expression,
            "With `within`: what starts the time.",
            "came.note",
        ),
        may(
            "holds",
            FieldKind::Expression,
            "With `within`: what must come true before the time is over.",
            "told",
        ),
        may(
            "because",
            FieldKind::Line(None),
            "Why; shown with the play that breaks the rule.",
            "The law gives 72 hours.",
        ),
    ]],
    rules: &[
        KeyRule::One(&["always", "never", "eventually", "within"]),
        KeyRule::With(&["within"], &["after", "holds"]),
        KeyRule::With(&["after"], &["within"]),
        KeyRule::With(&["holds"], &["within"]),
    ],
};
