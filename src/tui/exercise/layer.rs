//! What stands over the exercise and takes every key: forms, lists, the facilitator's screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::front::Request;
use crate::front::text::{cut, width, wrap};
use crate::tui::Key;
use crate::tui::draw::{self, Scroll};
use crate::tui::exercise::mouse::ExerciseTarget;
use crate::tui::exercise::notes::NoteList;
use crate::tui::exercise::timeline::Timeline;
use crate::tui::exercise::{ExerciseScreen, quoted};
use crate::tui::form::{self, Drawn, Form};
use crate::tui::theme::Theme;

/// At most one stands over the exercise.
#[derive(Debug)]
pub(super) enum Layer {
    /// Which seat next: the one that is marked.
    Chooser(usize),
    /// Who decides for this option, and why.
    Reason { decision: String, option: String },
    /// A hidden vote for this option.
    Ballot {
        decision: String,
        option: String,
        form: Form,
    },
    /// Not all have voted: are the votes shown all the same?
    Reveal { decision: String },
    /// Everything in order.
    Timeline(Timeline),
    /// What the team wrote down.
    Notes(NoteList),
    /// The panel of whoever runs the room.
    Facilitator,
}

impl Layer {
    /// The keys that matter while it is open.
    pub(super) fn keys(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Layer::Chooser(_) => &[
                ("1-9", "seat"),
                ("up/down", "mark"),
                ("Enter", "show"),
                ("Esc", "back"),
            ],
            Layer::Reason { .. } => &[
                ("Tab", "next"),
                ("Enter", "take it"),
                ("Esc", "back, the text is kept"),
            ],
            Layer::Ballot { .. } => &[("0-9", "how sure"), ("Enter", "vote"), ("Esc", "back")],
            Layer::Reveal { .. } => &[("Enter", "show the votes"), ("Esc", "not yet")],
            Layer::Timeline(_) => &[
                ("up/down", "go through it"),
                ("Enter", "open a message"),
                ("Esc", "back"),
            ],
            Layer::Notes(_) => &[
                ("Enter", "write down"),
                ("PgUp/PgDn", "scroll"),
                ("Esc", "back, the text is kept"),
            ],
            Layer::Facilitator => &[],
        }
    }
}

impl ExerciseScreen {
    pub(super) fn layer_key(&mut self, key: Key) -> Option<Request> {
        match &self.layer {
            Some(Layer::Chooser(cursor)) => {
                let cursor = *cursor;
                self.chooser_key(key, cursor)
            }
            Some(Layer::Reason { .. }) => self.reason_key(key),
            Some(Layer::Ballot { .. }) => self.ballot_key(key),
            Some(Layer::Reveal { .. }) => self.reveal_key(key),
            Some(Layer::Timeline(_)) => self.timeline_key(key),
            Some(Layer::Notes(_)) => self.notes_key(key),
            Some(Layer::Facilitator) => self.console_key(key),
            None => None,
        }
    }

    /// Draws what stands over the exercise; where the cursor is.
    pub(super) fn draw_layer(
        &self,
        buf: &mut Buffer,
        area: Rect,
        theme: Theme,
    ) -> Option<Position> {
        let columns = usize::from(area.width).min(84) - 8;
        let scroll = Scroll::default();
        if self.overlay.is_none()
            && matches!(self.layer, Some(Layer::Timeline(_) | Layer::Notes(_)))
        {
            self.hits.add(area, ExerciseTarget::Layer);
        }
        let (title, drawn) = match self.layer.as_ref()? {
            Layer::Chooser(cursor) => {
                let lines = self.chooser_lines(theme, columns, *cursor);
                let drawn = Drawn {
                    lines,
                    cursor: Some((*cursor, 0)),
                    end: None,
                };
                ("Whose view?".to_owned(), drawn)
            }
            Layer::Reason { decision, option } => {
                let form = self.told.drafts.reasons.get(decision)?;
                let label = self.label(decision, option);
                let drawn = form.drawn(theme, columns);
                let title = "Who decides, and why?".to_owned();
                (title, headed(&label, drawn, theme, columns))
            }
            Layer::Ballot {
                decision,
                option,
                form,
            } => {
                let label = self.label(decision, option);
                let drawn = form.drawn(theme, columns);
                let title = "Your vote, hidden from the others".to_owned();
                (title, headed(&label, drawn, theme, columns))
            }
            Layer::Reveal { decision } => {
                let stands = self.vote_says(decision).unwrap_or_default();
                let lines = wrap(&stands, columns).into_iter().map(Line::raw);
                let drawn = Drawn::plain(lines.collect());
                ("Show the votes now?".to_owned(), drawn)
            }
            Layer::Timeline(timeline) => {
                let drawn = self.timeline_lines(timeline, theme, columns);
                let title = "Timeline";
                return in_dialog(buf, area, theme, (title, columns), &drawn, &timeline.scroll);
            }
            Layer::Notes(list) => return self.draw_notes(list, buf, area, theme),
            Layer::Facilitator => return None,
        };
        in_dialog(buf, area, theme, (&title, columns), &drawn, &scroll)
    }

    /// The label of an option of an open decision.
    fn label(&self, decision: &str, option: &str) -> String {
        let mut decisions = self.view.decisions.iter();
        let decision = decisions.find(|it| it.id == decision);
        let mut options = decision.into_iter().flat_map(|it| &it.options);
        let option = options.find(|it| it.id == option);
        option.map_or(String::new(), |it| quoted(&it.label))
    }
}

/// Lines below what they are about.
pub(super) fn headed(head: &str, drawn: Drawn, theme: Theme, columns: usize) -> Drawn {
    let mut lines: Vec<Line> = wrap(head, columns)
        .into_iter()
        .map(|text| Line::styled(text, theme.strong()))
        .collect();
    lines.push(Line::default());
    let top = lines.len();
    lines.extend(drawn.lines);
    Drawn {
        lines,
        cursor: drawn.cursor.map(|(line, column)| (line + top, column)),
        end: drawn.end.map(|line| line + top),
    }
}

/// A dialog as wide as it needs, but steady while something is typed in it.
pub(super) fn in_dialog(
    buf: &mut Buffer,
    area: Rect,
    theme: Theme,
    (title, columns): (&str, usize),
    drawn: &Drawn,
    scroll: &Scroll,
) -> Option<Position> {
    let title = cut(title, columns);
    let wide = columns.max(width(&title));
    let inside = draw::dialog(buf, area, theme, &title, (wide, drawn.lines.len()));
    form::put(buf, inside, theme, drawn, scroll)
}
