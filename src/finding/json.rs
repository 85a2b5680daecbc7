//! Findings as JSON: the format that `docs/findings.md` describes.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Checked, Finding, LineColumn, Place, Severity, Sources};
use crate::words;

/// The version of the format. It goes up when a field changes its meaning or is removed; new fields do not change it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct ReportJson<'a> {
    version: u32,
    tool: ToolJson,
    findings: Vec<FindingJson<'a>>,
    summary: SummaryJson,
}

#[derive(Serialize)]
struct ToolJson {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'a str,
    severity: &'static str,
    headline: &'a str,
    label: &'a str,
    #[serde(flatten)]
    span: SpanJson<'a>,
    related: Vec<Related<'a>>,
    hints: &'a [String],
    instead: Option<&'a str>,
}

#[derive(Serialize)]
struct SpanJson<'a> {
    file: &'a str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    label: &'a str,
    #[serde(flatten)]
    span: SpanJson<'a>,
}

#[derive(Serialize)]
struct SummaryJson {
    checked: usize,
    errors: usize,
    warnings: usize,
}

/// All findings as one JSON object that ends with a newline.
#[must_use]
pub fn json(checked: &[Checked]) -> String {
    let errors = checked.iter().map(|it| it.count(Severity::Error)).sum();
    let found = checked.iter();
    let found = found.flat_map(|it| it.findings.iter().map(|finding| one(finding, &it.sources)));
    let all: usize = checked.iter().map(|it| it.findings.len()).sum();
    written(&ReportJson {
        version: VERSION,
        tool: ToolJson {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        findings: found.collect(),
        summary: SummaryJson {
            checked: checked.len(),
            errors,
            warnings: all - errors,
        },
    })
}

fn one<'a>(finding: &'a Finding, sources: &'a Sources) -> FindingJson<'a> {
    let related = finding.related.iter().map(|(place, label)| Related {
        label,
        span: span(sources, *place),
    });
    FindingJson {
        rule: finding.rule,
        severity: finding.severity.word(),
        headline: &finding.headline,
        label: &finding.label,
        span: span(sources, finding.place),
        related: related.collect(),
        hints: &finding.hints,
        instead: finding.instead.as_deref(),
    }
}

fn span(sources: &Sources, place: Place) -> SpanJson<'_> {
    let (start, end) = sources.span(place);
    SpanJson {
        file: sources.path(place),
        start: start.into(),
        end: end.into(),
    }
}

impl From<LineColumn> for Point {
    fn from(it: LineColumn) -> Self {
        Self {
            line: it.line,
            column: it.column,
            offset: it.offset,
        }
    }
}

/// A value as indented JSON with a newline at the end. What a terminal must not see is written as `\uXXXX`, which every
/// reader of JSON takes for the character itself.
pub(super) fn written(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value)
        .expect("structures with names for keys can always be written");
    let mut safe = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        // Those below U+0020 are escaped already, and the other forbidden ones can only be inside strings.
        if words::forbidden(character) {
            let _ = write!(safe, "\\u{:04x}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe.push('\n');
    safe
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::json;
    use crate::finding::fixture::{PATH, hostile};
    use crate::words;

    #[test]
    fn everything_comes_back_from_json_and_nothing_harms_a_terminal() {
        let text = super::json(&[hostile()]);
        assert!(!text.chars().any(words::forbidden), "{text}");
        let read: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(read["version"], 1);
        assert_eq!(read["tool"]["name"], "sandtable");
        assert_eq!(
            read["summary"],
            json!({"checked": 1, "errors": 2, "warnings": 1})
        );
        let first = &read["findings"][0];
        let expected = json!({
            "rule": "bad-word",
            "severity": "error",
            "headline": "unknown `x`\u{1b}[31m\u{9b}\u{202e}",
            "label": "not, a: word",
            "file": PATH,
            "start": {"line": 1, "column": 10, "offset": 13},
            "end": {"line": 1, "column": 11, "offset": 14},
            "related": [{
                "label": "first\nsaid here",
                "file": PATH,
                "start": {"line": 1, "column": 1, "offset": 0},
                "end": {"line": 1, "column": 6, "offset": 6},
            }],
            "hints": ["Say it: in 100% of cases.", "Or,\r\nnot."],
            "instead": "y<&>",
        });
        assert_eq!(*first, expected);
        assert_eq!(read["findings"][2]["instead"], Value::Null);
    }

    #[test]
    fn the_same_findings_give_the_same_bytes_with_keys_in_this_order() {
        let text = json(&[hostile()]);
        assert_eq!(text, json(&[hostile()]));
        let keys = ["version", "tool", "findings", "summary"];
        let places = keys.map(|key| text.find(&format!("\n  \"{key}\"")));
        assert!(places.is_sorted() && places[0].is_some(), "{text}");
    }
}
