//! What a seat may see of a state.

use crate::engine::{self, Move, State, agenda};
use crate::program::layout::Slot;
use crate::program::{DueKind, Program};
use crate::search::narrow::Narrows;

/// The slots of values that are not hidden.
fn shown_values(program: &Program) -> impl Iterator<Item = (Slot, i64)> {
    let values = program.values.iter().zip(&program.script.values);
    let shown = values.filter(|(_, script)| !script.hidden);
    shown.map(|(value, _)| (value.slot, value.per))
}

/// Packs states with every value that a seat may see, whether or not anything reads it.
#[must_use]
pub fn narrows(program: &Program) -> Narrows {
    let shown: Vec<Slot> = shown_values(program).map(|(slot, _)| slot).collect();
    Narrows::with(program, &shown)
}

/// What a seat may see of a state.
pub(super) struct Visible {
    /// Slots, each with how many fractions make a whole.
    slots: Vec<(Slot, i64)>,
}

impl Visible {
    pub fn new(program: &Program) -> Self {
        let mut slots = vec![(program.clock, 1)];
        slots.extend(shown_values(program));
        let mut plain = |slot: Option<Slot>| slots.extend(slot.map(|slot| (slot, 1)));
        for inject in program
            .injects
            .iter()
            .filter(|it| it.shows || it.asks.is_some())
        {
            plain(inject.came);
            plain(inject.came_at);
        }
        for decision in &program.decisions {
            plain(decision.chosen);
            plain(decision.chosen_at);
        }
        for action in &program.actions {
            plain(Some(action.used));
            plain(action.used_at);
        }
        for consent in program.courses.iter().filter_map(|it| it.consent.as_ref()) {
            plain(Some(consent.refused));
        }
        Self { slots }
    }

    pub fn hash(&self, program: &Program, state: &State) -> u64 {
        let words = state.words();
        let mut hash = u64::from(state.phase(program).0);
        let mut mix = |number: u64| hash = mixed(hash ^ number);
        for (slot, per) in &self.slots {
            mix(slot.get(words).div_euclid(*per) as u64);
        }
        for id in agenda::entries(program, words) {
            if let DueKind::Deadline(_) | DueKind::Finish(_) = program.dues[id.index()].kind {
                mix(u64::from(id.0) << 32 | agenda::minute(program, words, id).unwrap_or(0) as u64);
            }
        }
        let mut moves = Vec::new();
        engine::moves(program, state, &mut moves);
        for made in moves {
            mix(match made {
                Move::Choose(decision, option) => {
                    1 << 40 | u64::from(decision.0) << 8 | u64::from(option)
                }
                Move::Take(action) => 2 << 40 | u64::from(action.0),
                Move::Wait => 3 << 40,
            });
        }
        hash
    }
}

fn mixed(number: u64) -> u64 {
    let product =
        u128::from(number ^ 0x243f_6a88_85a3_08d3) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
    product as u64 ^ (product >> 64) as u64
}
