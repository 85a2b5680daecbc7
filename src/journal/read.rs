//! From bytes to a journal, or to what is wrong with them.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, Read as _};
use std::path::Path;

use crate::engine::luck::ALGORITHM;
use crate::files;
use crate::journal::line::{self, HeadLine, NextLine};
use crate::journal::{
    Entry, EntryKind, Fault, Head, JOURNAL_MAX_BYTES, JournalError, LINE_MAX_BYTES, LINES_MAX,
    Recorded, VERSION, fingerprint,
};
use crate::scenario::read::{Folder, SCENARIO_FILE};

/// A journal, and what the next line needs.
#[derive(Clone, Debug)]
pub struct OpenedJournal {
    /// What it holds.
    pub recorded: Recorded,
    /// Whether the last line was torn or damaged. It is not in `recorded`.
    pub torn: bool,
    /// Whether that line ends in a line feed all the same: not an ordinary tear, which nobody has seen, but what a power cut
    /// can leave, or a change by hand.
    pub damaged: bool,
    /// How many bytes the complete lines take.
    pub whole_bytes: usize,
    /// How many lines were read, with blank ones.
    line: usize,
    /// How many moves stand.
    moves: usize,
    /// The number of the next line.
    pub(super) seq: u64,
    /// The hash of the last complete line.
    pub(super) prev: String,
}

/// Reads a journal without locking it: to show it again.
pub fn look(path: &Path) -> Result<OpenedJournal, JournalError> {
    read(&bytes(path)?).map_err(|fault| JournalError::fault(path, fault))
}

/// Reads a journal to list it. Every hash is checked; the text of the scenario is not read, and not in the result.
pub(super) fn skim(path: &Path) -> Result<OpenedJournal, JournalError> {
    let bytes = bytes(path)?;
    read_with(&bytes, skimmed_head).map_err(|fault| JournalError::fault(path, fault))
}

fn bytes(path: &Path) -> Result<Vec<u8>, JournalError> {
    let opened = files::open_regular(path, OpenOptions::new().read(true));
    let mut file = opened
        .map_err(|error| JournalError::io("read", path, error))?
        .ok_or_else(|| JournalError::NotRegular(path.into()))?;
    bounded(&mut file, path)
}

/// The bytes of a file, or one more than a journal may have.
fn bounded(file: &mut File, path: &Path) -> Result<Vec<u8>, JournalError> {
    let most = JOURNAL_MAX_BYTES as u64 + 1;
    let length = file.metadata().map_or(0, |it| it.len());
    let mut bytes = Vec::with_capacity(length.min(most) as usize + 1);
    file.take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| JournalError::io("read", path, error))?;
    Ok(bytes)
}

/// Reads the bytes of a journal. A torn last line is no fault.
pub fn read(bytes: &[u8]) -> Result<OpenedJournal, Fault> {
    read_with(bytes, head)
}

/// Reads the head, which may be the only line, and returns its hash too.
type ReadHead = fn(&[u8], bool) -> Result<(Head, String), Fault>;

fn read_with(bytes: &[u8], head: ReadHead) -> Result<OpenedJournal, Fault> {
    if bytes.len() > JOURNAL_MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let begun = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let end = line_end(begun);
    let (first, rest) = match end {
        Some(end) => (&begun[..end], &begun[end + 1..]),
        None if begun.starts_with(line::HEAD_BEGINS.as_bytes()) || begun.is_empty() => {
            return Err(Fault::HeadTorn);
        }
        None => return Err(Fault::Foreign),
    };
    let (head, prev) = head(without_return(first), is_blank(rest))?;
    let mut reading = OpenedJournal {
        recorded: Recorded {
            head,
            entries: Vec::new(),
        },
        torn: false,
        damaged: false,
        whole_bytes: bytes.len() - rest.len(),
        line: 1,
        moves: 0,
        seq: 1,
        prev,
    };
    reading.read_on(rest)?;
    Ok(reading)
}

/// What some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A line without the carriage return that mail or a checkout put before its line feed.
fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Where the first line feed is.
fn line_end(mut bytes: &[u8]) -> Option<usize> {
    let whole = bytes;
    // A head is long, and this looks at many bytes at a time.
    let read = bytes.skip_until(b'\n').ok()?;
    let last = read.checked_sub(1)?;
    (whole[last] == b'\n').then_some(last)
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.trim_ascii().is_empty()
}

