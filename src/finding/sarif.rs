//! Findings as SARIF 2.1.0, the OASIS standard that code scanning reads. Only the parts that we fill in are declared here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::json::written;
use super::{Checked, Finding, Place, Sources};
use crate::words;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What there is to know about a rule besides its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// One sentence.
    pub summary: String,
    /// The whole page, in Markdown.
    pub text: String,
}

/// What to write.
pub struct SarifInput<'a> {
    /// The scenarios and plays that were checked.
    pub checked: &'a [Checked],
    /// What could not be checked, as sentences.
    pub troubles: &'a [String],
    /// The page of a rule by its name.
    pub page: &'a dyn Fn(&str) -> Option<Page>,
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<'a> {
    tool: SarifTool<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct SarifTool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<SarifRule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRule<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<SarifMessage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<SarifMessage>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: SarifText<'a>,
}

#[derive(Serialize)]
struct SarifText<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct SarifMessage {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl From<String> for SarifMessage {
    fn from(text: String) -> Self {
        Self {
            text,
            markdown: None,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: SarifMessage,
    locations: [SarifLocation<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<SarifLocation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<SarifText<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: SarifMessage,
    artifact_changes: [SarifChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifChange<'a> {
    artifact_location: Artifact,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: SarifText<'a>,
}

/// All findings as one log with one run, which ends with a newline.
#[must_use]
pub fn sarif(run: &SarifInput) -> String {
    let rules = rules(run.checked);
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules.keys().map(|id| rule(id, run.page)).collect(),
    };
    let all = run.checked.iter();
    let all = all.flat_map(|it| it.findings.iter().map(|finding| (finding, &*it.sources)));
    let results = all.map(|(finding, sources)| outcome(finding, sources, rules[finding.rule]));
    let troubles = run.troubles.iter().map(|text| Notification {
        level: "error",
        message: SarifText { text },
    });
    written(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [SarifRun {
            tool: SarifTool { driver },
            invocations: [Invocation {
                execution_successful: run.troubles.is_empty(),
                tool_execution_notifications: troubles.collect(),
            }],
            column_kind: "unicodeCodePoints",
            results: results.collect(),
        }],
    })
}

/// The rules that were broken, each with its index in the list.
fn rules(checked: &[Checked]) -> BTreeMap<&'static str, usize> {
    let found = checked.iter().flat_map(|it| &it.findings);
    let mut rules: BTreeMap<&str, usize> = found.map(|finding| (finding.rule, 0)).collect();
    for (number, place) in rules.values_mut().enumerate() {
        *place = number;
    }
    rules
}

fn rule<'a>(id: &'a str, page: &dyn Fn(&str) -> Option<Page>) -> SarifRule<'a> {
    let page = page(id);
    SarifRule {
        id,
        short_description: page.as_ref().map(|it| it.summary.clone().into()),
        help: page.map(|it| SarifMessage {
            text: it.text.clone(),
            markdown: Some(it.text),
        }),
    }
}

fn outcome<'a>(finding: &'a Finding, sources: &'a Sources, rule: usize) -> SarifResult<'a> {
    let related = finding.related.iter().map(|(place, label)| SarifLocation {
        id: Some(1),
        physical_location: physical(sources, *place),
        message: Some(SarifText { text: label }),
    });
    let fix = |text: &'a String| Fix {
        description: format!("Write `{text}`.").into(),
        artifact_changes: [SarifChange {
            artifact_location: artifact(sources, finding.place),
            replacements: [Replacement {
                deleted_region: region(sources, finding.place),
                inserted_content: SarifText { text },
            }],
        }],
    };
    SarifResult {
        rule_id: finding.rule,
        rule_index: rule,
        level: finding.severity.word(),
        message: message(finding).into(),
        locations: [SarifLocation {
            id: None,
            physical_location: physical(sources, finding.place),
            message: Some(&finding.label)
                .filter(|it| !it.is_empty())
                .map(|text| SarifText { text }),
        }],
        related_locations: related.collect(),
        fixes: finding.instead.iter().map(fix).collect(),
    }
}

