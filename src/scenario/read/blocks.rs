//! Blocks: what happens.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::node::{YamlKind, YamlNode};
use crate::finding::Finding;
use crate::scenario::schema::{BLOCK, OUTCOME};
use crate::scenario::{Block, Chance, ChanceOutcome, Mark, Placed};

impl Decoder {
    /// Reads one block of a list.
    pub fn block(&mut self, node: &YamlNode) -> Block {
        let fields = Fields::read(self, node, None, &BLOCK);
        let marks = self.marks(&fields);
        self.block_of(&fields, &marks)
    }

    /// Reads the fields of a block that are among others.
    pub fn block_of(&mut self, fields: &Fields, marks: &[Mark]) -> Block {
        Block {
            when: fields.may(self, "when", Decoder::words),
            after: fields.may(self, "after", Decoder::duration),
            text: self.may_text(fields, "text", marks),
            ..self.block_of_inject(fields, marks)
        }
    }

    /// The same without the fields that mean something else in an inject.
    pub fn block_of_inject(&mut self, fields: &Fields, marks: &[Mark]) -> Block {
        if let Some((key, node)) = fields.entry("score")
            && !fields.has("because")
            && !matches!(node.kind, YamlKind::Nothing | YamlKind::Broken)
        {
            let headline = "`score` needs `because` beside it";
            let finding = Finding::error("score-without-because", key.place, headline);
            self.report(
                finding
                    .hint("Every point has a reason that the team can read: say it in a sentence."),
            );
        }
        Block {
            effects: fields.many(self, "do", Decoder::words),
            score: fields.named(self, "score", |decoder, name, node| {
                (name, decoder.number(node))
            }),
            because: self.may_text(fields, "because", marks),
            injects: fields
                .may(self, "inject", Decoder::one_or_more)
                .unwrap_or_default(),
            chance: self.chance(fields),
            ..Block::default()
        }
    }

    fn one_or_more(&mut self, node: &YamlNode) -> Vec<Placed<String>> {
        match node.kind {
            YamlKind::List(_) => self.list(node, Decoder::id),
            _ => vec![self.id(node)],
        }
    }

    fn chance(&mut self, fields: &Fields) -> Option<Chance> {
        if !fields.has("chance") && !fields.has("outcomes") {
            return None;
        }
        let name = if let (Some((key, _)), false) = (fields.entry("outcomes"), fields.has("chance"))
        {
            let finding = Finding::error(
                "missing-field",
                key.place,
                "`outcomes` need `chance` beside them",
            );
            self.report(finding.hint("Give the luck a name, as in `chance: eviction`."));
            Placed::blank(key.place)
        } else {
            fields.must(self, "chance", Decoder::id)
        };
        let outcomes = fields.many(self, "outcomes", Decoder::outcome);
        match (fields.entry("chance"), fields.get("outcomes")) {
            (Some((key, _)), None) => {
                let finding = Finding::error(
                    "missing-field",
                    key.place,
                    "`chance` needs `outcomes` beside it",
                );
                self.report(finding.hint("List what can happen, each with its `odds`."));
            }
            (_, Some(node)) if matches!(&node.kind, YamlKind::List(items) if items.is_empty()) => {
                let headline = "`outcomes` needs at least one entry";
                self.error("missing-field", node.place, headline);
            }
            _ => {}
        }
        Some(Chance { name, outcomes })
    }

    fn outcome(&mut self, node: &YamlNode) -> ChanceOutcome {
        let fields = Fields::read(self, node, None, &OUTCOME);
        let marks = self.marks(&fields);
        ChanceOutcome {
            odds: fields.must(self, "odds", Decoder::positive),
            block: self.block_of(&fields, &marks),
        }
    }
}
