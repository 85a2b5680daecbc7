//! A decision with its reason: who took it, why, and how sure they were, before anybody knows what follows.

use crate::front::seats::Reason;
use crate::front::{MoveById, Request};
use crate::tui::Key;
use crate::tui::exercise::drafts::Drafts;
use crate::tui::exercise::facts::{LitScene, PAUSED, RoomFacts};
use crate::tui::exercise::outcome::{KeyOutcome, MarkedOption};
use crate::tui::exercise::phrases::quoted;
use crate::tui::field::{NAME_MAX_CHARACTERS, TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{CursorLines, Form, FormAnswer, FormEntry, FormRow, headed};

const WHO: usize = 0;

const WHY: usize = 1;

const SURE: usize = 2;

fn form(person: &str) -> Form {
    let who = TextField::line(NAME_MAX_CHARACTERS).with_text(person);
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

/// The form for one option. What is typed belongs to the drafts of the seat.
#[derive(Debug)]
pub(super) struct ReasonDialog {
    pub(super) marked: MarkedOption,
}

impl ReasonDialog {
    /// Opens the form for what is marked, with what was typed before.
    pub(super) fn new(
        marked: MarkedOption,
        drafts: &mut Drafts,
        facts: &RoomFacts,
    ) -> ReasonDialog {
        let draft = drafts.reasons.entry(marked.decision.clone());
        draft.or_insert_with(|| form(facts.person()));
        ReasonDialog { marked }
    }

    pub(super) fn key(&mut self, key: Key, drafts: &mut Drafts, facts: &RoomFacts) -> KeyOutcome {
        let MarkedOption { decision, option } = self.marked.clone();
        let Some(form) = drafts.reasons.get_mut(&decision) else {
            return KeyOutcome::Close;
        };
        match form.key(key) {
            FormAnswer::Stay => return KeyOutcome::Stay,
            FormAnswer::Close => return KeyOutcome::Close,
            FormAnswer::Send if facts.stands_still() => return KeyOutcome::say(PAUSED),
            FormAnswer::Send => {}
        }
        let reason = Reason {
            by: form.text(WHO).trim().to_owned(),
            why: form.text(WHY).trim().to_owned(),
            sure: form.percent(SURE),
        };
        drafts.remember();
        drafts.reasons.remove(&decision);
        let choice = MoveById::Choose(decision, option);
        KeyOutcome::CloseAsking(if reason.is_empty() {
            Request::Move(choice)
        } else {
            Request::Reasoned(choice, reason)
        })
    }

    pub(super) fn field<'a>(&self, drafts: &'a mut Drafts) -> Option<&'a mut TextField> {
        drafts.reasons.get_mut(&self.marked.decision)?.field()
    }

    pub(super) fn lines(&self, scene: LitScene, drafts: &Drafts, columns: usize) -> CursorLines {
        let MarkedOption { decision, option } = &self.marked;
        let form = drafts.reasons.get(decision);
        let form = form.map(|it| it.lines(scene.theme, columns));
        let label = quoted(scene.label(decision, option));
        headed(&label, form.unwrap_or_default(), scene.theme, columns)
    }
}
