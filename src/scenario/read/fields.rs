//! The fields of a mapping whose keys the format knows.

use std::cell::Cell;

use super::decode::{Blank, Decoder, empty_field};
use super::limits::QUOTED_MAX_CHARACTERS;
use super::node::{YamlKind, YamlNode};
use super::split;
use crate::finding::{Finding, Place};
use crate::scenario::Placed;
use crate::scenario::schema::Shape;
use crate::words;

/// The most fields that a hint lists.
const LISTED_MAX: usize = 14;

/// A line that is not YAML may have held any number of fields: this many missing ones are not reported.
const ODD_MAX: usize = 1_000;

/// The fields that a mapping has.
pub(super) struct Fields<'n> {
    /// Where a missing field is reported: the entry's name, or the first key.
    pub head: Place,
    entries: Vec<(&'static str, &'n Placed<String>, &'n YamlNode)>,
    /// Whether it is not a mapping at all, which explains every missing field.
    broken: bool,
    /// Whether a field was unknown and nothing similar was probably meant.
    pub is_odd: bool,
    /// How many unknown fields may still be a missing one under another name.
    odd: Cell<usize>,
    shape: &'static Shape,
}

impl<'n> Fields<'n> {
    /// Reads the keys of a mapping; the shape says which are known. A misspelt key counts as the one that was probably
    /// meant, so that one mistake gives one finding.
    pub fn read(
        decoder: &mut Decoder,
        node: &'n YamlNode,
        head: Option<Place>,
        shape: &'static Shape,
    ) -> Self {
        let what = shape.what;
        let known: Vec<&'static str> = shape.fields().map(|field| field.name).collect();
        let mut fields = Fields {
            head: head.unwrap_or(node.place),
            entries: Vec::new(),
            broken: false,
            is_odd: false,
            odd: Cell::new(0),
            shape,
        };
        let YamlKind::Map(entries) = &node.kind else {
            decoder.wrong_kind(node, &format!("{what} (a mapping of fields)"), "");
            fields.broken = true;
            return fields;
        };
        if head.is_none() {
            fields.head = entries.first().map_or(node.place, |(key, _)| key.place);
        }
        let gaps = decoder.gaps_in(fields.head, node);
        if gaps > 0 {
            // A line that is not YAML may have held any field.
            let name = decoder.sources.text(fields.head).to_owned();
            decoder.lost.names.insert(name);
            fields.is_odd = true;
            fields.odd.set(ODD_MAX);
        }
        let free: Vec<&'static str> = known
            .iter()
            .copied()
            .filter(|name| entries.iter().all(|(key, _)| key.value != *name))
            .collect();
        let mut split = 0..0;
        for (index, (key, value)) in entries.iter().enumerate() {
            if split.contains(&index) {
                continue;
            }
            // A key that is out of place has been reported.
            let is_reported = matches!(value.kind, YamlKind::Broken);
            let is_full = decoder.is_full();
            let name = known.iter().find(|name| **name == key.value).copied();
            let name = name.or_else(|| {
                if is_reported || is_full {
                    return None;
                }
                if let Some((finding, count)) = split::entries(decoder, node, entries, index) {
                    decoder.report(finding);
                    split = index..index + count;
                    return None;
                }
                let meant = words::did_you_mean(&key.value, free.iter().copied());
                decoder.report(unknown(key, what, &known, meant));
                let is_taken = |name: &&str| fields.entries.iter().any(|it| it.0 == *name);
                free.iter()
                    .copied()
                    .find(|name| Some(*name) == meant && !is_taken(name))
            });
            let Some(name) = name else {
                if split.contains(&index) {
                    continue;
                }
                fields.is_odd = true;
                let odd = usize::from(is_reported || !is_full);
                fields.odd.set(fields.odd.get() + odd);
                decoder.lose(value);
                continue;
            };
            if matches!(value.kind, YamlKind::Nothing) {
                decoder.report(empty_field(key));
            }
            fields.entries.push((name, key, value));
        }
        fields
    }

