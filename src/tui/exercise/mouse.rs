//! What clicks and the wheel do. A click never makes a move: it marks, and Enter takes.

use ratatui::layout::Position;

use crate::front::Request;
use crate::tui::Key;
use crate::tui::exercise::overlay::{Overlay, OverlayKind};
use crate::tui::exercise::{ExerciseScreen, Layer};
use crate::tui::hits::{Mouse, MouseDeed};

/// What something on the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExerciseTarget {
    /// The name of a key.
    Key(Key),
    /// A message, by its place in the inbox.
    Message(usize),
    /// An option of the decision on screen.
    Option(usize),
    /// An action in their list, by its place in it.
    Action(usize),
    /// The same beside the question: it opens the list.
    Act(usize),
    /// All messages.
    List,
    /// The open message.
    Text,
    /// What lies over the screen.
    Overlay,
    /// What scrolls of the timeline, the notes or the facilitator's screen.
    Layer,
}

impl ExerciseScreen {
    pub(in crate::tui) fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        if self.overlay.is_none()
            && self.layer.is_none()
            && let Some(ending) = &self.ending
        {
            let key = ending.mouse(mouse)?;
            return self.key(key);
        }
        if mouse.deed == MouseDeed::Press {
            self.press(mouse)
        } else {
            self.wheel(mouse);
            None
        }
    }

    /// Where the terminal's cursor stands among what was drawn last: in what is typed, if anything is.
    pub(in crate::tui) fn cursor(&self) -> Option<Position> {
        self.cursor.get().or_else(|| match &self.ending {
            Some(ending) if self.overlay.is_none() => ending.cursor(),
            _ => self.hits.cursor(),
        })
    }

    fn press(&mut self, mouse: Mouse) -> Option<Request> {
        let nothing = |spot| {
            matches!(
                spot,
                ExerciseTarget::List
                    | ExerciseTarget::Text
                    | ExerciseTarget::Overlay
                    | ExerciseTarget::Layer
            )
        };
        let spot = self.hits.at(mouse, |spot| !nothing(spot))?;
        match spot {
            ExerciseTarget::Key(key) => return self.key(key),
            ExerciseTarget::Message(place) if self.search.is_some() => self.peek(place),
            ExerciseTarget::Message(place) => {
                self.notice = None;
                self.select(place);
            }
            ExerciseTarget::Option(number) => {
                self.notice = None;
                // What is marked waits for Enter.
                if self.picked != Some(number) {
                    self.pick(number);
                }
            }
            ExerciseTarget::Action(number) => {
                self.notice = None;
                if let Some(overlay) = self.overlay.as_mut() {
                    overlay.scroll.follow();
                    overlay.cursor = Some(number);
                }
            }
            ExerciseTarget::Act(number) => {
                self.notice = None;
                let known = number < self.view.actions.len();
                let mut overlay = Overlay::actions();
                overlay.cursor = known.then_some(number);
                self.overlay = Some(overlay);
            }
            ExerciseTarget::List
            | ExerciseTarget::Text
            | ExerciseTarget::Overlay
            | ExerciseTarget::Layer => {}
        }
        None
    }

    fn wheel(&mut self, mouse: Mouse) {
        let scrolls = |spot| {
            matches!(
                spot,
                ExerciseTarget::List
                    | ExerciseTarget::Text
                    | ExerciseTarget::Overlay
                    | ExerciseTarget::Layer
            )
        };
        match self.hits.at(mouse, scrolls) {
            Some(ExerciseTarget::List) => self.list.wheel(mouse.deed),
            Some(ExerciseTarget::Layer) => match &mut self.layer {
                Some(Layer::Timeline(timeline)) => timeline.scroll.wheel(mouse.deed),
                Some(Layer::Notes(list)) => list.wheel(mouse.deed),
                Some(Layer::Facilitator) => self.console_wheel(mouse.deed),
                _ => {}
            },
            Some(ExerciseTarget::Text) => self.text.wheel(mouse.deed),
            Some(ExerciseTarget::Overlay) => match &self.overlay {
                Some(overlay) if overlay.kind != OverlayKind::Trend => {
                    overlay.scroll.wheel(mouse.deed);
                }
                _ => self.trend_key(if mouse.deed == MouseDeed::WheelUp {
                    Key::Up
                } else {
                    Key::Down
                }),
            },
            _ => {}
        }
    }
}
