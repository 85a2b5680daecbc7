//! The list of standing actions, one of which can be marked and taken.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::front::view::View;
use crate::front::{MoveById, Request};
use crate::tui::Key;
use crate::tui::draw::{Scroll, paragraph};
use crate::tui::exercise::choices::{ChoiceLines, Detail, choice_lines, in_order};
use crate::tui::exercise::facts::LitScene;
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget, KeyOutcome};
use crate::tui::exercise::phrases::{TypedNumber, quoted, takes};
use crate::tui::exercise::sheet::draw_sheet;
use crate::tui::theme::Theme;

/// The list, scrolled, and the action that waits for Enter, by its place in it.
#[derive(Debug)]
pub(super) struct ActionList {
    marked: Option<usize>,
    /// What is being typed to mark one.
    number: TypedNumber,
    pub(super) scroll: Scroll,
}

impl ActionList {
    pub(super) fn new(marked: Option<usize>) -> ActionList {
        ActionList {
            marked,
            number: TypedNumber::default(),
            scroll: Scroll::default(),
        }
    }

    pub(super) fn key(&mut self, key: Key, view: &View) -> KeyOutcome {
        let last = view.actions.len().checked_sub(1);
        self.scroll.follow();
        let mut number = std::mem::take(&mut self.number);
        match key {
            Key::Up | Key::Char('k') => {
                self.marked = self.marked.map_or(last, |at| Some(at.saturating_sub(1)));
            }
            Key::Down | Key::Char('j') => {
                self.marked = last.map(|last| self.marked.map_or(0, |at| (at + 1).min(last)));
            }
            Key::Char(digit @ '0'..='9') => {
                let place = number.place(digit, view.actions.len());
                self.number = number;
                if place.is_some_and(|place| place < view.actions.len()) {
                    self.marked = place;
                }
            }
            Key::Enter => return self.take(view),
            Key::Esc if self.marked.is_some() => self.marked = None,
            _ => return KeyOutcome::Close,
        }
        KeyOutcome::Stay
    }

    pub(super) fn click(&mut self, action: usize) {
        self.scroll.follow();
        // A digit that follows begins a number.
        self.number = TypedNumber::default();
        self.marked = Some(action);
    }

    /// Takes the marked action, or says why not.
    fn take(&self, view: &View) -> KeyOutcome {
        let actions = in_order(&view.actions);
        let Some(action) = self.marked.and_then(|at| actions.get(at)) else {
            return KeyOutcome::say("Mark an action with its number first; then Enter takes it.");
        };
        match &action.barred {
            None => KeyOutcome::Ask(Request::Move(MoveById::Take(action.id.clone()))),
            Some(why) => KeyOutcome::Say(format!("{}: {why}", quoted(&action.label))),
        }
    }

    /// What Enter takes, above the keys.
    pub(super) fn says(&self, view: &View) -> Option<String> {
        let actions = in_order(&view.actions);
        let Some(place) = self.marked else {
            let none = "Mark an action with its number, or with up and down; Enter takes it.";
            return (!actions.is_empty()).then(|| none.to_owned());
        };
        let action = actions.get(place)?;
        let what = format!("action {}", place + 1);
        Some(match &action.barred {
            Some(why) => format!("{}: {why}", quoted(&action.label)),
            None => takes(&what, &action.cost),
        })
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, scene: LitScene, hits: &ExerciseHits) {
        let theme = scene.theme;
        let columns = (usize::from(area.width) - 8).min(76);
        let all = self.lines(scene.view, theme, columns);
        let title = "Act    1-9 or up/down, then Enter    Esc: back";
        let watch = Some(all.watch);
        let titled = (title, columns);
        let inside = draw_sheet(buf, area, theme, titled, &all.lines, &self.scroll, watch);
        let first = self.scroll.first();
        hits.add(inside, ExerciseTarget::Top);
        hits.focus(inside, 0, 0);
        for (number, (line, lines)) in all.entries.iter().enumerate() {
            let spot = (*line, *lines, ExerciseTarget::Action(number));
            hits.entries(inside, first, &[spot]);
            if self.marked == Some(number) {
                hits.focus(inside, first, *line);
            }
        }
    }

    /// Every standing action, those that cannot be taken now last, with their reasons.
    fn lines(&self, view: &View, theme: Theme, columns: usize) -> ChoiceLines {
        let mut all = ChoiceLines::default();
        for (number, action) in in_order(&view.actions).into_iter().enumerate() {
            let here = self.marked == Some(number);
            let lines = choice_lines(action, number, here, theme, columns, Detail::Full);
            all.push(lines, here);
        }
        if all.lines.is_empty() {
            let none = "There is nothing to do in this phase except what is asked.";
            all = paragraph(none, columns, Style::new()).into();
        }
        all
    }
}
