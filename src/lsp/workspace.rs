//! The open files, and the scenarios that they belong to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::Arc;

use lsp_types::{DidChangeTextDocumentParams, Uri};

use super::position::{Encoding, LineIndex};
use crate::library;
use crate::scenario::read::outline::{Outline, outline};
use crate::scenario::read::{FILE_MAX_BYTES, Folder, PHASES_FOLDER, RECORD_FILE, SCENARIO_FILE};
use crate::scenario::schema::Document;

/// The folder of plays, and how their names end.
const PLAYS: &str = "plays/";
const PLAY_ENDING: &str = ".play";

/// What is open.
#[derive(Debug, Default)]
pub struct Workspace {
    open: BTreeMap<String, OpenFile>,
    /// By path: what a file looked like when it could last be read, so that it is read once for each text of it.
    good: RefCell<BTreeMap<String, Good>>,
}

#[derive(Debug)]
struct OpenFile {
    uri: Uri,
    version: i32,
    text: String,
}

#[derive(Debug)]
struct Good {
    text: String,
    outline: Arc<Outline>,
}

/// Where a file belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The path of the scenario's folder; of the file itself where it is a whole scenario.
    pub root: String,
    /// The path within the folder.
    pub relative: String,
    /// Whether the file is the whole scenario.
    pub single: bool,
}

/// What a file of a scenario holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// YAML of the format.
    Document(Document),
    /// A play.
    Play,
}

/// A file of a scenario.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it lies.
    pub path: String,
    /// What it holds.
    pub holds: Holds,
    /// Its text: the open one, else that on disk.
    pub text: String,
}

impl Home {
    /// What the file holds; none where the format knows no such file.
    pub fn holds(&self) -> Option<Holds> {
        holds(&self.relative)
    }
}

fn holds(relative: &str) -> Option<Holds> {
    let plain = |rest: &str, ending| {
        rest.strip_suffix(ending)
            .is_some_and(|name| !name.is_empty() && !name.contains('/'))
    };
    match relative {
        SCENARIO_FILE => Some(Holds::Document(Document::Scenario)),
        RECORD_FILE => Some(Holds::Document(Document::Record)),
        _ => match (
            relative.strip_prefix(PHASES_FOLDER),
            relative.strip_prefix(PLAYS),
        ) {
            (Some(rest), _) if plain(rest, ".yaml") => Some(Holds::Document(Document::Phase)),
            (_, Some(rest)) if plain(rest, PLAY_ENDING) => Some(Holds::Play),
            _ => None,
        },
    }
}

