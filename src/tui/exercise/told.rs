//! What a room tells beyond the view: seats, notes, pauses, countdowns, what was taken back.

use std::collections::BTreeMap;

use crate::front::facilitate::Countdown;
use crate::front::seats::{Note, Seats};
use crate::front::view::{OpenDecision, View};
use crate::front::{Msg, Reckoning, Request, TakenBack};
use crate::tui::exercise::console::Console;
use crate::tui::exercise::seats::{Drafts, SeatScreen};
use crate::tui::exercise::votes::Votes;
use crate::tui::exercise::{ExerciseScreen, Layer, quoted};
use crate::tui::field::TextField;
use crate::tui::form::Form;
use crate::words;

/// Everything that was told, and what was typed for an answer.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) seats: Seats,
    /// What the other seats had read and typed, by their place.
    pub(super) kept: BTreeMap<usize, SeatScreen>,
    /// Of the current seat.
    pub(super) drafts: Drafts,
    pub(super) notes: Vec<Note>,
    pub(super) votes: Votes,
    pub(super) paused: bool,
    /// The view may be another person's: nothing of it is shown.
    pub(super) curtain: bool,
    /// A vote was asked for, and how it stands has not come yet.
    pub(super) voting: bool,
    pub(super) countdowns: Vec<Countdown>,
    /// The facilitator ended the exercise, for this reason.
    pub(super) stopped: Option<String>,
    /// How far the balance is, once the exercise is over.
    pub(super) reckoning: Option<Reckoning>,
    pub(super) console: Console,
    /// What was sent last: it comes back where it is refused.
    sent: Option<Sent>,
    /// How many moves were taken back, to be said with the view that follows.
    later: Option<usize>,
    /// Said to the team once the facilitator's screen is left.
    aside: Option<String>,
}

/// A form whose answer is still to come.
#[derive(Debug)]
pub(super) enum Sent {
    Note(TextField),
    Reason(String, Form),
    Inject(Form),
    Observation(Form),
    Stop(TextField),
}

impl ExerciseScreen {
    /// Takes what is not a view; may ask for the facilitator's panel anew.
    pub(in crate::tui) fn tell(&mut self, msg: Msg) -> Option<Request> {
        match msg {
            Msg::Seats(seats) => self.seated(seats),
            Msg::TakenBack(it) => self.taken_back(&it),
            Msg::Note(note) => self.told.notes.push(note),
            Msg::Vote(vote) => self.voted(vote),
            Msg::Paused(paused) => {
                self.told.paused = paused;
                self.notice = None;
            }
            Msg::Countdowns(them) => self.told.countdowns = them,
            Msg::Panel(panel) => self.told.console.know(*panel),
            Msg::Leads(leads) => self.told.console.lead(leads),
            Msg::Stopped(why) => {
                self.told.stopped = Some(why);
                if self.ending.is_some() {
                    self.open_ending();
                }
            }
            _ => {}
        }
        None
    }

    fn taken_back(&mut self, it: &TakenBack) {
        self.scorecard = None;
        self.ending = None;
        self.told.stopped = None;
        self.told.reckoning = None;
        self.told.votes.taken_back();
        self.told.later = Some(it.moves.len()).filter(|moves| *moves > 0);
    }

    /// What a new view changes here, where these deeds are no longer in it: what is typed stays, what it was typed for may be gone.
    pub(super) fn settle(&mut self, undone: &[String]) {
        let asked: Vec<&str> = self
            .view
            .decisions
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        self.told.votes.settle(&self.view, self.told.seats.current);
        let moves = self.told.later.take();
        self.notice = moves.map(|moves| self.undone(moves, undone));
        if self.facilitated() {
            self.told.aside.clone_from(&self.notice);
        }
        let gone = match &self.layer {
            Some(Layer::Reason { decision, .. } | Layer::Ballot { decision, .. }) => {
                !asked.contains(&decision.as_str())
            }
            Some(Layer::Reveal { decision }) => !asked.contains(&decision.as_str()),
            _ => false,
        };
        if gone {
            self.layer = None;
            let closed = "That question has closed meanwhile; nothing was sent.";
            self.notice.get_or_insert_with(|| closed.to_owned());
        }
    }

