//! Limited Markdown as lines of a given width, and texts cut and measured by what they take on screen.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

/// How a stretch of text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stress {
    /// Not at all.
    #[default]
    None,
    /// `*emphasis*`
    Emphasis,
    /// `**strong**`
    Strong,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its words.
    pub text: String,
    /// How it stands out.
    pub stress: Stress,
}

/// One line of the screen.
pub type TextLine = Vec<Run>;

/// A paragraph or an entry of a list.
struct Block {
    /// Stands before the first line; the others are indented as far.
    lead: String,
    /// Whether an empty line stands before it.
    apart: bool,
    runs: Vec<Run>,
}

/// How many columns the text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text within so many columns; what is cut away leaves `…`.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut kept = head(text, columns - 1).trim_end().to_owned();
    kept.push('…');
    kept
}

/// The text in exactly so many columns, cut or filled with spaces.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut text = cut(text, columns);
    let fill = columns.saturating_sub(width(&text));
    text.extend(std::iter::repeat_n(' ', fill));
    text
}

/// The longest beginning that takes at most so many columns.
fn head(text: &str, columns: usize) -> &str {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if width(&text[..next]) > columns {
            break;
        }
        end = next;
    }
    &text[..end]
}

/// Plain text as lines of at most so many columns; line breaks stay.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let run = Run {
        text: text.to_owned(),
        stress: Stress::None,
    };
    let flat = |line: TextLine| line.into_iter().map(|run| run.text).collect();
    fold(&[run], columns).into_iter().map(flat).collect()
}

/// Markdown (paragraphs, lists, emphasis) as lines of at most so many columns. Anything else shows as it is written.
#[must_use]
pub fn markdown(text: &str, columns: usize) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for block in blocks(text) {
        if block.apart && !lines.is_empty() {
            lines.push(Vec::new());
        }
        let indent = width(&block.lead);
        let wrapped = fold(&block.runs, columns.saturating_sub(indent).max(1));
        for (number, mut line) in wrapped.into_iter().enumerate() {
            if indent > 0 {
                let lead = if number == 0 {
                    block.lead.clone()
                } else {
                    " ".repeat(indent)
                };
                line.insert(
                    0,
                    Run {
                        text: lead,
                        stress: Stress::None,
                    },
                );
            }
            lines.push(line);
        }
    }
    lines
}

fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new(text) {
        reader.take(event);
    }
    reader.finish(false);
    reader.blocks
}

/// Gathers the events of one text.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    /// The number of the next entry for each list that is open; none for one with dashes.
    lists: Vec<Option<u64>>,
    lead: String,
    fresh_list: bool,
    strong: usize,
    emphasis: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(from)) => {
                self.finish(false);
                self.fresh_list = self.lists.is_empty();
                self.lists.push(from);
            }
            Event::End(TagEnd::List(_)) => {
                self.finish(true);
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.finish(true);
                self.lead = self.next_lead();
            }
            Event::End(TagEnd::Item) => self.finish(true),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                self.finish(!self.lists.is_empty());
            }
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis = self.emphasis.saturating_sub(1),
            Event::Text(words)
            | Event::Code(words)
            | Event::Html(words)
            | Event::InlineHtml(words) => {
                self.add(&words);
            }
            Event::SoftBreak => self.add(" "),
            Event::HardBreak => self.add("\n"),
            Event::Rule => self.finish(false),
            _ => {}
        }
    }

    fn next_lead(&mut self) -> String {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let lead = format!("{indent}{number}. ");
                *number += 1;
                lead
            }
            _ => format!("{indent}- "),
        }
    }

    fn add(&mut self, text: &str) {
        let stress = match (self.strong, self.emphasis) {
            (0, 0) => Stress::None,
            (0, _) => Stress::Emphasis,
            _ => Stress::Strong,
        };
        self.runs.push(Run {
            text: text.to_owned(),
            stress,
        });
    }

    fn finish(&mut self, in_list: bool) {
        if self.runs.is_empty() {
            return;
        }
        let lead = std::mem::take(&mut self.lead);
        // Later paragraphs of an entry stay under its text.
        let indent = " ".repeat(2 * self.lists.len());
        self.blocks.push(Block {
            apart: !in_list || std::mem::take(&mut self.fresh_list),
            lead: if lead.is_empty() { indent } else { lead },
            runs: std::mem::take(&mut self.runs),
        });
    }
}

