//! The open files, and the scenarios that they belong to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::params::{ChangeParams, OpenedDocument};
use super::position::{Encoding, LineIndex};
use super::uri::uri_of;
use crate::library::{self, ScenarioFiles};
use crate::scenario::read::outline::{Outline, outline};
use crate::scenario::read::{FILE_MAX_BYTES, Folder, PHASES_FOLDER, RECORD_FILE, SCENARIO_FILE};
use crate::scenario::schema::Document;

/// The open files.
#[derive(Debug, Default)]
pub struct Workspace {
    open: BTreeMap<String, OpenFile>,
    /// The last outline of each file that could be read, by path.
    outlines: RefCell<BTreeMap<String, CachedOutline>>,
}

#[derive(Debug)]
struct OpenFile {
    /// As the editor sent it.
    uri: String,
    version: Option<i32>,
    text: String,
}

#[derive(Debug)]
struct CachedOutline {
    text: String,
    outline: Arc<Outline>,
}

/// The scenario that a file belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The path of the scenario's folder, or of the file itself if it is a whole scenario.
    pub root: String,
    /// The file's path within the folder.
    pub relative: String,
}

/// What a file of a scenario is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// YAML in the scenario format.
    Document(Document),
    Play,
}

/// A file of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioFile {
    pub path: String,
    pub kind: FileKind,
    /// As it is in the editor if it is open, else as it is on disk.
    pub text: String,
}

impl Home {
    /// What the file is, if the format knows such a file.
    pub fn kind(&self) -> Option<FileKind> {
        file_kind(&self.relative)
    }
}

fn file_kind(relative: &str) -> Option<FileKind> {
    let is_phase = |name: &str| {
        let id = name.strip_suffix(".yaml");
        id.is_some_and(|id| !id.is_empty() && !id.contains('/'))
    };
    match relative {
        SCENARIO_FILE => Some(FileKind::Document(Document::Scenario)),
        RECORD_FILE => Some(FileKind::Document(Document::Record)),
        _ if relative.strip_prefix(PHASES_FOLDER).is_some_and(is_phase) => {
            Some(FileKind::Document(Document::Phase))
        }
        _ => library::play_name(relative).map(|_| FileKind::Play),
    }
}

impl Workspace {
    /// Adds a file that was opened.
    pub fn open(&mut self, path: &str, opened: OpenedDocument) {
        let OpenedDocument { id, text } = opened;
        let (uri, version) = (id.uri, id.version);
        let open = OpenFile { uri, version, text };
        self.open.insert(path.to_owned(), open);
    }

    /// Applies changes to an open file. Whether it is open.
    pub fn change(&mut self, path: &str, params: ChangeParams, encoding: Encoding) -> bool {
        let Some(open) = self.open.get_mut(path) else {
            return false;
        };
        open.version = params.text_document.version;
        for change in params.content_changes {
            let Some(span) = change.range else {
                open.text = change.text;
                continue;
            };
            let lines = LineIndex::new(&open.text, encoding);
            let start = lines.offset(span.start);
            let end = lines.offset(span.end).max(start);
            open.text.replace_range(start..end, &change.text);
        }
        true
    }

