//! The exercise: what one seat knows, what is asked, and the keys that answer.

mod decide;

mod inbox;

mod layout;

mod mouse;

mod overlay;

mod search;

pub(in crate::tui) mod situation;

mod trend;

mod told;

mod seats;

mod layer;

mod reason;

mod votes;

mod timeline;

mod notes;

mod console;

use std::cell::Cell;

use ratatui::layout::Position;

use crate::front::review::Scorecard;
use crate::front::view::{Choice, OpenDecision, View};
use crate::front::{MoveById, Reckoning, Request};
use crate::tui::Key;
use crate::tui::draw::Scroll;
use crate::tui::ending::EndingScreen;
use crate::tui::hits::Hits;
use crate::tui::marks::Cites;
pub(super) use decide::key_line;
use layer::Layer;
use mouse::ExerciseTarget;
use overlay::Overlay;
use search::Search;
use told::Told;
use told::alike;

/// The screen of a running exercise, and of one that is over.
#[derive(Debug)]
pub(super) struct ExerciseScreen {
    view: View,
    history: bool,
    /// In history: the next step in words; none when there is none left.
    next: Option<String>,
    /// Which messages were opened, by their place in the inbox.
    read: Vec<bool>,
    /// The message that is shown.
    selected: usize,
    text: Scroll,
    list: Scroll,
    /// The decision that is shown, by its place among the open ones.
    asked: usize,
    /// The option that is marked and waits for Enter.
    picked: Option<usize>,
    /// This seat asked for a move, and what it brought has not come yet.
    moved: bool,
    notice: Option<String>,
    overlay: Option<Overlay>,
    /// What takes every key but those of an overlay.
    layer: Option<Layer>,
    told: Told,
    /// Where the terminal's cursor stood in the latest drawing; none where nothing is typed.
    cursor: Cell<Option<Position>>,
    scorecard: Option<Scorecard>,
    /// Shown after ENDEX, once asked for; or at once after a stop.
    ending: Option<EndingScreen>,
    /// While messages are searched.
    search: Option<Search>,
    hits: Hits<ExerciseTarget>,
}

impl ExerciseScreen {
    pub(super) fn new(view: View, history: bool) -> ExerciseScreen {
        let mut exercise = ExerciseScreen {
            history,
            next: None,
            read: vec![false; view.inbox.len()],
            selected: 0,
            text: Scroll::default(),
            list: Scroll::default(),
            asked: 0,
            picked: None,
            moved: false,
            notice: None,
            overlay: None,
            layer: None,
            told: Told::default(),
            cursor: Cell::new(None),
            scorecard: None,
            ending: None,
            search: None,
            hits: Hits::default(),
            view,
        };
        exercise.next_unread();
        exercise
    }

    /// Takes what is known now. The newest message that was not read is opened; after a move of this seat a question
    /// that it brought is shown.
    pub(super) fn see(&mut self, view: View) {
        let shown = self.shown().map(|decision| decision.id.clone());
        let known = alike(&self.view, &view);
        let old = |it: &OpenDecision| self.view.decisions.iter().any(|old| old.id == it.id);
        let moved = std::mem::take(&mut self.moved);
        let fresh = view.decisions.iter().position(|it| moved && !old(it));
        let gone = self.view.deeds.iter().skip(view.deeds.len());
        let gone: Vec<String> = gone.map(|it| it.what.clone()).collect();
        self.view = view;
        self.read.truncate(known);
        self.read.resize(self.view.inbox.len(), false);
        self.selected = self.selected.min(self.view.inbox.len().saturating_sub(1));
        self.picked = None;
        self.overlay = None;
        self.settle(&gone);
        // An account that came before this view was not of a stop.
        self.ending = None;
        let place = |id: String| self.view.decisions.iter().position(|it| it.id == id);
        self.asked = fresh.or_else(|| shown.and_then(place)).unwrap_or(0);
        if self.view.inbox.len() > known {
            self.next_unread();
        }
    }

    /// What came so far was read before.
    pub(super) fn was_read(&mut self) {
        self.read.fill(true);
    }

    pub(super) fn announce(&mut self, step: Option<String>) {
        self.next = step;
    }

    pub(super) fn refuse(&mut self, why: String) {
        self.overlay = None;
        self.picked = None;
        self.moved = false;
        self.told.voting = false;
        self.give_back();
        self.notice = Some(why);
    }

    /// What was asked for could not be recorded, and whoever asked let it be.
    pub(super) fn not_made(&mut self) {
        self.refuse("Nothing was made: it could not be recorded. All is as before.".to_owned());
    }

    /// Every point so far is known: at ENDEX, or after a stop.
    pub(super) fn close(&mut self, scorecard: Scorecard) {
        self.overlay = None;
        self.layer = None;
        self.scorecard = Some(scorecard);
        if self.view.ending.is_none() {
            self.open_ending();
        }
    }