/// Runs as lines: broken between words, and inside a word only where it is wider than a line.
fn fold(runs: &[Run], columns: usize) -> Vec<TextLine> {
    let mut folder = Folder {
        columns: columns.max(1),
        lines: Vec::new(),
        line: Vec::new(),
        used: 0,
        word: Vec::new(),
        space: false,
    };
    for run in runs {
        let mut from = 0;
        for (at, c) in run.text.char_indices() {
            if c == '\n' || c == ' ' {
                folder.extend(&run.text[from..at], run.stress);
                folder.end_word();
                from = at + 1;
                if c == '\n' {
                    folder.end_line();
                } else {
                    folder.space = true;
                }
            }
        }
        folder.extend(&run.text[from..], run.stress);
    }
    folder.end_word();
    if !folder.line.is_empty() || folder.lines.is_empty() {
        folder.end_line();
    }
    folder.lines
}

struct Folder {
    columns: usize,
    lines: Vec<TextLine>,
    line: TextLine,
    used: usize,
    word: Vec<Run>,
    space: bool,
}

impl Folder {
    fn extend(&mut self, text: &str, stress: Stress) {
        if !text.is_empty() {
            self.word.push(Run {
                text: text.to_owned(),
                stress,
            });
        }
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() {
            return;
        }
        let wide: usize = word.iter().map(|run| width(&run.text)).sum();
        let gap = usize::from(self.space && self.used > 0);
        if self.used > 0 && self.used + gap + wide > self.columns {
            self.end_line();
        } else if gap == 1 {
            // A space belongs to neither side where they differ.
            let before = self.line.last().map(|run| run.stress);
            let stress = if before == Some(word[0].stress) {
                word[0].stress
            } else {
                Stress::None
            };
            self.put(" ", stress);
        }
        self.space = false;
        for run in word {
            self.put_broken(&run.text, run.stress);
        }
    }

    fn put_broken(&mut self, mut text: &str, stress: Stress) {
        while self.used + width(text) > self.columns {
            let mut part = head(text, self.columns - self.used);
            if part.is_empty() {
                if self.used > 0 {
                    self.end_line();
                    continue;
                }
                // A character wider than the line: shown whole is better than never ending.
                let first = text.chars().next().map_or(0, char::len_utf8);
                part = &text[..first];
            }
            self.put(part, stress);
            text = &text[part.len()..];
            self.end_line();
        }
        if !text.is_empty() {
            self.put(text, stress);
        }
    }

    fn put(&mut self, text: &str, stress: Stress) {
        self.used += width(text);
        match self.line.last_mut() {
            Some(last) if last.stress == stress => last.text.push_str(text),
            _ => self.line.push(Run {
                text: text.to_owned(),
                stress,
            }),
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.space = false;
    }
}

/// A whole number with thousands separators.
#[must_use]
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Stress, cut, markdown, pad, thousands, width, wrap};

    fn flat(text: &str, columns: usize) -> Vec<String> {
        let join = |line: Vec<super::Run>| line.into_iter().map(|run| run.text).collect();
        markdown(text, columns).into_iter().map(join).collect()
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("Staffplan Citrix", 10), "Staffplan…");
        assert_eq!(cut("Staffplan", 9), "Staffplan");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("x", 0), "");
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(width(&pad("日本語", 4)), 4);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("a\nb", 8), ["a", "b"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("日本語", 3), ["日", "本", "語"]);
        assert_eq!(wrap("日本", 1), ["日", "本"]);
    }

    #[test]
    fn paragraphs_stand_apart_and_lists_hang() {
        let text = "One two\nthree.\n\n- first of all\n- second\n\nLast.";
        assert_eq!(
            flat(text, 9),
            [
                "One two", "three.", "", "- first", "  of all", "- second", "", "Last."
            ]
        );
    }

    #[test]
    fn emphasis_is_kept_across_lines() {
        let lines = markdown("a **b c** *d*.", 3);
        let stress: Vec<_> = lines
            .concat()
            .into_iter()
            .map(|run| (run.text, run.stress))
            .collect();
        assert!(stress.contains(&("b".to_owned(), Stress::Strong)));
        assert!(stress.contains(&("d".to_owned(), Stress::Emphasis)));
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(thousands(3_076_320), "3,076,320");
        assert_eq!(thousands(-1000), "-1,000");
        assert_eq!(thousands(999), "999");
    }
}
