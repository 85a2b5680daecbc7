//! Writing into a play what was found where something else was expected.

use super::file::Play;
use super::line::PlayLine;
use super::read_line::said;
use super::run::PlayOutcome;

/// A line that was rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Its number, from 1.
    pub line: usize,
    /// What it expected.
    pub before: String,
    /// What it expects now.
    pub after: String,
}

/// The text of a play in which every expectation that failed expects what was found, and what was changed. Everything
/// else stays as it is, byte for byte. A line that makes a move is never changed, and neither is `end`, nor an
/// expectation for which nothing can be written: an ending before ENDEX, an option before any was chosen.
///
/// `text` is what `play` was read from, and `outcome` came of it.
#[must_use]
pub fn accept(text: &str, play: &Play, outcome: &PlayOutcome) -> (String, Vec<Accepted>) {
    let mut written = String::with_capacity(text.len());
    let mut accepted = Vec::new();
    let mut copied = 0;
    for (finding, around) in outcome.findings.iter().zip(&outcome.around) {
        let line = play.lines.iter().find(|it| it.place == finding.place);
        let is_expected = line.is_some_and(|it| matches!(it.line, PlayLine::Expect(_)));
        let after = around.difference.as_ref().and_then(|it| it.line.as_ref());
        let (start, end) = (finding.place.start as usize, finding.place.end as usize);
        let (true, Some(after), Some(content)) = (is_expected, after, text.get(start..end)) else {
            continue;
        };
        let said = said(content);
        let before = &content[said.clone()];
        let kept = kept(before, after);
        written.push_str(&text[copied..start + said.start]);
        written.push_str(&before[..kept.0]);
        written.push_str(&after[kept.1..]);
        copied = start + said.end;
        accepted.push(Accepted {
            line: text[..start].matches('\n').count() + 1,
            before: before.to_owned(),
            after: after.clone(),
        });
    }
    written.push_str(&text[copied..]);
    (written, accepted)
}

/// How many bytes of both lines are the same words, with the spaces after them: those stay as they were written.
fn kept(before: &str, after: &str) -> (usize, usize) {
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
        // The last word of one line and not of the other: the space between them belongs to what comes.
        if first[one..].is_empty() || second[other..].is_empty() {
            return (old, new);
        }
        (old, new) = (old + one, new + other);
    }
}

#[cfg(test)]
mod tests {
    use super::kept;

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
            let (old, new) = kept(before, after);
            assert_eq!(format!("{}{}", &before[..old], &after[new..]), expected);
        }
    }
}
