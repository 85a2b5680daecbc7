//! A text without the pieces that are not YAML, so that the rest can be read.
//!
//! A piece is what belongs to a line by its indentation. Its value is left out; if that does not help, the line is, then
//! the value of the key above it, and so on outwards. Every byte that remains keeps its place.

use std::ops::Range;

use crate::finding::{FileId, Finding, Place};
use crate::scenario::read::decode::Decoder;

/// How often a file is parsed at most.
const ATTEMPTS_MAX: usize = 24;

/// Larger files are parsed only once, because somebody is waiting.
const MENDED_MAX_BYTES: usize = 1 << 20;

/// With fewer lines of YAML between a piece that was left out and the next mistake, they count as one mistake.
const APART_MIN_LINES: usize = 3;

/// How far a tab indents, as most editors show it.
const TAB_WIDTH: usize = 8;

/// A text from which pieces were left out.
pub(super) struct Mended<'t> {
    original: &'t str,
    /// As it is parsed now.
    text: String,
    /// Placeholders for values that were left out.
    filled: Vec<Range<usize>>,
    /// Every piece that is left out for good.
    pieces: Vec<RemovedPiece>,
    /// The piece that is being tried.
    trial: Option<Trial>,
    attempts: usize,
}

/// What was left out.
#[derive(Clone)]
struct RemovedPiece {
    /// From its line to its end.
    range: Range<usize>,
    /// Its placeholder; none if a whole line is gone.
    filled: Option<Range<usize>>,
    findings: Vec<Finding>,
}

/// A piece that may be too small.
struct Trial {
    /// Where its line begins.
    line: usize,
    /// How far out from the line: 0 its value, 1 the line, then the value of each key above.
    level: usize,
    piece: RemovedPiece,
}

