//! The exercise: a seat's screen, what stands on top of it, and the messages and keys that change them.
//!
//! Each part of the screen owns its fields, takes its keys and draws itself. What a key does beyond that part it says
//! with an [`KeyOutcome`], and [`ExerciseScreen`] does it.

mod actions;
mod ballot;
mod choices;
mod console;
mod drafts;
mod facts;
mod inbox;
mod notes;
mod outcome;
mod panes;
mod phrases;
mod question;
mod reason;
mod seat;
mod seats;
mod sheet;
mod timeline;
mod top;
mod trend;
mod votes;

use std::cell::Cell;
use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use crate::front::facilitate::Facilitate;
use crate::front::review::Scorecard;
use crate::front::seats::{Seats, Vote};
use crate::front::text::cut;
use crate::front::view::{Stamp, View};
use crate::front::{AccountProgress, Msg, Request, TakenBack};
use crate::tui::Key;
use crate::tui::draw;
use crate::tui::field::TextField;
use crate::tui::hits::{Mouse, MouseAction};
use crate::tui::theme::Theme;
use crate::words;
use console::Console;
use facts::{LitScene, PAUSED, RoomFacts, Scene};
use outcome::{ExerciseHits, ExerciseTarget, KeyOutcome, Opening, SheetKind};
pub(super) use phrases::key_line;
use phrases::quoted;
use seat::SeatScreen;
use top::Top;

/// The screen of a running exercise, and of one that is over.
#[derive(Debug, Default)]
pub(super) struct ExerciseScreen {
    facts: RoomFacts,
    /// The seat on screen.
    seat: SeatScreen,
    /// The screens of the other seats that were shown before, by their place.
    away: BTreeMap<usize, SeatScreen>,
    console: Console,
    /// What stands over the seat's screen. The last one takes every key.
    tops: Vec<Top>,
    notice: Option<String>,
    /// How many moves were taken back, to be said with the view that follows.
    taken_back: Option<usize>,
    /// Whether it was drawn, or took a key: somebody has begun to read.
    met: Cell<bool>,
    hits: ExerciseHits,
}

