//! Reading a scenario from the texts of its folder.
//!
//! No file is opened here: the caller brings the bytes, and can refuse a file by its size before reading it
//! ([`FILE_MAX_BYTES`]). Reading never stops at the first mistake, and no bytes make it panic.

mod actions;
mod blocks;
mod bytes;
mod choices;
mod decode;
mod fields;
mod injects;
mod inside;
mod limits;
mod node;
mod odd;
pub mod outline;
mod phases;
mod prose;
mod record;
mod rules;
mod scalars;
mod split;
mod syntax;
mod times;
mod top;
mod tree;
mod values;
mod zones;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use choices::{KeyWords, WordsRead, words_by_key};
pub use inside::place_inside;
pub use limits::{
    DEPTH_MAX, DURATION_MAX_MINUTES, FILE_MAX_BYTES, FILES_MAX, FINDINGS_MAX, FOLDER_MAX_BYTES,
    ID_MAX_CHARACTERS, LABEL_MAX_CHARACTERS, NODES_MAX, NUMBER_MAX, SUBJECT_MAX_CHARACTERS,
    TEXT_MAX_BYTES,
};
pub use odd::explain_odd_characters;

use crate::finding::{Finding, Findings, Place, Sources};
use crate::scenario::Scenario;
use decode::Decoder;

/// The main file of a scenario.
pub const SCENARIO_FILE: &str = "scenario.yaml";

/// The file that holds the facts.
pub const RECORD_FILE: &str = "record.yaml";

/// The folder of the phases that have a file of their own.
pub const PHASES_FOLDER: &str = "phases/";

/// The texts of one scenario.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Its path, as the reader of a finding should see it.
    pub path: String,
    /// The bytes of its files by path within the folder, with `/`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Whether there is only one file, whose path is `path`.
    pub single: bool,
}

impl Folder {
    /// One YAML file that is the whole scenario.
    #[must_use]
    pub fn single(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            path: path.into(),
            files: BTreeMap::from([(SCENARIO_FILE.to_owned(), bytes)]),
            single: true,
        }
    }

    /// Whether the file with this path within the folder is part of a scenario.
    #[must_use]
    pub fn wants(relative: &str) -> bool {
        relative == SCENARIO_FILE || relative == RECORD_FILE || phase_of(relative).is_some()
    }

    /// The same texts, with a line feed for each CR LF: what a checkout on Windows may have changed.
    #[must_use]
    pub fn with_line_feeds(&self) -> Self {
        let files = self.files.iter();
        Self {
            path: self.path.clone(),
            files: files
                .map(|(path, bytes)| (path.clone(), line_feeds(bytes)))
                .collect(),
            single: self.single,
        }
    }

    fn shown_path(&self, relative: &str) -> String {
        if self.single && relative == SCENARIO_FILE {
            return self.path.clone();
        }
        match self.path.trim_end_matches(std::path::is_separator) {
            "" if self.path.is_empty() => relative.to_owned(),
            folder => format!("{folder}/{relative}"),
        }
    }
}

fn line_feeds(bytes: &[u8]) -> Vec<u8> {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let ends = |(byte, next): &(&u8, Option<&u8>)| **byte != b'\r' || *next != Some(&b'\n');
    bytes
        .iter()
        .zip(next)
        .filter(ends)
        .map(|(byte, _)| *byte)
        .collect()
}

/// The phase in the file with this path within the folder.
fn phase_of(relative: &str) -> Option<&str> {
    let name = relative.strip_prefix(PHASES_FOLDER)?;
    name.strip_suffix(".yaml").filter(|id| !id.contains('/'))
}

/// Reads a scenario. There is none if a finding is an error. The findings point into the sources, which the scenario
/// holds too.
#[must_use]
pub fn read(folder: &Folder) -> (Option<Scenario>, Findings, Arc<Sources>) {
    let (scenario, findings, sources) = read_partly(folder);
    let scenario = scenario.filter(|_| !findings.has_errors());
    (scenario, findings, sources)
}

/// Reads as much of a scenario as possible, to look for further mistakes in it: if a finding is an error, pieces are
/// missing or placeholders. None if not even its outline could be made out.
#[must_use]
pub fn read_partly(folder: &Folder) -> (Option<Scenario>, Findings, Arc<Sources>) {
    let mut decoder = Decoder::default();
    let scenario = read_all(&mut decoder, folder);
    let sources = Arc::new(decoder.sources);
    let (lost, allows) = (decoder.lost, decoder.allows);
    let scenario = scenario.map(|scenario| Scenario {
        sources: Arc::clone(&sources),
        lost,
        allows,
        ..scenario
    });
    (scenario, decoder.findings, sources)
}

fn read_all(decoder: &mut Decoder, folder: &Folder) -> Option<Scenario> {
    let main = folder.shown_path(SCENARIO_FILE);
    if let Some(finding) = too_large(folder) {
        let file = decoder.sources.add(main, "");
        decoder.report(Finding {
            place: Place::start_of(file),
            ..finding
        });
        return None;
    }
    let Some(bytes) = folder.files.get(SCENARIO_FILE) else {
        let file = decoder.sources.add(main, "");
        decoder.report(
            Finding::error(
                "missing-file",
                Place::start_of(file),
                "there is no `scenario.yaml`",
            )
            .hint("A scenario is a folder that holds at least `scenario.yaml`."),
        );
        return None;
    };
    let root = tree::parse_file(decoder, main, bytes);
    if root.is_none() {
        phases::without_scenario(decoder, folder);
    }
    let mut scenario = root.and_then(|root| top::scenario(decoder, &root, folder));
    if let Some(bytes) = folder.files.get(RECORD_FILE) {
        let root = tree::parse_file(decoder, folder.shown_path(RECORD_FILE), bytes);
        let record = root.map(|root| record::record(decoder, &root));
        if let (Some(scenario), Some(record)) = (&mut scenario, record) {
            scenario.record = record;
        }
    }
    scenario
}

/// The finding for a folder that is too large.
fn too_large(folder: &Folder) -> Option<Finding> {
    let nowhere = Place::start_of(crate::finding::FileId(0));
    let bytes: usize = folder.files.values().map(Vec::len).sum();
    if bytes > FOLDER_MAX_BYTES {
        let headline = format!(
            "the files hold {} MiB together; at most {} MiB are read",
            bytes >> 20,
            FOLDER_MAX_BYTES >> 20
        );
        return Some(
            Finding::error("too-large", nowhere, headline)
                .hint("A scenario is text for people: leave everything else out of its folder."),
        );
    }
    let wanted = folder.files.keys().filter(|path| Folder::wants(path));
    let files = wanted.count();
    (files > FILES_MAX).then(|| {
        let headline = format!("{files} files; at most {FILES_MAX} are read");
        Finding::error("too-large", nowhere, headline).hint("Use fewer files in `phases/`.")
    })
}

#[cfg(test)]
mod tests;