impl Workspace {
    /// Takes a file that was opened; its path, if it is a file.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) -> Option<String> {
        let path = Self::path(&uri)?;
        self.open
            .insert(path.clone(), OpenFile { uri, version, text });
        Some(path)
    }

    /// Takes changes of an open file; its path.
    pub fn change(
        &mut self,
        params: DidChangeTextDocumentParams,
        encoding: Encoding,
    ) -> Option<String> {
        let path = Self::path(&params.text_document.uri)?;
        let open = self.open.get_mut(&path)?;
        open.version = params.text_document.version;
        for change in params.content_changes {
            let Some(span) = change.range else {
                open.text = change.text;
                continue;
            };
            let lines = LineIndex::of(&open.text, encoding);
            let start = lines.offset(span.start);
            let end = lines.offset(span.end).max(start);
            open.text.replace_range(start..end, &change.text);
        }
        Some(path)
    }

    /// Forgets an open file: what counts is on disk again.
    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.good.get_mut().remove(path);
    }

    /// Whether a file of this scenario is open.
    pub fn is_open(&self, root: &str) -> bool {
        self.open.keys().any(|path| lies_in(root, path))
    }

    /// Forgets what the files of a scenario looked like.
    pub fn forget(&mut self, root: &str) {
        self.good.get_mut().retain(|path, _| !lies_in(root, path));
    }

    /// Looks at the files of a scenario, so that it is known what they looked like when they next cannot be read.
    pub fn look(&self, root: &str) {
        for path in self.open.keys().filter(|path| lies_in(root, path)) {
            let holds = self.home(path).and_then(|home| home.holds());
            if let (Some(holds), Some(text)) = (holds, self.text(path)) {
                self.outline(&File {
                    path: path.clone(),
                    holds,
                    text: text.to_owned(),
                });
            }
        }
    }

    /// The path of a file; none of what is no file.
    pub fn path(uri: &Uri) -> Option<String> {
        path_of(uri.as_str())
    }

    /// How the editor calls a file.
    pub fn uri(&self, path: &str) -> String {
        let open = self.open.get(path);
        open.map_or_else(|| uri_of(path), |open| open.uri.as_str().to_owned())
    }

    /// Which version of an open file is known.
    pub fn version(&self, path: &str) -> Option<i32> {
        self.open.get(path).map(|open| open.version)
    }

    /// The text of an open file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.open.get(path).map(|open| open.text.as_str())
    }

    /// Where an open file belongs; none where it is part of no scenario.
    pub fn home(&self, path: &str) -> Option<Home> {
        let (folder, name) = path.rsplit_once('/')?;
        let inside = |root: &str, relative: String| Home {
            root: root.to_owned(),
            relative,
            single: false,
        };
        let home = match folder.rsplit_once('/') {
            _ if name == SCENARIO_FILE || name == RECORD_FILE => inside(folder, name.to_owned()),
            Some((above, below @ ("phases" | "plays"))) => inside(above, format!("{below}/{name}")),
            _ => {
                let text = self.text(path)?;
                return is_scenario(name, text).then(|| Home {
                    root: path.to_owned(),
                    relative: SCENARIO_FILE.to_owned(),
                    single: true,
                });
            }
        };
        let is_part =
            home.holds().is_some() && (name == SCENARIO_FILE || self.folder(&home.root).is_some());
        is_part.then_some(home)
    }

    /// Where the open files belong.
    pub fn homes(&self) -> impl Iterator<Item = Home> {
        self.open.keys().filter_map(|path| self.home(path))
    }

    /// The texts of a scenario, the open ones laid over those on disk.
    pub fn folder(&self, root: &str) -> Option<library::ScenarioFiles> {
        if let Some(open) = self.open.get(root) {
            let folder = Folder::single(root, open.text.clone().into_bytes());
            let plays = Vec::new();
            return Some(library::ScenarioFiles {
                folder,
                plays,
                values: None,
            });
        }
        let found = library::find(&format!("{root}/")).ok();
        let mut found = found.unwrap_or(library::ScenarioFiles {
            folder: Folder::default(),
            plays: Vec::new(),
            values: None,
        });
        root.clone_into(&mut found.folder.path);
        for play in &mut found.plays {
            play.path = format!("{root}/{PLAYS}{}{PLAY_ENDING}", play.name);
        }
        for (path, open) in &self.open {
            let relative = path
                .strip_prefix(root)
                .and_then(|rest| rest.strip_prefix('/'));
            let Some((relative, holds)) = relative.and_then(|it| Some((it, holds(it)?))) else {
                continue;
            };
            match holds {
                Holds::Document(_) => {
                    let bytes = open.text.clone().into_bytes();
                    found.folder.files.insert(relative.to_owned(), bytes);
                }
                Holds::Play => {
                    found.plays.retain(|play| play.path != *path);
                    found.plays.push(library::PlayText {
                        name: relative[PLAYS.len()..relative.len() - PLAY_ENDING.len()].to_owned(),
                        path: path.clone(),
                        text: open.text.clone(),
                    });
                }
            }
        }
        found.plays.sort_by(|a, b| a.name.cmp(&b.name));
        found
            .folder
            .files
            .contains_key(SCENARIO_FILE)
            .then_some(found)
    }

    /// The files of a scenario; `scenario.yaml` first.
    pub fn files(&self, root: &str) -> Vec<File> {
        let Some(found) = self.folder(root) else {
            return Vec::new();
        };
        let single = found.folder.single;
        let documents = found
            .folder
            .files
            .into_iter()
            .filter_map(|(relative, bytes)| {
                let path = if single {
                    root.to_owned()
                } else {
                    format!("{root}/{relative}")
                };
                Some(File {
                    path,
                    holds: holds(&relative)?,
                    text: String::from_utf8(bytes).ok()?,
                })
            });
        let plays = found.plays.into_iter().map(|play| File {
            path: play.path,
            holds: Holds::Play,
            text: play.text,
        });
        let mut files: Vec<File> = documents.chain(plays).collect();
        files.sort_by_key(|file| file.holds != Holds::Document(Document::Scenario));
        files
    }

    /// What stands where in a file, and whether that is so now; else as it was when it could last be read.
    pub fn outline(&self, file: &File) -> Option<(Arc<Outline>, bool)> {
        let Holds::Document(document) = file.holds else {
            return None;
        };
        let known = |good: &Good| Arc::clone(&good.outline);
        let good = self
            .good
            .borrow()
            .get(&file.path)
            .map(|good| (good.text == file.text, known(good)));
        if let Some((true, outline)) = good {
            return Some((outline, true));
        }
        let Some(outline) = outline_of(document, &file.text) else {
            return good.map(|(_, outline)| (outline, false));
        };
        let outline = Arc::new(outline);
        let good = Good {
            text: file.text.clone(),
            outline: Arc::clone(&outline),
        };
        self.good.borrow_mut().insert(file.path.clone(), good);
        Some((outline, true))
    }

    /// The same, but of an open file as it was when nobody typed: for what is asked at every key.
    pub fn outline_lately(&self, file: &File) -> Option<(Arc<Outline>, bool)> {
        let lately = self.open.contains_key(&file.path).then(|| {
            let good = self.good.borrow();
            let good = good.get(&file.path)?;
            Some((Arc::clone(&good.outline), good.text == file.text))
        });
        lately.flatten().or_else(|| self.outline(file))
    }
}

