//! A decision with its reason: who took it, why, and how sure they were, before anybody knows what comes of it.

use crate::front::seats::Reason;
use crate::front::{MoveById, Request};
use crate::tui::Key;
use crate::tui::exercise::told::Sent;
use crate::tui::exercise::{ExerciseScreen, Layer};
use crate::tui::field::{NAME_MAX_CHARACTERS, TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{Form, FormAnswer, FormEntry, FormRow};

const WHO: usize = 0;

const WHY: usize = 1;

const SURE: usize = 2;

fn form(person: &str) -> Form {
    let who = TextField::line(NAME_MAX_CHARACTERS).with(person);
    let why = TextField::line(TEXT_MAX_CHARACTERS);
    let mut form = Form::new(vec![
        FormRow::new("Who", "nobody named", FormEntry::Text(who)),
        FormRow::new("Why", "no reason given", FormEntry::Text(why)),
        FormRow::new("How sure", "", FormEntry::Percent(None)),
    ]);
    if !person.is_empty() {
        form.go(WHY);
    }
    form
}

impl ExerciseScreen {
    /// Decision and option that are marked.
    pub(super) fn marked_ids(&mut self) -> Option<(String, String)> {
        let ids = self.shown().and_then(|decision| {
            let option = decision.options.get(self.picked?)?;
            Some((decision.id.clone(), option.id.clone()))
        });
        if ids.is_none() {
            self.notice = Some("Mark an option with its number first.".to_owned());
        }
        ids
    }

    /// Opens the form for what is marked, with what was typed before.
    pub(super) fn explain(&mut self) {
        let Some((decision, option)) = self.marked_ids() else {
            return;
        };
        let person = self.person().to_owned();
        let reasons = &mut self.told.drafts.reasons;
        let kept = reasons.entry(decision.clone());
        kept.or_insert_with(|| form(&person));
        self.layer = Some(Layer::Reason { decision, option });
    }

    pub(super) fn reason_key(&mut self, key: Key) -> Option<Request> {
        let Some(Layer::Reason { decision, .. }) = &self.layer else {
            return None;
        };
        let answer = match self.told.drafts.reasons.get_mut(decision) {
            Some(form) => form.key(key),
            None => FormAnswer::Close,
        };
        if answer == FormAnswer::Stay || (answer == FormAnswer::Send && self.stands_still()) {
            return None;
        }
        let Some(Layer::Reason { decision, option }) = self.layer.take() else {
            return None;
        };
        if answer == FormAnswer::Close {
            return None;
        }
        let form = self.told.drafts.reasons.remove(&decision)?;
        let reason = Reason {
            by: form.text(WHO).trim().to_owned(),
            why: form.text(WHY).trim().to_owned(),
            sure: form.percent(SURE),
        };
        self.send(Sent::Reason(decision.clone(), form));
        let made = MoveById::Choose(decision, option);
        Some(if reason.is_empty() {
            Request::Move(made)
        } else {
            Request::Reasoned(made, reason)
        })
    }
}
