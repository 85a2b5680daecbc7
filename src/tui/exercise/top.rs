//! Whatever stands on top of a seat's screen and takes every key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::Key;
use crate::tui::draw::Scroll;
use crate::tui::ending::EndingScreen;
use crate::tui::exercise::actions::ActionList;
use crate::tui::exercise::ballot::{BallotDialog, RevealDialog};
use crate::tui::exercise::console::Console;
use crate::tui::exercise::facts::{LitScene, RoomFacts, Scene};
use crate::tui::exercise::notes::NoteList;
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget, KeyOutcome, Opening};
use crate::tui::exercise::reason::ReasonDialog;
use crate::tui::exercise::seat::SeatScreen;
use crate::tui::exercise::seats::{SeatChooser, curtain_key};
use crate::tui::exercise::sheet::Sheet;
use crate::tui::exercise::timeline::Timeline;
use crate::tui::field::TextField;
use crate::tui::form;
use crate::tui::hits::MouseAction;

/// Some of these stand above others: a message above the timeline, help above the console.
#[derive(Debug)]
pub(super) enum Top {
    /// How it came out, in place of the seat's screen.
    Ending(Box<EndingScreen>),
    /// The view may be another person's: nothing of it is shown.
    Curtain,
    /// The facilitator's screen. What is typed there outlives it, so it is kept elsewhere.
    Console,
    Sheet(Sheet),
    Actions(ActionList),
    Chooser(SeatChooser),
    Reason(ReasonDialog),
    Ballot(BallotDialog),
    Reveal(RevealDialog),
    Timeline(Timeline),
    Notes(NoteList),
}

type Keys = &'static [(&'static str, &'static str)];

impl Top {
    pub(super) fn new(
        opening: Opening,
        seat: &mut SeatScreen,
        console: &mut Console,
        facts: &RoomFacts,
    ) -> Top {
        match opening {
            Opening::Sheet(kind) => Top::Sheet(Sheet::new(kind)),
            Opening::Actions(marked) => Top::Actions(ActionList::new(marked)),
            Opening::Chooser(marked) => Top::Chooser(SeatChooser { marked }),
            Opening::Reason(marked) => {
                Top::Reason(ReasonDialog::new(marked, &mut seat.drafts, facts))
            }
            Opening::Ballot(marked) => Top::Ballot(BallotDialog::new(marked)),
            Opening::Reveal(decision) => Top::Reveal(RevealDialog { decision }),
            Opening::Timeline { ended } => Top::Timeline(Timeline::new(ended)),
            Opening::Notes => Top::Notes(NoteList::default()),
            Opening::Console => {
                console.shut(&seat.view, seat.question.place());
                Top::Console
            }
            Opening::Ending => {
                let scorecard = facts.scorecard.clone().unwrap_or_default();
                let stopped = facts.stopped.clone();
                let mut ending = EndingScreen::new(&seat.view, scorecard, stopped);
                if let Some(account) = &facts.account {
                    ending.take_account(account.clone());
                }
                Top::Ending(Box::new(ending))
            }
        }
    }

    /// Whether it hides all that lies below it.
    pub(super) fn hides_all(&self) -> bool {
        matches!(self, Top::Ending(_) | Top::Curtain | Top::Console)
    }