    /// The ending and the points, in a few words; none where there is no account.
    pub(super) fn outcome(&self) -> Option<String> {
        let sum = self.scorecard.as_ref()?.sum();
        let ending = self.view.ending.as_ref();
        let title = ending.map_or("Stopped before ENDEX", |it| it.title.as_str());
        Some(format!("{title}: {sum}"))
    }

    fn open_ending(&mut self) {
        let scorecard = self.scorecard.clone().unwrap_or_default();
        let stopped = self.told.stopped.clone();
        let mut ending = EndingScreen::new(&self.view, scorecard, stopped);
        if let Some(reckoning) = &self.told.reckoning {
            ending.reckon(reckoning.clone());
        }
        self.ending = Some(ending);
    }

    /// What moves cost is being worked out, or known.
    pub(super) fn reckon(&mut self, reckoning: Reckoning) {
        if let Some(ending) = &mut self.ending {
            ending.reckon(reckoning.clone());
        }
        self.told.reckoning = Some(reckoning);
    }

    /// The decision on screen.
    fn shown(&self) -> Option<&OpenDecision> {
        self.view.decisions.get(self.asked)
    }

    fn unread(&self) -> usize {
        self.read.iter().filter(|read| !**read).count()
    }

    fn select(&mut self, message: usize) {
        if message >= self.view.inbox.len() {
            return;
        }
        self.selected = message;
        self.text.reset();
        self.list.follow();
        let asks = &self.view.inbox[message].asks;
        let open = |it: &OpenDecision| !asks.is_empty() && it.id == *asks;
        let place = self.view.decisions.iter().position(open);
        if let Some(read) = self.read.get_mut(message)
            && !*read
        {
            *read = true;
            if let Some(place) = place {
                self.show_decision(place);
            }
        }
    }

    fn show_decision(&mut self, place: usize) {
        if place != self.asked {
            self.asked = place;
            self.picked = None;
        }
    }

    fn next_unread(&mut self) {
        if let Some(newest) = self.read.iter().rposition(|read| !*read) {
            self.select(newest);
        }
    }

    pub(super) fn key(&mut self, key: Key) -> Option<Request> {
        self.forget_sent();
        let asked = self.answer_key(key);
        if matches!(asked, Some(Request::Move(_) | Request::Step)) && self.stands_still() {
            return None;
        }
        self.moved |= matches!(
            asked,
            Some(Request::Move(_) | Request::Reasoned(..) | Request::Step)
        );
        asked
    }

    fn answer_key(&mut self, key: Key) -> Option<Request> {
        self.notice = None;
        if self.overlay.is_some() {
            return self.overlay_key(key);
        }
        if self.layer.is_some() {
            return self.layer_key(key);
        }
        if self.told.curtain {
            return self.curtain_key(key);
        }
        if let Some(ending) = &self.ending {
            return match key {
                Key::Char('i') if self.view.ending.is_some() => {
                    self.ending = None;
                    None
                }
                Key::Char('t') => {
                    self.open_timeline();
                    None
                }
                Key::Char('n') => {
                    self.open_notes();
                    None
                }
                Key::Char('f') if !self.history => {
                    self.knock();
                    None
                }
                other => ending.key(other),
            };
        }
        if self.search.is_some() {
            self.search_key(key);
            return None;
        }
        match key {
            Key::Up | Key::Char('k') => self.select(self.selected + 1),
            Key::Down | Key::Char('j') => self.select(self.selected.wrapping_sub(1)),
            Key::Home => self.select(self.view.inbox.len().wrapping_sub(1)),
            Key::End => self.select(0),
            Key::PageUp | Key::PageDown => {
                self.text.key(key);
            }
            Key::Char('i') if self.unread() == 0 => {
                self.notice = Some("Every message is read.".to_owned());
            }
            Key::Char('i') => self.next_unread(),
            Key::Char('/') => self.open_search(),
            Key::Char('v') => self.overlay = Some(Overlay::message()),
            Key::Char('m') => self.overlay = Some(Overlay::marks()),
            Key::Char('s') => self.overlay = Some(Overlay::situation()),
            Key::Char('d') => self.overlay = Some(Overlay::decision()),
            Key::Char('?') => self.overlay = Some(Overlay::help()),
            Key::Char('q') => self.overlay = Some(Overlay::leave()),
            Key::Char('t') => self.open_timeline(),
            Key::Char('n') => self.open_notes(),
            Key::Char('x') => return self.change_seat(),
            Key::Char('f') if !self.history => self.knock(),
            Key::Tab | Key::Right => self.turn(1),
            Key::BackTab | Key::Left => self.turn(self.view.decisions.len().saturating_sub(1)),
            Key::Enter | Key::Char(' ') if self.over() => self.open_ending(),
            Key::Enter | Key::Char(' ') if self.history => return self.step(),
            _ if self.over() || self.history => {}
            other => return self.move_key(other),
        }
        None
    }

    fn over(&self) -> bool {
        self.view.ending.is_some()
    }

