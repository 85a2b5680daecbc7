//! What reading any part of a scenario needs: reporting, placeholders, lists and named entries.

use super::limits::{FINDINGS_MAX, ID_MAX_CHARACTERS, QUOTED_MAX_CHARACTERS, TEXT_MAX_BYTES};
use super::node::{YamlKind, YamlNode};
use crate::finding::{Finding, Findings, Place, Sources};
use crate::scenario::{Lost, Placed, Text};
use crate::words;

/// Reads one scenario: its sources, and what was found in them so far.
#[derive(Default)]
pub(super) struct Decoder {
    pub sources: Sources,
    pub findings: Findings,
    /// What could not be read.
    pub lost: Lost,
    /// Lines that were left out because they are not YAML.
    pub gaps: Vec<Place>,
    /// Comments that begin with `allow`.
    pub allows: Vec<Placed<String>>,
}

/// A placeholder for a piece that is missing or wrong, so that reading can go on. Outside this module it is empty, or
/// chosen so that nothing more is found about it.
pub(super) trait Blank {
    fn blank(place: Place) -> Self;
}

impl<T: Default> Blank for Placed<T> {
    fn blank(place: Place) -> Self {
        Placed::new(T::default(), place)
    }
}

impl Blank for Text {
    fn blank(place: Place) -> Self {
        Text {
            text: Placed::blank(place),
            marks: Vec::new(),
        }
    }
}

impl<T> Blank for Vec<T> {
    fn blank(_: Place) -> Self {
        Vec::new()
    }
}

impl Decoder {
    /// Whether further findings would be dropped, so that no work need go into them.
    pub fn is_full(&self) -> bool {
        self.findings.len() > FINDINGS_MAX
    }

    /// Takes a finding, up to the limit.
    pub fn report(&mut self, finding: Finding) {
        match self.findings.len() {
            FINDINGS_MAX => {
                let headline =
                    format!("more than {FINDINGS_MAX} findings; the others are left out");
                let last = Finding::error("too-many-findings", finding.place, headline);
                self.findings.push(last);
            }
            count if count < FINDINGS_MAX => self.findings.push(finding),
            _ => {}
        }
    }

    /// Reports an error that needs no hint.
    pub fn error(&mut self, rule: &'static str, place: Place, headline: impl Into<String>) {
        self.report(Finding::error(rule, place, headline));
    }

    /// Reports a value of another kind than expected, unless it has been reported already.
    pub fn wrong_kind(&mut self, node: &YamlNode, expected: &str, hint: &str) {
        let found = match &node.kind {
            YamlKind::Broken => return,
            YamlKind::Nothing => "nothing",
            YamlKind::Text { .. } => "text",
            YamlKind::List(_) => "a list",
            YamlKind::Map(_) => "a mapping",
        };
        let headline = format!("expected {expected}, found {found}");
        let mut finding = Finding::error("wrong-kind", node.place, headline);
        if !hint.is_empty() {
            finding = finding.hint(hint);
        }
        self.report(finding);
        self.lose(node);
    }

    /// Notes every name that might be defined in a node that is not read.
    pub fn lose(&mut self, node: &YamlNode) {
        match &node.kind {
            YamlKind::Nothing | YamlKind::Broken => {}
            YamlKind::Text { text, .. } => {
                if text.len() <= ID_MAX_CHARACTERS {
                    self.lost.names.insert(text.clone());
                }
                self.lost.mentioned.extend(words_of(text));
            }
            YamlKind::List(items) => items.iter().for_each(|item| self.lose(item)),
            YamlKind::Map(entries) => {
                for (key, value) in entries {
                    self.lost.names.insert(key.value.clone());
                    self.lose(value);
                }
            }
        }
    }

    /// Notes every word of a file that could not be parsed.
    pub fn lose_words(&mut self, text: &str) {
        // Codes of the record may hold more than letters.
        let codes = text
            .split(|letter: char| letter.is_whitespace() || ":,[]{}\"'".contains(letter))
            .filter(|code| code.len() <= ID_MAX_CHARACTERS);
        self.lost.names.extend(codes.map(str::to_owned));
        self.lost.names.extend(words_of(text));
        self.lost.mentioned.extend(words_of(text));
    }

