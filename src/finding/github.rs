//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.

use std::fmt::Write as _;

use super::{Checked, Finding, Sources};
use crate::words;

/// Each finding as one line, `::error file=…,line=…,col=…,title=…::message`.
#[must_use]
pub fn github(checked: &[Checked]) -> String {
    let mut lines = String::new();
    for it in checked {
        for finding in &it.findings {
            command(finding, &it.sources, &mut lines);
        }
    }
    lines
}

fn command(finding: &Finding, sources: &Sources, lines: &mut String) {
    let word = finding.severity.word();
    let (start, end) = sources.span(finding.place);
    let file = words::slashed(sources.path(finding.place), cfg!(windows));
    let file = property(file.trim_start_matches("./"));
    let _ = write!(lines, "::{word} file={file},line={}", start.line);
    // Columns are allowed only within one line, and the last one is part of the place.
    if start.line == end.line {
        let last = end.column.saturating_sub(1).max(start.column);
        let _ = write!(lines, ",col={},endColumn={last}", start.column);
    } else {
        let _ = write!(lines, ",endLine={}", end.line);
    }
    let title = property(finding.rule);
    let _ = writeln!(lines, ",title={title}::{}", message(&whole(finding)));
}

/// Everything that a finding says except its places.
fn whole(finding: &Finding) -> String {
    let mut parts = vec![finding.headline.clone()];
    parts.extend(Some(finding.label.clone()).filter(|it| !it.is_empty()));
    let instead = finding.instead.as_ref();
    parts.extend(instead.map(|it| format!("did you mean `{it}`?")));
    parts.extend(finding.hints.iter().cloned());
    parts.join("\n")
}

fn message(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    // A line feed is escaped, and shown as a new line.
    words::visible(&text)
        .replace('%', "%25")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    words::one_line(text)
        .replace('%', "%25")
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::github;
    use crate::finding::fixture::hostile;
    use crate::words;

    #[test]
    fn commands_are_one_line_each_and_escaped() {
        let text = github(&[hostile()]);
        let file = "file=my exercise/50%25%2Ca%3Ab#é␛\u{fffe}.yaml";
        let expected = format!(
            "::error {file},line=1,col=10,endColumn=10,title=bad-word::unknown `x`␛[31m<U+009B><U+202E>%0Anot, a: word\
             %0Adid you mean `y<&>`?%0ASay it: in 100%25 of cases.%0AOr,%0Anot.\n\
             ::warning {file},line=2,endLine=3,title=two-lines::it is long\n\
             ::error {file},line=4,col=1,endColumn=1,title=at-the-end::something is missing\u{fffe}\n"
        );
        assert_eq!(text, expected);
        assert!(!text.chars().any(words::forbidden));
    }
}