    /// Whether a new view or an answer closes it.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Top::Sheet(_) | Top::Actions(_))
    }

    /// The open decision that it is about, by id: it closes with it.
    pub(super) fn decision(&self) -> Option<&str> {
        match self {
            Top::Reason(it) => Some(&it.marked.decision),
            Top::Ballot(it) => Some(&it.marked.decision),
            Top::Reveal(it) => Some(&it.decision),
            _ => None,
        }
    }

    pub(super) fn key(
        &mut self,
        key: Key,
        seat: &mut SeatScreen,
        console: &mut Console,
        facts: &RoomFacts,
    ) -> KeyOutcome {
        let (view, drafts) = (&seat.view, &mut seat.drafts);
        let scene = Scene { view, facts };
        match self {
            Top::Ending(ending) => ending_key(key, ending, scene),
            Top::Curtain => curtain_key(key, facts),
            Top::Console => console.key(key, scene),
            Top::Sheet(it) => it.key(key, scene),
            Top::Actions(it) => it.key(key, scene.view),
            Top::Chooser(it) => it.key(key, facts),
            Top::Reason(it) => it.key(key, drafts, facts),
            Top::Ballot(it) => it.key(key),
            Top::Reveal(it) => it.key(key),
            Top::Timeline(it) => it.key(key, scene),
            Top::Notes(it) => it.key(key, drafts, facts),
        }
    }

    /// The field that is open here.
    pub(super) fn field<'a>(
        &mut self,
        seat: &'a mut SeatScreen,
        console: &'a mut Console,
        facts: &RoomFacts,
    ) -> Option<&'a mut TextField> {
        match self {
            Top::Console => console.field(),
            Top::Reason(it) => it.field(&mut seat.drafts),
            Top::Notes(_) if !facts.history => Some(&mut seat.drafts.note),
            _ => None,
        }
    }

    /// Takes a click on one of its own parts.
    pub(super) fn click(&mut self, target: ExerciseTarget) {
        if let (Top::Actions(it), ExerciseTarget::Action(action)) = (self, target) {
            it.click(action);
        }
    }

    pub(super) fn wheel(&mut self, turn: MouseAction, console: &Console, scene: Scene) {
        match self {
            Top::Console => console.scroll.wheel(turn),
            Top::Sheet(it) => it.wheel(turn, scene),
            Top::Actions(it) => it.scroll.wheel(turn),
            Top::Timeline(it) => it.scroll.wheel(turn),
            Top::Notes(it) => it.wheel(turn),
            _ => {}
        }
    }

    /// Draws it over what lies below; those that hide all of that are drawn by the screen itself.
    pub(super) fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (seat, scene): (&SeatScreen, LitScene),
        hits: &ExerciseHits,
    ) {
        let columns = form::dialog_columns(area);
        let (title, lines) = match self {
            Top::Ending(_) | Top::Curtain | Top::Console => return,
            Top::Sheet(it) => return it.draw(buf, area, (seat, scene), hits),
            Top::Actions(it) => return it.draw(buf, area, scene, hits),
            Top::Notes(it) => {
                hits.add(area, ExerciseTarget::Top);
                return hits.set_cursor(it.draw(buf, area, (scene, &seat.drafts)));
            }
            Top::Chooser(it) => ("Whose view?", it.lines(scene, columns)),
            Top::Reason(it) => {
                let lines = it.lines(scene, &seat.drafts, columns);
                ("Who decides, and why?", lines)
            }
            Top::Ballot(it) => {
                let lines = it.lines(scene, columns);
                ("Your vote, hidden from the others", lines)
            }
            Top::Reveal(it) => ("Show the votes now?", it.lines(scene.facts, columns)),
            Top::Timeline(it) => {
                hits.add(area, ExerciseTarget::Top);
                ("Timeline", it.lines(scene, &seat.inbox, columns))
            }
        };
        let steady = Scroll::default();
        let scroll = match self {
            Top::Timeline(it) => &it.scroll,
            _ => &steady,
        };
        let titled = (title, columns);
        let cursor = form::in_dialog(buf, area, scene.theme, titled, &lines, scroll);
        hits.set_cursor(cursor);
    }

    /// What stands above the keys while it is open.
    pub(super) fn says(&self, scene: Scene) -> Option<String> {
        match self {
            Top::Actions(it) => it.says(scene.view),
            _ => None,
        }
    }

    /// The keys that matter while it is open; a sheet leaves those of the screen below it.
    pub(super) fn keys(&self, facts: &RoomFacts) -> Option<Keys> {
        Some(match self {
            Top::Ending(_) | Top::Curtain | Top::Console | Top::Sheet(_) | Top::Actions(_) => {
                return None;
            }
            Top::Chooser(_) => &[
                ("1-9", "seat"),
                ("up/down", "mark"),
                ("Enter", "show"),
                ("Esc", "back"),
            ],
            Top::Reason(_) => &[
                ("Tab", "next"),
                ("Enter", "take it"),
                ("Esc", "back, the text is kept"),
            ],
            Top::Ballot(_) => &[("0-9", "how sure"), ("Enter", "vote"), ("Esc", "back")],
            Top::Reveal(_) => &[("Enter", "show the votes"), ("Esc", "not yet")],
            Top::Timeline(_) => &[
                ("up/down", "go through it"),
                ("Enter", "open a message"),
                ("Esc", "back"),
            ],
            Top::Notes(_) if facts.history => &[("PgUp/PgDn", "scroll"), ("Esc", "back")],
            Top::Notes(_) => &[
                ("Enter", "write down"),
                ("PgUp/PgDn", "scroll"),
                ("Esc", "back, the text is kept"),
            ],
        })
    }
}

/// A key on the screen that says how it came out.
fn ending_key(key: Key, ending: &EndingScreen, scene: Scene) -> KeyOutcome {
    match key {
        Key::Char('i') if scene.over() => KeyOutcome::Close,
        Key::Char('t') => KeyOutcome::Open(Opening::Timeline { ended: true }),
        Key::Char('n') => KeyOutcome::Open(Opening::Notes),
        Key::Char('f') if !scene.facts.history => KeyOutcome::Open(Opening::Console),
        other => ending.key(other).map_or(KeyOutcome::Stay, KeyOutcome::Ask),
    }
}
