//! The small part of a text that says what belongs where somebody types.
//!
//! A text that is being typed is rarely valid YAML, and a large one takes long to read. What a place means follows from
//! the lines that it is nested in and from those beside it. Only these are kept. A mark is put where the cursor is, and
//! whatever is still open there is closed: brackets, quotes, a key without its colon.

use std::fmt::Write as _;
use std::ops::Range;

/// A name that nobody uses, and that any reader accepts as a name.
pub const MARK: &str = "zz_sandtable_cursor_zz";

/// The most lines beside the place that are kept above and below. They say which fields are already there.
const BESIDE_MAX: usize = 200;

/// Texts to try to read, the likeliest first, each with the mark in place of the word.
pub fn fragments(text: &str, word: &Range<usize>) -> Vec<String> {
    let lines = lines(text);
    let here = lines.partition_point(|line| line.range.start <= word.start) - 1;
    let (start, end) = (lines[here].range.start, lines[here].range.end);
    let before = &text[start..word.start];
    // On an empty line the cursor gives the depth; on other lines the text does.
    let level = match lines[here].level {
        Some(level) if !before.trim().is_empty() => level,
        _ => 2 * before.len(),
    };
    let above = above(text, &lines[..here], level);
    let below = below(text, &lines[here + 1..], level);
    let rest = text.get(word.end..end).unwrap_or_default();
    let mut fragments = Vec::new();
    let mut alone = Vec::new();
    for colon in ["", ": x"] {
        let marked = format!("{above}{before}{MARK}{colon}");
        fragments.push(format!("{marked}{rest}\n{below}"));
        for line in [format!("{marked}{rest}"), marked] {
            if let Some(OpenEnd { closers, end }) = open(&line) {
                let line = &line[..end];
                fragments.push(format!("{line}{closers}\n{below}"));
                alone.push(format!("{line}{closers}\n"));
            }
        }
    }
    fragments.append(&mut alone);
    fragments
}

struct FragmentLine {
    range: Range<usize>,
    /// Twice the indentation, and one more for a list item: an item may have the indentation of its key, and its own
    /// fields lie deeper. Empty lines and comments have no level.
    level: Option<usize>,
}

/// The lines of a text without line ends; at least one.
fn lines(text: &str) -> Vec<FragmentLine> {
    let mut start = 0;
    let line = |raw: &str| {
        let content = raw.trim_end_matches(['\n', '\r']);
        let trimmed = content.trim_start_matches(' ');
        let indent = content.len() - trimmed.len();
        let is_item = trimmed == "-" || trimmed.starts_with("- ");
        let says = !trimmed.is_empty() && !trimmed.starts_with('#');
        let range = start..start + content.len();
        start += raw.len();
        FragmentLine {
            range,
            level: says.then_some(2 * indent + usize::from(is_item)),
        }
    };
    let last = text.is_empty() || text.ends_with('\n');
    let last = last.then_some("");
    text.split_inclusive('\n').chain(last).map(line).collect()
}

/// The lines before a place that it is nested in, and those beside it.
fn above(text: &str, lines: &[FragmentLine], level: usize) -> String {
    let mut kept: Vec<&FragmentLine> = Vec::new();
    let mut least = level;
    for line in lines.iter().rev() {
        match line.level {
            Some(here) if here < least => {
                if least == level {
                    whole(&mut kept, level);
                }
                least = here;
                kept.push(line);
            }
            _ if least == level && kept.len() < BESIDE_MAX => kept.push(line),
            _ => {}
        }
    }
    if least == level {
        whole(&mut kept, level);
    }
    let mut above = String::new();
    for line in kept.into_iter().rev() {
        let _ = writeln!(above, "{}", &text[line.range.clone()]);
    }
    above
}

/// If only some of the lines beside a place are kept, drops the first ones until a whole entry begins.
fn whole(kept: &mut Vec<&FragmentLine>, level: usize) {
    while kept.len() >= BESIDE_MAX && kept.last().is_some_and(|it| it.level != Some(level)) {
        kept.pop();
    }
}

/// The lines after a place that are beside it or nested in it.
fn below(text: &str, lines: &[FragmentLine], level: usize) -> String {
    let inside = |line: &&FragmentLine| line.level.is_none_or(|here| here >= level);
    let kept = lines.iter().take_while(inside).take(BESIDE_MAX);
    let mut below = String::new();
    for line in kept {
        let _ = writeln!(below, "{}", &text[line.range.clone()]);
    }
    below
}

/// The end of a text, and what is open there.
#[derive(Debug, PartialEq, Eq)]
struct OpenEnd {
    /// What closes everything that is open.
    closers: String,
    /// Where the text ends, without a comment at its end.
    end: usize,
}