impl ExerciseScreen {
    pub(super) fn new(history: bool, waits_at_once: bool) -> ExerciseScreen {
        let facts = RoomFacts {
            history,
            waits_at_once,
            ..RoomFacts::default()
        };
        ExerciseScreen {
            facts,
            ..ExerciseScreen::default()
        }
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            view: &self.seat.view,
            facts: &self.facts,
        }
    }

    /// Takes a message; may ask for the facilitator's panel anew.
    pub(super) fn update(&mut self, msg: Msg) -> Option<Request> {
        match msg {
            Msg::View(view) => {
                self.see(*view);
                self.console.forget_leads();
                let asks = self.facilitated() && self.console.entered();
                return asks.then_some(Request::Facilitate(Facilitate::Panel));
            }
            Msg::Scorecard(scorecard) => self.close(scorecard),
            Msg::Account(account) => self.take_account(account),
            Msg::Next(step) => self.facts.next = step,
            Msg::Refused(why) => self.refuse(why),
            // While an exercise is resumed, everything comes in one go; what comes later is news.
            Msg::Made(..) if !self.met.get() => self.seat.inbox.read_all(),
            Msg::Seats(seats) => self.change_seats(seats),
            Msg::TakenBack(it) => self.take_back(&it),
            Msg::MayTakeBack(may) => self.seat.may_take_back = may,
            Msg::Note(note) => self.facts.notes.push(note),
            Msg::Vote(vote) => self.count_vote(vote),
            Msg::Paused(paused) => {
                self.facts.paused = paused;
                self.notice = None;
            }
            Msg::Countdowns(all) => self.facts.countdowns = all,
            Msg::Panel(panel) => self.console.see(*panel),
            Msg::Leads(leads) => self.console.see_leads(leads),
            Msg::Stopped(why) => {
                self.facts.stopped = Some(why);
                if self.tops.iter().any(|it| matches!(it, Top::Ending(_))) {
                    self.open_ending();
                }
            }
            _ => {}
        }
        None
    }

    /// Takes what is known now. What is typed stays, unless the question it was typed for has closed.
    fn see(&mut self, view: View) {
        let undone = self.seat.see(view);
        let view = &self.seat.view;
        // An account that came before this view was not that of a stop.
        let passing = |it: &Top| it.is_passing() || matches!(it, Top::Ending(_));
        self.tops.retain(|it| !passing(it));
        self.facts.votes.settle(view, self.facts.seats.current);
        let moves = self.taken_back.take();
        self.notice = moves.map(|moves| undone_words(moves, &undone, &view.now));
        let open = |id: &str| view.decisions.iter().any(|it| it.id == id);
        let before = self.tops.len();
        self.tops.retain(|it| it.decision().is_none_or(open));
        if self.facilitated() {
            self.console.aside.clone_from(&self.notice);
        }
        if self.tops.len() < before {
            let closed = "That question has closed meanwhile; nothing was sent.";
            self.notice.get_or_insert_with(|| closed.to_owned());
        }
    }

    fn refuse(&mut self, why: String) {
        self.tops.retain(|it| !it.is_passing());
        self.seat.refuse();
        self.console.restore();
        self.notice = Some(why);
    }

    /// What was asked for could not be recorded, and whoever asked let it be.
    pub(super) fn not_made(&mut self) {
        self.refuse("Your move could not be saved, so it was not made.".to_owned());
    }

    /// Takes every point so far: at ENDEX, or after a stop.
    fn close(&mut self, scorecard: Scorecard) {
        self.tops
            .retain(|it| matches!(it, Top::Ending(_) | Top::Curtain));
        self.facts.scorecard = Some(scorecard);
        if !self.scene().over() {
            self.open_ending();
        }
    }

    /// The ending and the points, in a few words, once they are known.
    pub(super) fn result(&self) -> Option<String> {
        let sum = self.facts.scorecard.as_ref()?.sum();
        let ending = self.seat.view.ending.as_ref();
        let title = ending.map_or("Stopped before ENDEX", |it| it.title.as_str());
        Some(format!("{title}: {sum}"))
    }

    /// The ending lies below everything else.
    fn open_ending(&mut self) {
        self.tops.retain(|it| !matches!(it, Top::Ending(_)));
        self.open(Opening::Ending);
        self.tops.rotate_right(1);
    }

    /// What moves cost is being worked out, or known.
    fn take_account(&mut self, account: AccountProgress) {
        for top in &mut self.tops {
            if let Top::Ending(ending) = top {
                ending.take_account(account.clone());
            }
        }
        self.facts.account = Some(account);
    }

    /// Takes who sits where. If another seat comes on screen, everything of the one before goes.
    fn change_seats(&mut self, seats: Seats) {
        let first = self.facts.seats.seats.is_empty();
        let old = std::mem::replace(&mut self.facts.seats, seats).current;
        let new = self.facts.seats.current;
        let turned = !first && old != new;
        if turned {
            let next = self.away.remove(&new).unwrap_or_default();
            let mut before = std::mem::replace(&mut self.seat, next);
            before.leave();
            self.away.insert(old, before);
            self.facts.votes.turn();
            self.notice = None;
        }
        // In a replay nobody has anything to hide.
        if self.facts.several() && !self.facts.history && (first || turned) {
            let facilitated = self.facilitated();
            self.tops.retain(|it| matches!(it, Top::Ending(_)));
            self.tops.push(Top::Curtain);
            self.tops.extend(facilitated.then_some(Top::Console));
        }
    }

    fn take_back(&mut self, it: &TakenBack) {
        self.tops.retain(|it| !matches!(it, Top::Ending(_)));
        let facts = &mut self.facts;
        (facts.scorecard, facts.stopped, facts.account) = (None, None, None);
        facts.votes.take_back(it.to);
        self.taken_back = Some(it.moves.len()).filter(|moves| *moves > 0);
    }

    fn count_vote(&mut self, vote: Vote) {
        if vote.ballots.is_none() && std::mem::take(&mut self.seat.voted) {
            let hidden = "Your vote is in. Nobody sees it before all votes are shown.";
            self.notice = Some(hidden.to_owned());
        }
        let seat = self.facts.seats.current;
        self.facts.votes.hear(vote, &self.seat.view, seat);
    }

    /// Whether the facilitator's screen stands in place of the exercise.
    fn facilitated(&self) -> bool {
        self.tops.iter().any(|it| matches!(it, Top::Console))
    }

    pub(super) fn key(&mut self, key: Key) -> Option<Request> {
        self.met.set(true);
        self.notice = None;
        // What was sent before this key was taken, or came back.
        self.seat.drafts.before = None;
        self.console.before = None;
        let outcome = match self.tops.last_mut() {
            Some(top) => top.key(key, &mut self.seat, &mut self.console, &self.facts),
            None => self.seat.key(key, &self.facts),
        };
        self.follow(outcome, key)
    }

    /// The field that takes what is typed now.
    pub(super) fn field(&mut self) -> Option<&mut TextField> {
        match self.tops.last_mut() {
            Some(top) => top.field(&mut self.seat, &mut self.console, &self.facts),
            None => self.seat.inbox.field(),
        }
    }

    /// Something was pasted; `said` is what there is to say of it.
    pub(super) fn pasted(&mut self, said: Option<&str>) {
        self.met.set(true);
        self.seat.narrow();
        self.notice = said.map(str::to_owned);
    }

    /// Does what a key leads to.
    fn follow(&mut self, outcome: KeyOutcome, key: Key) -> Option<Request> {
        match outcome {
            KeyOutcome::Stay => {}
            KeyOutcome::Say(text) => self.notice = Some(text),
            KeyOutcome::Close => {
                if let Some(Top::Console) = self.tops.pop() {
                    // What the team missed meanwhile.
                    self.notice = self.console.aside.take();
                }
            }
            KeyOutcome::Pass => {
                self.tops.pop();
                return self.key(key);
            }
            KeyOutcome::Open(opening) => self.open(opening),
            KeyOutcome::Select(message) => self.seat.select(message),
            KeyOutcome::OpenMessage(message) => {
                self.seat.select(message);
                self.open(Opening::Sheet(SheetKind::Message));
            }
            KeyOutcome::Ask(request) => return self.ask(request),
            KeyOutcome::CloseAsking(request) => {
                self.tops.pop();
                return self.ask(request);
            }
        }
        None
    }

    fn open(&mut self, opening: Opening) {
        let top = Top::new(opening, &mut self.seat, &mut self.console, &self.facts);
        self.tops.push(top);
    }

    /// Lets a request out, unless a pause stops it.
    fn ask(&mut self, request: Request) -> Option<Request> {
        match &request {
            Request::Move(_) | Request::Step if self.facts.stands_still() => {
                self.notice = Some(PAUSED.to_owned());
                return None;
            }
            Request::Move(_) | Request::Step | Request::Reasoned(..) => self.seat.moved = true,
            Request::Vote { .. } => {
                self.seat.voted = true;
                // What is marked would tell the next person at this screen.
                self.seat.question.unmark();
            }
            _ => {}
        }
        Some(request)
    }

    /// Takes a click or a turn of the wheel. A click never makes a move: it marks, and Enter takes.
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Option<Request> {
        if let Some(Top::Ending(ending)) = self.tops.last() {
            let key = ending.mouse(mouse)?;
            return self.key(key);
        }
        let wheel = mouse.action != MouseAction::Press;
        let target = self.hits.under(mouse, |it| it.scrolls() == wheel)?;
        match (target, self.tops.last_mut()) {
            (ExerciseTarget::Key(key), _) => return self.key(key),
            (_, Some(top)) if wheel => {
                let (view, facts) = (&self.seat.view, &self.facts);
                top.wheel(mouse.action, &self.console, Scene { view, facts });
            }
            (target, None) if wheel => self.seat.inbox.wheel(target, mouse.action),
            (ExerciseTarget::Option(_), Some(Top::Sheet(_))) => {
                // As its number does: the sheet closes, and the option is marked below it.
                self.notice = None;
                self.tops.pop();
                let outcome = self.seat.click(target);
                return self.follow(outcome, Key::Enter);
            }
            (target, Some(top)) => {
                self.notice = None;
                top.click(target);
            }
            (target, None) => {
                self.notice = None;
                let outcome = self.seat.click(target);
                return self.follow(outcome, Key::Enter);
            }
        }
        None
    }

    /// Where the terminal's cursor stands among what was drawn last: in what is typed, if anything is.
    pub(super) fn cursor(&self) -> Option<Position> {
        match self.tops.last() {
            Some(Top::Ending(ending)) => ending.cursor(),
            _ => self.hits.cursor(),
        }
    }

    pub(super) fn draw(&self, buf: &mut Buffer, area: Rect, theme: Theme) {
        let scene = LitScene {
            scene: self.scene(),
            theme,
        };
        self.met.set(true);
        self.hits.clear();
        let hidden = self.tops.iter().rposition(Top::hides_all);
        let above = &self.tops[hidden.map_or(0, |place| place + 1)..];
        let (rows, foot) = match hidden.map(|place| &self.tops[place]) {
            Some(Top::Console) => {
                let seen = (scene, self.notice.as_deref());
                self.console.draw(buf, area, seen, &self.hits);
                (1, Vec::new())
            }
            Some(Top::Ending(ending)) => {
                ending.draw(buf, area, theme);
                let foot = if above.is_empty() {
                    Vec::new()
                } else {
                    // The timeline and the notes belong to the talk about the points. The keys at the foot are theirs.
                    let rows = 1 + u16::from(self.notice.is_some());
                    let foot = Rect::new(area.x, area.bottom() - rows, area.width, rows);
                    Clear.render(foot, buf);
                    self.draw_foot(buf, area, scene).1
                };
                (1, foot)
            }
            curtain => {
                draw_header(buf, area, theme, &self.seat.view);
                let rows = 1 + seats::draw_status(buf, area, scene, false);
                let mut keys = Vec::new();
                if curtain.is_some() {
                    seats::draw_curtain(buf, area, scene, &self.hits);
                } else {
                    let (foot, places) = self.draw_foot(buf, area, scene);
                    let body = Rect {
                        y: area.y + rows,
                        height: area.height.saturating_sub(rows + foot),
                        ..area
                    };
                    self.seat.draw(buf, body, scene, &self.hits);
                    keys = places;
                }
                (rows, keys)
            }
        };
        if above.is_empty() {
            self.hits.keys(foot, ExerciseTarget::Key);
            return;
        }
        // Below its first rows, and above the row of the notice.
        let area = Rect {
            y: area.y + rows - 1,
            height: area.height - rows,
            ..area
        };
        for top in above {
            // It takes every click, and the cursor. The keys at the foot are its own, unless it is a sheet.
            self.hits.clear();
            if !top.is_passing() {
                self.hits.keys(foot.clone(), ExerciseTarget::Key);
            }
            top.draw(buf, area, (&self.seat, scene), &self.hits);
        }
    }

    /// Draws what is to be said, then the keys. Gives the rows they take, and where the keys stand.
    fn draw_foot(&self, buf: &mut Buffer, area: Rect, scene: LitScene) -> (u16, Vec<(Rect, Key)>) {
        let theme = scene.theme;
        let playing = scene.playing();
        let keys = self.tops.iter().rev().find_map(|it| it.keys(&self.facts));
        let open = self.tops.last().and_then(|it| it.says(*scene));
        let (said, style) = match (&self.notice, open) {
            (Some(notice), _) => (notice.clone(), theme.notice()),
            (None, Some(says)) => (says, theme.strong()),
            (None, None) if keys.is_some() => Default::default(),
            (None, None) => self.seat.says(scene).unwrap_or_default(),
        };
        let mut lines = match said.as_str() {
            "" => Vec::new(),
            said => draw::notice_lines(said, area.width),
        };
        if lines.len() > 3 {
            let columns = usize::from(area.width).saturating_sub(2);
            lines.truncate(3);
            lines[2] = cut(&format!("{}  …", lines[2]), columns);
        }
        if playing && lines.is_empty() {
            // The row stays, so that nothing jumps when it is needed.
            lines.push(String::new());
        }
        let rows = lines.len() as u16 + 1;
        for (line, y) in lines.iter().zip(area.bottom() - rows..) {
            buf.set_string(area.x + 1, y, line, style);
        }
        let covered = !self.tops.is_empty();
        let keys = keys.map_or_else(|| self.seat.keys(*scene, covered), <[_]>::to_vec);
        (rows, draw::foot(buf, area, theme, &keys))
    }
}

fn draw_header(buf: &mut Buffer, area: Rect, theme: Theme, view: &View) {
    let now = format!("{} {} {}", view.now.date, view.now.time, view.now.zone);
    let phase = &view.phase;
    let phase = format!("{} of {}  {}", phase.number, phase.of, phase.title);
    draw::header(buf, area, theme, [&view.title, &now, &phase]);
}

/// What is said after moves were taken back.
fn undone_words(moves: usize, undone: &[String], now: &Stamp) -> String {
    let count = words::count(moves as i64, "move was", "moves were");
    let what = match undone {
        [] => String::new(),
        [one] => format!(": {}", quoted(one)),
        [first, .., last] => format!(": from {} to {}", quoted(first), quoted(last)),
    };
    format!(
        "{count} taken back{what}. It is {} {} again.",
        now.date, now.time
    )
}
