//! Courses of action: options and standing actions.

use super::decode::{Blank, Decoder};
use super::fields::Fields;
use super::limits::LABEL_MAX_CHARACTERS;
use super::node::YamlNode;
use crate::scenario::schema::{ACTION, ANSWERS, CONSENT, OPTION};
use crate::scenario::{Action, Consent, Course, Mark, Placed};

impl Decoder {
    /// Reads one option of a decision.
    pub fn option(&mut self, id: Placed<String>, node: &YamlNode) -> Course {
        let fields = Fields::read(self, node, Some(id.place), &OPTION);
        self.course(id, &fields)
    }

    /// Reads one standing action.
    pub fn action(&mut self, id: Placed<String>, node: &YamlNode) -> Action {
        let fields = Fields::read(self, node, Some(id.place), &ACTION);
        Action {
            to: fields.some_or_all(self, "to", Decoder::id),
            phases: fields.some_or_all(self, "in", Decoder::id),
            repeats: fields.may(self, "repeats", Decoder::positive),
            course: self.course(id, &fields),
        }
    }

    fn course(&mut self, id: Placed<String>, fields: &Fields) -> Course {
        let marks = self.marks(fields);
        Course {
            id,
            label: fields.must(self, "label", |decoder, node| {
                decoder.short_line(node, LABEL_MAX_CHARACTERS)
            }),
            needs: fields.may(self, "needs", Decoder::words),
            uses: fields.named(self, "uses", |decoder, name, node| {
                (name, decoder.positive(node))
            }),
            takes: fields.may(self, "takes", Decoder::duration),
            consent: fields.may(self, "consent", |decoder, node| {
                decoder.consent(node, &marks)
            }),
            feedback: self.may_text(fields, "feedback", &marks),
            block: self.block_of(fields, &marks),
            then: fields.many(self, "then", Decoder::block),
            maps: fields.many(self, "maps", Decoder::line),
            marks,
        }
    }

    /// Reads a consent; one without marks of its own rests on those of its option.
    fn consent(&mut self, node: &YamlNode, outer: &[Mark]) -> Consent {
        let fields = Fields::read(self, node, None, &CONSENT);
        let own = self.marks(&fields);
        let marks = if own.is_empty() { outer } else { &own };
        let default = fields.must(self, "default", |decoder, node| {
            decoder.one_of(node, "bad-default", "answer", &ANSWERS)
        });
        Consent {
            of: fields.must(self, "of", Decoder::id),
            question: self.must_text(&fields, "question", marks),
            within: fields.must(self, "within", Decoder::period),
            default_agrees: Placed {
                value: default.value == "agree",
                ..Placed::blank(default.place)
            },
            refused: fields.many(self, "refused", Decoder::block),
        }
    }
}
