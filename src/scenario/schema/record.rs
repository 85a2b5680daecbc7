//! `record.yaml`.

use super::top::FORMAT;
use super::{FieldKind, NameKind, NameMap, Shape, given, may, must};

/// How sure the record is of a fact.
pub const CONFIDENCES: [&str; 5] = ["V", "V-", "S", "D", "B"];

/// `record.yaml`
pub static RECORD: Shape = Shape {
    id: "record",
    what: "a record",
    about: "The facts that a scenario is based on.",
    groups: &[&[
        FORMAT,
        may(
            "organisations",
            FieldKind::List(&FieldKind::Line(None)),
            "Names of real organisations. A text that uses one needs record marks.",
            r#"["NHS England", "NCSC"]"#,
        ),
        may(
            "sources",
            FieldKind::Named(&SOURCES),
            "The sources, by code.",
            r#"{"DH1013": "digitalhealth.net, 13 Oct 2022"}"#,
        ),
        may(
            "entries",
            FieldKind::Named(&ENTRIES),
            "The facts, by code.",
            "",
        ),
    ]],
    rules: &[],
};

static SOURCES: NameMap = given(NameKind::Source, FieldKind::Prose);

static ENTRIES: NameMap = given(NameKind::Entry, FieldKind::Part(&ENTRY));

/// A fact.
pub static ENTRY: Shape = Shape {
    id: "entry",
    what: "an entry of the record",
    about: "One fact, with its sources and how sure it is.",
    groups: &[&[
        may(
            "date",
            FieldKind::Line(None),
            "When it was, in any form that a reader understands.",
            "2 Aug 2022",
        ),
        must(
            "says",
            FieldKind::Prose,
            "The statement.",
            "a third-party account without MFA opened a session",
        ),
        may(
            "figures",
            FieldKind::List(&FieldKind::Line(None)),
            "The numbers in it.",
            r#"["295"]"#,
        ),
        may(
            "source",
            FieldKind::List(&FieldKind::Name(NameKind::Source)),
            "Codes of its sources.",
            r#"["DH1013"]"#,
        ),
        may(
            "rests_on",
            FieldKind::List(&FieldKind::Name(NameKind::Entry)),
            "Other entries that it was worked out from.",
            r#"["T-09"]"#,
        ),
        must(
            "confidence",
            FieldKind::OneOf(&CONFIDENCES),
            "How sure it is: V a public page states it; V- only a weak page does; S a press article does; D worked out here \
             from other entries; B general knowledge or an assumption.",
            "V",
        ),
    ]],
    rules: &[],
};