impl<'t> Mended<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            original: text,
            text: text.to_owned(),
            filled: Vec::new(),
            pieces: Vec::new(),
            trial: None,
            attempts: 1,
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn filled(&self) -> &[Range<usize>] {
        &self.filled
    }

    /// Lines that are gone.
    pub fn gaps(&self) -> Vec<Range<usize>> {
        let gaps = self.removed().filter(|piece| piece.filled.is_none());
        gaps.map(|piece| piece.range.clone()).collect()
    }

    fn removed(&self) -> impl Iterator<Item = &RemovedPiece> {
        let trial = self.trial.iter().map(|trial| &trial.piece);
        self.pieces.iter().chain(trial)
    }

    /// Leaves out what is wrong at a place. Whether there is anything left to try.
    ///
    /// If a whole line is out of place, leaving out only its value is not tried.
    pub fn without(&mut self, at: usize, is_line: bool, findings: Vec<Finding>) -> bool {
        self.attempts += 1;
        if self.attempts > ATTEMPTS_MAX || self.original.len() > MENDED_MAX_BYTES {
            return false;
        }
        let line = line_start(self.original, at);
        let (line, level, findings) = match self.trial.take() {
            Some(trial) if !self.is_apart(&trial.piece.range, line) => {
                (trial.line, trial.level + 1, trial.piece.findings)
            }
            trial => {
                self.pieces.extend(trial.map(|trial| trial.piece));
                (line, usize::from(is_line), findings)
            }
        };
        self.trial = self.next(line, level, &findings);
        self.compose();
        self.trial.is_some()
    }

    /// Whether a mistake on a line is a different one from that of a piece.
    fn is_apart(&self, piece: &Range<usize>, line: usize) -> bool {
        let between = self.text.get(piece.end..line).unwrap_or("");
        let lines = between.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.take(APART_MIN_LINES).count() == APART_MIN_LINES
    }

    /// The first piece that can be left out from a level outwards.
    fn next(&self, line: usize, level: usize, findings: &[Finding]) -> Option<Trial> {
        (level..level + ATTEMPTS_MAX).find_map(|level| {
            let (range, filled) = self.piece(line, level)?;
            let findings = findings.to_vec();
            let piece = RemovedPiece {
                range,
                filled,
                findings,
            };
            Some(Trial { line, level, piece })
        })
    }

    fn piece(&self, line: usize, level: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let text = self.original;
        if level == 1 {
            return Some((line..block_end(text, line), None));
        }
        let line = match level {
            0 => line,
            _ => (2..=level).try_fold(line, |line, _| parent(text, line))?,
        };
        let end = block_end(text, line);
        let value = value_start(text, line)?;
        let start = text[value..end].find(|letter: char| !letter.is_whitespace())? + value;
        Some((line..end, Some(start..end)))
    }

    fn compose(&mut self) {
        let mut bytes = self.original.as_bytes().to_vec();
        let mut filled = Vec::new();
        for piece in self.removed() {
            let gone = piece.filled.clone().unwrap_or(piece.range.clone());
            for byte in &mut bytes[gone.clone()] {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = b' ';
                }
            }
            if piece.filled.is_some() {
                bytes[gone.start] = b'x';
                filled.push(gone);
            }
        }
        self.filled = filled;
        // Whole characters were replaced, each byte by a space.
        self.text = String::from_utf8(bytes).unwrap_or_default();
    }

    /// Reports what was left out, and notes the names in it.
    pub fn take(&mut self, decoder: &mut Decoder, file: FileId) {
        let trial = self.trial.take().map(|trial| trial.piece);
        for piece in self.pieces.drain(..).chain(trial) {
            for finding in piece.findings {
                decoder.report(finding);
            }
            decoder.lose_words(&self.original[piece.range.clone()]);
            if piece.filled.is_none() {
                decoder.gaps.push(Place::new(file, piece.range));
            }
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_at(text: &str, start: usize) -> &str {
    let line = text[start..].split('\n').next().unwrap_or("");
    line.trim_end()
}

/// How far a line is indented; none if it is empty or only a comment.
fn indentation(line: &str) -> Option<usize> {
    let bare = line.trim_start_matches([' ', '\t']);
    let width = |letter| if letter == b'\t' { TAB_WIDTH } else { 1 };
    let indentation = line[..line.len() - bare.len()].bytes().map(width).sum();
    (!bare.is_empty() && !bare.starts_with('#')).then_some(indentation)
}

/// The end of everything that belongs to a line.
fn block_end(text: &str, line: usize) -> usize {
    let first = line_at(text, line);
    let own = indentation(first).unwrap_or(0);
    let is_item = first.trim_start().starts_with("- ");
    let mut at = line;
    let mut end = line;
    loop {
        let length = text[at..]
            .find('\n')
            .map_or(text.len() - at, |newline| newline + 1);
        let current = line_at(text, at);
        match indentation(current) {
            Some(deep) if at > line => {
                let is_child =
                    deep > own || deep == own && !is_item && current.trim_start().starts_with("- ");
                if !is_child {
                    return end;
                }
                end = at + length;
            }
            Some(_) => end = at + length,
            None if at == line => end = at + length,
            None => {}
        }
        at += length;
        if at >= text.len() {
            return end;
        }
    }
}

/// Where the value of a line begins: after its key, or after the dash of a list.
fn value_start(text: &str, line: usize) -> Option<usize> {
    let whole = line_at(text, line);
    let bare = whole.trim_start_matches(' ');
    let start = line + (whole.len() - bare.len());
    if bare.starts_with("- ") {
        return Some(start + 2);
    }
    let key = bare.split(':').next()?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_alphanumeric() || "_-.".contains(letter));
    let after = &bare[key.len()..];
    (is_key && (after == ":" || after.starts_with(": "))).then_some(start + key.len() + 1)
}

/// The line of the key that a line belongs to.
fn parent(text: &str, line: usize) -> Option<usize> {
    let own = indentation(line_at(text, line))?;
    let mut at = line;
    while at > 0 {
        at = line_start(text, at - 1);
        if indentation(line_at(text, at)).is_some_and(|above| above < own) {
            return Some(at);
        }
    }
    None
}
