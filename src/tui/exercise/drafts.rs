//! What somebody in a seat has typed and not sent, and what was sent last, which comes back if it is refused.

use std::collections::BTreeMap;

use crate::tui::field::{TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::Form;

#[derive(Debug)]
pub(super) struct Drafts {
    pub(super) note: TextField,
    /// By decision.
    pub(super) reasons: BTreeMap<String, Form>,
    pub(super) sent: Option<SentDraft>,
}

/// A text whose answer is still to come.
#[derive(Debug)]
pub(super) enum SentDraft {
    Note(TextField),
    /// The reason for this decision, by id.
    Reason(String, Form),
}

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts {
            note: TextField::line(TEXT_MAX_CHARACTERS),
            reasons: BTreeMap::new(),
            sent: None,
        }
    }
}

impl Drafts {
    /// Puts what was refused back where it was typed.
    pub(super) fn restore(&mut self) {
        match self.sent.take() {
            Some(SentDraft::Note(field)) => self.note = field,
            Some(SentDraft::Reason(decision, form)) => {
                self.reasons.insert(decision, form);
            }
            None => {}
        }
    }
}