    /// The value of a field, if it is there.
    pub fn get(&self, name: &str) -> Option<&'n YamlNode> {
        self.entry(name).map(|(_, node)| node)
    }

    /// The key and the value of a field, if it is there.
    pub fn entry(&self, name: &str) -> Option<(&'n Placed<String>, &'n YamlNode)> {
        #[cfg(test)]
        asked::note(self.shape, name, false);
        let mut entries = self.entries.iter();
        let (_, key, value) = entries.find(|(field, _, _)| *field == name)?;
        Some((key, value))
    }

    /// Whether a field is there with a value that could not be used, which has been reported.
    pub fn is_broken(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|node| matches!(node.kind, YamlKind::Broken))
    }

    /// Whether a field is there, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// Reports that a field is missing, unless something else explains it.
    pub fn missing(&self, decoder: &mut Decoder, name: &str, hint: &str) {
        if self.broken {
            return;
        }
        if let Some(odd) = self.odd.get().checked_sub(1) {
            // An unknown field was most likely this one.
            self.odd.set(odd);
            return;
        }
        let headline = format!("{} needs `{name}`", self.shape.what);
        let mut finding = Finding::error("missing-field", self.head, headline);
        if !hint.is_empty() {
            finding = finding.hint(hint);
        }
        decoder.report(finding);
    }

    /// Whether a field is there that must be; reports it if not.
    pub fn need(&self, decoder: &mut Decoder, name: &str, hint: &str) -> bool {
        #[cfg(test)]
        asked::note(self.shape, name, true);
        let there = self.has(name);
        if !there {
            self.missing(decoder, name, hint);
        }
        there
    }

    /// Reads a field that may be there.
    pub fn may<T>(
        &self,
        decoder: &mut Decoder,
        name: &str,
        read: impl FnOnce(&mut Decoder, &YamlNode) -> T,
    ) -> Option<T> {
        let node = self.get(name)?;
        let there = !matches!(node.kind, YamlKind::Nothing);
        there.then(|| read(decoder, node))
    }

    /// Reads a field that must be there.
    pub fn must<T: Blank>(
        &self,
        decoder: &mut Decoder,
        name: &str,
        read: impl FnOnce(&mut Decoder, &YamlNode) -> T,
    ) -> T {
        self.need(decoder, name, "");
        let read = self.may(decoder, name, read);
        read.unwrap_or_else(|| T::blank(self.head))
    }

    /// Reads a list that may be there.
    pub fn many<T>(
        &self,
        decoder: &mut Decoder,
        name: &str,
        read: impl Fn(&mut Decoder, &YamlNode) -> T,
    ) -> Vec<T> {
        self.may(decoder, name, |decoder, node| decoder.list(node, read))
            .unwrap_or_default()
    }

    /// Reads a list that says who or what something is for. Leaving it out means all, so an empty list is a mistake.
    pub fn some_or_all<T>(
        &self,
        decoder: &mut Decoder,
        name: &str,
        read: impl Fn(&mut Decoder, &YamlNode) -> T,
    ) -> Vec<T> {
        if let Some(node) = self.get(name)
            && matches!(&node.kind, YamlKind::List(items) if items.is_empty())
        {
            let headline = format!("`{name}` lists nothing");
            let finding = Finding::error("empty-field", node.place, headline);
            decoder.report(finding.hint("Name what it is for, or leave it out to mean all."));
        }
        self.many(decoder, name, read)
    }

    /// Reads named entries that may be there.
    pub fn named<T>(
        &self,
        decoder: &mut Decoder,
        name: &str,
        read: impl Fn(&mut Decoder, Placed<String>, &YamlNode) -> T,
    ) -> Vec<T> {
        self.may(decoder, name, |decoder, node| decoder.named(node, read))
            .unwrap_or_default()
    }

    /// Reads named entries, at least one of which must be there.
    pub fn must_named<T>(
        &self,
        decoder: &mut Decoder,
        name: &str,
        read: impl Fn(&mut Decoder, Placed<String>, &YamlNode) -> T,
    ) -> Vec<T> {
        if self.need(decoder, name, "")
            && let Some(node) = self.get(name)
            && matches!(&node.kind, YamlKind::Map(entries) if entries.is_empty())
        {
            let headline = format!("`{name}` needs at least one entry");
            decoder.error("missing-field", node.place, headline);
        }
        self.named(decoder, name, read)
    }

    /// A flag such as `hidden: true`; false if it is left out.
    pub fn flag(&self, decoder: &mut Decoder, name: &str) -> bool {
        self.may(decoder, name, Decoder::truth)
            .is_some_and(|truth| truth.value)
    }
}

fn unknown(
    key: &Placed<String>,
    what: &str,
    known: &[&'static str],
    meant: Option<&str>,
) -> Finding {
    let shown = words::clipped(&key.value, QUOTED_MAX_CHARACTERS);
    let headline = format!("unknown field `{shown}`");
    let mut finding = Finding::error("unknown-field", key.place, headline)
        .label(format!("not a field of {what}"))
        .instead_if(meant);
    if known.len() <= LISTED_MAX {
        let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let fields = words::list(&quoted);
        finding = finding.hint(format!("The fields of {what} are {fields}."));
    }
    finding
}

/// Which fields of which shapes reading has looked for, and which of them must be there.
#[cfg(test)]
pub(super) mod asked {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use crate::scenario::schema::Shape;

    thread_local! {
        static ASKED: RefCell<BTreeMap<(&'static str, String), bool>> = RefCell::default();
    }

    pub fn note(shape: &'static Shape, name: &str, needed: bool) {
        ASKED.with_borrow_mut(|asked| {
            *asked.entry((shape.id, name.to_owned())).or_default() |= needed;
        });
    }

    /// Whether each field is needed, by shape and name; forgets them all.
    pub fn take() -> BTreeMap<(&'static str, String), bool> {
        ASKED.take()
    }
}
