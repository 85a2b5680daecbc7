//! From the parser's events to the tree.

mod comment;

use std::collections::BTreeMap;
use std::ops::Range;

use serde_yaml::granit_parser::{Event, ScalarStyle, Span};

use crate::finding::{FileId, Finding, Place};
use crate::scenario::Placed;
use crate::scenario::read::bytes::control;
use crate::scenario::read::decode::Decoder;
use crate::scenario::read::inside::range_inside;
use crate::scenario::read::limits::QUOTED_MAX_CHARACTERS;
use crate::scenario::read::node::{YamlKind, YamlNode};
use crate::scenario::read::split;
use crate::words;

/// The tree so far.
pub(super) struct Builder<'t> {
    file: FileId,
    text: &'t str,
    open: Vec<OpenNode>,
    /// The end of the last event that was not a comment.
    last_end: usize,
    /// The last plain scalar, if it was the last event.
    plain: Option<Range<usize>>,
    /// A comment in place of a value, if it was the last event.
    eaten: Option<Range<usize>>,
    /// Whether the last node had a tag: its anchor is then part of the same mistake.
    tagged: bool,
    /// A comment that swallowed the end of a value or of the brackets around it.
    cuts: Option<Range<usize>>,
    /// Placeholders for pieces that could not be parsed.
    filled: &'t [Range<usize>],
    /// Lines that could not be parsed.
    gaps: &'t [Range<usize>],
    /// The first document's value.
    pub root: Option<YamlNode>,
    /// How many documents have begun.
    pub documents: usize,
    /// How many values and keys there are so far.
    pub nodes: usize,
}

/// A list or mapping that has not ended.
struct OpenNode {
    start: usize,
    inner: Inner,
}

enum Inner {
    List(Vec<YamlNode>),
    Map {
        entries: Vec<(Placed<String>, YamlNode)>,
        seen: BTreeMap<String, Place>,
        /// Whether a key was not text, which has been reported.
        odd: bool,
        /// The key that waits for its value.
        key: KeyState,
    },
}

/// What comes next in a mapping.
enum KeyState {
    /// A key.
    Next,
    /// The value of a key that was not text.
    Odd,
    /// The value of this key.
    Named(Placed<String>),
}

impl<'t> Builder<'t> {
    pub fn new(
        file: FileId,
        text: &'t str,
        filled: &'t [Range<usize>],
        gaps: &'t [Range<usize>],
    ) -> Self {
        Self {
            file,
            text,
            open: Vec::new(),
            last_end: 0,
            plain: None,
            eaten: None,
            cuts: None,
            filled,
            gaps,
            tagged: false,
            root: None,
            documents: 0,
            nodes: 0,
        }
    }

    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The bytes of an event.
    pub fn range(&self, span: &Span) -> Range<usize> {
        let range = span.byte_range().unwrap_or(self.last_end..self.last_end);
        let start = range.start.min(self.text.len());
        start..range.end.clamp(start, self.text.len())
    }