/// Whether a file belongs to the scenario in this folder, or is the whole of it.
pub fn lies_in(root: &str, path: &str) -> bool {
    let rest = path.strip_prefix(root);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Outlines are those of files that reading would take.
fn outline_of(document: Document, text: &str) -> Option<Outline> {
    (text.len() <= FILE_MAX_BYTES).then(|| outline(document, text))?
}

/// Whether a file of any name says that it is a scenario.
fn is_scenario(name: &str, text: &str) -> bool {
    let is_yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    is_yaml && has("format:") && has("startex:")
}

/// `/home/anna/x.yaml` of `file:///home/anna/x.yaml`; `c:/x.yaml` of `file:///c%3A/x.yaml`.
fn path_of(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let rest = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.bytes();
    while let Some(byte) = left.next() {
        if byte == b'%' {
            let digits = [left.next()?, left.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let is_drive = path.as_bytes().get(2) == Some(&b':');
    Some(if is_drive { path[1..].to_owned() } else { path })
}

/// The other way round.
pub fn uri_of(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => write!(uri, "%{byte:02X}").expect("a String takes every text"),
        }
    }
    uri
}

/// As the protocol's type; none where it cannot be one.
pub fn parsed(uri: &str) -> Option<Uri> {
    Uri::from_str(uri).ok()
}

#[cfg(test)]
mod tests {
    use super::{path_of, uri_of};

    #[test]
    fn paths_and_uris_are_the_same_files() {
        let cases = [
            ("/home/anna/x.yaml", "file:///home/anna/x.yaml"),
            ("/a b/é#%.yaml", "file:///a%20b/%C3%A9%23%25.yaml"),
            ("c:/x.yaml", "file:///c%3A/x.yaml"),
        ];
        for (path, uri) in cases {
            assert_eq!(uri_of(path), uri);
            assert_eq!(path_of(uri).as_deref(), Some(path));
        }
        for uri in [
            "untitled:Untitled-1",
            "file:",
            "file:///%",
            "file:///%zz",
            "file:///%ff",
        ] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
