//! Runs of text broken into lines.

use crate::front::text::{Stress, TextLine, TextRun, head, width};

/// Runs as lines: broken between words, and inside a word only if it is wider than a line.
pub(super) fn fold(runs: &[TextRun], columns: usize) -> Vec<TextLine> {
    let mut folder = LineFolder {
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

struct LineFolder {
    columns: usize,
    lines: Vec<TextLine>,
    line: TextLine,
    used: usize,
    word: Vec<TextRun>,
    space: bool,
}

impl LineFolder {
    fn extend(&mut self, text: &str, stress: Stress) {
        if !text.is_empty() {
            self.word.push(TextRun {
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
            // If the styles differ, the space between them has neither.
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
                // A character wider than the line is shown whole, or this would never end.
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
            _ => self.line.push(TextRun {
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