    pub fn take(&mut self, decoder: &mut Decoder, event: Event, span: &Span, range: Range<usize>) {
        if let Event::Comment(text, _) = &event {
            return self.comment(decoder, text, &range);
        }
        self.plain = None;
        let eaten = self.eaten.take();
        let place = self.place(range.clone());
        match event {
            Event::DocumentStart(..) => self.documents += 1,
            Event::Anchor(..) if self.tagged => {}
            Event::Anchor(..) => decoder.report(anchor(place, "anchor")),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                decoder.report(anchor(place, "alias"));
                self.value(decoder, node(place, YamlKind::Broken));
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.tag(decoder, tag.is_some(), span, &range);
                let mut broken = anchor != 0 || tag.is_some() || self.is_filled(range.start);
                if let Some(eaten) = eaten.filter(|_| text.is_empty()) {
                    self.cut(decoder, eaten);
                    broken = true;
                }
                let node = self.scalar(decoder, &text, style, range.clone(), broken);
                self.value(decoder, node);
            }
            Event::SequenceStart(_, _, tag) => {
                self.tag(decoder, tag.is_some(), span, &range);
                self.begin(range.start, Inner::List(Vec::new()));
            }
            Event::MappingStart(_, _, tag) => {
                self.tag(decoder, tag.is_some(), span, &range);
                let inner = Inner::Map {
                    entries: Vec::new(),
                    seen: BTreeMap::new(),
                    odd: false,
                    key: KeyState::Next,
                };
                self.begin(range.start, inner);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(decoder, range.end),
            _ => {}
        }
        self.last_end = self.last_end.max(range.end);
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.file, range)
    }

    fn begin(&mut self, start: usize, inner: Inner) {
        self.open.push(OpenNode { start, inner });
    }

    fn end(&mut self, decoder: &mut Decoder, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let kind = match open.inner {
            Inner::List(mut items) if self.text[open.start..].starts_with('[') => {
                for finding in split::items(self.text, self.file, &mut items) {
                    decoder.report(finding);
                }
                YamlKind::List(items)
            }
            Inner::List(items) => YamlKind::List(items),
            Inner::Map { entries, odd, .. } if odd && entries.is_empty() => YamlKind::Broken,
            Inner::Map { entries, .. } => YamlKind::Map(entries),
        };
        let written = self.text[open.start..end.max(open.start)].trim_end().len();
        let place = self.place(open.start..open.start + written);
        self.value(decoder, node(place, kind));
    }

    fn scalar(
        &mut self,
        decoder: &mut Decoder,
        text: &str,
        style: ScalarStyle,
        range: Range<usize>,
        broken: bool,
    ) -> YamlNode {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let plain = style == ScalarStyle::Plain;
        let start = if block {
            self.indicator_before(range.start)
        } else {
            range.start
        };
        let written = self.text[start..range.end].trim_end().len();
        let place = self.place(start..start + written);
        if plain {
            self.plain = (written > 0).then_some(start..start + written);
        }
        let is_empty = plain && written == 0;
        let kind = if broken || is_empty && self.is_lost() {
            YamlKind::Broken
        } else if is_empty {
            YamlKind::Nothing
        } else {
            let text = text.trim_end().to_owned();
            YamlKind::Text { text, plain }
        };
        if style == ScalarStyle::DoubleQuoted {
            self.escaped_controls(decoder, text, place);
        }
        node(place, kind)
    }

    /// The `|` or `>` of a block whose content starts here: the first one after the last event, outside comments.
    fn indicator_before(&self, content: usize) -> usize {
        let from = self.last_end.min(content);
        let mut in_comment = false;
        for (at, byte) in self.text.as_bytes()[from..content].iter().enumerate() {
            match byte {
                b'\n' => in_comment = false,
                b'#' => in_comment = true,
                b'|' | b'>' if !in_comment => return from + at,
                _ => {}
            }
        }
        content
    }

    /// Reports control characters that an escape such as `\x1b` hides from the check of the raw text.
    fn escaped_controls(&self, decoder: &mut Decoder, text: &str, place: Place) {
        let raw = &self.text[place.start as usize..place.end as usize];
        for (at, character) in text.char_indices() {
            if !words::forbidden(character) {
                continue;
            }
            let inside = range_inside(raw, text, at..at + character.len_utf8());
            let start = place.start as usize;
            let place = inside.map_or(place, |range| {
                self.place(start + range.start..start + range.end)
            });
            decoder.report(control(place, character));
        }
    }

    /// Puts a finished node where it belongs.
    fn value(&mut self, decoder: &mut Decoder, node: YamlNode) {
        self.nodes += 1;
        let Some(open) = self.open.last_mut() else {
            self.root = self.root.take().or(Some(node));
            return;
        };
        match &mut open.inner {
            Inner::List(items) => items.push(node),
            Inner::Map {
                entries,
                seen,
                odd,
                key,
            } => match std::mem::replace(key, KeyState::Next) {
                KeyState::Next => {
                    *key = text_key(decoder, node).map_or(KeyState::Odd, KeyState::Named);
                    *odd |= matches!(key, KeyState::Odd);
                }
                KeyState::Odd => {}
                KeyState::Named(name) => {
                    if let Some(first) = seen.get(&name.value) {
                        decoder.report(repeated(&name, *first));
                        decoder.lose(&node);
                    } else {
                        seen.insert(name.value.clone(), name.place);
                        entries.push((name, node));
                    }
                }
            },
        }
    }

    fn tag(&mut self, decoder: &mut Decoder, tagged: bool, span: &Span, range: &Range<usize>) {
        self.tagged = tagged;
        if !tagged {
            return;
        }
        let range = span
            .tag_span()
            .map_or_else(|| range.clone(), |tag| self.range(&tag));
        let written = words::clipped(&self.text[range.clone()], QUOTED_MAX_CHARACTERS);
        decoder.report(
            Finding::error(
                "yaml-tag",
                self.place(range),
                format!("YAML takes `{written}` for a tag"),
            )
            .label("this would be lost")
            .hint("Put the whole expression in quotes, as in `when: \"!told && mfa\"`."),
        );
    }

    /// Takes a comment, and reports it if the `#` was probably meant as text.
    fn comment(&mut self, decoder: &mut Decoder, text: &str, range: &Range<usize>) {
        if text.trim_start().starts_with("allow") {
            decoder.allows.push(Placed::new(
                text.trim().to_owned(),
                self.place(range.clone()),
            ));
        }
        let before = |end: usize| self.text.get(end..range.start).unwrap_or("\n");
        let cuts = match self.plain.take() {
            _ if self.is_flow() && closes_more(text) => true,
            Some(plain) => {
                let value = &self.text[plain.clone()];
                comment::cuts(value, before(plain.end), text)
            }
            None => false,
        };
        let is_glued = text.starts_with(|first: char| !first.is_whitespace() && first != '#');
        let is_eaten = is_glued
            && self.text[..range.start]
                .trim_end_matches(' ')
                .ends_with(':');
        if is_eaten && self.mark_empty() || cuts && !is_eaten {
            self.cut(decoder, range.clone());
        } else {
            self.eaten = is_eaten.then(|| range.clone());
        }
    }

    /// Marks the last key as reported if it was found empty; whether it was.
    fn mark_empty(&mut self) -> bool {
        let Some(OpenNode {
            inner: Inner::Map { entries, key, .. },
            ..
        }) = self.open.last_mut()
        else {
            return false;
        };
        match (entries.last_mut(), key) {
            (Some((_, node)), KeyState::Next) if matches!(node.kind, YamlKind::Nothing) => {
                node.kind = YamlKind::Broken;
                true
            }
            _ => false,
        }
    }

    /// Whether the innermost open list or mapping is written with brackets.
    fn is_flow(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| matches!(self.text.as_bytes().get(open.start), Some(b'{' | b'[')))
    }

    /// Where the outermost and the innermost open list or mapping with brackets begin.
    pub fn flow(&self) -> Option<(usize, usize)> {
        let is_flow =
            |open: &&OpenNode| matches!(self.text.as_bytes().get(open.start), Some(b'{' | b'['));
        let outermost = self.open.iter().find(is_flow)?.start;
        let innermost = self.open.iter().rev().find(is_flow)?.start;
        Some((outermost, innermost))
    }

    /// The end of the last event that was not a comment.
    pub fn last_end(&self) -> usize {
        self.last_end
    }

    /// The last comment that swallowed something.
    pub fn last_cut(&self) -> Option<&Range<usize>> {
        self.cuts.as_ref()
    }

    /// Whether the value after the last event was on a line that could not be parsed.
    fn is_lost(&self) -> bool {
        self.gaps.iter().any(|gap| {
            let between = self.text.get(self.last_end..gap.start);
            between.is_some_and(|between| {
                let mut lines = between
                    .trim_start_matches([' ', ':'])
                    .lines()
                    .map(str::trim);
                lines.all(|line| line.is_empty() || line.starts_with('#'))
            })
        })
    }

    fn is_filled(&self, at: usize) -> bool {
        self.filled.iter().any(|range| range.contains(&at))
    }

    fn cut(&mut self, decoder: &mut Decoder, range: Range<usize>) {
        let finding = Finding::warning(
            "cut-short-by-comment",
            self.place(range.clone()),
            "the text ends here: YAML takes the rest for a comment",
        );
        decoder.report(finding.hint(
            "Put the whole text in quotes. If a comment is meant, put two spaces before its `#` and one after it.",
        ));
        self.cuts = Some(range);
    }
}