    /// Forgets an open file: from now on the file on disk counts.
    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.outlines.get_mut().remove(path);
    }

    /// Whether a file of this scenario is open.
    pub fn is_open(&self, root: &str) -> bool {
        self.open.keys().any(|path| lies_in(root, path))
    }

    /// Forgets the outlines of a scenario's files.
    pub fn forget(&mut self, root: &str) {
        self.outlines
            .get_mut()
            .retain(|path, _| !lies_in(root, path));
    }

    /// Remembers the outlines of a scenario's open files, for the time when an edit makes them unreadable.
    pub fn remember_outlines(&self, root: &str) {
        for (path, open) in self.open.iter().filter(|(path, _)| lies_in(root, path)) {
            if let Some(kind) = self.home(path).and_then(|home| home.kind()) {
                self.outline(&ScenarioFile {
                    path: path.clone(),
                    kind,
                    text: open.text.clone(),
                });
            }
        }
    }

    /// What the editor calls a file.
    pub fn uri(&self, path: &str) -> String {
        let open = self.open.get(path);
        open.map_or_else(|| uri_of(path), |open| open.uri.clone())
    }

    /// The version of an open file, as the editor counts it.
    pub fn version(&self, path: &str) -> Option<i32> {
        self.open.get(path)?.version
    }

    /// The text of an open file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.open.get(path).map(|open| open.text.as_str())
    }

    /// The scenario that an open file belongs to, if any.
    pub fn home(&self, path: &str) -> Option<Home> {
        let (folder, name) = path.rsplit_once('/')?;
        let inside = |root: &str, relative: String| Home {
            root: root.to_owned(),
            relative,
        };
        let home = match folder.rsplit_once('/') {
            _ if name == SCENARIO_FILE || name == RECORD_FILE => inside(folder, name.to_owned()),
            Some((above, below @ ("phases" | "plays"))) => inside(above, format!("{below}/{name}")),
            _ => {
                let is_whole = is_scenario(name, self.text(path)?);
                return is_whole.then(|| inside(path, SCENARIO_FILE.to_owned()));
            }
        };
        let is_part =
            home.kind().is_some() && (name == SCENARIO_FILE || self.folder(&home.root).is_some());
        is_part.then_some(home)
    }

    /// The scenarios that the open files belong to.
    pub fn homes(&self) -> impl Iterator<Item = Home> {
        self.open.keys().filter_map(|path| self.home(path))
    }

    /// A scenario's files: the open ones as they are in the editor, the others as they are on disk.
    pub fn folder(&self, root: &str) -> Option<ScenarioFiles> {
        if let Some(open) = self.open.get(root) {
            let folder = Folder::single(root, open.text.clone().into_bytes());
            return Some(ScenarioFiles::new(folder));
        }
        let found = library::find(&format!("{root}/"));
        let mut found = found.unwrap_or_else(|_| ScenarioFiles::new(Folder::default()));
        root.clone_into(&mut found.folder.path);
        for (path, open) in &self.open {
            let relative = path.strip_prefix(root);
            let relative = relative.and_then(|rest| rest.strip_prefix('/'));
            if let Some(relative) = relative.filter(|it| file_kind(it).is_some()) {
                found.plays.retain(|play| play.path != *path);
                found.add(relative, open.text.clone().into_bytes());
            }
        }
        found.plays.sort_by(|a, b| a.name.cmp(&b.name));
        let is_scenario = found.folder.files.contains_key(SCENARIO_FILE);
        is_scenario.then_some(found)
    }

    /// The files of a scenario, `scenario.yaml` first.
    pub fn files(&self, root: &str) -> Vec<ScenarioFile> {
        let Some(found) = self.folder(root) else {
            return Vec::new();
        };
        let single = found.folder.single;
        let documents = found.folder.files.into_iter();
        let documents = documents.filter_map(|(relative, bytes)| {
            let path = if single {
                root.to_owned()
            } else {
                format!("{root}/{relative}")
            };
            Some(ScenarioFile {
                path,
                kind: file_kind(&relative)?,
                text: String::from_utf8(bytes).ok()?,
            })
        });
        let plays = found.plays.into_iter().map(|play| ScenarioFile {
            path: play.path,
            kind: FileKind::Play,
            text: play.text,
        });
        let mut files: Vec<ScenarioFile> = documents.chain(plays).collect();
        files.sort_by_key(|file| file.kind != FileKind::Document(Document::Scenario));
        files
    }

    /// The outline of a file, and whether it is that of its text. A file that cannot be read has its last outline.
    pub fn outline(&self, file: &ScenarioFile) -> Option<(Arc<Outline>, bool)> {
        let FileKind::Document(document) = file.kind else {
            return None;
        };
        let mut outlines = self.outlines.borrow_mut();
        let last = outlines.get(&file.path);
        if let Some(last) = last.filter(|it| it.text == file.text) {
            return Some((Arc::clone(&last.outline), true));
        }
        let Some(outline) = outline_of(document, &file.text).map(Arc::new) else {
            return last.map(|it| (Arc::clone(&it.outline), false));
        };
        let cached = CachedOutline {
            text: file.text.clone(),
            outline: Arc::clone(&outline),
        };
        outlines.insert(file.path.clone(), cached);
        Some((outline, true))
    }

    /// The same, but an open file has its last outline without being read again: for what is asked at every key.
    pub fn outline_before_typing(&self, file: &ScenarioFile) -> Option<(Arc<Outline>, bool)> {
        let last = self.open.contains_key(&file.path).then(|| {
            let outlines = self.outlines.borrow();
            let last = outlines.get(&file.path)?;
            Some((Arc::clone(&last.outline), last.text == file.text))
        });
        last.flatten().or_else(|| self.outline(file))
    }
}

/// Whether a file belongs to the scenario in this folder, or is the whole scenario.
pub fn lies_in(root: &str, path: &str) -> bool {
    let rest = path.strip_prefix(root);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Only files that reading would accept have an outline.
fn outline_of(document: Document, text: &str) -> Option<Outline> {
    (text.len() <= FILE_MAX_BYTES).then(|| outline(document, text))?
}

/// Whether a file of any name says that it is a scenario.
fn is_scenario(name: &str, text: &str) -> bool {
    let is_yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    is_yaml && has("format:") && has("startex:")
}
