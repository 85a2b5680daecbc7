//! From bytes to a journal, or to what is wrong with them.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::engine::luck::ALGORITHM;
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
    /// Whether the last line was torn. Nobody has seen it, and it is not in `recorded`.
    pub torn: bool,
    /// How many bytes the complete lines take.
    pub whole_bytes: usize,
    /// The number of the next line.
    pub(super) seq: u64,
    /// The hash of the last complete line.
    pub(super) prev: String,
}

/// Reads a journal without locking it: to list it, or to show it again.
pub fn look(path: &Path) -> Result<OpenedJournal, JournalError> {
    // Checked before opening: a pipe would wait for its other end.
    let kind = fs::metadata(path).map_err(|error| JournalError::io("read", path, error))?;
    if !kind.is_file() {
        return Err(JournalError::NotRegular(path.into()));
    }
    let mut file = File::open(path).map_err(|error| JournalError::io("read", path, error))?;
    let bytes = bounded(&mut file, path)?;
    read(&bytes).map_err(|fault| JournalError::fault(path, fault))
}

/// The bytes of a file, or one more than a journal may have.
pub(super) fn bounded(file: &mut File, path: &Path) -> Result<Vec<u8>, JournalError> {
    let mut bytes = Vec::new();
    let most = JOURNAL_MAX_BYTES as u64 + 1;
    file.take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| JournalError::io("read", path, error))?;
    Ok(bytes)
}

/// Reads the bytes of a journal. A torn last line is no fault.
pub fn read(bytes: &[u8]) -> Result<OpenedJournal, Fault> {
    if bytes.len() > JOURNAL_MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (first, rest) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None if bytes.starts_with(line::HEAD_BEGINS.as_bytes()) || bytes.is_empty() => {
            return Err(Fault::HeadTorn);
        }
        None => return Err(Fault::Foreign),
    };
    let (head, prev) = head(first, rest.is_empty())?;
    let mut reading = OpenedJournal {
        recorded: Recorded {
            head,
            entries: Vec::new(),
        },
        torn: false,
        whole_bytes: first.len() + 1,
        seq: 1,
        prev,
    };
    reading.read_on(rest)?;
    Ok(reading)
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
    let files = head.files.into_iter();
    let folder = Folder {
        path: head.path,
        files: files.map(|(path, text)| (path, text.into())).collect(),
        single: head.single,
    };
    if fingerprint(&folder) != head.fingerprint {
        return Err(broken("the scenario's text does not match its fingerprint"));
    }
    let head = Head {
        program: head.program,
        begun: head.begun,
        scenario: head.scenario,
        folder,
        variant: head.variant,
        cut: head.cut,
        seed: head.seed,
        team: head.team,
        seats: head.seats,
        minute: head.minute,
        rolled: head.rolled,
    };
    Ok((head, hash.to_owned()))
}

impl OpenedJournal {
    /// Reads the lines that follow.
    pub(super) fn read_on(&mut self, mut rest: &[u8]) -> Result<(), Fault> {
        self.torn = false;
        while !rest.is_empty() {
            // A crash tears the end of the last line; it does not join two lines.
            let end = rest.iter().position(|byte| *byte == b'\n');
            if line::runs_on(&rest[..end.unwrap_or(rest.len())]) {
                return Err(self.broken("more follows its hash"));
            }
            let Some(end) = end else {
                self.torn = true;
                break;
            };
            let (line, after) = (&rest[..end], &rest[end + 1..]);
            if self.seq as usize >= LINES_MAX || line.len() > LINE_MAX_BYTES {
                return Err(Fault::TooLarge);
            }
            match line::unseal(line) {
                Some((content, hash)) => self.add_line(content, hash)?,
                None if after.is_empty() => {
                    self.torn = true;
                    break;
                }
                None => return Err(self.broken("its hash does not match")),
            }
            self.whole_bytes += line.len() + 1;
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
        if let EntryKind::TakeBack(back) = next.entry
            && back.to > self.recorded.moves()
        {
            return Err(self.broken("it takes back more moves than were made"));
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
            line: self.seq as usize + 1,
            what: what.to_owned(),
        }
    }
}
