//! Every name of a scenario: where it is defined, and where it is used.

mod in_play;
mod in_yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::symbol::{Candidate, Mention, Symbol};
use super::workspace::{FileKind, ScenarioFile, Workspace};
use crate::scenario::read::outline::Outline;
use crate::scenario::schema::NameKind;

/// The names of a scenario.
#[derive(Debug)]
pub struct NameIndex {
    /// The scenario's files. One that cannot be read now stands here as it last could.
    pub files: Vec<ScenarioFile>,
    /// Which of them cannot be read now.
    pub stale: BTreeSet<usize>,
    /// In the order of files and places.
    pub mentions: Vec<Mention>,
    defined: BTreeSet<Symbol>,
}

impl NameIndex {
    /// The names of the scenario in this folder.
    pub fn new(workspace: &Workspace, root: &str) -> Self {
        Self::from_files(workspace.files(root), |file| workspace.outline(file))
    }

    /// The same, as they were before somebody began to type.
    pub fn before_typing(workspace: &Workspace, root: &str) -> Self {
        Self::from_files(workspace.files(root), |file| {
            workspace.outline_before_typing(file)
        })
    }

    /// The names in these files. `outline` gives a file's outline, and whether it is that of the text as it is now.
    pub fn from_files(
        files: Vec<ScenarioFile>,
        outline: impl Fn(&ScenarioFile) -> Option<(Arc<Outline>, bool)>,
    ) -> Self {
        let mut names = Self {
            files,
            stale: BTreeSet::new(),
            mentions: Vec::new(),
            defined: BTreeSet::new(),
        };
        let mut found = Vec::new();
        for (index, file) in names.files.iter_mut().enumerate() {
            if let FileKind::Play = file.kind {
                found.extend(in_play::names(index, &file.text));
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
            found.extend(in_yaml::names(index, &outline));
        }
        let defining = found.iter().map(|it| &it.mention).filter(|it| it.defines);
        names.defined = defining.map(|it| it.symbol.clone()).collect();
        names.mentions = found
            .into_iter()
            .map(|it| resolve(it, &names.defined))
            .collect();
        names.mentions.sort_by_key(|it| (it.file, it.range.start));
        names
    }

    /// The index of a file.
    pub fn file(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }

    /// The name at a byte of a file, or right before it.
    pub fn mention_at(&self, file: usize, offset: usize) -> Option<&Mention> {
        self.mentions
            .iter()
            .find(|it| it.file == file && (it.range.start..=it.range.end).contains(&offset))
    }

    /// Every place of a name, in order.
    pub fn all<'n>(&'n self, symbol: &'n Symbol) -> impl Iterator<Item = &'n Mention> {
        self.mentions.iter().filter(move |it| it.symbol == *symbol)
    }

    /// The first place that defines a name.
    pub fn definition(&self, symbol: &Symbol) -> Option<&Mention> {
        self.mentions
            .iter()
            .find(|it| it.defines && it.symbol == *symbol)
    }

    /// The names of one kind, each at its first definition, in order.
    pub fn defined(&self, kind: NameKind, within: Option<&str>) -> Vec<&Mention> {
        let kinds: &[NameKind] = match kind {
            NameKind::PhaseOrEndex => &[NameKind::Phase],
            NameKind::InjectOrAction => &[NameKind::Inject, NameKind::Action],
            _ => &[kind],
        };
        let mut seen = BTreeSet::new();
        let fits = |it: &&Mention| {
            it.defines && kinds.contains(&it.symbol.kind) && it.symbol.within.as_deref() == within
        };
        let fitting = self.mentions.iter().filter(fits);
        fitting.filter(|it| seen.insert(&it.symbol)).collect()
    }

    /// Whether the scenario defines a name.
    pub fn has(&self, symbol: &Symbol) -> bool {
        self.defined.contains(symbol)
    }
}

/// Decides what a name stands for.
fn resolve(candidate: Candidate, defined: &BTreeSet<Symbol>) -> Mention {
    let mut mention = candidate.mention;
    let mut others = candidate.others.into_iter();
    if let Some(symbol) = others.find(|symbol| defined.contains(symbol)) {
        mention.symbol = symbol;
    }
    mention
}
