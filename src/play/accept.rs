//! Rewriting the expectations of a play that failed.

use super::file::Play;
use super::line::PlayLine;
use super::read_line::content_range;
use super::run::PlayOutcome;

/// A line that was rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its number, counted from 1.
    pub line: usize,
    /// What it expected.
    pub before: String,
    /// What it expects now.
    pub after: String,
}

/// The text of a play in which every failed expectation expects what was found, with the lines that were changed. All else
/// stays the same, byte for byte. Moves and `end` are never changed, nor is an expectation for which no line can be
/// written: an ending before ENDEX, an option before any was chosen.
///
/// `text` is what `play` was read from, and `outcome` is its result.
#[must_use]
pub fn accept(text: &str, play: &Play, outcome: &PlayOutcome) -> (String, Vec<Accepted>) {
    let mut written = String::with_capacity(text.len());
    let mut accepted = Vec::new();
    let mut copied = 0;
    for (finding, failure) in outcome.findings.iter().zip(&outcome.failures) {
        let line = play.lines.iter().find(|it| it.place == finding.place);
        let is_expected = line.is_some_and(|it| matches!(it.line, PlayLine::Expect(_)));
        let after = failure.difference.as_ref().and_then(|it| it.line.as_ref());
        let (start, end) = (finding.place.start as usize, finding.place.end as usize);
        let (true, Some(after), Some(content)) = (is_expected, after, text.get(start..end)) else {
            continue;
        };
        let range = content_range(content);
        let before = &content[range.clone()];
        let (same, same_after) = common_words(before, after);
        written.push_str(&text[copied..start + range.start]);
        written.push_str(&before[..same]);
        written.push_str(&after[same_after..]);
        copied = start + range.end;
        accepted.push(Accepted {
            line: text[..start].matches('\n').count() + 1,
            before: before.to_owned(),
            after: after.clone(),
        });
    }
    written.push_str(&text[copied..]);
    (written, accepted)
}

/// How many bytes of each line the words take that both begin with, including the spaces after them.
fn common_words(before: &str, after: &str) -> (usize, usize) {
    let (mut old, mut new) = (0, 0);
    loop {
        let (first, second) = (&before[old..], &after[new..]);
        let word = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
        let (one, other) = (word(first), word(second));
        if first[..one] != second[..other] || one == 0 {
            return (old, new);
        }
        let space = |text: &str, at: usize| at + text[at..].len() - text[at..].trim_start().len();
        let (one, other) = (space(first, one), space(second, other));
        // The last word of only one line: the space after it belongs to what follows.
        if first[one..].is_empty() || second[other..].is_empty() {
            return (old, new);
        }
        (old, new) = (old + one, new + other);
    }
}

#[cfg(test)]
mod tests {
    use super::common_words;

    #[test]
    fn words_that_stay_keep_their_spaces() {
        let cases = [
            (
                "expect  total   >= 8",
                "expect total >= 6",
                "expect  total   >= 6",
            ),
            ("expect total 8", "expect total 6", "expect total 6"),
            (
                "expect inject x",
                "expect no inject x",
                "expect no inject x",
            ),
            ("expect\tno inject x", "expect inject x", "expect\tinject x"),
            ("expect total > 8", "expect total 6", "expect total 6"),
            ("expect total = 8", "expect total 6", "expect total 6"),
        ];
        for (before, after, expected) in cases {
            let (old, new) = common_words(before, after);
            assert_eq!(format!("{}{}", &before[..old], &after[new..]), expected);
        }
    }
}
