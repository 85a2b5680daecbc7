//! Where things stood in the last frame: what a click means, and where the cursor is.

use std::cell::{Cell, RefCell};

use ratatui::layout::{Position, Rect};

use crate::tui::Key;

/// What a mouse did, and over which cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Counted from 0 at the left.
    pub column: u16,
    /// Counted from 0 at the top.
    pub row: u16,
    /// What it did there.
    pub action: MouseAction,
}

/// What a mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAction {
    /// Its first button was pressed.
    Press,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// Places in the last frame, each with what it is. A later one lies over an earlier one.
#[derive(Debug)]
pub(super) struct Hits<Spot> {
    spots: RefCell<Vec<(Rect, Spot)>>,
    cursor: Cell<Option<Position>>,
}

impl<Spot> Default for Hits<Spot> {
    fn default() -> Hits<Spot> {
        Hits {
            spots: RefCell::new(Vec::new()),
            cursor: Cell::new(None),
        }
    }
}

impl<Spot: Copy> Hits<Spot> {
    /// Forgets the last frame, or what something else is drawn over.
    pub(super) fn clear(&self) {
        self.spots.borrow_mut().clear();
        self.cursor.set(None);
    }

    pub(super) fn add(&self, place: Rect, spot: Spot) {
        self.spots.borrow_mut().push((place, spot));
    }

    /// Adds the keys at the foot.
    pub(super) fn keys(&self, keys: Vec<(Rect, Key)>, spot: impl Fn(Key) -> Spot) {
        for (place, key) in keys {
            self.add(place, spot(key));
        }
    }

    /// Adds entries of a list in an area that shows its lines from `first` on. Each entry is its first line, how many
    /// lines it has, and what it is.
    pub(super) fn entries(&self, area: Rect, first: usize, entries: &[(usize, usize, Spot)]) {
        for (line, lines, spot) in entries {
            let top = line.saturating_sub(first).min(area.height.into());
            let end = (line + lines).saturating_sub(first).min(area.height.into());
            if end > top {
                let place = Rect {
                    y: area.y + top as u16,
                    height: (end - top) as u16,
                    ..area
                };
                self.add(place, *spot);
            }
        }
    }

    /// The uppermost of what is wanted under the mouse.
    pub(super) fn under(&self, mouse: Mouse, wanted: impl Fn(Spot) -> bool) -> Option<Spot> {
        let position = Position::new(mouse.column, mouse.row);
        let spots = self.spots.borrow();
        let mut here = spots.iter().rev().filter(|it| it.0.contains(position));
        here.find(|it| wanted(it.1)).map(|it| it.1)
    }

    /// Puts the cursor at the beginning of a line, in an area that shows its lines from `first` on, if it can be seen.
    pub(super) fn focus(&self, area: Rect, first: usize, line: usize) {
        let row = line.checked_sub(first);
        let seen = row.filter(|row| *row < usize::from(area.height) && area.width > 0);
        self.cursor
            .set(seen.map(|row| Position::new(area.x, area.y + row as u16)));
    }

    /// Puts the cursor there, or nowhere.
    pub(super) fn set_cursor(&self, position: Option<Position>) {
        self.cursor.set(position);
    }

    /// Where the cursor stands.
    pub(super) fn cursor(&self) -> Option<Position> {
        self.cursor.get()
    }
}

/// The key with this name at the foot, if it is a single key.
pub(super) fn key_named(name: &str) -> Option<Key> {
    let mut letters = name.chars();
    match (name, letters.next(), letters.next()) {
        ("Enter", ..) => Some(Key::Enter),
        ("Esc", ..) => Some(Key::Esc),
        ("Tab", ..) => Some(Key::Tab),
        ("PgDn", ..) => Some(Key::PageDown),
        (_, Some(letter), None) => Some(Key::Char(letter)),
        _ => None,
    }
}