    fn step(&mut self) -> Option<Request> {
        if self.next.is_none() {
            self.notice = Some("That was the last step.".to_owned());
            return None;
        }
        Some(Request::Step)
    }

    fn turn(&mut self, by: usize) {
        let count = self.view.decisions.len();
        if count > 1 {
            self.show_decision((self.asked + by) % count);
        }
    }

    fn move_key(&mut self, key: Key) -> Option<Request> {
        match key {
            Key::Char(digit @ '1'..='9') => {
                self.pick(digit as usize - '1' as usize);
                None
            }
            Key::Enter => self.commit(),
            Key::Esc => {
                self.picked = None;
                None
            }
            Key::Char('a') => {
                self.overlay = Some(Overlay::actions());
                None
            }
            Key::Char('w') => Some(Request::Move(MoveById::Wait)),
            Key::Char('y') => {
                self.explain();
                None
            }
            Key::Char('b') => {
                self.ballot();
                None
            }
            Key::Char('B') => self.reveal(),
            _ => None,
        }
    }

    /// Marks an option; an option that is barred says why instead.
    fn pick(&mut self, option: usize) {
        self.picked = None;
        let Some(decision) = self.shown() else {
            self.notice =
                Some("Nothing is asked of you now. Use w to wait, or a to act.".to_owned());
            return;
        };
        let Some(choice) = decision.options.get(option) else {
            let last = decision.options.len();
            self.notice = Some(format!("This question has options 1 to {last}."));
            return;
        };
        match &choice.barred {
            Some(why) => {
                self.notice = Some(format!("{}: {why}", quoted(&choice.label)));
            }
            None => self.picked = Some(option),
        }
    }

    fn commit(&mut self) -> Option<Request> {
        let Some(picked) = self.picked else {
            if self.shown().is_some() {
                self.notice =
                    Some("Mark an option with its number first; then Enter takes it.".to_owned());
            }
            return None;
        };
        let decision = self.shown()?;
        let option = decision.options.get(picked)?;
        Some(Request::Move(MoveById::Choose(
            decision.id.clone(),
            option.id.clone(),
        )))
    }

    /// What a wait may pass: the open decision that closes first, by its number where there are several.
    fn waiting_may_pass(&self) -> Option<String> {
        let count = self.view.decisions.len();
        let closing = |(place, it): (usize, &'_ OpenDecision)| {
            let minute = it.closes.as_ref()?.minute;
            Some((minute, place))
        };
        let (_, place) = self
            .view
            .decisions
            .iter()
            .enumerate()
            .filter_map(closing)
            .min()?;
        let first = &self.view.decisions[place];
        let at = first.closes.as_ref()?;
        let time = short_time(&at.time, &at.date, &self.view.now.date);
        let default = quoted(&first.default);
        Some(if count > 1 {
            let number = place + 1;
            format!("Waiting past {time} takes {default} for question {number} of {count}.")
        } else {
            format!("Waiting past {time} takes {default}.")
        })
    }

    /// The standing actions as they are numbered: what can be done now, then what cannot.
    fn in_order(&self) -> Vec<&Choice> {
        let (can, barred): (Vec<&Choice>, Vec<&Choice>) =
            self.view.actions.iter().partition(|it| it.barred.is_none());
        can.into_iter().chain(barred).collect()
    }

    /// Whether what marks cite may be read: it tells how things went on.
    fn cites(&self) -> Cites {
        if self.history || self.over() {
            Cites::Shown
        } else {
            Cites::Kept
        }
    }
}

/// What Enter does to what is marked.
fn takes(what: &str, cost: &str) -> String {
    if cost.is_empty() {
        format!("Enter takes {what}, Esc leaves it.")
    } else {
        format!("Enter takes {what} ({cost}), Esc leaves it.")
    }
}

/// A label inside a sentence.
fn quoted(label: &str) -> String {
    format!("“{label}”")
}

/// The time of day where it is today, else with its day: `07:50`, `Fri 5 Aug 07:50`, `5 Jan 2023 07:50`.
fn short_time(time: &str, date: &str, today: &str) -> String {
    if date == today {
        return time.to_owned();
    }
    let year = |date: &str| date.rsplit(' ').next().unwrap_or_default().to_owned();
    if year(date) == year(today) {
        let day = date.rsplit_once(' ').map_or(date, |(day, _)| day);
        format!("{day} {time}")
    } else {
        let day = date.split_once(' ').map_or(date, |(_, day)| day);
        format!("{day} {time}")
    }
}

/// When a message came: the time where it is today, else the day, else month and year.
fn brief_time(time: &str, date: &str, today: &str) -> String {
    if date == today {
        return time.to_owned();
    }
    let parts: Vec<&str> = date.split(' ').collect();
    let now: Vec<&str> = today.split(' ').collect();
    match parts[..] {
        [_, day, month, year] if now.last() == Some(&year) => format!("{day} {month}"),
        [_, _, month, year] => format!("{month} {year}"),
        _ => time.to_owned(),
    }
}
