//! Every text that must keep to the record, with the marks beside it.

use std::collections::BTreeSet;

use crate::scenario::{Block, Course, Decision, Inject, Mark, Phase, Placed, Scenario, Text};

/// A text, and the marks of the thing that it stands in.
#[derive(Clone, Copy)]
pub(super) struct MarkedText<'a> {
    pub text: &'a Placed<String>,
    pub marks: &'a [Mark],
}

/// All texts: prose, labels and titles. Titles of the scenario, of roles, objectives and values (and so of the board)
/// are names, not statements.
pub(super) fn marked_texts(scenario: &Scenario) -> Vec<MarkedText<'_>> {
    let mut texts = Texts::default();
    texts.add_any(scenario.summary.as_ref());
    texts.add_any(scenario.briefing.as_ref());
    for role in &scenario.roles {
        texts.add_any(role.brief.as_ref());
    }
    for action in &scenario.actions {
        texts.course(&action.course);
    }
    for phase in &scenario.phases {
        texts.phase(phase);
    }
    texts.blocks(&scenario.endex);
    for ending in &scenario.endings {
        texts.titled(&ending.title, Some(&ending.text));
    }
    for variant in &scenario.variants {
        texts.titled(&variant.title, variant.text.as_ref());
    }
    for cut in &scenario.cuts {
        texts.titled(&cut.title, cut.text.as_ref());
    }
    texts.found
}

/// The marks of the texts. Several texts share those that stand beside them all; each is given once.
pub(super) fn marks_of<'a>(texts: &[MarkedText<'a>]) -> Vec<&'a Mark> {
    let mut seen = BTreeSet::new();
    let marks = texts.iter().flat_map(|text| text.marks);
    marks.filter(|mark| seen.insert(mark.says.place)).collect()
}

#[derive(Default)]
struct Texts<'a> {
    found: Vec<MarkedText<'a>>,
}

impl<'a> Texts<'a> {
    fn add(&mut self, text: &'a Text) {
        self.found.push(MarkedText {
            text: &text.text,
            marks: &text.marks,
        });
    }

    fn add_any(&mut self, text: Option<&'a Text>) {
        self.found.extend(text.map(|text| MarkedText {
            text: &text.text,
            marks: &text.marks,
        }));
    }

    /// A title takes the marks of the text beside it, where the reader keeps them.
    fn titled(&mut self, title: &'a Placed<String>, text: Option<&'a Text>) {
        let marks = text.map_or(&[][..], |text| &text.marks);
        self.found.push(MarkedText { text: title, marks });
        self.add_any(text);
    }

    fn phase(&mut self, phase: &'a Phase) {
        self.titled(&phase.title, phase.text.as_ref());
        self.blocks(&phase.begins);
        for inject in &phase.injects {
            self.inject(inject);
        }
    }

    fn inject(&mut self, inject: &'a Inject) {
        if let Some(message) = &inject.message {
            self.titled(&message.title, Some(&message.text));
        }
        self.block(&inject.block);
        if let Some(decision) = &inject.asks {
            self.decision(decision);
        }
    }

    fn decision(&mut self, decision: &'a Decision) {
        self.add(&decision.question);
        for option in &decision.options {
            self.course(option);
        }
    }

    fn course(&mut self, course: &'a Course) {
        self.found.push(MarkedText {
            text: &course.label,
            marks: &course.marks,
        });
        if let Some(consent) = &course.consent {
            self.add(&consent.question);
            self.blocks(&consent.refused);
        }
        self.add_any(course.feedback.as_ref());
        self.block(&course.block);
        self.blocks(&course.then);
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        self.add_any(block.because.as_ref());
        self.add_any(block.text.as_ref());
        for outcome in block.chance.iter().flat_map(|chance| &chance.outcomes) {
            self.block(&outcome.block);
        }
    }
}
