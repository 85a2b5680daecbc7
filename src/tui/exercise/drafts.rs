//! What somebody in a seat has typed and not sent; it comes back if what was sent is refused.

use std::collections::BTreeMap;

use crate::tui::field::{TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::Form;

#[derive(Clone, Debug)]
pub(super) struct Drafts {
    pub(super) note: TextField,
    /// By decision.
    pub(super) reasons: BTreeMap<String, Form>,
    /// As they were before one was sent whose answer is still to come.
    pub(super) before: Option<Box<Drafts>>,
}

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts {
            note: TextField::line(TEXT_MAX_CHARACTERS),
            reasons: BTreeMap::new(),
            before: None,
        }
    }
}

impl Drafts {
    /// Remembers them, as one of them is about to be sent.
    pub(super) fn remember(&mut self) {
        self.before = Some(Box::new(self.clone()));
    }

    /// Puts what was refused back where it was typed.
    pub(super) fn restore(&mut self) {
        if let Some(before) = self.before.take() {
            *self = *before;
        }
    }
}
