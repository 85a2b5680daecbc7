//! Injects and decisions.

use super::decode::Decoder;
use super::fields::Fields;
use super::limits::SUBJECT_MAX_CHARACTERS;
use super::node::YamlNode;
use crate::finding::Finding;
use crate::scenario::schema::{DECISION, INJECT, MESSAGE, TIMED_DECISION};
use crate::scenario::{Block, CHANNELS, Decision, Inject, Mark, Message, Placed, Trigger};

impl Decoder {
    /// Reads one inject.
    pub fn inject(&mut self, id: Placed<String>, node: &YamlNode) -> Inject {
        let fields = Fields::read(self, node, Some(id.place), &INJECT);
        let marks = self.marks(&fields);
        let message = self.message(&fields, &marks);
        Inject {
            trigger: self.trigger(&fields),
            message,
            block: self.block_of_inject(&fields, &marks),
            asks: fields.may(self, "asks", |decoder, node| {
                let fields = Fields::read(decoder, node, None, &DECISION);
                let marks = decoder.marks(&fields);
                decoder.decision(&fields, &marks)
            }),
            maps: fields.many(self, "maps", Decoder::line),
            id,
        }
    }

    /// Reads the news. An inject with none of these fields is silent: nobody sees it.
    fn message(&mut self, fields: &Fields, marks: &[Mark]) -> Option<Message> {
        if !MESSAGE.iter().any(|field| fields.has(field.name)) {
            return None;
        }
        Some(Message {
            to: fields.some_or_all(self, "to", Decoder::id),
            by: fields.must(self, "by", Decoder::line),
            via: fields.must(self, "via", |decoder, node| {
                decoder.one_of(node, "bad-channel", "channel", &CHANNELS)
            }),
            title: fields.must(self, "title", |decoder, node| {
                decoder.short_line(node, SUBJECT_MAX_CHARACTERS)
            }),
            text: self.must_text(fields, "text", marks),
            expect: fields.may(self, "expect", Decoder::prose),
        })
    }

    /// Reads one entry of a phase's `decisions`.
    pub fn timed_decision(&mut self, id: Placed<String>, node: &YamlNode) -> Inject {
        let fields = Fields::read(self, node, Some(id.place), &TIMED_DECISION);
        let marks = self.marks(&fields);
        Inject {
            trigger: self.trigger(&fields),
            message: None,
            block: Block::default(),
            asks: Some(self.decision(&fields, &marks)),
            maps: fields.many(self, "maps", Decoder::line),
            id,
        }
    }

    fn trigger(&mut self, fields: &Fields) -> Trigger {
        let timed = fields.has("at") || fields.has("when");
        if timed && fields.has("repeats") && !fields.has("every") {
            fields.missing(
                self,
                "every",
                "Say how long after one time the next may come, as in `every: 2h`.",
            );
        }
        if let Some((key, _)) = fields.entry("every").filter(|_| !fields.has("repeats")) {
            let headline = "`every` needs `repeats` beside it";
            let finding = Finding::error("missing-field", key.place, headline);
            self.report(
                finding
                    .hint("Say how often it may come, as in `repeats: 3`, or leave out `every`."),
            );
        }
        Trigger {
            at: fields.may(self, "at", Decoder::moment),
            when: fields.may(self, "when", Decoder::words),
            repeats: fields.may(self, "repeats", Decoder::positive),
            every: fields.may(self, "every", Decoder::period),
        }
    }

    fn decision(&mut self, fields: &Fields, marks: &[Mark]) -> Decision {
        Decision {
            question: self.must_text(fields, "question", marks),
            to: fields.some_or_all(self, "to", Decoder::id),
            within: fields.may(self, "within", Decoder::moment),
            default: fields.must(self, "default", Decoder::id),
            discuss: fields.may(self, "discuss", Decoder::prose),
            options: fields.must_named(self, "options", Decoder::option),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::read::{Folder, read};

    #[test]
    fn an_inject_with_no_field_of_a_message_is_silent() {
        let cases = [
            ("at: 1h, do: [a = true]", Ok(false)),
            ("at: 1h, by: A, via: phone, title: T, text: T", Ok(true)),
            ("at: 1h, expect: They ask.", Err(4)),
        ];
        for (inject, expected) in cases {
            let text = format!(
                "format: 1\nid: a\ntitle: A\nzone: Europe/London\nstartex: 2022-08-02\nlasts: 1d\n\
                 roles: {{r: {{title: R}}}}\nobjectives: {{o: {{title: O, worth: 1}}}}\n\
                 phases: {{p: {{title: P, injects: {{i: {{{inject}}}}}, ends: [{{at: 1h, to: endex}}]}}}}\n\
                 endings: {{e: {{title: E, text: E}}}}\n"
            );
            let (scenario, findings, _) = read(&Folder::single("a.yaml", text.into_bytes()));
            let message = scenario.map(|scenario| scenario.phases[0].injects[0].message.is_some());
            assert_eq!(message.ok_or(findings.len()), expected, "{inject}");
        }
    }
}
