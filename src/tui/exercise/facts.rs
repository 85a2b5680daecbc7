//! What holds for every seat: what the room says of seats, notes, votes, pauses, countdowns and points.

use std::ops::Deref;

use crate::front::facilitate::Countdown;
use crate::front::review::Scorecard;
use crate::front::seats::{Note, SeatView, Seats};
use crate::front::view::View;
use crate::front::{AccountProgress, Request};
use crate::tui::exercise::outcome::{KeyOutcome, Opening};
use crate::tui::exercise::votes::Votes;
use crate::tui::marks::Cites;
use crate::tui::theme::Theme;

/// Said instead of a move during a pause.
pub(super) const PAUSED: &str =
    "PAUSED: nothing happens until the facilitator goes on. What you typed is kept.";

/// Everything the room has said besides the views.
#[derive(Debug, Default)]
pub(super) struct RoomFacts {
    /// What was played, or the record, is shown step by step.
    pub(super) history: bool,
    /// A wait that may pass a deadline is not announced first.
    pub(super) waits_at_once: bool,
    /// In history: the next step in words, if one is left.
    pub(super) next: Option<String>,
    pub(super) seats: Seats,
    pub(super) notes: Vec<Note>,
    pub(super) votes: Votes,
    pub(super) paused: bool,
    pub(super) countdowns: Vec<Countdown>,
    /// The facilitator ended the exercise, for this reason.
    pub(super) stopped: Option<String>,
    /// Every point so far: at ENDEX, or after a stop.
    pub(super) scorecard: Option<Scorecard>,
    /// The account, or how far it has been worked out, once the exercise is over.
    pub(super) account: Option<AccountProgress>,
}

/// What a part of the screen may look at besides its own fields.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) view: &'a View,
    pub(super) facts: &'a RoomFacts,
}

/// A scene, and the theme in which it is drawn.
#[derive(Clone, Copy)]
pub(super) struct LitScene<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) theme: Theme,
}

impl<'a> Deref for LitScene<'a> {
    type Target = Scene<'a>;

    fn deref(&self) -> &Scene<'a> {
        &self.scene
    }
}

impl<'a> Scene<'a> {
    /// Whether ENDEX has come.
    pub(super) fn over(self) -> bool {
        self.view.ending.is_some()
    }

    /// Whether moves can be made.
    pub(super) fn playing(self) -> bool {
        !self.facts.history && !self.over()
    }

    /// Whether what marks cite may be read: it says how things went on.
    pub(super) fn cites(self) -> Cites {
        if self.playing() {
            Cites::Hidden
        } else {
            Cites::Shown
        }
    }

    /// The label of an option of an open decision.
    pub(super) fn label(self, decision: &str, option: &str) -> &'a str {
        let mut decisions = self.view.decisions.iter();
        let decision = decisions.find(|it| it.id == decision);
        let mut options = decision.into_iter().flat_map(|it| &it.options);
        options
            .find(|it| it.id == option)
            .map_or("", |it| it.label.as_str())
    }
}

/// A seat in words: `Clinical safety officer (Anna)`.
pub(super) fn seat_name(seat: &SeatView) -> String {
    if seat.person.is_empty() {
        seat.title.clone()
    } else {
        format!("{} ({})", seat.title, seat.person)
    }
}

impl RoomFacts {
    /// Whether more than one seat shares the exercise.
    pub(super) fn several(&self) -> bool {
        self.seats.seats.len() > 1
    }

    /// The seat whose view is on screen.
    pub(super) fn seat(&self) -> Option<&SeatView> {
        self.seats.seats.get(self.seats.current)
    }

    /// The name of that seat; empty if it has none.
    pub(super) fn seat_name(&self) -> String {
        self.seat().map(seat_name).unwrap_or_default()
    }

    /// Who sits at the screen; empty if nobody is named.
    pub(super) fn person(&self) -> &str {
        self.seat().map_or("", |it| &it.person)
    }

    /// Who sits in the seat with this title; the title itself if nobody is named.
    pub(super) fn person_in<'a>(&'a self, title: &'a str) -> &'a str {
        let mut seats = self.seats.seats.iter();
        let seat = seats.find(|it| it.title == title || seat_name(it) == title);
        let seat = seat.filter(|it| !it.person.is_empty());
        seat.map_or(title, |it| it.person.as_str())
    }

    /// The seat after the one on screen, if there are several.
    pub(super) fn next_seat(&self) -> Option<usize> {
        self.several()
            .then(|| (self.seats.current + 1) % self.seats.seats.len())
    }

    /// To the next seat, or to a list of them if there are more than two.
    pub(super) fn change_seat(&self) -> KeyOutcome {
        match self.next_seat() {
            None => KeyOutcome::say(
                "One seat holds every role: everybody sits together at this screen.",
            ),
            Some(next) if self.seats.seats.len() == 2 => KeyOutcome::Ask(Request::Seat(next)),
            Some(next) => KeyOutcome::Open(Opening::Chooser(next)),
        }
    }

    /// Whether a pause stops moves. A replay goes on with its steps, the end of the pause among them.
    pub(super) fn stands_still(&self) -> bool {
        self.paused && !self.history
    }

    /// The seconds left of the countdown for a decision.
    pub(super) fn countdown(&self, decision: &str) -> Option<u32> {
        let mut running = self.countdowns.iter();
        running
            .find(|it| it.decision == decision)
            .map(|it| it.seconds)
    }
}