/// What is open while YAML is read.
#[derive(Default)]
struct FragmentReader {
    /// The closing brackets that are still to come, the innermost last.
    brackets: Vec<char>,
    quote: Option<char>,
    /// The indentation of the key whose block of text this is.
    prose: Option<usize>,
}

/// What is open at the end of a text, unless brackets do not match.
fn open(text: &str) -> Option<OpenEnd> {
    let mut reader = FragmentReader::default();
    let mut end = text.len();
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let content = raw.trim_end_matches(['\n', '\r']);
        end = start + reader.line(content)?;
        start += raw.len();
    }
    let mut closers: String = reader.quote.into_iter().collect();
    closers.extend(reader.brackets.iter().rev());
    Some(OpenEnd { closers, end })
}

impl FragmentReader {
    /// Reads a line, and returns where its comment begins or it ends; nothing if a bracket does not match.
    fn line(&mut self, line: &str) -> Option<usize> {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if let Some(prose) = self.prose {
            if indent > prose || line.trim().is_empty() {
                return Some(line.len());
            }
            self.prose = None;
        }
        // Whether a value may begin here. Inside a word, brackets and quotes are ordinary letters.
        let mut begins = true;
        let mut letters = line.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            if let Some(quote) = self.quote {
                match letter {
                    '\\' if quote == '"' => {
                        letters.next();
                    }
                    '\'' if quote == '\'' && letters.peek().is_some_and(|it| it.1 == '\'') => {
                        letters.next();
                    }
                    _ if letter == quote => self.quote = None,
                    _ => {}
                }
                continue;
            }
            match letter {
                '#' if line[..at].ends_with(' ') || at == 0 => return Some(at),
                '"' | '\'' if begins => self.quote = Some(letter),
                '[' if begins || !self.brackets.is_empty() => self.brackets.push(']'),
                '{' if begins || !self.brackets.is_empty() => self.brackets.push('}'),
                ']' | '}' if self.brackets.last() == Some(&letter) => {
                    self.brackets.pop();
                }
                ']' | '}' if !self.brackets.is_empty() => return None,
                '|' | '>' if begins && self.brackets.is_empty() => {
                    self.prose = Some(indent);
                    return Some(line.len());
                }
                _ => {}
            }
            begins = match letter {
                ' ' => begins || line[..at].ends_with([':', '-']),
                _ => "[{,".contains(letter) && !self.brackets.is_empty(),
            };
        }
        Some(line.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{MARK, fragments, open};

    #[test]
    fn what_is_open_is_known() {
        let cases = [
            ("a: [b, {c: ", Some("}]")),
            ("a: {b: \"x]", Some("\"}")),
            ("a: 'it''s", Some("'")),
            ("a: it's [so", Some("")),
            ("a: b[c", Some("")),
            ("a: [b]  # [c", Some("")),
            ("a: \"\\\"", Some("\"")),
            ("a: |\n  [it \"is\nb: [", Some("]")),
            ("- {a: 1,\n   b: [c,\n", Some("]}")),
            ("- [a", Some("]")),
            ("a: [b}", None),
        ];
        for (text, closers) in cases {
            let found = open(text).map(|it| it.closers);
            assert_eq!(found.as_deref(), closers, "{text}");
        }
    }

    #[test]
    fn what_lies_elsewhere_is_left_out() {
        let text = "a:\n  b: {c: 1}\n  d:\n    e: 1\n    f: |\n      [\n    g: \n    h: 2\n  i: 3\nj:\n- k\n- l\n";
        let cases = [
            (
                "g: ",
                format!("a:\n  d:\n    e: 1\n    f: |\n      [\n    g: {MARK}\n    h: 2\n"),
            ),
            ("- l", format!("j:\n- k\n- l{MARK}\n")),
            (
                "  i: 3",
                format!(
                    "a:\n  b: {{c: 1}}\n  d:\n    e: 1\n    f: |\n      [\n    g: \n    h: 2\n  i: 3{MARK}\n"
                ),
            ),
        ];
        for (after, expected) in cases {
            let at = text.find(after).expect("it is there") + after.len();
            let first = fragments(text, &(at..at)).swap_remove(0);
            assert_eq!(first.trim_end(), expected.trim_end(), "{after}");
        }
        for text in ["", "\n", "a", "é: [\r\n"] {
            let fragments = fragments(text, &(text.len()..text.len()));
            assert!(fragments.iter().all(|it| it.contains(MARK)), "{text:?}");
        }
    }
}
