//! Every name of a scenario: where it is given, and where it is used.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::workspace::{File, Holds, Workspace};
use super::{mentions, plays};
use crate::scenario::read::outline::Outline;
use crate::scenario::schema::{NameKind, Shape};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol {
    /// What it is.
    pub of: NameKind,
    /// The value of a word, the decision of an option.
    pub within: Option<String>,
    /// The name.
    pub name: String,
}

/// A place where a name stands.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Which of the files.
    pub file: usize,
    /// The bytes of the name.
    pub range: Range<usize>,
    /// What it stands for.
    pub symbol: Symbol,
    /// Whether it is given here.
    pub gives: bool,
    /// With all that belongs to it, where it is given.
    pub whole: Range<usize>,
    /// Its title, where it is given.
    pub title: String,
    /// What kind of thing it is, where it is given and there are several: a truth, a number.
    pub shape: Option<&'static Shape>,
}

/// All of them.
#[derive(Debug)]
pub struct NameIndex {
    /// The files; where a file cannot be read now, as it was when it could.
    pub files: Vec<File>,
    /// Which of them cannot be read now.
    pub stale: BTreeSet<usize>,
    /// By file and place.
    pub mentions: Vec<Mention>,
    given: BTreeSet<Symbol>,
}

impl NameIndex {
    /// The names of the scenario in this folder.
    pub fn of(workspace: &Workspace, root: &str) -> Self {
        let files = workspace.files(root);
        Self::in_files(files, |file| workspace.outline(file))
    }

    /// The same, as they were when nobody typed.
    pub fn lately(workspace: &Workspace, root: &str) -> Self {
        let files = workspace.files(root);
        Self::in_files(files, |file| workspace.outline_lately(file))
    }

    /// The names in these files, of which somebody knows what stands where in them, and whether that is so now.
    pub fn in_files(
        files: Vec<File>,
        outline: impl Fn(&File) -> Option<(Arc<Outline>, bool)>,
    ) -> Self {
        let mut names = Self {
            files,
            stale: BTreeSet::new(),
            mentions: Vec::new(),
            given: BTreeSet::new(),
        };
        let mut found = Vec::new();
        for (index, file) in names.files.iter_mut().enumerate() {
            if let Holds::Play = file.holds {
                found.extend(plays::mentions(index, &file.text));
                continue;
            }
            let Some((outline, now)) = outline(file) else {
                names.stale.insert(index);
                continue;
            };
            if !now {
                names.stale.insert(index);
                file.text.clone_from(&outline.sources.files[0].text);
            }
            found.extend(mentions::of_outline(index, &outline));
        }
        let given = found.iter().filter(|it| it.gives);
        names.given = given.map(|it| it.symbol.clone()).collect();
        names.mentions = mentions::resolved(found, &names.given);
        names.mentions.sort_by_key(|it| (it.file, it.range.start));
        names
    }

    /// The number of a file.
    pub fn file(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }

    /// What stands at a byte of a file; at the end of a name too.
    pub fn at(&self, file: usize, offset: usize) -> Option<&Mention> {
        let mut here = self
            .mentions
            .iter()
            .filter(|it| it.file == file && (it.range.start..=it.range.end).contains(&offset));
        here.next()
    }

    /// Every place of a name, in order.
    pub fn all<'n>(&'n self, symbol: &'n Symbol) -> impl Iterator<Item = &'n Mention> {
        self.mentions.iter().filter(move |it| it.symbol == *symbol)
    }

    /// Where a name is given first.
    pub fn giver(&self, symbol: &Symbol) -> Option<&Mention> {
        let mut mentions = self.mentions.iter();
        mentions.find(|it| it.gives && it.symbol == *symbol)
    }

    /// The names of one kind, each where it is given first, in order.
    pub fn given(&self, of: NameKind, within: Option<&str>) -> Vec<&Mention> {
        let kinds: &[NameKind] = match of {
            NameKind::PhaseOrEndex => &[NameKind::Phase],
            NameKind::InjectOrAction => &[NameKind::Inject, NameKind::Action],
            _ => &[of],
        };
        let mut seen = BTreeSet::new();
        let fits = |it: &&Mention| {
            it.gives && kinds.contains(&it.symbol.of) && it.symbol.within.as_deref() == within
        };
        let fitting = self.mentions.iter().filter(fits);
        fitting.filter(|it| seen.insert(&it.symbol)).collect()
    }

    /// Whether a name is given.
    pub fn has(&self, symbol: &Symbol) -> bool {
        self.given.contains(symbol)
    }
}

impl Symbol {
    /// Of something that belongs to nothing else.
    pub fn new(of: NameKind, name: impl Into<String>) -> Self {
        Self {
            of,
            within: None,
            name: name.into(),
        }
    }

    /// Of a word or an option.
    pub fn inside(of: NameKind, within: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            within: Some(within.into()),
            ..Self::new(of, name)
        }
    }
}
