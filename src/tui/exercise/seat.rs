//! Everything on screen that belongs to one seat, as one value: a change of seats takes all of it away at once.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::front::seats::SeatView;
use crate::front::sentences;
use crate::front::view::{OpenDecision, View};
use crate::front::{MoveById, Request};
use crate::tui::Key;
use crate::tui::exercise::drafts::Drafts;
use crate::tui::exercise::facts::{LitScene, RoomFacts, Scene, seat_name};
use crate::tui::exercise::inbox::InboxPane;
use crate::tui::exercise::outcome::{ExerciseHits, ExerciseTarget, KeyOutcome, Opening, SheetKind};
use crate::tui::exercise::panes::{self, Panes};
use crate::tui::exercise::question::{QuestionPane, SaidDeadlines, waiting_may_pass};
use crate::words;

/// The screen of one seat: what it may know, what it has read, marked and typed.
#[derive(Debug, Default)]
pub(super) struct SeatScreen {
    /// Empty until the first one comes.
    pub(super) view: View,
    pub(super) inbox: InboxPane,
    pub(super) question: QuestionPane,
    pub(super) drafts: Drafts,
    said: SaidDeadlines,
    /// A move of this seat was asked for, and the view that follows has not come yet.
    pub(super) moved: bool,
    /// A vote of this seat was asked for, and how the vote stands has not come yet.
    pub(super) voted: bool,
    /// It may take back its latest move.
    pub(super) may_take_back: bool,
}

impl SeatScreen {
    /// Takes a new view and says which moves are no longer in it. The newest unread message is opened; after a move
    /// of this seat a question that came with the view is shown.
    pub(super) fn see(&mut self, mut view: View) -> Vec<String> {
        let old = &self.view;
        let shown = self.question.decision(old).map(|it| it.id.clone());
        let since = view.since;
        let both = old.inbox.iter().skip(since.messages).zip(&view.inbox);
        let known = since.messages + both.take_while(|(old, new)| old == new).count();
        let is_new = |it: &OpenDecision| !old.decisions.iter().any(|old| old.id == it.id);
        let fresh = view
            .decisions
            .iter()
            .position(|it| self.moved && is_new(it));
        let gone = old.moves.iter().skip(since.moves + view.moves.len());
        let gone = gone.map(|it| it.what.clone()).collect();
        self.moved = false;
        view.follow(&mut self.view);
        self.inbox.see(&view, known);
        let place = |id: String| view.decisions.iter().position(|it| it.id == id);
        let place = fresh.or_else(|| shown.and_then(place)).unwrap_or(0);
        self.question.unmark();
        self.question.show(place);
        let news = view.inbox.len() > known;
        self.view = view;
        if let Some(newest) = self.inbox.newest_unread().filter(|_| news) {
            self.select(newest);
        }
        gone
    }

    /// Another seat comes on screen. What was read and typed is there when this one comes back.
    pub(super) fn leave(&mut self) {
        self.question.unmark();
        (self.moved, self.voted) = (false, false);
        self.inbox.rewind();
    }

    /// A move was refused.
    pub(super) fn refuse(&mut self) {
        self.question.unmark();
        (self.moved, self.voted) = (false, false);
        self.drafts.restore();
    }

    /// Opens a message. Read for the first time, it brings the question that it asks.
    pub(super) fn select(&mut self, message: usize) {
        let Some(asks) = self.view.inbox.get(message).map(|it| &it.asks) else {
            return;
        };
        let asked = |it: &OpenDecision| !asks.is_empty() && it.id == *asks;
        if self.inbox.open(message)
            && let Some(place) = self.view.decisions.iter().position(asked)
        {
            self.question.show(place);
        }
    }

    pub(super) fn key(&mut self, key: Key, facts: &RoomFacts) -> KeyOutcome {
        if let Some(outcome) = self.inbox.key(key, &self.view) {
            return outcome;
        }
        let view = &self.view;
        let scene = Scene { view, facts };
        let sheet = |kind| KeyOutcome::Open(Opening::Sheet(kind));
        match key {
            Key::Char('v') => sheet(SheetKind::Message),
            Key::Char('m') => sheet(SheetKind::Marks),
            Key::Char('s') => sheet(SheetKind::Situation),
            Key::Char('d') => sheet(SheetKind::Decision),
            Key::Char('?') => sheet(SheetKind::Help),
            Key::Char('q') => sheet(SheetKind::Leave),
            Key::Char('t') => KeyOutcome::Open(Opening::Timeline { ended: false }),
            Key::Char('n') => KeyOutcome::Open(Opening::Notes),
            Key::Char('x') => facts.change_seat(),
            Key::Char('f') if !facts.history => KeyOutcome::Open(Opening::Console),
            Key::Enter | Key::Char(' ') if scene.over() => KeyOutcome::Open(Opening::Ending),
            Key::Enter | Key::Char(' ') if facts.history => match facts.next {
                Some(_) => KeyOutcome::Ask(Request::Step),
                None => KeyOutcome::say(sentences::LAST_STEP),
            },
            Key::Char('a') if scene.playing() => KeyOutcome::Open(Opening::Actions(None)),
            Key::Char('w') if scene.playing() => match self.said.before_wait(scene) {
                Some(said) => KeyOutcome::Say(said),
                None => KeyOutcome::Ask(Request::Move(MoveById::Wait)),
            },
            Key::Char('u') if scene.playing() => KeyOutcome::Ask(Request::TakeBack),
            other => self.question.key(other, scene),
        }
    }