fn head(line: &[u8], alone: bool) -> Result<(Head, String), Fault> {
    let broken = |what: &str| Fault::Broken {
        line: 1,
        what: what.to_owned(),
    };
    let text = std::str::from_utf8(line).map_err(|_| Fault::Foreign)?;
    if !text.starts_with(line::HEAD_BEGINS) {
        return Err(Fault::Foreign);
    }
    match line::version(text) {
        Some(VERSION) | None => {}
        Some(version) => return Err(Fault::Newer(version)),
    }
    let (content, hash) = match line::unseal(line) {
        Some(unsealed) => unsealed,
        None if alone => return Err(Fault::HeadTorn),
        None => return Err(broken("its hash does not match")),
    };
    let head: HeadLine = line::parse(content).map_err(|what| broken(&what))?;
    if head.seq != 0 || head.prev != line::NO_LINE {
        return Err(broken("the lines before it are missing"));
    }
    if head.rolls != ALGORITHM {
        return Err(Fault::Algorithm(head.rolls));
    }
    if !head.files.contains_key(SCENARIO_FILE) {
        return Err(Fault::NoText);
    }
    let wanted = head.fingerprint.clone();
    let head = in_memory(head);
    if fingerprint(&head.folder) != wanted {
        return Err(broken("the scenario's text does not match its fingerprint"));
    }
    Ok((head, hash.to_owned()))
}

/// As [`head`], without the text of the scenario. What is wrong is said as [`head`] says it.
fn skimmed_head(line: &[u8], alone: bool) -> Result<(Head, String), Fault> {
    let skimmed = line::unseal(line).and_then(|(content, hash)| {
        // Within a text the quotes would be escaped.
        let (before, files) = content.split_once(",\"files\":{")?;
        let head: HeadLine = line::parse(before).ok()?;
        let fits = head.journal == VERSION
            && head.seq == 0
            && head.prev == line::NO_LINE
            && head.rolls == ALGORITHM
            && files.contains(&format!("\"{SCENARIO_FILE}\":\""));
        fits.then(|| (in_memory(head), hash.to_owned()))
    });
    skimmed.map_or_else(|| head(line, alone), Ok)
}

fn in_memory(head: HeadLine) -> Head {
    let files = head.files.into_iter();
    Head {
        program: head.program,
        begun: head.begun,
        scenario: head.scenario,
        folder: Folder {
            path: head.path,
            files: files.map(|(path, text)| (path, text.into())).collect(),
            single: head.single,
        },
        variant: head.variant,
        cut: head.cut,
        seed: head.seed,
        team: head.team,
        seats: head.seats,
        take_back: head.take_back,
        minute: head.minute,
        rolled: head.rolled,
    }
}

impl OpenedJournal {
    /// What is wrong with the last line, as sentences; none if nothing is.
    #[must_use]
    pub fn end_trouble(&self) -> Option<&'static str> {
        match (self.torn, self.damaged) {
            (_, true) => Some(
                "The last line of the journal is damaged: its hash does not match, as after a power cut or a change by hand. \
                 It is left out; every line before it is whole.",
            ),
            (true, false) => Some(
                "The last line of the journal was not whole. It was never shown, and is left out.",
            ),
            (false, false) => None,
        }
    }

    /// Reads the lines that follow.
    pub(super) fn read_on(&mut self, mut rest: &[u8]) -> Result<(), Fault> {
        (self.torn, self.damaged) = (false, false);
        while !rest.is_empty() {
            // A crash tears the end of the last line; it does not join two lines.
            let end = line_end(rest);
            let line = without_return(&rest[..end.unwrap_or(rest.len())]);
            if line::runs_on(line) {
                return Err(self.broken("more follows its hash"));
            }
            let Some(end) = end else {
                self.torn = true;
                break;
            };
            let after = &rest[end + 1..];
            if is_blank(line) {
                self.whole_bytes += end + 1;
                self.line += 1;
                rest = after;
                continue;
            }
            if self.seq as usize >= LINES_MAX || line.len() > LINE_MAX_BYTES {
                return Err(Fault::TooLarge);
            }
            match line::unseal(line) {
                Some((content, hash)) => self.add_line(content, hash)?,
                None if is_blank(after) => {
                    (self.torn, self.damaged) = (true, true);
                    break;
                }
                None => return Err(self.broken("its hash does not match")),
            }
            self.whole_bytes += end + 1;
            self.line += 1;
            rest = after;
        }
        Ok(())
    }

    fn add_line(&mut self, content: &str, hash: &str) -> Result<(), Fault> {
        let next: NextLine = line::parse(content).map_err(|what| self.broken(&what))?;
        if next.seq != self.seq || next.prev != self.prev {
            return Err(self.broken("it does not follow the line before it"));
        }
        if !matches!(next.entry, EntryKind::Note(_)) && self.recorded.has_ended() {
            return Err(self.broken("only notes may follow the end"));
        }
        match next.entry {
            EntryKind::Move(_) => self.moves += 1,
            EntryKind::TakeBack(back) if back.to > self.moves => {
                return Err(self.broken("it takes back more moves than were made"));
            }
            EntryKind::TakeBack(back) => self.moves = back.to,
            _ => {}
        }
        self.recorded.entries.push(Entry {
            at: next.at,
            minute: next.minute,
            what: next.entry,
        });
        self.seq += 1;
        hash.clone_into(&mut self.prev);
        Ok(())
    }

    fn broken(&self, what: &str) -> Fault {
        Fault::Broken {
            line: self.line + 1,
            what: what.to_owned(),
        }
    }
}