    /// How many lines were left out of a mapping itself, not counting those of anything inside it.
    pub fn gaps_in(&self, from: Place, node: &YamlNode) -> usize {
        if self.gaps.is_empty() {
            return 0;
        }
        let YamlKind::Map(entries) = &node.kind else {
            return 0;
        };
        let file = node.place.file;
        let start = if from.file == file {
            from.start.min(node.place.start)
        } else {
            node.place.start
        };
        let is_in = |gap: &&Place| {
            let within = gap.file == file && gap.start >= start;
            // A gap after the mapping counts if only blank lines stand between them.
            let tail = Place::new(file, node.place.end as usize..gap.start as usize);
            let at_end = node.place.end >= gap.start || self.sources.text(tail).trim().is_empty();
            let deeper = entries.iter().any(|(key, value)| {
                matches!(value.kind, YamlKind::Map(_) | YamlKind::List(_))
                    && key.place.start < gap.start
                    && gap.end <= value.place.end
            });
            within && at_end && !deeper
        };
        self.gaps.iter().filter(is_in).count()
    }

    /// Reads something under a name; if that gives a finding, notes the name as lost.
    pub fn read_or_lose<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.findings.len();
        let read = read(self);
        if self.findings.len() > before {
            self.lost.names.insert(name.to_owned());
        }
        read
    }

    /// The items of a list, each read.
    pub fn list<T>(&mut self, node: &YamlNode, read: impl Fn(&mut Self, &YamlNode) -> T) -> Vec<T> {
        match &node.kind {
            YamlKind::List(items) => items.iter().map(|item| read(self, item)).collect(),
            YamlKind::Text { text, plain: true } => {
                let short = text.len() <= TEXT_MAX_BYTES && !text.contains('\n');
                let finding =
                    Finding::error("wrong-kind", node.place, "expected a list, found text")
                        .hint("Write a list even for one item.")
                        .instead_if(short.then(|| format!("[{text}]")));
                self.report(finding);
                self.lose(node);
                Vec::new()
            }
            _ => {
                self.wrong_kind(node, "a list", "Begin each item with `- `.");
                Vec::new()
            }
        }
    }

    /// The named entries of a mapping, in order, each read. Names are ids.
    pub fn named<T>(
        &mut self,
        node: &YamlNode,
        read: impl Fn(&mut Self, Placed<String>, &YamlNode) -> T,
    ) -> Vec<T> {
        self.entries(node, |decoder, name, value| {
            decoder.check_id(name);
            read(decoder, name.clone(), value)
        })
    }

    /// The entries of a mapping, in order, each read. The keys are not checked.
    pub fn entries<T>(
        &mut self,
        node: &YamlNode,
        read: impl Fn(&mut Self, &Placed<String>, &YamlNode) -> T,
    ) -> Vec<T> {
        let YamlKind::Map(entries) = &node.kind else {
            self.wrong_kind(
                node,
                "a mapping of names",
                "Write `name: …` for each entry.",
            );
            return Vec::new();
        };
        let mut all = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            if matches!(value.kind, YamlKind::Nothing) {
                self.report(empty_field(name));
                self.lost.names.insert(name.value.clone());
            } else {
                all.push(read(self, name, value));
            }
        }
        all
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !"_-".contains(letter));
    let short = words.filter(|word| !word.is_empty() && word.len() <= ID_MAX_CHARACTERS);
    short.map(str::to_owned)
}

/// The finding about a key without a value.
pub(super) fn empty_field(name: &Placed<String>) -> Finding {
    let shown = words::clipped(&name.value, QUOTED_MAX_CHARACTERS);
    let headline = format!("`{shown}` has no value");
    Finding::error("empty-field", name.place, headline).hint(
        "Give it one, or remove it. Check that everything that belongs to it is indented further.",
    )
}
