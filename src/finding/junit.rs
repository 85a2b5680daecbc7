//! What was checked or tested, as the report of tests that every CI reads.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Checked, Finding, Severity};
use crate::words;

/// A scenario and its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// Its name or path.
    pub name: String,
    /// In order.
    pub cases: Vec<JunitCase>,
}

/// One thing that passed or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JunitCase {
    /// What.
    pub name: String,
    /// Why it failed, if it did: the rule, one phrase, and everything there is to say.
    pub failure: Option<(String, String, String)>,
    /// What is worth knowing although it is not a failure; may be empty.
    pub output: String,
}

/// One case for each finding that is at least as bad as `counts`, and one for each file without any. Other findings are
/// in the output of the first case of their file.
#[must_use]
pub fn cases(checked: &Checked, counts: Severity) -> Suite {
    let mut cases = Vec::new();
    for (number, source) in checked.sources.files.iter().enumerate() {
        let here = checked.findings.iter();
        let here = here.filter(|it| usize::from(it.place.file.0) == number);
        let (bad, other): (Vec<&Finding>, Vec<&Finding>) =
            here.partition(|it| it.severity.is_at_least(counts));
        let output: Vec<String> = other.iter().map(|it| text(it, checked)).collect();
        let mut output = output.join("\n");
        if bad.is_empty() {
            cases.push(JunitCase {
                name: source.path.clone(),
                failure: None,
                output: std::mem::take(&mut output),
            });
        }
        for finding in bad {
            let (start, _) = checked.sources.span(finding.place);
            let name = format!(
                "{}:{}:{} {}",
                source.path, start.line, start.column, finding.rule
            );
            let headline = finding.headline.clone();
            cases.push(JunitCase {
                name,
                failure: Some((finding.rule.to_owned(), headline, text(finding, checked))),
                output: std::mem::take(&mut output),
            });
        }
    }
    Suite {
        name: checked.name.clone(),
        cases,
    }
}

/// A finding as lines, without the source.
fn text(finding: &Finding, checked: &Checked) -> String {
    let mut lines = vec![finding.short(&checked.sources)];
    let instead = finding.instead.as_ref();
    lines.extend(instead.map(|it| format!("did you mean `{it}`?")));
    lines.extend(finding.hints.iter().cloned());
    lines.join("\n")
}

/// Suites as one report that ends with a newline and does not depend on the clock. What could not be read, as sentences,
/// is an error each.
#[must_use]
pub fn junit(suites: &[Suite], troubles: &[String]) -> String {
    let mut report = Report::new(env!("CARGO_PKG_NAME"));
    for suite in suites {
        let mut written = TestSuite::new(plain(&suite.name));
        let cases = suite.cases.iter();
        written.add_test_cases(cases.map(|it| case(it, &suite.name)));
        report.add_test_suite(written);
    }
    if !troubles.is_empty() {
        let mut written = TestSuite::new(UNREAD);
        written.add_test_cases(troubles.iter().map(|it| unread(it)));
        report.add_test_suite(written);
    }
    report_text(&report)
}

/// The suite of what could not be read.
const UNREAD: &str = "could not be read";

fn unread(trouble: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(plain(trouble));
    let mut written = TestCase::new(plain(trouble), status);
    written.set_classname(UNREAD);
    written
}

fn report_text(report: &Report) -> String {
    let mut text = report
        .to_string()
        .expect("writing into memory cannot fail, and the text is UTF-8");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn case(case: &JunitCase, suite: &str) -> TestCase {
    let status = match &case.failure {
        None => TestCaseStatus::success(),
        Some((rule, headline, text)) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(plain(rule)).set_message(plain(headline));
            status.set_description(plain(text));
            status
        }
    };
    let mut written = TestCase::new(plain(&case.name), status);
    written.set_classname(plain(suite));
    if !case.output.is_empty() {
        written.set_system_out(plain(&case.output));
    }
    written
}

/// The text without what a terminal must not see, and without what XML 1.0 cannot hold.
fn plain(text: &str) -> String {
    let text = words::visible(text);
    text.replace('\u{fffe}', "<U+FFFE>")
        .replace('\u{ffff}', "<U+FFFF>")
}

#[cfg(test)]
mod tests {
    use super::{cases, junit};
    use crate::finding::Severity;
    use crate::finding::fixture::hostile;
    use crate::words;

    #[test]
    fn what_counts_is_a_failure_and_a_clean_file_passes() {
        let suite = cases(&hostile(), Severity::Error);
        let failed: Vec<bool> = suite.cases.iter().map(|it| it.failure.is_some()).collect();
        assert_eq!(failed, [true, true, false]);
        assert!(suite.cases[0].output.contains("warning[two-lines]"));
        let strict = cases(&hostile(), Severity::Warning);
        assert_eq!(strict.cases.len(), 4);
        assert_eq!(strict.cases[3].name, "clean.yaml");
    }

    #[test]
    fn the_report_is_xml_without_forbidden_characters() {
        let text = junit(
            &[cases(&hostile(), Severity::Warning)],
            &["a\u{1b}.play is not a regular file".to_owned()],
        );
        let allowed = |c: char| !words::forbidden(c) && !matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(text.chars().all(allowed), "{text}");
        for piece in [
            "<testsuites name=\"sandtable\" tests=\"5\" skipped=\"0\" failures=\"3\" errors=\"1\">",
            "<testcase name=\"a␛.play is not a regular file\" classname=\"could not be read\">",
            "<error message=\"a␛.play is not a regular file\"/>",
            "message=\"unknown `x`␛[31m&lt;U+009B&gt;&lt;U+202E&gt;\" type=\"bad-word\"",
            "did you mean `y&lt;&amp;&gt;`?",
            "something is missing&lt;U+FFFE&gt;",
            "<testcase name=\"clean.yaml\" classname=\"my exercise\"/>",
        ] {
            assert!(text.contains(piece), "{piece} in {text}");
        }
    }
}