    /// Shows what a search finds now.
    pub(super) fn narrow(&mut self) {
        self.inbox.narrow(&self.view);
    }

    pub(super) fn click(&mut self, target: ExerciseTarget) -> KeyOutcome {
        match target {
            ExerciseTarget::Message(place) => self.inbox.click(place),
            ExerciseTarget::Option(number) => self.question.click(number, &self.view),
            ExerciseTarget::Act(number) => {
                let known = number < self.view.actions.len();
                KeyOutcome::Open(Opening::Actions(known.then_some(number)))
            }
            _ => KeyOutcome::Stay,
        }
    }

    /// What stands above the keys if nothing else has to be said.
    pub(super) fn says(&self, scene: LitScene) -> Option<(String, Style)> {
        let theme = scene.theme;
        if !scene.playing() {
            return None;
        }
        let marked = self.question.says(scene.view);
        let marked = marked.map(|says| (says, theme.strong()));
        marked
            .or_else(|| Some((still_missing(scene.facts)?, theme.notice())))
            .or_else(|| Some((waiting_may_pass(scene.view)?, theme.quiet())))
    }

    /// The keys that matter now, the first ones most. While something is open on top, they are not those of what is
    /// marked.
    pub(super) fn keys(&self, scene: Scene, covered: bool) -> Vec<(&'static str, &'static str)> {
        let (facts, playing) = (scene.facts, scene.playing());
        if self.inbox.is_searching() {
            return vec![
                ("Enter", "open it"),
                ("up/down", "go through"),
                ("Esc", "back"),
            ];
        }
        let mut keys = Vec::new();
        if playing && self.question.picked().is_some() && !covered {
            keys.extend([("Enter", "take"), ("y", "say why and take")]);
            if facts.several() {
                keys.push(("b", "vote, hidden"));
            }
            keys.extend([("Esc", "leave it"), ("?", "help"), ("q", "leave")]);
            return keys;
        }
        if playing {
            if !scene.view.decisions.is_empty() {
                keys.push(("1-9", "choose"));
            }
            keys.extend([("a", "act"), ("w", "wait")]);
            if self.may_take_back {
                keys.push(("u", "take back"));
            }
        } else {
            let next = if scene.over() { "points" } else { "next step" };
            keys.push(("Enter", next));
        }
        if facts.several() {
            keys.push(("x", "seat"));
        }
        if self.inbox.unread() > 0 {
            keys.push(("i", "new"));
        }
        keys.extend([("t", "timeline"), ("n", "notes")]);
        if scene.view.decisions.len() > 1 {
            keys.push(("Tab", "next question"));
        }
        if !facts.history {
            keys.push(("f", "facilitator"));
        }
        keys.extend([
            ("PgDn", "scroll"),
            ("v", "view"),
            ("m", "marks"),
            ("/", "search"),
            ("?", "help"),
            ("q", "leave"),
        ]);
        keys
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, scene: LitScene, hits: &ExerciseHits) {
        let [inbox, rest @ ..] = &panes::columns(area)[..] else {
            return;
        };
        self.inbox.draw(buf, *inbox, scene, hits);
        let panes = Panes {
            scene,
            question: &self.question,
            searching: self.inbox.is_searching(),
        };
        panes.draw(buf, rest, hits);
    }
}

/// For whom a seat that is ready waits.
fn still_missing(facts: &RoomFacts) -> Option<String> {
    let ready = facts.seat().is_some_and(|it| it.ready);
    if !facts.several() || !ready {
        return None;
    }
    let seats: &[SeatView] = &facts.seats.seats;
    let missing = seats.iter().filter(|it| !it.ready);
    let missing: Vec<String> = missing.map(seat_name).collect();
    let verb = words::plural(missing.len() as i64, "is", "are");
    (!missing.is_empty()).then(|| {
        let missing = words::list(&missing);
        format!("Ready. Time passes once {missing} {verb} ready too; x: next seat.")
    })
}
