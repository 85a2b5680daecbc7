//! What the seats at this screen have been shown, and what is new to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::front::MoveById;
use crate::front::seats::Seats;
use crate::front::view::{Choice, OpenDecision, View};
use crate::plain::grammar::decision_name;
use crate::plain::{room, write};

/// What has been shown so far.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The last view of the seat at the screen.
    pub view: Option<View>,
    /// The message that `sources` is about, by its position in the inbox.
    pub latest: usize,
    seats: Option<Seats>,
    /// What the other seats of this room knew when they were last at the screen.
    others: BTreeMap<usize, View>,
    /// Those of the other seats that read everything again, because moves were taken back meanwhile.
    read_again: BTreeSet<usize>,
    /// The seat at the screen is one of these.
    again: bool,
    /// Moves were taken back, so the next view is of an earlier moment.
    rewound: bool,
}

impl Shown {
    /// Whether the last view holds the ending.
    pub fn has_ended(&self) -> bool {
        self.view.as_ref().is_some_and(|it| it.ending.is_some())
    }

    /// Notes that moves were taken back: what the other seats knew may no longer be true.
    pub fn rewind(&mut self) {
        self.rewound = true;
        self.read_again.extend(self.others.keys());
    }

    /// Takes who sits where, and says whether another seat came to the screen: then what it knew before is known again.
    pub fn sit(&mut self, seats: Seats) -> (String, bool) {
        let text = room::seats(self.seats.as_ref(), &seats);
        let before = self.seats.as_ref().map(|it| it.current);
        let before = before.filter(|it| *it != seats.current);
        if let Some(before) = before {
            if let Some(view) = self.view.take() {
                self.others.insert(before, view);
            }
            self.view = self.others.remove(&seats.current);
            self.again = self.read_again.remove(&seats.current);
        }
        self.seats = Some(seats);
        (text, before.is_some())
    }

    /// Tells what is new since the last view. Of the record, each message comes with its marks.
    pub fn see(&mut self, mut view: View, is_record: bool) -> String {
        let mut text = String::new();
        let mut before = self.view.take();
        let mut known = before.as_ref().map_or(0, |it| it.inbox.len());
        let same_board = before.as_ref().is_some_and(|it| view.has_board_of(it));
        if let Some(before) = &mut before {
            view.follow(before);
        }
        if std::mem::take(&mut self.again) {
            (before, known) = (None, 0);
        }
        if std::mem::take(&mut self.rewound) {
            // The messages that remain were read before; everything else may differ.
            (before, known) = (None, view.inbox.len());
            text += &write::labelled("DATE", &view.now.date);
        }
        let mut date = before.as_ref().map_or("", |it| it.now.date.as_str());
        for (position, message) in view.inbox.iter().enumerate().skip(known) {
            if message.at.date != date && !is_record {
                text += &write::labelled("DATE", &message.at.date);
            }
            date = &message.at.date;
            text += &write::message(message, is_record);
            if is_record {
                text += &write::marks(&message.marks, true);
            }
            self.latest = position;
        }
        if before.is_none() || !same_board {
            text += &write::board(&view.board, before.is_some());
        }
        text += &if view.ending.is_none() {
            open(before.as_ref(), &view, is_record)
        } else {
            write::ending(&view)
        };
        self.view = Some(view);
        text
    }

    /// What a reader asks for of the last view.
    pub fn tell(&self, tell: impl Fn(&View) -> String) -> String {
        match &self.view {
            Some(view) => tell(view),
            None => write::labelled("NOTE", "No exercise is running."),
        }
    }

    /// The move in words, so that a transcript holds what was done.
    pub fn announce(&self, order: &MoveById) -> String {
        let view = self.view.as_ref();
        let text = match order {
            MoveById::Wait => "wait".to_owned(),
            MoveById::Take(id) => {
                let action = view.and_then(|it| numbered(&it.actions, id));
                action.map_or_else(|| "take".to_owned(), |it| format!("take {it}"))
            }
            MoveById::Choose(decision, option) => {
                let asked = view.and_then(|it| it.decisions.iter().find(|it| it.id == *decision));
                let chosen = asked.and_then(|it| numbered(&it.options, option));
                format!(
                    "choose {} {}",
                    decision_name(decision),
                    chosen.unwrap_or_default()
                )
            }
        };
        format!("\n{}", write::labelled("MOVE", &text))
    }
}

/// A choice as it can be made, and in words.
fn numbered(choices: &[Choice], id: &str) -> Option<String> {
    let mut numbered = (1..).zip(choices);
    let found = numbered.find(|(_, it)| it.id == id);
    found.map(|(number, it): (usize, _)| format!("{number}: {}", it.label))
}

/// The decisions and actions that are new, and where the exercise stands.
fn open(before: Option<&View>, view: &View, is_record: bool) -> String {
    let mut text = String::new();
    let same = |old: &OpenDecision, new: &OpenDecision| {
        old.id == new.id && old.options == new.options && old.closes == new.closes
    };
    let count = view.decisions.len();
    for (position, decision) in view.decisions.iter().enumerate() {
        let known = before.is_some_and(|old| old.decisions.iter().any(|old| same(old, decision)));
        if !known {
            text += &write::decision(decision, position + 1, count, &view.now.date);
        }
    }
    if is_record {
        return text;
    }
    let is_new = before.is_none_or(|old| {
        let ids = |view: &View| {
            view.actions
                .iter()
                .map(|it| it.id.clone())
                .collect::<Vec<_>>()
        };
        ids(old) != ids(view)
    });
    if is_new && !view.actions.is_empty() {
        text += &write::actions(&view.actions);
    }
    text + &write::now(view)
}