    fn undone(&self, moves: usize, undone: &[String]) -> String {
        let count = words::count(moves as i64, "move was", "moves were");
        let what = match undone {
            [] => String::new(),
            [one] => format!(": {}", quoted(one)),
            [first, .., last] => format!(": from {} to {}", quoted(first), quoted(last)),
        };
        let now = &self.view.now;
        format!(
            "{count} taken back{what}. It is {} {} again.",
            now.date, now.time
        )
    }

    /// What a new view leads the facilitator's panel to ask.
    pub(in crate::tui) fn refresh(&mut self) -> Option<Request> {
        self.told.console.stale();
        let open = matches!(self.layer, Some(Layer::Facilitator));
        (open && self.told.console.entered()).then(Console::ask)
    }

    /// Leaves the facilitator's screen; the team is told what it missed.
    pub(super) fn leave_console(&mut self) {
        self.layer = None;
        self.notice = self.told.aside.take();
    }

    /// Remembers what was sent until the next key.
    pub(super) fn send(&mut self, sent: Sent) {
        self.told.sent = Some(sent);
    }

    /// The answer has come.
    pub(super) fn forget_sent(&mut self) {
        self.told.sent = None;
    }

    /// What was sent was not taken: it stands in its form again.
    pub(in crate::tui) fn give_back(&mut self) {
        let console = &mut self.told.console;
        match self.told.sent.take() {
            Some(Sent::Note(field)) => self.told.drafts.note = field,
            Some(Sent::Reason(decision, form)) => {
                self.told.drafts.reasons.insert(decision, form);
            }
            Some(Sent::Inject(form)) => console.inject = Some(form),
            Some(Sent::Observation(form)) => console.observe = Some(form),
            Some(Sent::Stop(field)) => console.stop = field,
            None => {}
        }
    }

    /// What is said instead of a move while everything stands still.
    pub(super) fn stands_still(&mut self) -> bool {
        if self.history {
            // What is shown again goes on with its steps, the end of the pause among them.
            return false;
        }
        if self.told.paused {
            self.notice = Some(
                "PAUSED: nothing moves until the facilitator goes on. What you typed is kept."
                    .to_owned(),
            );
        }
        self.told.paused
    }

    /// The seconds left of a countdown.
    pub(super) fn countdown(&self, decision: &str) -> Option<u32> {
        let running = self.told.countdowns.iter();
        let mut running = running.filter(|it| it.decision == decision);
        running.next().map(|it| it.seconds)
    }

    /// The countdown that ends first among the questions that are not on screen, with its number.
    pub(super) fn other_countdown(&self) -> Option<(usize, u32)> {
        let number = |(place, it): (usize, &OpenDecision)| {
            (place != self.asked).then_some(())?;
            Some((self.countdown(&it.id)?, place + 1))
        };
        let others = self.view.decisions.iter().enumerate().filter_map(number);
        others.min().map(|(seconds, place)| (place, seconds))
    }
}

/// How many messages two views begin with alike: so many stay read.
pub(super) fn alike(old: &View, new: &View) -> usize {
    let both = old.inbox.iter().zip(&new.inbox);
    both.take_while(|(old, new)| old == new).count()
}

/// Minutes and seconds, as in `4:59`; under a minute with a sign.
pub(super) fn clock(seconds: u32) -> String {
    let sign = if seconds < 60 { "! " } else { "" };
    format!("{sign}{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn under_a_minute_a_countdown_has_a_sign() {
        let all = [0, 9, 59, 60, 299, 7200].map(clock);
        assert_eq!(
            all,
            ["! 0:00", "! 0:09", "! 0:59", "1:00", "4:59", "120:00"]
        );
    }
}
