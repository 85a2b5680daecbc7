//! Finding a message by its words.

use crate::front::view::InboxMessage;
use crate::tui::Key;
use crate::tui::exercise::ExerciseScreen;
use crate::tui::exercise::inbox::sender;

/// The longest text that is looked for, in characters: more than any title has.
const SOUGHT_MAX_CHARACTERS: usize = 200;

/// What is looked for, and what was open before.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) sought: String,
    before: usize,
}

impl ExerciseScreen {
    pub(super) fn open_search(&mut self) {
        self.search = Some(Search {
            sought: String::new(),
            before: self.selected,
        });
    }

    /// The messages that are listed, by their place in the inbox, oldest first: all of them, or those that hold what
    /// is looked for.
    pub(super) fn listed(&self) -> Vec<usize> {
        let sought = self.search.as_ref().map(|it| it.sought.to_lowercase());
        let holds = |message: &InboxMessage| {
            let Some(sought) = &sought else { return true };
            [&message.title, sender(message), &message.text]
                .iter()
                .any(|text| text.to_lowercase().contains(sought))
        };
        let inbox = self.view.inbox.iter().enumerate();
        inbox.filter(|it| holds(it.1)).map(|it| it.0).collect()
    }

    /// Shows a message without taking it as read.
    pub(super) fn peek(&mut self, message: usize) {
        self.selected = message;
        self.text.reset();
        self.list.follow();
    }

    pub(super) fn search_key(&mut self, key: Key) {
        let Some(search) = &mut self.search else {
            return;
        };
        match key {
            Key::Char(letter) if search.sought.chars().count() < SOUGHT_MAX_CHARACTERS => {
                search.sought.push(letter);
                self.narrow();
            }
            Key::Backspace => {
                search.sought.pop();
                self.narrow();
            }
            Key::Esc => {
                let before = search.before.min(self.view.inbox.len().saturating_sub(1));
                self.search = None;
                self.peek(before);
            }
            Key::Enter => {
                let found = self.listed().contains(&self.selected);
                let before = self.search.take().map_or(0, |it| it.before);
                self.select(if found { self.selected } else { before });
            }
            Key::Up | Key::Down => self.peek_beside(key == Key::Up),
            Key::PageUp | Key::PageDown => {
                self.text.key(key);
            }
            _ => {}
        }
    }

    /// The newest of what is found is shown, unless what is shown is among it.
    fn narrow(&mut self) {
        let listed = self.listed();
        if !listed.contains(&self.selected)
            && let Some(newest) = listed.last()
        {
            self.peek(*newest);
        }
    }

    fn peek_beside(&mut self, newer: bool) {
        let listed = self.listed();
        let next = if newer {
            listed.iter().find(|it| **it > self.selected)
        } else {
            listed.iter().rev().find(|it| **it < self.selected)
        };
        if let Some(next) = next {
            self.peek(*next);
        }
    }
}