/// Whether a comment closes brackets that were opened before it.
fn closes_more(text: &str) -> bool {
    let mut open = 0_i32;
    text.bytes().any(|byte| {
        open += match byte {
            b'{' | b'[' => 1,
            b'}' | b']' => -1,
            _ => 0,
        };
        open < 0
    })
}

fn node(place: Place, kind: YamlKind) -> YamlNode {
    YamlNode { place, kind }
}

fn text_key(decoder: &mut Decoder, node: YamlNode) -> Option<Placed<String>> {
    match node.kind {
        YamlKind::Text { text, .. } => Some(Placed::new(text, node.place)),
        YamlKind::Broken => None,
        _ => {
            let finding = Finding::error("wrong-kind", node.place, "a key must be a word");
            decoder.report(finding.hint("Put the text in quotes if it is meant as a value."));
            None
        }
    }
}

fn repeated(name: &Placed<String>, first: Place) -> Finding {
    let shown = words::clipped(&name.value, QUOTED_MAX_CHARACTERS);
    let headline = format!("`{shown}` appears twice");
    Finding::error("repeated-key", name.place, headline)
        .related(first, "first here")
        .hint("Rename or remove one of them: only one of them can count.")
}

fn anchor(place: Place, what: &str) -> Finding {
    Finding::error(
        "yaml-alias",
        place,
        format!("YAML takes this for an {what}"),
    )
    .hint("Put the whole text in quotes; anchors and aliases are not part of the format.")
}