/// The headline and the hints. Square brackets and backslashes are escaped, since they mean something in SARIF.
fn message(finding: &Finding) -> String {
    let mut text = finding.headline.clone();
    for hint in &finding.hints {
        text.extend(["\n", hint]);
    }
    let escape = |text: String, sign: &str| text.replace(sign, &format!("\\{sign}"));
    ["\\", "[", "]"].into_iter().fold(text, escape)
}

fn physical(sources: &Sources, place: Place) -> Physical {
    Physical {
        artifact_location: artifact(sources, place),
        region: region(sources, place),
    }
}

fn region(sources: &Sources, place: Place) -> Region {
    let (start, end) = sources.span(place);
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: start.offset,
        byte_length: end.offset - start.offset,
    }
}

fn artifact(sources: &Sources, place: Place) -> Artifact {
    Artifact {
        uri: uri(sources.path(place), cfg!(windows)),
    }
}

/// A path as a URI reference: relative if the path is, `file:` if it begins at the root.
fn uri(path: &str, windows: bool) -> String {
    let path = words::slashed(path, windows);
    let mut uri = words::file_scheme(&path, windows).to_owned();
    for byte in path.trim_start_matches("./").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Page, SarifInput, sarif, uri};
    use crate::finding::fixture::hostile;
    use crate::words;

    fn log(troubles: &[String]) -> (String, Value) {
        let page = |rule: &str| {
            (rule == "bad-word").then(|| Page {
                summary: "A word is unknown.".to_owned(),
                text: "# bad-word\n\nA word is unknown.\n".to_owned(),
            })
        };
        let text = sarif(&SarifInput {
            checked: &[hostile()],
            troubles,
            page: &page,
        });
        let read = serde_json::from_str(&text).expect("it is JSON");
        (text, read)
    }

    #[test]
    fn a_result_has_its_rule_its_region_and_its_fix() {
        let (text, log) = log(&[]);
        assert!(!text.chars().any(words::forbidden), "{text}");
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
        let rules = &run["tool"]["driver"]["rules"];
        assert_eq!(rules[0], json!({"id": "at-the-end"}));
        assert_eq!(rules[1]["shortDescription"]["text"], "A word is unknown.");
        let result = &run["results"][0];
        assert_eq!(
            (&result["ruleId"], &result["ruleIndex"], &result["level"]),
            (&json!("bad-word"), &json!(1), &json!("error"))
        );
        assert_eq!(
            result["message"]["text"],
            "unknown `x`\u{1b}\\[31m\u{9b}\u{202e}\nSay it: in 100% of cases.\nOr,\r\nnot."
        );
        let place = &result["locations"][0]["physicalLocation"];
        let region = json!({
            "startLine": 1, "startColumn": 10, "endLine": 1, "endColumn": 11, "byteOffset": 13, "byteLength": 1,
        });
        assert_eq!(place["region"], region);
        assert_eq!(
            place["artifactLocation"]["uri"],
            "my%20exercise/50%25%2Ca%3Ab%23%C3%A9%1B%EF%BF%BE.yaml"
        );
        let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(change["deletedRegion"], region);
        assert_eq!(change["insertedContent"]["text"], "y<&>");
        assert_eq!(
            result["relatedLocations"][0]["message"]["text"],
            "first\nsaid here"
        );
    }

    #[test]
    fn what_could_not_be_looked_at_makes_the_run_unsuccessful() {
        let (_, log) = log(&["there is nothing at x".to_owned()]);
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        let notes = &invocation["toolExecutionNotifications"];
        assert_eq!(notes[0]["message"]["text"], "there is nothing at x");
    }

    #[test]
    fn paths_are_uri_references() {
        let cases = [
            ("a/b-c_d.yaml", "a/b-c_d.yaml"),
            ("./a b.yaml", "a%20b.yaml"),
            ("/tmp/x?y", "file:///tmp/x%3Fy"),
            ("<stdin>", "%3Cstdin%3E"),
            ("c:d", "c%3Ad"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path, false), expected);
        }
        let cases = [
            (r"a\b.yaml", "a/b.yaml"),
            (r".\a b.yaml", "a%20b.yaml"),
            (r"C:\x.yaml", "file:///C%3A/x.yaml"),
            (r"\\nas\x.yaml", "file://nas/x.yaml"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path, true), expected);
        }
    }
}
